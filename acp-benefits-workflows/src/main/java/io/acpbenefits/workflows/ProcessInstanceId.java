package io.acpbenefits.workflows;

import io.acpbenefits.common.Identifier;

/**
 * Names an instance of a process.
 *
 * @param value as the engine made it
 */
public record ProcessInstanceId(String value) implements Identifier {

  /** Checks it. */
  public ProcessInstanceId {
    Identifier.checked("process instance", value);
  }

  /**
   * Names an instance.
   *
   * @param value as the engine made it
   * @return the id
   */
  public static ProcessInstanceId of(String value) {
    return new ProcessInstanceId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
