package io.acpbenefits.model;

import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.World.Code;
import io.acpbenefits.model.World.Exam;
import io.acpbenefits.model.World.ExamRecord;
import io.acpbenefits.model.World.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Exams booked and sat, and the records of them, as the design has them. */
final class ModelSittings implements Programme.Sittings {

  private static final Duration SYNC_WINDOW = Duration.ofDays(3);
  private static final Duration CANCEL_IN_TIME = Duration.ofHours(24);

  private final World world;
  private final ModelCodes codes;
  private final Consumer<ExamRecord> arrived;

  ModelSittings(World world, ModelCodes codes, Consumer<ExamRecord> arrived) {
    this.world = world;
    this.codes = codes;
    this.arrived = arrived;
  }

  @Override
  public String book(
      String id,
      String account,
      String exam,
      @Nullable String text,
      Instant appointment,
      Programme.@Nullable Ids ids) {
    requireSittable(exam, appointment);
    Code code = codes.toPayWith(account, exam, text, appointment);
    code.become("RESERVED", account, appointment.plus(SYNC_WINDOW));
    return add(id, account, exam, code, appointment, ids);
  }

  @Override
  public String bookSelfPaid(
      String id, String account, String exam, Instant appointment, Programme.@Nullable Ids ids) {
    requireSittable(exam, appointment);
    return add(id, account, exam, null, appointment, ids);
  }

  private void requireSittable(String id, Instant appointment) {
    Exam exam = find(world.exams, id);
    world.requireAlive(exam, world.now);
    require(!appointment.isBefore(world.now), Reason.INVALID_INPUT);
    world.requireAlive(exam, appointment);
  }

  private String add(
      String id,
      String account,
      String exam,
      @Nullable Code code,
      Instant appointment,
      Programme.@Nullable Ids ids) {
    Registration registration = new Registration();
    registration.id = id;
    registration.account = account;
    registration.exam = exam;
    registration.code = code;
    registration.appointment = appointment;
    registration.ids = ids;
    world.registrations.put(id, registration);
    return id;
  }

  @Override
  public String reschedule(String account, String id, Instant appointment) {
    Registration registration = upcoming(account, id);
    requireSittable(registration.exam, appointment);
    Code code = registration.code;
    if (code != null) {
      ModelCodes.requireIn(code, "RESERVED");
      require(appointment.isBefore(code.expires), Reason.CODE_EXPIRED);
      code.become("RESERVED", code.holder, appointment.plus(SYNC_WINDOW));
    }
    registration.appointment = appointment;
    return Programme.DONE;
  }

  @Override
  public String cancel(String account, String id) {
    Registration registration = upcoming(account, id);
    boolean inTime = !world.now.isAfter(registration.appointment.minus(CANCEL_IN_TIME));
    Code code = registration.code;
    if (code != null && inTime) {
      codes.free(code);
    } else if (code != null) {
      codes.end(code, "FORFEITED");
    }
    registration.state = inTime ? "CANCELED" : "LATE_CANCELED";
    return registration.state;
  }

  private Registration upcoming(String account, String id) {
    Registration registration = find(world.registrations, id);
    require(registration.account.equals(account), Reason.NOT_FOUND);
    require(registration.isScheduled(), Reason.ILLEGAL_STATE);
    require(!registration.appointment.isBefore(world.now), Reason.ILLEGAL_STATE);
    return registration;
  }

  @Override
  public String noteIds(String who, String id, Programme.Ids ids) {
    Registration registration = find(world.registrations, id);
    require(world.isPlatform(who) || who.equals(registration.account), Reason.NOT_FOUND);
    require(registration.ids == null || registration.ids.equals(ids), Reason.ILLEGAL_STATE);
    registration.ids = ids;
    return Programme.DONE;
  }

  @Override
  public String receive(
      String id,
      String who,
      Programme.Ids ids,
      String exam,
      Instant taken,
      String outcome,
      @Nullable String score,
      @Nullable String voucher) {
    find(world.exams, exam);
    ExamRecord line = new ExamRecord();
    line.id = id;
    line.ids = ids;
    line.exam = exam;
    line.taken = taken;
    line.outcome = outcome;
    line.score = score;
    line.voucher = voucher;
    if (standing(world, ids, exam).isPresent()) {
      if (world.records.values().stream().anyMatch(known -> saysTheSame(known, line))) {
        return "REPEATED";
      }
      line.state = "HELD";
      world.records.put(id, line);
      return "HELD";
    }
    world.records.put(id, line);
    conclude(line);
    return "STORED";
  }

