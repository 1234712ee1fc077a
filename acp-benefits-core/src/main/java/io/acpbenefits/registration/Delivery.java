package io.acpbenefits.registration;

/** Where an exam is sat. */
public enum Delivery {
  /** At a test center. */
  TEST_CENTER,
  /** Online, after a check of the equipment. */
  ONLINE
}
