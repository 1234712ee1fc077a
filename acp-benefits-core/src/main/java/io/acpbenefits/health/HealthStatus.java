package io.acpbenefits.health;

/** How well something works, from best to worst. */
public enum HealthStatus {
  /** All is well. */
  UP,
  /** It works, but somebody should look. */
  DEGRADED,
  /** It does not work. */
  DOWN
}
