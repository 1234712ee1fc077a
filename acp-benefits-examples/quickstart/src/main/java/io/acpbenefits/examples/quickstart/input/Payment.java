package io.acpbenefits.examples.quickstart.input;

/** How an exam is paid for, as the journey writes it. */
public enum Payment {
  /** With an exam code, so that nothing is to pay. */
  CODE,
  /** By the candidate. */
  SELF_PAID
}
