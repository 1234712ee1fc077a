package io.acpbenefits.workflows;

import java.util.List;

/**
 * Which instances of a process are on earlier diagrams, and what an upgrade would do with them.
 *
 * @param process the id of the diagram, such as {@link BenefitApplicationProcess#KEY}
 * @param versionTag the newest diagram's version tag; empty if it has none
 * @param version what the engine counts the newest as
 * @param earlier the earlier versions that have instances, oldest first
 */
public record UpgradePreview(
    String process, String versionTag, int version, List<Earlier> earlier) {

  /**
   * How many instances are on earlier diagrams.
   *
   * @return the number
   */
  public long instances() {
    return earlier.stream().mapToLong(Earlier::instances).sum();
  }

  /**
   * What stands in the way, over all versions.
   *
   * @return empty if nothing does
   */
  public List<UpgradeObstacle> obstacles() {
    return earlier.stream().flatMap(version -> version.obstacles().stream()).distinct().toList();
  }

  /**
   * One earlier version.
   *
   * @param versionTag its version tag; empty if it has none
   * @param version what the engine counts it as
   * @param instances how many instances run on it
   * @param places what they wait in, by the ids of the elements
   * @param obstacles what stands in the way of some of them
   */
  public record Earlier(
      String versionTag,
      int version,
      long instances,
      List<Place> places,
      List<UpgradeObstacle> obstacles) {}

  /**
   * An element in which instances wait.
   *
   * @param activity its id in the earlier diagram
   * @param instances how many instances wait there
   * @param way how they get into the newest diagram
   * @param newActivity the id of the element there; empty if they stay
   */
  public record Place(String activity, long instances, UpgradeWay way, String newActivity) {}
}
