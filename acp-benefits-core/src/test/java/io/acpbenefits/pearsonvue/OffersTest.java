package io.acpbenefits.pearsonvue;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OffersTest {

  private final PearsonVueFixture at = new PearsonVueFixture();
  private final Instant now = at.it.start;
  private final TestCenterId paris = TestCenterId.of("paris");

  private SlotSearch anywhere() {
    return SlotSearch.atTestCenters(at.cloud, now, now.plus(Duration.ofDays(90)));
  }

  private List<Slot> found(SlotSearch search) {
    return at.vue.freeSlots(at.ann, search, PageRequest.first(100)).items();
  }

  @Test
  void theCatalogueShowsWhatCanBeBookedNowPageByPage() {
    ExamId ended = ExamId.of("ended");
    at.desk.offer(at.operator, new CatalogueExam(ended, "Ended", at.price, now));

    Page<CatalogueExam> first = at.vue.exams(at.ann, PageRequest.first(1));
    Page<CatalogueExam> second =
        at.vue.exams(at.ann, PageRequest.first(1).then(first.next().orElseThrow()));

    assertThat(first.items())
        .containsExactly(new CatalogueExam(at.cloud, "ACP Cloud Computing", at.price, null));
    assertThat(second.items()).extracting(CatalogueExam::examId).containsExactly(at.security);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void anExamOfferedAgainHasItsNewPriceAndABookingKeepsTheOldOne() {
    Booking before = at.held(at.ann, at.slot(7));
    Price yen = Price.of("30000", "JPY");
    at.desk.offer(at.operator, new CatalogueExam(at.cloud, "Cloud", yen, null));

    assertThat(at.vue.exams(at.ann, PageRequest.first(1)).items().get(0).price()).isEqualTo(yen);
    assertThat(at.vue.booking(at.ann, before.bookingId()).price()).isEqualTo(at.price);
    assertThat(at.held(at.ben, at.slot(8)).price()).isEqualTo(yen);
  }

  @Test
  void aPriceHasTheDecimalPlacesOfItsCurrency() {
    assertThat(Price.of("240", "USD"))
        .isEqualTo(Price.of("240.00", "USD"))
        .hasToString("240.00 USD");
    assertRefused(Reason.INVALID_INPUT, () -> Price.of("240.005", "USD"));
    assertRefused(Reason.INVALID_INPUT, () -> Price.of("0.5", "JPY"));
    assertRefused(Reason.INVALID_INPUT, () -> Price.of("-1", "USD"));
    assertRefused(Reason.INVALID_INPUT, () -> Price.of("1000000.01", "USD"));
    assertRefused(Reason.INVALID_INPUT, () -> Price.of("1e99999999", "USD"));
    assertRefused(Reason.INVALID_INPUT, () -> Price.of("much", "USD"));
    assertRefused(Reason.INVALID_INPUT, () -> Price.of("1", "dollars"));
  }

  @Test
  void testCentersAreListedById() {
    TestCenter more = new TestCenter(paris, "Défense", "Paris", ZoneId.of("Europe/Paris"));
    at.desk.addTestCenter(at.operator, more);

    Page<TestCenter> first = at.vue.testCenters(at.ann, PageRequest.first(1));
    assertThat(first.items()).extracting(TestCenter::testCenterId).containsExactly(at.berlin);
    assertThat(
            at.vue
                .testCenters(at.ann, PageRequest.first(1).then(first.next().orElseThrow()))
                .items())
        .containsExactly(more);
    assertRefused(Reason.ALREADY_EXISTS, () -> at.desk.addTestCenter(at.operator, more));
  }

  @Test
  void freeSlotsComeByStartAndOnTheirPagesNeitherTwiceNorNever() {
    at.desk.addTestCenter(at.operator, new TestCenter(paris, "P", "Paris", ZoneId.of("CET")));
    List<Slot> added = new ArrayList<>();
    for (int day = 1; day <= 5; day++) {
      added.add(at.slot(day));
      added.add(at.desk.addSlot(at.operator, paris, at.it.in(Duration.ofDays(day)), 3));
    }

    List<Slot> read = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      PageRequest page = new PageRequest(next.orElse(null), 3);
      Page<Slot> slots = at.vue.freeSlots(at.ann, anywhere(), page);
      read.addAll(slots.items());
      next = slots.next();
    } while (next.isPresent());

    assertThat(read).containsExactlyElementsOf(added);
  }

  @Test
  void aSearchIsForOnePlaceAndPeriod() {
    at.desk.addTestCenter(at.operator, new TestCenter(paris, "P", "Paris", ZoneId.of("CET")));
    Slot early = at.slot(1);
    Slot late = at.slot(2);
    Slot inParis = at.desk.addSlot(at.operator, paris, early.startsAt(), 3);
    Slot online = at.desk.addOnlineSlot(at.operator, early.startsAt(), 3);

    assertThat(found(SlotSearch.atTestCenters(at.cloud, now, late.startsAt())))
        .containsExactly(early, inParis);
    assertThat(
            found(
                new SlotSearch(
                    at.cloud,
                    Delivery.TEST_CENTER,
                    at.berlin,
                    early.startsAt().plusNanos(1000),
                    late.startsAt().plusNanos(1000))))
        .containsExactly(late);
    assertThat(found(SlotSearch.online(at.cloud, now, late.startsAt()))).containsExactly(online);
  }

  @Test
  void fullSlotsAndThoseThatBeganAreNotFree() {
    Slot one = at.slot(1, 1);
    Slot two = at.slot(2, 2);
    at.held(at.ann, one);
    assertThat(found(anywhere())).containsExactly(two);
    at.scheduled(at.ben, two);
    assertThat(found(anywhere())).singleElement().extracting(Slot::free).isEqualTo(1);
    assertThat(at.vue.slot(at.ann, two.slotId()).free()).isEqualTo(1);

    at.it.clock.advance(PearsonVuePolicy.DEFAULT.seatHold());
    assertThat(found(anywhere())).extracting(Slot::slotId).contains(one.slotId());
    at.it.clock.set(one.startsAt().plusNanos(1000));
    assertThat(found(anywhere())).extracting(Slot::slotId).containsExactly(two.slotId());
  }

  @Test
  void noSlotIsOfferedThatBeginsAfterTheExamsEnd() {
    Slot before = at.slot(1);
    Slot after = at.slot(2);
    at.desk.offer(at.operator, new CatalogueExam(at.cloud, "Cloud", at.price, after.startsAt()));

    assertThat(found(anywhere())).containsExactly(before);
    assertRefused(Reason.EXAM_RETIRED, () -> at.held(at.ann, after));
    at.it.clock.set(after.startsAt());
    assertRefused(Reason.EXAM_RETIRED, () -> found(anywhere()));
  }

  @Test
  void refusesSearchesAndPagesThatCannotBe() {
    assertRefused(Reason.INVALID_INPUT, () -> SlotSearch.online(at.cloud, now, now));
    assertRefused(
        Reason.INVALID_INPUT,
        () ->
            new SlotSearch(
                at.cloud, Delivery.ONLINE, at.berlin, now, now.plus(Duration.ofDays(1))));
    for (String bad : List.of("", "x", "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z ", " id")) {
      assertRefused(
          Reason.INVALID_INPUT,
          () -> at.vue.freeSlots(at.ann, anywhere(), PageRequest.first(1).then(bad)));
    }
    SlotSearch unknown = SlotSearch.online(ExamId.of("unknown"), now, now.plus(Duration.ofDays(1)));
    assertRefused(Reason.NOT_FOUND, () -> found(unknown));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.slot(at.ann, SlotId.of("unknown")));
  }

  @Test
  void refusesSlotsThatCannotBe() {
    Instant tomorrow = at.it.in(Duration.ofDays(1));
    assertRefused(
        Reason.INVALID_INPUT, () -> at.desk.addOnlineSlot(at.operator, now.minusNanos(1000), 1));
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.addOnlineSlot(at.operator, tomorrow, 0));
    assertRefused(Reason.INVALID_INPUT, () -> at.desk.addOnlineSlot(at.operator, tomorrow, 1001));
    assertRefused(Reason.NOT_FOUND, () -> at.desk.addSlot(at.operator, paris, tomorrow, 1));

    at.desk.addOnlineSlot(at.operator, tomorrow, 1);
    at.desk.addSlot(at.operator, at.berlin, tomorrow, 1);
    assertRefused(Reason.ALREADY_EXISTS, () -> at.desk.addOnlineSlot(at.operator, tomorrow, 1));
    assertRefused(
        Reason.ALREADY_EXISTS, () -> at.desk.addSlot(at.operator, at.berlin, tomorrow, 1));
  }
}
