package io.acpbenefits.health;

import java.util.function.Supplier;

/**
 * What was found out about one part.
 *
 * @param name of the part, such as {@code database}; never changes its meaning
 * @param status how well it works
 * @param sentence what was found, for a person; without personal data
 */
public record HealthCheck(String name, HealthStatus status, String sentence) {

  /**
   * All is well.
   *
   * @param name of the part
   * @param sentence what was found
   * @return the finding
   */
  public static HealthCheck up(String name, String sentence) {
    return new HealthCheck(name, HealthStatus.UP, sentence);
  }

  /**
   * Somebody should look.
   *
   * @param name of the part
   * @param sentence what was found
   * @return the finding
   */
  public static HealthCheck degraded(String name, String sentence) {
    return new HealthCheck(name, HealthStatus.DEGRADED, sentence);
  }

  /**
   * Looks at a part; if even that fails, it is DOWN.
   *
   * @param name of the part
   * @param look finds out
   * @return the finding; where looking threw something, with its class and not its text
   */
  public static HealthCheck of(String name, Supplier<HealthCheck> look) {
    try {
      return look.get();
    } catch (RuntimeException failure) {
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return new HealthCheck(
          name,
          HealthStatus.DOWN,
          "It could not be looked at: %s.".formatted(root.getClass().getName()));
    }
  }
}
