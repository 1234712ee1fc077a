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
import java.util.List;
import java.util.Optional;

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
    return new Voucher(row.examId(), stateOf(row), row.expiresAt());
  }

  private VoucherState stateOf(VoucherMapper.VoucherRow row) {
    if (row.bookingId() != null) {
      return VoucherState.USED;
    }
    return domain.now().isBefore(row.expiresAt()) ? VoucherState.FREE : VoucherState.EXPIRED;
  }

  /** Locks a voucher that would pay for the exam at that time. */
  VoucherMapper.VoucherRow lockFitting(CodeText code, ExamId exam, Instant appointment) {
    VoucherMapper.VoucherRow voucher =
        rows.get(m -> m.lock(vault.lookup(code.value()))).orElseThrow(Vouchers::unknown);
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

  CodeText open(String voucherId, SealedSecret secret) {
    return new CodeText(vault.open(secret, belongsTo(voucherId)));
  }

  private static Refusal unknown() {
    return new Refusal(Reason.NOT_FOUND, "Pearson VUE does not know this code.");
  }
}
