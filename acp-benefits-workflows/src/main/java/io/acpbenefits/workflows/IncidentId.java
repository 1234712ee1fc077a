package io.acpbenefits.workflows;

import io.acpbenefits.common.Identifier;

/**
 * Names an incident of the engine.
 *
 * @param value as the engine made it
 */
public record IncidentId(String value) implements Identifier {

  /** Checks it. */
  public IncidentId {
    Identifier.checked("incident", value);
  }

  /**
   * Names an incident.
   *
   * @param value as the engine made it
   * @return the id
   */
  public static IncidentId of(String value) {
    return new IncidentId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
