package io.acpbenefits.model;

import static io.acpbenefits.model.World.PLATFORM;
import static io.acpbenefits.model.World.SELF;
import static io.acpbenefits.model.World.SELF_OR_PLATFORM;
import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.Things.Code;
import io.acpbenefits.model.Things.Exam;
import io.acpbenefits.model.Things.ExamRecord;
import io.acpbenefits.model.Things.Registration;
import io.acpbenefits.model.World.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Exam registrations, as the design has them. */
final class ModelBookings {

  private static final Duration SYNC_WINDOW = Duration.ofDays(3);
  private static final Duration CANCEL_IN_TIME = Duration.ofHours(24);
  private static final Duration ONE_DAY = Duration.ofDays(1);

  private final World world;
  private final ModelCodes codes;

  ModelBookings(World world, ModelCodes codes) {
    this.world = world;
    this.codes = codes;
  }

  String book(
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

  String bookSelfPaid(
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

  String reschedule(String who, String id, Instant appointment) {
    Registration registration = upcoming(who, id);
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

  String cancel(String who, String id) {
    Registration registration = upcoming(who, id);
    boolean inTime = !world.now.isAfter(registration.appointment.minus(CANCEL_IN_TIME));
    Code code = registration.code;
    if (code != null && inTime) {
      codes.free(code);
    } else if (code != null) {
      codes.end(code, false);
    }
    registration.state = inTime ? "CANCELED" : "LATE_CANCELED";
    return registration.state;
  }

  private Registration upcoming(String who, String id) {
    Registration registration = visible(who, SELF, id);
    require(registration.isScheduled(), Reason.ILLEGAL_STATE);
    require(!registration.appointment.isBefore(world.now), Reason.ILLEGAL_STATE);
    return registration;
  }

  private Registration visible(String who, Set<Who> permitted, String id) {
    Registration registration = find(world.registrations, id);
    world.askOfPrivate(who, permitted, null, registration.account);
    return registration;
  }

  String noteIds(String who, String id, Programme.Ids ids) {
    Registration registration = visible(who, SELF_OR_PLATFORM, id);
    require(registration.ids == null || registration.ids.equals(ids), Reason.ILLEGAL_STATE);
    registration.ids = ids;
    return Programme.DONE;
  }

  String markNoShow(String who, String id) {
    Registration registration = visible(who, PLATFORM, id);
    require(registration.isScheduled(), Reason.ILLEGAL_STATE);
    require(registration.appointment.isBefore(world.now), Reason.ILLEGAL_STATE);
    end(registration, false);
    return Programme.DONE;
  }

  /** The exam was sat or missed, and with it the code is used up. */
  void end(Registration registration, boolean sat) {
    if (registration.isScheduled()) {
      registration.state = sat ? "DELIVERED" : "NO_SHOW";
      if (registration.code != null) {
        codes.end(registration.code, sat);
      }
    }
  }

  /** The booking that a record speaks of: by its voucher before its ids, the earliest made. */
  Optional<Registration> scheduledFor(@Nullable Code code, Programme.Ids ids, String exam) {
    List<Registration> scheduled =
        world.registrations.values().stream().filter(Registration::isScheduled).toList();
    return scheduled.stream()
        .filter(r -> code != null && r.code == code)
        .findFirst()
        .or(
            () ->
                scheduled.stream()
                    .filter(r -> r.exam.equals(exam) && ids.equals(r.ids))
                    .findFirst());
  }

  /** A booking more than a day after an exam was sat is for another sitting. */
  static boolean isLaterThan(ExamRecord found, Registration booking) {
    return booking.appointment.isAfter(found.taken.plus(ONE_DAY));
  }

  /** Whose exam it was told a binding: the nearest booking, or else an assigned code, ends. */
  void concludeFor(String account, ExamRecord found) {
    List<Registration> booked =
        world.registrations.values().stream()
            .filter(r -> r.account.equals(account) && r.exam.equals(found.exam))
            .toList();
    Optional<Registration> sat =
        booked.stream()
            .filter(r -> r.isScheduled() && (r.ids == null || r.ids.equals(found.ids)))
            .filter(r -> !isLaterThan(found, r))
            .sorted(Comparator.comparing(r -> r.appointment))
            .min(Comparator.comparing(r -> Duration.between(r.appointment, found.taken).abs()));
    if (sat.isPresent()) {
      end(sat.get(), true);
    } else if (booked.isEmpty()) {
      world.codes.values().stream()
          .filter(c -> c.isOpen() && account.equals(c.holder) && c.exam.equals(found.exam))
          .findFirst()
          .filter(c -> c.state.equals("ASSIGNED"))
          .ifPresent(c -> codes.end(c, true));
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
