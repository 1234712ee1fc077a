package io.acpbenefits.examrecord;

/** What is going on between the library and a source of exam records. */
public enum PullPhase {
  /** The last pull succeeded, or there was none; the next one waits for its time. */
  IDLE,
  /** A node is pulling. */
  PULLING,
  /** A node began to pull and was not heard of in time; the next pull goes on in its place. */
  INTERRUPTED,
  /** The last pull failed; the next one waits for its time, longer after each failure. */
  BACKING_OFF
}
