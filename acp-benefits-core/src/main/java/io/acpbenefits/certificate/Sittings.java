package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeUse;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.ExamRegistrations;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an account's exams beside the records: bookings and codes. Called by bindings;
 * thread-safe.
 */
public final class Sittings {

  /** A booking this much after the exam was sat is for another sitting. */
  private static final Duration ONE_DAY = Duration.ofDays(1);

  private final Domain domain;
  private final ExamRegistrations registrations;
  private final ExamCodes codes;
  private final CodeUse use;
  private final ExamRecords records;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param registrations what was booked
   * @param codes who holds what
   * @param use what a sitting does to a code
   * @param records what has arrived
   */
  public Sittings(
      Domain domain,
      ExamRegistrations registrations,
      ExamCodes codes,
      CodeUse use,
      ExamRecords records) {
    this.domain = domain;
    this.registrations = registrations;
    this.codes = codes;
    this.use = use;
    this.records = records;
  }

  /** The appointment that a record is awaited for: the last one that has passed, else the next. */
  Optional<Instant> appointment(AccountId account, ExamId exam) {
    Instant now = domain.now();
    List<Instant> booked =
        scheduled(account, exam).stream().map(ExamRegistration::appointment).sorted().toList();
    return booked.stream()
        .filter(time -> !time.isAfter(now))
        .reduce((earlier, later) -> later)
        .or(() -> booked.stream().findFirst());
  }

  /**
   * Now that a record is known to be this account's, the booking or the code behind it is
   * concluded, unless the record itself did. Results without bookings redeem the assigned code.
   */
  void conclude(AccountId account, ExamRecord found) {
    if (found.accountId() != null) {
      return;
    }
    records.attribute(Actor.system(), found.recordId(), account);
    List<ExamRegistration> all = registrations.of(Actor.system(), account, found.examId());
    Optional<ExamRegistration> sat =
        scheduled(account, found.examId()).stream()
            .filter(r -> r.ids() == null || found.ids().equals(r.ids()))
            .filter(r -> !r.appointment().isAfter(found.takenAt().plus(ONE_DAY)))
            .min(Comparator.comparing(r -> distance(r.appointment(), found.takenAt())));
    if (sat.isPresent()) {
      registrations.conclude(Actor.system(), sat.get().examRegistrationId(), true);
    } else if (all.isEmpty()) {
      codes
          .openCode(Actor.system(), account, found.examId())
          .filter(code -> code.state() == ExamCodeState.ASSIGNED)
          .map(ExamCode::codeId)
          .ifPresent(use::redeem);
    }
  }

  private List<ExamRegistration> scheduled(AccountId account, ExamId exam) {
    return registrations.of(Actor.system(), account, exam).stream()
        .filter(r -> r.state() == ExamRegistrationState.SCHEDULED)
        .toList();
  }

  private static Duration distance(Instant one, Instant other) {
    return Duration.between(one, other).abs();
  }
}
