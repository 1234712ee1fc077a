package io.acpbenefits.model;

import static io.acpbenefits.model.World.PLATFORM;
import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.Things.Code;
import io.acpbenefits.model.Things.ExamRecord;
import io.acpbenefits.model.Things.Registration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Exam records, as the design has them; bookings are {@link ModelBookings}. */
final class ModelSittings implements Programme.Sittings {

  /** Who hears of records. */
  interface Certificates {
    void stands(ExamRecord line);

    void standsNoMore(ExamRecord line);
  }

  /** What a record speaks of: a booking, or just a code, and whose. */
  private record Link(
      @Nullable Registration booking, @Nullable Code code, @Nullable String account) {
    static final Link NONE = new Link(null, null, null);
  }

  private final World world;
  private final ModelCodes codes;
  private final ModelBookings bookings;
  private final Certificates certificates;

  ModelSittings(World world, ModelCodes codes, ModelBookings bookings, Certificates certificates) {
    this.world = world;
    this.codes = codes;
    this.bookings = bookings;
    this.certificates = certificates;
  }

  @Override
  public String book(
      String id,
      String account,
      String exam,
      @Nullable String code,
      Instant appointment,
      Programme.@Nullable Ids ids) {
    return bookings.book(id, account, exam, code, appointment, ids);
  }

  @Override
  public String bookSelfPaid(
      String id, String account, String exam, Instant appointment, Programme.@Nullable Ids ids) {
    return bookings.bookSelfPaid(id, account, exam, appointment, ids);
  }

  @Override
  public String reschedule(String who, String id, Instant appointment) {
    return bookings.reschedule(who, id, appointment);
  }

  @Override
  public String cancel(String who, String id) {
    return bookings.cancel(who, id);
  }

  @Override
  public String noteIds(String who, String id, Programme.Ids ids) {
    return bookings.noteIds(who, id, ids);
  }

  @Override
  public String markNoShow(String who, String id) {
    return bookings.markNoShow(who, id);
  }

  @Override
  public String receive(
      String id,
      String who,
      String kind,
      Programme.Ids ids,
      String exam,
      Instant taken,
      String outcome,
      @Nullable String score,
      @Nullable String voucher) {
    world.ask(who, PLATFORM, null);
    find(world.exams, exam);
    ExamRecord line = new ExamRecord();
    line.id = id;
    line.kind = kind;
    line.ids = ids;
    line.exam = exam;
    line.taken = taken;
    line.outcome = outcome;
    line.score = score;
    Optional<Code> paid =
        Optional.ofNullable(voucher).map(world.codes::get).filter(c -> c.exam.equals(exam));
    List<ExamRecord> known = known(world, ids, exam);
    return switch (kind) {
      case "RESULT" -> result(line, paid.orElse(null), known);
      case "CORRECTION" -> correction(line, paid.orElse(null), known);
      default -> invalidation(line, known);
    };
  }

  /** All that was ever said of these ids, in the order in which it came. */
  private static List<ExamRecord> known(World world, Programme.Ids ids, String exam) {
    return world.records.stream()
        .filter(r -> r.ids.equals(ids) && r.exam.equals(exam))
        .sorted(Comparator.comparing(r -> r.received))
        .toList();
  }

  private static Optional<ExamRecord> standing(List<ExamRecord> known) {
    return known.stream().filter(r -> r.state.equals("RECEIVED")).findFirst();
  }

  /** What ids are answered by: what stands, or, unless something is in doubt, what stood last. */
  static Optional<ExamRecord> answering(World world, Programme.Ids ids, String exam) {
    List<ExamRecord> known = known(world, ids, exam);
    boolean inDoubt = known.stream().anyMatch(r -> r.state.equals("HELD"));
    return standing(known)
        .or(() -> inDoubt ? Optional.empty() : known.stream().reduce((earlier, last) -> last));
  }

