package io.acpbenefits.internal;

import io.acpbenefits.common.Refusal;

/** What may be kept of a failure: its message may hold anything, a person's data too. */
public final class Failures {

  private static final int MOST_CHARACTERS = 200;

  private Failures() {}

  public static String nameOf(Throwable failure) {
    String name =
        failure instanceof Refusal refusal ? refusal.reason().name() : failure.getClass().getName();
    return name.substring(0, Math.min(name.length(), MOST_CHARACTERS));
  }
}
