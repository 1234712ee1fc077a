package io.acpbenefits.workflows;

import java.util.List;

/**
 * What an upgrade has done.
 *
 * @param process the id of the diagram
 * @param upgraded how many instances go on with the newest diagram now
 * @param more whether there may be further ones that the limit has left out
 * @param left those that could not be upgraded and are as they were
 */
public record UpgradeResult(String process, int upgraded, boolean more, List<Left> left) {

  /**
   * An instance that is as it was.
   *
   * @param instance which
   * @param businessKey what it is about; empty if it has none
   * @param obstacles why
   */
  public record Left(
      ProcessInstanceId instance, String businessKey, List<UpgradeObstacle> obstacles) {}
}