  private static boolean says(ExamRecord known, ExamRecord line) {
    return !known.kind.equals("INVALIDATION")
        && known.taken.equals(line.taken)
        && known.outcome.equals(line.outcome)
        && Objects.equals(known.score, line.score);
  }

  /** An identical repeat is a no-op, a conflicting one is held. */
  private String result(ExamRecord line, @Nullable Code paid, List<ExamRecord> known) {
    if (known.stream().anyMatch(earlier -> says(earlier, line))) {
      return "REPEATED";
    }
    if (!known.isEmpty()) {
      return hold(line, paid, known);
    }
    stand(line, link(line, paid), null);
    return "STORED";
  }

  /** A correction takes the place of all that was said; of the same outcome it amends. */
  private String correction(ExamRecord line, @Nullable Code paid, List<ExamRecord> known) {
    Optional<ExamRecord> standing = standing(known);
    if (standing.filter(now -> says(now, line)).isPresent()) {
      return "REPEATED";
    }
    Optional<String> before = saidBefore(line, paid, known);
    if (before.isPresent()) {
      return before.get();
    }
    String owner = owner(known);
    Optional<ExamRecord> amended = standing.filter(now -> now.outcome.equals(line.outcome));
    known.stream()
        .filter(earlier -> amended.filter(a -> a == earlier).isEmpty())
        .forEach(this::giveWay);
    Link link = unlessLater(link(line, paid), line);
    if (amended.isPresent()) {
      amend(amended.get(), line, link, owner);
      conclude(link, line.outcome);
    } else {
      stand(line, link, owner);
    }
    return known.isEmpty() ? "STORED" : "CORRECTED";
  }

  /** The record stays, with its certificate, and its former wording is kept beside it. */
  private void amend(ExamRecord standing, ExamRecord line, Link link, @Nullable String owner) {
    ExamRecord former = new ExamRecord();
    former.ids = standing.ids;
    former.exam = standing.exam;
    former.taken = standing.taken;
    former.outcome = standing.outcome;
    former.score = standing.score;
    former.kind = standing.kind;
    former.received = standing.received;
    former.state = "INVALIDATED";
    former.account = standing.account;
    former.code = standing.code;
    world.records.add(former);
    standing.received = world.now;
    standing.taken = line.taken;
    standing.score = line.score;
    standing.kind = line.kind;
    standing.account = link.account != null ? link.account : owner;
    standing.code = link.code != null ? link.code : standing.code;
  }

  private String invalidation(ExamRecord line, List<ExamRecord> known) {
    boolean open = known.stream().anyMatch(r -> !r.state.equals("INVALIDATED"));
    if (!open && known.stream().anyMatch(r -> r.kind.equals("INVALIDATION"))) {
      return "REPEATED";
    }
    Optional<String> before = saidBefore(line, null, known);
    if (before.isPresent()) {
      return before.get();
    }
    String owner = owner(known);
    known.forEach(this::giveWay);
    add(line, "INVALIDATED", owner, Link.NONE);
    return "INVALIDATED";
  }

  /** What was overtaken once does not overtake again by being repeated; a person decides. */
  private Optional<String> saidBefore(
      ExamRecord line, @Nullable Code paid, List<ExamRecord> known) {
    List<ExamRecord> same =
        known.stream()
            .filter(r -> r.kind.equals(line.kind))
            .filter(
                r -> line.kind.equals("INVALIDATION") ? r.taken.equals(line.taken) : says(r, line))
            .toList();
    if (same.isEmpty()) {
      return Optional.empty();
    }
    boolean asked = same.stream().anyMatch(r -> r.state.equals("HELD"));
    return Optional.of(asked ? "REPEATED" : hold(line, paid, known));
  }

  private String hold(ExamRecord line, @Nullable Code paid, List<ExamRecord> known) {
    Link link = line.kind.equals("INVALIDATION") ? Link.NONE : unlessLater(link(line, paid), line);
    add(line, "HELD", link.account != null ? link.account : owner(known), link);
    return "HELD";
  }

