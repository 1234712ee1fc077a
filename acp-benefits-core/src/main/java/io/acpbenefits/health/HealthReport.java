package io.acpbenefits.health;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How well the library works, part by part.
 *
 * @param checks one for each part
 */
public record HealthReport(List<HealthCheck> checks) {

  /** Keeps the list from being changed. */
  public HealthReport {
    checks = List.copyOf(checks);
  }

  /**
   * How well all of it works.
   *
   * @return the worst of the parts
   */
  public HealthStatus status() {
    return checks.stream()
        .map(HealthCheck::status)
        .max(Comparator.naturalOrder())
        .orElse(HealthStatus.UP);
  }

  /**
   * Adds parts.
   *
   * @param more what was found out about them
   * @return a report with both
   */
  public HealthReport and(List<HealthCheck> more) {
    return new HealthReport(Stream.concat(checks.stream(), more.stream()).toList());
  }
}
