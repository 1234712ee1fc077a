package io.acpbenefits.pearsonvue;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.CODE;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.FAIL;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.PASS;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import io.acpbenefits.examrecord.ExamRecordKind;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.examrecord.ExamRecordSource.Batch;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResultFeedTest {

  private static final PearsonVuePolicy AT_ONCE =
      PearsonVuePolicy.DEFAULT.withFeedDelay(Duration.ZERO);

  private static IdPair idsOf(PearsonVueFixture at, Booking booking) {
    return new IdPair(
        Objects.requireNonNull(booking.candidateId()), at.vue.profile(at.ann).registrationId());
  }

  @Test
  void aResultIsToldOnceItIsAsOldAsThePolicySays() {
    PearsonVueFixture at = new PearsonVueFixture();
    Booking paid = at.paidWithCode(7);
    at.it.clock.set(paid.appointment().plus(Duration.ofHours(2)));
    at.desk.deliver(at.operator, paid.bookingId(), PASS);
    at.it.clock.advance(Duration.ofDays(1).minusNanos(1000));
    assertThat(at.vue.next(null, 100)).isEqualTo(new Batch(List.of(), null));

    at.it.clock.advance(Duration.ofNanos(1000));

    assertThat(at.told(null))
        .containsExactly(
            new ExamRecordLine(
                idsOf(at, paid),
                at.cloud,
                paid.appointment(),
                ExamOutcome.PASS,
                "87",
                CODE,
                ExamRecordKind.RESULT));
  }

  @Test
  void theDelayIsFromNothingToThreeDays() {
    Duration most = Duration.ofDays(3);
    assertThat(PearsonVuePolicy.DEFAULT.withFeedDelay(most).feedDelay()).isEqualTo(most);
    assertRefused(
        Reason.INVALID_INPUT, () -> PearsonVuePolicy.DEFAULT.withFeedDelay(most.plusNanos(1)));
    assertRefused(
        Reason.INVALID_INPUT, () -> PearsonVuePolicy.DEFAULT.withFeedDelay(Duration.ofNanos(-1)));
    Duration hour = Duration.ofHours(1);
    assertRefused(
        Reason.INVALID_INPUT, () -> new PearsonVuePolicy(hour, hour.negated(), hour, hour, 1));
    assertRefused(
        Reason.INVALID_INPUT, () -> new PearsonVuePolicy(hour, hour, Duration.ZERO, hour, 1));
    assertRefused(
        Reason.INVALID_INPUT, () -> new PearsonVuePolicy(hour, hour, hour, hour.negated(), 1));

    PearsonVueFixture at = new PearsonVueFixture(AT_ONCE);
    Booking delivered = at.delivered(PASS);
    assertThat(at.told(null)).extracting(ExamRecordLine::ids).containsExactly(idsOf(at, delivered));
    assertThat(at.told(null)).extracting(ExamRecordLine::voucherCode).containsOnlyNulls();
  }

  @Test
  void correctionsAndInvalidationsFollowInTheirOrder() {
    PearsonVueFixture at = new PearsonVueFixture();
    BookingId id = at.delivered(FAIL).bookingId();
    at.desk.correct(at.operator, id, PASS, "Counted again.");
    at.it.clock.advance(Duration.ofHours(1));
    at.desk.invalidate(at.operator, id, "Another person sat it.");

    at.it.clock.advance(Duration.ofHours(23));
    assertThat(at.told(null)).hasSize(2);
    at.it.clock.advance(Duration.ofHours(1));
    List<ExamRecordLine> told = at.told(null);

    assertThat(told)
        .extracting(line -> line.kind() + " " + line.outcome() + " " + line.score())
        .containsExactly("RESULT FAIL 41", "CORRECTION PASS 87", "INVALIDATION PASS 87");
    assertThat(told).extracting(ExamRecordLine::ids).containsOnly(told.get(0).ids());
  }

  @Test
  void aNoShowIsToldToo() {
    PearsonVueFixture at = new PearsonVueFixture(AT_ONCE);
    Booking paid = at.paidWithCode(7);
    at.it.clock.set(paid.appointment());
    at.desk.noShow(at.operator, paid.bookingId());

    assertThat(at.told(null))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.outcome()).isEqualTo(ExamOutcome.NO_SHOW);
              assertThat(line.voucherCode()).isEqualTo(CODE);
            });
  }

  /** So many results of as many candidates, all in one slot. */
  private static List<Booking> manyDelivered(PearsonVueFixture at, int count) {
    Slot slot = at.slot(1, count);
    List<Booking> booked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Actor.Account candidate = Actor.account("candidate-" + i);
      at.vue.openAccount(candidate, "Candidate", "c@example.org");
      booked.add(at.scheduled(candidate, slot));
    }
    at.it.clock.set(slot.startsAt());
    booked.forEach(each -> at.desk.deliver(at.operator, each.bookingId(), PASS));
    return booked;
  }

  @Test
  void batchAfterBatchEveryLineComesOnceAndInOrder() {
    PearsonVueFixture at = new PearsonVueFixture(AT_ONCE);
    List<Booking> delivered = manyDelivered(at, 7);

    List<ExamRecordLine> read = new ArrayList<>();
    String cursor = null;
    List<Integer> sizes = new ArrayList<>();
    Batch batch = at.vue.next(cursor, 3);
    while (!batch.lines().isEmpty()) {
      assertThat(batch.lines()).extracting(FeedLine::number).startsWith(1L);
      sizes.add(batch.lines().size());
      read.addAll(lines(batch));
      cursor = batch.cursor();
      batch = at.vue.next(cursor, 3);
    }

    assertThat(sizes).containsExactly(3, 3, 1);
    assertThat(batch.cursor()).isEqualTo(cursor);
    assertThat(read)
        .extracting(line -> line.ids().candidateId())
        .containsExactlyElementsOf(delivered.stream().map(Booking::candidateId).toList());
  }

  @Test
  void theSameCursorGetsTheSameLinesAgain() {
    PearsonVueFixture at = new PearsonVueFixture(AT_ONCE);
    manyDelivered(at, 5);

    Batch first = at.vue.next(null, 2);
    Batch second = at.vue.next(first.cursor(), 2);
    assertThat(at.vue.next(first.cursor(), 2)).isEqualTo(second);
    assertThat(at.vue.next(null, 2)).isEqualTo(first);
    assertThat(lines(second)).doesNotContainAnyElementsOf(lines(first));
  }

  @Test
  void refusesACursorThatIsNoneAndABatchOfNothing() {
    PearsonVueFixture at = new PearsonVueFixture();
    assertRefused(Reason.INVALID_INPUT, () -> at.vue.next("yesterday", 1));
    assertRefused(Reason.INVALID_INPUT, () -> at.vue.next(null, 0));
  }

  @Test
  void nothingIsToldBeforeWhatWasDeliveredEarlierEvenIfTheDelayWasShortenedMeanwhile() {
    PearsonVueFixture before = new PearsonVueFixture();
    Slot slot = before.slot(1);
    Booking anns = before.scheduled(before.ann, slot);
    Booking bens = before.scheduled(before.ben, slot);
    before.it.clock.set(slot.startsAt());
    before.desk.deliver(before.operator, anns.bookingId(), PASS);
    EmbeddedPearsonVue after =
        AcpBenefits.on(before.it.database)
            .keys(before.it.keys)
            .clock(before.it.clock)
            .embeddedPearsonVue(AT_ONCE)
            .build()
            .embeddedPearsonVue()
            .orElseThrow();

    after.desk().deliver(before.operator, bens.bookingId(), PASS);
    assertThat(after.next(null, 9).lines()).isEmpty();
    before.it.clock.advance(Duration.ofDays(1));

    assertThat(lines(after.next(null, 9)))
        .extracting(line -> line.ids().candidateId())
        .containsExactly(anns.candidateId(), bens.candidateId());
  }

  @Test
  void whoeverReadsWhileResultsComeInMissesNone() throws Exception {
    PearsonVueFixture at = new PearsonVueFixture(AT_ONCE);
    Slot slot = at.slot(1, 20);
    List<Booking> booked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Actor.Account candidate = Actor.account("candidate-" + i);
      at.vue.openAccount(candidate, "Candidate", "c@example.org");
      booked.add(at.scheduled(candidate, slot));
    }
    at.it.clock.set(slot.startsAt());
    List<ExamRecordLine> read = new ArrayList<>();

    assertThat(
            Together.run(
                () -> deliver(at, booked.subList(0, 10)),
                () -> deliver(at, booked.subList(10, 20)),
                () -> readUntil(at, read, 20)))
        .containsOnly(new Outcome("DONE"));

    assertThat(read)
        .extracting(line -> line.ids().candidateId())
        .containsExactlyInAnyOrderElementsOf(booked.stream().map(Booking::candidateId).toList());
  }

  private static void deliver(PearsonVueFixture at, List<Booking> bookings) {
    bookings.forEach(each -> at.desk.deliver(at.operator, each.bookingId(), PASS));
  }

  private static void readUntil(PearsonVueFixture at, List<ExamRecordLine> read, int count) {
    String cursor = null;
    for (int tries = 0; read.size() < count && tries < 100_000; tries++) {
      Batch batch = at.vue.next(cursor, 3);
      read.addAll(lines(batch));
      cursor = batch.cursor();
    }
  }
}