  private void giveWay(ExamRecord earlier) {
    if (!earlier.state.equals("INVALIDATED")) {
      earlier.state = "INVALIDATED";
      certificates.standsNoMore(earlier);
    }
  }

  private void stand(ExamRecord line, Link link, @Nullable String otherwise) {
    add(line, "RECEIVED", link.account != null ? link.account : otherwise, link);
    certificates.stands(line);
    conclude(link, line.outcome);
  }

  private void add(ExamRecord line, String state, @Nullable String account, Link link) {
    line.received = world.now;
    line.state = state;
    line.account = account;
    line.code = link.code;
    world.records.add(line);
    tellTheOthers(line);
  }

  /** Whose exam it was holds for all that was said of it. */
  private void tellTheOthers(ExamRecord stands) {
    if (stands.account != null && stands.state.equals("RECEIVED")) {
      known(world, stands.ids, stands.exam).stream()
          .filter(r -> r.account == null)
          .forEach(r -> r.account = stands.account);
    }
  }

  private static @Nullable String owner(List<ExamRecord> known) {
    return known.stream()
        .filter(r -> !r.state.equals("HELD") && r.account != null)
        .map(r -> r.account)
        .findFirst()
        .orElse(null);
  }

  private Link link(ExamRecord line, @Nullable Code paid) {
    return bookings
        .scheduledFor(paid, line.ids, line.exam)
        .map(ModelSittings::link)
        .orElseGet(() -> paid == null ? Link.NONE : new Link(null, paid, paid.holder));
  }

  private static Link link(Registration booking) {
    return new Link(booking, booking.code, booking.account);
  }

  private static Link unlessLater(Link link, ExamRecord line) {
    Registration booking = link.booking;
    return booking != null && ModelBookings.isLaterThan(line, booking)
        ? new Link(null, null, link.account)
        : link;
  }

  private void conclude(Link link, String outcome) {
    boolean sat = !outcome.equals("NO_SHOW");
    if (link.booking != null) {
      bookings.end(link.booking, sat);
    } else if (link.code != null) {
      codes.end(link.code, sat);
    }
  }

  @Override
  public String hold(String who, String id) {
    ExamRecord line = in(who, id, "RECEIVED");
    line.state = "HELD";
    certificates.standsNoMore(line);
    return Programme.DONE;
  }

  @Override
  public String invalidate(String who, String id) {
    giveWay(in(who, id, "RECEIVED", "HELD"));
    return Programme.DONE;
  }

  @Override
  public String release(String who, String id, boolean instead) {
    if (instead) {
      world.ask(who, PLATFORM, null);
    }
    ExamRecord held = in(who, id, "HELD");
    require(!held.kind.equals("INVALIDATION"), Reason.ILLEGAL_STATE);
    Optional<ExamRecord> standing = standing(known(world, held.ids, held.exam));
    require(standing.isEmpty() || instead, Reason.ILLEGAL_STATE);
    standing.ifPresent(this::giveWay);
    Link link =
        bookings
            .scheduledFor(held.code, held.ids, held.exam)
            .map(booking -> unlessLater(link(booking), held))
            .orElseGet(() -> new Link(null, held.code, held.account));
    held.state = "RECEIVED";
    held.account =
        held.account != null
            ? held.account
            : link.account != null ? link.account : standing.map(s -> s.account).orElse(null);
    tellTheOthers(held);
    certificates.stands(held);
    conclude(link, held.outcome);
    return Programme.DONE;
  }

  private ExamRecord in(String who, String id, String... states) {
    ExamRecord line = world.findRecord(id);
    world.askOfThing(who, PLATFORM, null, line.account);
    require(List.of(states).contains(line.state), Reason.ILLEGAL_STATE);
    return line;
  }

  /** A binding tells whose record it is, unless that was known. */
  void attribute(ExamRecord found, String account) {
    if (found.account == null) {
      known(world, found.ids, found.exam).stream()
          .filter(r -> r.account == null)
          .forEach(r -> r.account = account);
      bookings.concludeFor(account, found);
    }
  }
}
