package io.acpbenefits.pearsonvue;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.erasure.AccountErased;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.permission.Access;
import io.acpbenefits.secret.Vault;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Pearson VUE of the library's own: candidates, seats, bookings and results in the library's
 * database, in transactions of its own or in the one that runs; thread-safe. Codes are encrypted
 * like any other.
 *
 * <p>Candidates use it through {@link PearsonVue}; whoever runs the test centers uses {@link
 * #desk()}; what came of exams is fetched as from any other {@link ExamRecordSource}, in the order
 * of delivery and no sooner than the policy's delay allows.
 */
public final class EmbeddedPearsonVue implements PearsonVue, ExamRecordSource {

  private final Gate gate;
  private final RequestKeys keys;
  private final Candidates candidates;
  private final Offers offers;
  private final Bookings bookings;
  private final Results results;
  private final PearsonVueDesk desk;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param keys what was asked for before
   * @param vault keeps the codes
   * @param policy the rules
   */
  public EmbeddedPearsonVue(
      Domain domain,
      Access access,
      AuditLog log,
      RequestKeys keys,
      Vault vault,
      PearsonVuePolicy policy) {
    domain
        .idType(BookingId.class, BookingId::new)
        .idType(SlotId.class, SlotId::new)
        .idType(TestCenterId.class, TestCenterId::new);
    ShownIds ids = new ShownIds();
    Vouchers vouchers = new Vouchers(domain, vault);
    this.gate = new Gate(access);
    this.keys = keys;
    this.candidates = new Candidates(domain, policy, ids);
    this.offers = new Offers(domain);
    this.bookings = new Bookings(domain, log, policy, ids, candidates, offers, vouchers);
    this.results = new Results(domain, policy, vouchers);
    domain.on(AccountErased.class, bookings::erase);
    this.desk = new PearsonVueDesk(domain, gate, log, offers, vouchers, bookings, results);
  }

  /**
   * The other side of the counter.
   *
   * @return for whoever runs it
   */
  public PearsonVueDesk desk() {
    return desk;
  }

  @Override
  public CandidateProfile openAccount(Actor.Account actor, String name, String email) {
    gate.requireCandidate(actor);
    return candidates.open(actor.id(), name, email);
  }

  @Override
  public CandidateProfile profile(Actor.Account actor) {
    gate.requireCandidate(actor);
    return candidates.get(actor.id()).profile();
  }

  @Override
  public Page<CatalogueExam> exams(Actor actor, PageRequest page) {
    gate.requireCandidate(actor);
    return offers.exams(page);
  }

  @Override
  public Page<TestCenter> testCenters(Actor actor, PageRequest page) {
    gate.requireCandidate(actor);
    return offers.testCenters(page);
  }

  @Override
  public Page<Slot> freeSlots(Actor actor, SlotSearch search, PageRequest page) {
    gate.requireCandidate(actor);
    return offers.freeSlots(search, page);
  }

  @Override
  public Slot slot(Actor actor, SlotId slot) {
    gate.requireCandidate(actor);
    return offers.slot(slot);
  }

  @Override
  public EquipmentCheck checkEquipment(Actor.Account actor, Equipment equipment) {
    gate.requireCandidate(actor);
    return candidates.check(actor.id(), equipment);
  }

  @Override
  public Booking book(Actor.Account actor, ExamId exam, SlotId slot, @Nullable RequestKey key) {
    return once(actor, key, List.of("book", exam, slot), () -> bookings.book(actor, exam, slot));
  }

  @Override
  public Price priceWith(Actor.Account actor, BookingId booking, CodeText code) {
    gate.requireCandidate(actor);
    return bookings.priceWith(actor.id(), booking, code);
  }

  @Override
  public Booking checkout(
      Actor.Account actor, BookingId booking, CodeText code, @Nullable RequestKey key) {
    return once(
        actor,
        key,
        List.of("checkout", booking, code.value()),
        () -> bookings.checkout(actor, booking, code));
  }

  @Override
  public Booking checkoutSelfPaid(
      Actor.Account actor, BookingId booking, @Nullable RequestKey key) {
    return once(
        actor,
        key,
        List.of("checkoutSelfPaid", booking),
        () -> bookings.checkoutSelfPaid(actor, booking));
  }

  @Override
  public Booking reschedule(
      Actor.Account actor, BookingId booking, SlotId slot, @Nullable RequestKey key) {
    return once(
        actor,
        key,
        List.of("reschedule", booking, slot),
        () -> bookings.reschedule(actor, booking, slot));
  }

  @Override
  public Booking cancel(Actor.Account actor, BookingId booking, @Nullable RequestKey key) {
    return once(actor, key, List.of("cancel", booking), () -> bookings.cancel(actor, booking));
  }

  private Booking once(
      Actor.Account actor, @Nullable RequestKey key, List<?> payload, Supplier<Booking> command) {
    gate.requireCandidate(actor);
    return keys.once(
        actor,
        key,
        Operation.USE_PEARSON_VUE,
        payload,
        booking -> booking.bookingId().value(),
        id -> bookings.own(actor.id(), BookingId.of(id)),
        command);
  }

  @Override
  public Page<Booking> history(Actor.Account actor, PageRequest page) {
    gate.requireCandidate(actor);
    return bookings.history(actor.id(), page);
  }

  @Override
  public Booking booking(Actor.Account actor, BookingId booking) {
    gate.requireCandidate(actor);
    return bookings.own(actor.id(), booking);
  }

  /**
   * What has been told since the cursor; takes no actor, because whoever stores it is asked for the
   * permission.
   *
   * @throws io.acpbenefits.common.Refusal INVALID_INPUT if the cursor is none of this source's, or
   *     fewer than one line is asked for
   */
  @Override
  public Batch next(@Nullable String cursor, int atMost) {
    return results.next(cursor, atMost);
  }
}
