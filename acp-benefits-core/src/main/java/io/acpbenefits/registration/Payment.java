package io.acpbenefits.registration;

/** How an exam is paid for. */
public enum Payment {
  /** With an exam code, so that the price is 0. */
  CODE,
  /** By the candidate; the certificate counts all the same. */
  SELF_PAID
}
