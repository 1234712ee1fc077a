package io.acpbenefits.examrecord;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.CodeUse;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.ExamRegistrations;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a record is about, as far as its voucher code or its ids tell: a booking, a code. */
final class RecordLinks {

  /** A booking this much after the exam was sat is for another sitting. */
  private static final Duration ONE_DAY = Duration.ofDays(1);

  /** What was found, if anything; the account is whose exam it was. */
  record Link(
      @Nullable ExamRegistrationId registration,
      @Nullable ExamCodeId code,
      @Nullable AccountId account) {

    static final Link NONE = new Link(null, null, null);
  }

  private final CodeUse codes;
  private final ExamRegistrations registrations;

  RecordLinks(CodeUse codes, ExamRegistrations registrations) {
    this.codes = codes;
    this.registrations = registrations;
  }

  /** What a line that comes for the first time is about. */
  Link of(ExamRecordLine line) {
    CodeText voucher = line.voucherCode();
    ExamCode code =
        voucher == null
            ? null
            : codes.byText(voucher).filter(c -> c.examId().equals(line.examId())).orElse(null);
    Optional<ExamRegistration> booked =
        booked(code == null ? null : code.codeId(), line.ids(), line.examId());
    if (booked.isPresent()) {
      return link(booked.get());
    }
    return code == null ? Link.NONE : new Link(null, code.codeId(), code.holder());
  }

  /**
   * What a line is about that comes after others: what is booked for later than it speaks of is
   * another sitting.
   */
  Link ofLater(ExamRecordLine line) {
    Link link = of(line);
    return link.registration() == null ? link : unlessLater(link, line.takenAt());
  }

  /** What a record is about that was held. */
  Link of(ExamRecord held) {
    return booked(held.codeId(), held.ids(), held.examId())
        .map(booking -> unlessLater(link(booking), held.takenAt()))
        .orElse(new Link(null, held.codeId(), held.accountId()));
  }

  private Link unlessLater(Link link, Instant takenAt) {
    ExamRegistrationId id = link.registration();
    boolean later =
        id != null
            && registrations.get(Actor.system(), id).appointment().isAfter(takenAt.plus(ONE_DAY));
    return later ? new Link(null, null, link.account()) : link;
  }

  private Optional<ExamRegistration> booked(@Nullable ExamCodeId code, IdPair ids, ExamId exam) {
    return Optional.ofNullable(code)
        .flatMap(id -> registrations.scheduledBy(Actor.system(), id))
        .or(() -> registrations.scheduledWith(Actor.system(), ids, exam));
  }

  private static Link link(ExamRegistration booking) {
    return new Link(booking.examRegistrationId(), booking.codeId(), booking.accountId());
  }

  /** Concludes the booking, or else the code; nothing where either is over already. */
  void conclude(Link link, ExamOutcome outcome) {
    boolean sat = outcome != ExamOutcome.NO_SHOW;
    if (link.registration() != null) {
      registrations.conclude(Actor.system(), link.registration(), sat);
    } else if (link.code() != null && sat) {
      codes.redeem(link.code());
    } else if (link.code() != null) {
      codes.forfeit(link.code());
    }
  }
}
