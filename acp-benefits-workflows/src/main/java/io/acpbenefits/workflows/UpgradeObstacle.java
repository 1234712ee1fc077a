package io.acpbenefits.workflows;

/**
 * What keeps instances on an earlier diagram.
 *
 * @param element the id of the element in the earlier diagram
 * @param expected what the newest diagram, or the instance, would have to have
 * @param found what is there instead
 * @param nextStep what somebody should do, in a sentence
 */
public record UpgradeObstacle(String element, String expected, String found, String nextStep) {}
