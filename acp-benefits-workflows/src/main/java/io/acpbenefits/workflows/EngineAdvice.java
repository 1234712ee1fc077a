package io.acpbenefits.workflows;

/**
 * One setting of the engine beside what this library recommends. The table with all of them is in
 * {@code docs/operations.md}.
 *
 * @param setting what the engine calls it
 * @param is the engine's value
 * @param recommended the value that is recommended
 * @param why what the recommended value is good for
 * @param mustAct true if something will not work, or will be lost, with the engine's value
 */
public record EngineAdvice(
    String setting, String is, String recommended, String why, boolean mustAct) {

  /**
   * Whether the engine's value is the recommended one.
   *
   * @return true if there is nothing to say
   */
  public boolean followed() {
    return is.equals(recommended);
  }
}
