package io.acpbenefits.pearsonvue;

/** Where a voucher stands. */
public enum VoucherState {
  /** Pays for one exam. */
  FREE,
  /** Has paid for one. */
  USED,
  /** Not used in time, or revoked. */
  EXPIRED
}
