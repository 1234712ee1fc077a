package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.secret.SealedSecret;
import io.acpbenefits.secret.Vault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The codes that Pearson VUE takes, encrypted like any other; found by their keyed hash. */
final class Vouchers {

  private final Domain domain;
  private final Vault vault;
  private final Rows<VoucherMapper> rows;

  Vouchers(Domain domain, Vault vault) {
    this.domain = domain;
    this.vault = vault;
    this.rows = domain.rows(VoucherMapper.class);
  }

  int register(ExamId exam, List<CodeText> codes, Instant expiresAt) {
    Instant expiry = expiresAt.truncatedTo(ChronoUnit.MICROS);
    if (!expiry.isAfter(domain.now())) {
      throw Refusal.of(Reason.INVALID_INPUT, "Vouchers cannot have expired already at %s.", expiry);
    }
    return domain.allOrNothing(
        () -> {
          int added = 0;
          for (CodeText code : codes) {
            added += add(exam, code, expiry);
          }
          return added;
        });
  }

  private int add(ExamId exam, CodeText code, Instant expiresAt) {
    String lookup = vault.lookup(code.value());
    Optional<VoucherMapper.VoucherRow> known = rows.get(m -> m.find(lookup));
    if (known.isPresent()) {
      if (!known.get().examId().equals(exam)) {
        throw Refusal.of(
            Reason.ALREADY_EXISTS,
            "The code %s is registered for exam %s already.",
            code.masked(),
            known.get().examId());
      }
      return 0;
    }
    VoucherMapper.VoucherRow voucher =
        new VoucherMapper.VoucherRow(domain.newId(), exam, null, expiresAt);
    SealedSecret secret = vault.seal(code.value(), belongsTo(voucher.voucherId()));
    rows.one(m -> m.insert(voucher, secret, lookup, vault.lookupKeyId(), domain.now()));
    return 1;
  }

  private static String belongsTo(String voucherId) {
    return "voucher:" + voucherId;
  }

  Voucher get(CodeText code) {
    VoucherMapper.VoucherRow row =
        rows.get(m -> m.find(vault.lookup(code.value()))).orElseThrow(Vouchers::unknown);
    return new Voucher(VoucherId.of(row.voucherId()), row.examId(), stateOf(row), row.expiresAt());
  }

  private VoucherState stateOf(VoucherMapper.VoucherRow row) {
    if (row.bookingId() != null) {
      return VoucherState.USED;
    }
    return domain.now().isBefore(row.expiresAt()) ? VoucherState.FREE : VoucherState.EXPIRED;
  }

  /** Locks a voucher that would pay for the exam at that time. */
  VoucherMapper.VoucherRow lockFitting(CodeText code, ExamId exam, Instant appointment) {
    VoucherMapper.VoucherRow voucher = lock(code);
    if (!voucher.examId().equals(exam)) {
      throw Refusal.of(
          Reason.EXAM_MISMATCH,
          "The code is for exam %s, not for exam %s.",
          voucher.examId(),
          exam);
    }
    if (voucher.bookingId() != null) {
      throw new Refusal(
          Reason.ILLEGAL_STATE, "The code is USED; a code pays for one exam, only a FREE one can.");
    }
    requireAliveAt(voucher, appointment);
    return voucher;
  }

  private void requireAliveAt(VoucherMapper.VoucherRow voucher, Instant appointment) {
    Instant expiresAt = voucher.expiresAt();
    if (!domain.now().isBefore(expiresAt) || !appointment.isBefore(expiresAt)) {
      throw Refusal.of(
          Reason.CODE_EXPIRED, "The code expires at %s; the exam must begin before.", expiresAt);
    }
  }

  void use(VoucherMapper.VoucherRow voucher, BookingId booking) {
    rows.one(m -> m.use(voucher.voucherId(), booking));
  }

  /** Refuses an appointment that the booking's voucher, if it has one, would not live to see. */
  void requireAliveAt(BookingId booking, Instant appointment) {
    rows.get(m -> m.lockOf(booking)).ifPresent(voucher -> requireAliveAt(voucher, appointment));
  }

  void free(BookingId booking) {
    rows.get(m -> m.lockOf(booking))
        .ifPresent(voucher -> rows.one(m -> m.free(voucher.voucherId())));
  }

  /** The booking that a used voucher has paid for, not locked: a booking is locked first. */
  BookingId bookingOf(CodeText code) {
    VoucherMapper.VoucherRow voucher =
        rows.get(m -> m.find(vault.lookup(code.value()))).orElseThrow(Vouchers::unknown);
    BookingId booking = voucher.bookingId();
    if (booking == null) {
      throw illegal(voucher, "reinstated", EnumSet.of(VoucherState.USED));
    }
    return booking;
  }

  /** Frees the voucher of a locked booking. */
  void reinstate(CodeText code, BookingId booking) {
    VoucherMapper.VoucherRow voucher = lock(code);
    if (!booking.equals(voucher.bookingId())) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The code is %s and was reinstated meanwhile; only a USED one can be.",
          stateOf(voucher));
    }
    rows.one(m -> m.free(voucher.voucherId()));
  }

  VoucherState extend(CodeText code, Instant until) {
    VoucherMapper.VoucherRow voucher = lock(code);
    VoucherState state =
        require(voucher, "extended", EnumSet.of(VoucherState.FREE, VoucherState.EXPIRED));
    Instant end = until.truncatedTo(ChronoUnit.MICROS);
    if (!end.isAfter(voucher.expiresAt()) || !end.isAfter(domain.now())) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "The new end must lie after %s and after now; %s does not.",
          voucher.expiresAt(),
          end);
    }
    rows.one(m -> m.expireAt(voucher.voucherId(), end));
    return state;
  }

  void revoke(CodeText code) {
    VoucherMapper.VoucherRow voucher = lock(code);
    require(voucher, "revoked", EnumSet.of(VoucherState.FREE));
    rows.one(m -> m.expireAt(voucher.voucherId(), domain.now()));
  }

  private VoucherMapper.VoucherRow lock(CodeText code) {
    return rows.get(m -> m.lock(vault.lookup(code.value()))).orElseThrow(Vouchers::unknown);
  }

  private VoucherState require(
      VoucherMapper.VoucherRow voucher, String what, Set<VoucherState> allowed) {
    VoucherState state = stateOf(voucher);
    if (!allowed.contains(state)) {
      throw illegal(voucher, what, allowed);
    }
    return state;
  }

  private Refusal illegal(
      VoucherMapper.VoucherRow voucher, String what, Set<VoucherState> allowed) {
    return Refusal.of(
        Reason.ILLEGAL_STATE,
        "The code is %s; to be %s it must be one of %s.",
        stateOf(voucher),
        what,
        allowed);
  }

  CodeText open(String voucherId, SealedSecret secret) {
    return new CodeText(vault.open(secret, belongsTo(voucherId)));
  }

  private static Refusal unknown() {
    return new Refusal(Reason.NOT_FOUND, "Pearson VUE does not know this code.");
  }
}