  static Optional<ExamRecord> standing(World world, Programme.Ids ids, String exam) {
    return world.records.values().stream()
        .filter(r -> r.ids.equals(ids) && r.exam.equals(exam) && !r.state.equals("HELD"))
        .findFirst();
  }

  private static boolean saysTheSame(ExamRecord known, ExamRecord line) {
    return known.ids.equals(line.ids)
        && known.exam.equals(line.exam)
        && known.taken.equals(line.taken)
        && known.outcome.equals(line.outcome)
        && Objects.equals(known.score, line.score);
  }

  /** The booking or the code that a record names, by its voucher before its ids, ends with it. */
  private void conclude(ExamRecord line) {
    Optional<Code> voucher =
        Optional.ofNullable(line.voucher)
            .map(world.codes::get)
            .filter(code -> code.exam.equals(line.exam));
    Optional<Registration> booked =
        voucher
            .flatMap(code -> scheduled(line.exam, r -> r.code == code))
            .or(() -> scheduled(line.exam, r -> line.ids.equals(r.ids)));
    boolean sat = !line.outcome.equals("NO_SHOW");
    line.account =
        booked
            .map(r -> Optional.of(r.account))
            .orElseGet(() -> voucher.map(code -> code.holder))
            .orElse(null);
    arrived.accept(line);
    if (booked.isPresent()) {
      end(booked.get(), sat);
    } else {
      voucher.ifPresent(code -> codes.end(code, sat ? "REDEEMED" : "FORFEITED"));
    }
  }

  private Optional<Registration> scheduled(
      String exam, java.util.function.Predicate<Registration> which) {
    return world.registrations.values().stream()
        .filter(r -> r.isScheduled() && r.exam.equals(exam) && which.test(r))
        .findFirst();
  }

  private void end(Registration registration, boolean sat) {
    if (!registration.isScheduled()) {
      return;
    }
    registration.state = sat ? "DELIVERED" : "NO_SHOW";
    if (registration.code != null) {
      codes.end(registration.code, sat ? "REDEEMED" : "FORFEITED");
    }
  }

  /**
   * A binding tells whose record it is: then the booking nearest to the sitting ends with it, or,
   * where nothing was booked, the assigned code.
   */
  void attribute(ExamRecord found, String account) {
    if (found.account != null) {
      return;
    }
    found.account = account;
    List<Registration> booked =
        world.registrations.values().stream()
            .filter(r -> r.account.equals(account) && r.exam.equals(found.exam))
            .toList();
    Optional<Registration> sat =
        booked.stream()
            .filter(r -> r.isScheduled() && (r.ids == null || r.ids.equals(found.ids)))
            .filter(r -> !r.appointment.isAfter(found.taken.plus(Duration.ofDays(1))))
            .sorted(Comparator.comparing(r -> r.appointment))
            .min(Comparator.comparing(r -> Duration.between(r.appointment, found.taken).abs()));
    if (sat.isPresent()) {
      end(sat.get(), true);
    } else if (booked.isEmpty()) {
      world.codes.values().stream()
          .filter(c -> c.isOpen() && account.equals(c.holder) && c.exam.equals(found.exam))
          .findFirst()
          .filter(c -> c.state.equals("ASSIGNED"))
          .ifPresent(c -> c.become("REDEEMED", c.holder, null));
    }
  }

  /** When a record may come in at the latest: counted from the appointment, if one is known. */
  Instant windowEnd(String account, String exam) {
    List<Instant> appointments =
        world.registrations.values().stream()
            .filter(r -> r.isScheduled() && r.account.equals(account) && r.exam.equals(exam))
            .map(r -> r.appointment)
            .sorted()
            .toList();
    Optional<Instant> lastPassed =
        appointments.stream().filter(a -> !a.isAfter(world.now)).reduce((a, b) -> b);
    return lastPassed
        .or(() -> appointments.stream().findFirst())
        .orElse(world.now)
        .plus(SYNC_WINDOW);
  }
}
