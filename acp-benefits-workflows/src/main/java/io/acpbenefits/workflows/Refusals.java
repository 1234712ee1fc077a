package io.acpbenefits.workflows;

import io.acpbenefits.common.Refusal;
import org.jspecify.annotations.Nullable;

/** Refusals inside what the engine makes of them: it wraps what a task listener throws. */
final class Refusals {

  private Refusals() {}

  static @Nullable Refusal in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
    }
    return null;
  }
}
