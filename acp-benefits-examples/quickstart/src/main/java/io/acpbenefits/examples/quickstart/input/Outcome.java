package io.acpbenefits.examples.quickstart.input;

/** What an exam record reports, as the journey writes it. */
public enum Outcome {
  /** The exam was passed. */
  PASS,
  /** The exam was taken and not passed. */
  FAIL,
  /** The candidate did not come. */
  NO_SHOW
}
