package io.acpbenefits.examples.quickstart.input;

/** The level of an exam, as the files write it. */
public enum Level {
  /** Alibaba Cloud Certified Professional. */
  ACP,
  /** Alibaba Cloud Certified Expert. */
  ACE
}
