package io.acpbenefits.workflows;

/** How an instance that waits in an element of an earlier diagram gets into the newest. */
public enum UpgradeWay {
  /** It goes on waiting; its timers, messages, tasks and jobs stay what they are. */
  GOES_ON,
  /** It leaves the element and enters its successor, which is of another kind. */
  BEGINS_ANEW,
  /** There is none: it stays on its diagram, and ends there. */
  STAYS
}
