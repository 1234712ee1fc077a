package io.acpbenefits.examples.quickstart.input;

/** Where an exam is taken, as the journey writes it. */
public enum Delivery {
  /** At a test centre. */
  TEST_CENTER,
  /** At home, on equipment that was checked before. */
  ONLINE
}
