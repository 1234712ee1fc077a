package io.acpbenefits.examrecord;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.certificate.Candidacy;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamRecords.Receipt;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExamRecordsTest {

  private static final IdPair IDS = new IdPair("C-1", "R-1");

  private final CoreFixture it = new CoreFixture();
  private final ExamRecords records = it.benefits.examRecords();
  private final Actor.Account ann = new Actor.Account(it.ann);

  private ExamRecord standing() {
    return records.standing(Actor.system(), IDS, it.cloud).orElseThrow();
  }

  private Receipt receive(ExamOutcome outcome, @Nullable String score, @Nullable String voucher) {
    return records.receive(
        Actor.system(),
        new ExamRecordLine(
            IDS,
            it.cloud,
            it.start,
            outcome,
            score,
            voucher == null ? null : CodeText.parse(voucher)));
  }

  private ExamRegistration book(ExamCode code, @Nullable IdPair ids) {
    return it.benefits
        .registrations()
        .registerWithCode(
            ann, it.cloud, code.codeId(), Delivery.ONLINE, it.in(Duration.ofDays(1)), ids);
  }

  private void assertConcluded(
      ExamRegistration registration,
      ExamRegistrationState state,
      ExamCode code,
      ExamCodeState codeState) {
    assertThat(
            it.benefits
                .registrations()
                .get(Actor.system(), registration.examRegistrationId())
                .state())
        .isEqualTo(state);
    assertThat(it.benefits.examCodes().get(Actor.system(), code.codeId()).state())
        .isEqualTo(codeState);
    assertThat(standing().accountId()).isEqualTo(it.ann);
  }

  @Test
  void anIdenticalRepeatChangesNothing() {
    assertThat(receive(ExamOutcome.PASS, "90", null)).isEqualTo(Receipt.STORED);
    ExamRecord stored = standing();
    it.clock.advance(Duration.ofDays(1));

    assertThat(receive(ExamOutcome.PASS, "90", null)).isEqualTo(Receipt.REPEATED);

    assertThat(standing()).isEqualTo(stored);
    assertThat(it.number("SELECT COUNT(*) FROM acp_exam_record")).isOne();
    assertThat(it.number("SELECT COUNT(*) FROM acp_certificate")).isOne();
  }

  @Test
  void aRepeatIsIdenticalAsFarAsTheDatabaseKeepsTimes() {
    ExamRecordLine line =
        new ExamRecordLine(
            IDS, it.cloud, it.start.plusNanos(123_456_789), ExamOutcome.PASS, null, null);
    records.receive(Actor.system(), line);
    assertThat(records.receive(Actor.system(), line)).isEqualTo(Receipt.REPEATED);
    assertThat(standing().takenAt()).isEqualTo(it.start.plusNanos(123_456_000));
  }

  @Test
  void whateverConflictsIsHeldBesideWhatStandsAndOnlyOnce() {
    receive(ExamOutcome.FAIL, "40", null);
    ExamRecord stands = standing();

    assertThat(receive(ExamOutcome.PASS, "40", null)).isEqualTo(Receipt.HELD);
    assertThat(receive(ExamOutcome.FAIL, "41", null)).isEqualTo(Receipt.HELD);
    assertThat(receive(ExamOutcome.FAIL, null, null)).isEqualTo(Receipt.HELD);
    assertThat(receive(ExamOutcome.PASS, "40", null)).isEqualTo(Receipt.REPEATED);

    assertThat(standing()).isEqualTo(stands);
    assertThat(records.held(it.operator, PageRequest.first(10)).items())
        .hasSize(3)
        .allSatisfy(held -> assertThat(held.state()).isEqualTo(ExamRecordState.HELD));
    assertThat(it.number("SELECT COUNT(*) FROM acp_certificate")).isZero();
  }

  @Test
  void theSameIdsAreAnotherRecordForAnotherExamOrReversed() {
    receive(ExamOutcome.PASS, null, null);
    assertThat(
            records.receive(
                Actor.system(),
                new ExamRecordLine(IDS, it.security, it.start, ExamOutcome.FAIL, null, null)))
        .isEqualTo(Receipt.STORED);
    assertThat(it.record(IDS.swapped(), ExamOutcome.FAIL)).isEqualTo(Receipt.STORED);
  }

  @Test
  void refusesAnExamThatIsNotInTheCatalogue() {
    assertRefused(
        Reason.NOT_FOUND,
        () ->
            records.receive(
                Actor.system(),
                new ExamRecordLine(IDS, ExamId.of("x"), it.start, ExamOutcome.PASS, null, null)));
    assertRefused(Reason.NOT_FOUND, () -> records.get(Actor.system(), ExamRecordId.of("x")));
    assertRefused(Reason.INVALID_INPUT, () -> receive(ExamOutcome.PASS, "x".repeat(51), null));
  }

  @Test
  void linksThroughTheVoucherCodeToTheBookingItPaid() {
    ExamCode code = it.assignedToAnn("CODE1");
    ExamRegistration registration = book(code, null);
    receive(ExamOutcome.PASS, null, "[code1]");
    assertConcluded(registration, ExamRegistrationState.DELIVERED, code, ExamCodeState.REDEEMED);
    assertThat(it.benefits.candidacies().of(Actor.system(), it.ann, it.cloud).state())
        .isEqualTo(Candidacy.State.PASSED);
  }

  @Test
  void linksThroughTheIdsOfTheBooking() {
    ExamCode code = it.assignedToAnn("CODE1");
    ExamRegistration registration = book(code, IDS);
    receive(ExamOutcome.FAIL, null, null);
    assertConcluded(registration, ExamRegistrationState.DELIVERED, code, ExamCodeState.REDEEMED);
    assertThat(it.benefits.candidacies().of(Actor.system(), it.ann, it.cloud).state())
        .isEqualTo(Candidacy.State.OVER);
  }

  @Test
  void aNoShowForfeitsTheCode() {
    ExamCode code = it.assignedToAnn("CODE1");
    ExamRegistration registration = book(code, IDS);
    receive(ExamOutcome.NO_SHOW, null, null);
    assertConcluded(registration, ExamRegistrationState.NO_SHOW, code, ExamCodeState.FORFEITED);
    assertThat(it.number("SELECT COUNT(*) FROM acp_certificate")).isZero();
  }

  @Test
  void redeemsAnAssignedCodeThatWasNeverBooked() {
    ExamCode code = it.assignedToAnn("CODE1");
    receive(ExamOutcome.PASS, null, "CODE1");
    assertThat(it.benefits.examCodes().get(Actor.system(), code.codeId()).state())
        .isEqualTo(ExamCodeState.REDEEMED);
    assertThat(standing().accountId()).isEqualTo(it.ann);
  }

  @Test
  void aNoShowWithoutABookingForfeitsTheAssignedCode() {
    ExamCode code = it.assignedToAnn("CODE1");
    receive(ExamOutcome.NO_SHOW, null, "CODE1");
    assertThat(it.benefits.examCodes().get(Actor.system(), code.codeId()).state())
        .isEqualTo(ExamCodeState.FORFEITED);
  }

  @Test
  void takesARecordThatLinksToNothing() {
    ExamCode code = it.assignedToAnn("CODE1");
    it.codes(it.security, "OTHER");
    it.benefits.examCodes().assign(it.owner, it.acme, it.security, it.ann);

    assertThat(receive(ExamOutcome.PASS, null, "OTHER")).isEqualTo(Receipt.STORED);

    assertThat(standing().accountId()).isNull();
    assertThat(it.benefits.examCodes().openCodes(Actor.system(), it.ann))
        .extracting(ExamCode::state)
        .containsExactly(ExamCodeState.ASSIGNED, ExamCodeState.ASSIGNED);
    assertThat(it.benefits.examCodes().openCode(Actor.system(), it.ann, it.cloud))
        .map(ExamCode::codeId)
        .contains(code.codeId());
  }

  @Test
  void aCanceledBookingIsNotConcludedByARecord() {
    ExamCode code = it.assignedToAnn("CODE1");
    ExamRegistration registration = book(code, IDS);
    it.benefits.registrations().cancel(ann, registration.examRegistrationId());
    receive(ExamOutcome.NO_SHOW, null, null);
    assertThat(
            it.benefits
                .registrations()
                .get(Actor.system(), registration.examRegistrationId())
                .state())
        .isEqualTo(ExamRegistrationState.CANCELED);
    assertThat(it.benefits.examCodes().get(Actor.system(), code.codeId()).state())
        .isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void neverShowsTheCandidatesIds() {
    receive(ExamOutcome.PASS, null, null);
    assertThat(standing().toString()).doesNotContain("C-1", "R-1");
    assertThat(standing().ids()).isEqualTo(IDS);
  }

  @Test
  void twoFeedsAtOnceStoreARecordOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      IdPair ids = new IdPair("C-" + round, "R-" + round);
      Runnable receive = () -> it.record(ids, ExamOutcome.PASS);
      assertThat(Together.run(receive, receive)).containsOnly(new Outcome("DONE"));
    }
    assertThat(it.number("SELECT COUNT(*) FROM acp_exam_record")).isEqualTo(10);
  }
}
