package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.registration.Delivery;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be booked: exams, test centers, slots. */
final class Offers {

  private static final int MOST_SEATS = 1000;

  private final Domain domain;
  private final Rows<OfferMapper> rows;

  Offers(Domain domain) {
    this.domain = domain;
    this.rows = domain.rows(OfferMapper.class);
  }

  void offer(CatalogueExam exam) {
    Price price = exam.price();
    OfferMapper.ExamRow row =
        new OfferMapper.ExamRow(
            exam.examId(),
            exam.name(),
            price.smallestUnits(),
            price.currency().getCurrencyCode(),
            exam.endsAt());
    domain.run(
        () -> {
          if (rows.get(m -> m.exam(exam.examId())).isEmpty()) {
            rows.insertIfMissing(m -> m.insertExam(row));
          }
          rows.one(m -> m.updateExam(row));
        });
  }

  CatalogueExam exam(ExamId id) {
    return rows.get(m -> m.exam(id))
        .map(OfferMapper.ExamRow::exam)
        .orElseThrow(
            () -> Refusal.of(Reason.NOT_FOUND, "Pearson VUE does not offer an exam %s.", id));
  }

  Page<CatalogueExam> exams(PageRequest page) {
    List<OfferMapper.ExamRow> found =
        rows.get(m -> m.exams(page.afterOrStart(), domain.now(), page.rowsToFetch()));
    return page.of(
        found.stream().map(OfferMapper.ExamRow::exam).toList(), exam -> exam.examId().value());
  }

  void add(TestCenter testCenter) {
    OfferMapper.TestCenterRow row =
        new OfferMapper.TestCenterRow(
            testCenter.testCenterId(),
            testCenter.name(),
            testCenter.city(),
            testCenter.timeZone().getId());
    domain.run(
        () -> {
          if (rows.get(m -> m.testCenter(testCenter.testCenterId())).isPresent()) {
            throw Refusal.of(
                Reason.ALREADY_EXISTS,
                "There is a test center %s already.",
                testCenter.testCenterId());
          }
          rows.one(m -> m.insertTestCenter(row));
        });
  }

  Page<TestCenter> testCenters(PageRequest page) {
    List<OfferMapper.TestCenterRow> found =
        rows.get(m -> m.testCenters(page.afterOrStart(), page.rowsToFetch()));
    return page.of(
        found.stream().map(OfferMapper.TestCenterRow::testCenter).toList(),
        testCenter -> testCenter.testCenterId().value());
  }

  Slot addSlot(@Nullable TestCenterId testCenter, Instant startsAt, int seats) {
    if (seats < 1 || seats > MOST_SEATS) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "A slot has 1 to %d seats, not %d.", MOST_SEATS, seats);
    }
    Instant start = startsAt.truncatedTo(ChronoUnit.MICROS);
    requireAhead(start);
    return domain.inTransaction(
        () -> {
          if (testCenter != null && rows.get(m -> m.testCenter(testCenter)).isEmpty()) {
            throw Refusal.of(Reason.NOT_FOUND, "There is no test center %s.", testCenter);
          }
          Slot slot =
              new Slot(
                  SlotId.of(domain.newId()),
                  testCenter == null ? Delivery.ONLINE : Delivery.TEST_CENTER,
                  testCenter,
                  start,
                  seats,
                  seats);
          if (!rows.insertIfMissing(m -> m.insertSlot(slot))) {
            throw Refusal.of(
                Reason.ALREADY_EXISTS, "There is a slot at this place at %s already.", start);
          }
          return slot;
        });
  }

  private void requireAhead(Instant start) {
    if (start.isBefore(domain.now())) {
      throw Refusal.of(Reason.INVALID_INPUT, "The slot began at %s; choose a later one.", start);
    }
  }

  Slot slot(SlotId id) {
    return rows.get(m -> m.slot(id, domain.now())).orElseThrow(() -> noSlot(id));
  }

  /**
   * Locks a slot that is still to come. Whoever takes a seat holds the lock of its slot until the
   * transaction ends, and of the slot that is left, if there is one: always the smaller id first.
   */
  Slot lockAhead(SlotId id, @Nullable SlotId left) {
    Stream.of(id, left)
        .filter(Objects::nonNull)
        .map(SlotId::value)
        .distinct()
        .sorted()
        .map(SlotId::of)
        .forEach(each -> rows.get(m -> m.lockSlot(each)));
    Slot slot = slot(id);
    requireAhead(slot.startsAt());
    return slot;
  }

  private static Refusal noSlot(SlotId id) {
    return Refusal.of(Reason.NOT_FOUND, "Pearson VUE has no slot %s.", id);
  }

  Page<Slot> freeSlots(SlotSearch search, PageRequest page) {
    CatalogueExam exam = exam(search.exam());
    Instant now = domain.now();
    exam.requireAlive(now);
    Key after = Key.of(page.after());
    Instant from = search.from().isBefore(now) ? now : search.from();
    Instant end = exam.endsAt();
    Instant until = end != null && end.isBefore(search.until()) ? end : search.until();
    return page.of(
        rows.get(
            m ->
                m.freeSlots(
                    search.delivery(),
                    search.testCenter(),
                    from,
                    until,
                    after == null ? null : after.start(),
                    after == null ? null : after.id(),
                    now,
                    page.rowsToFetch())),
        slot -> slot.startsAt() + " " + slot.slotId());
  }

  /** By what slots are sorted: start, then id. */
  private record Key(Instant start, SlotId id) {

    static @Nullable Key of(@Nullable String next) {
      if (next == null) {
        return null;
      }
      int blank = next.indexOf(' ');
      try {
        return new Key(
            Instant.parse(next.substring(0, Math.max(blank, 0))),
            SlotId.of(next.substring(blank + 1)));
      } catch (DateTimeParseException | Refusal e) {
        throw new Refusal(
            Reason.INVALID_INPUT, "Pass what the page before returned as its next, unchanged.");
      }
    }
  }
}
