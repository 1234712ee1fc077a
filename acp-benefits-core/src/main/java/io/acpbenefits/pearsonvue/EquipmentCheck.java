package io.acpbenefits.pearsonvue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of the equipment came to.
 *
 * @param problems what is missing, in sentences; none if it passed
 * @param passedUntil until when online exams can be booked with it; null unless it passed
 */
public record EquipmentCheck(List<String> problems, @Nullable Instant passedUntil) {

  /** Keeps the list from being changed. */
  public EquipmentCheck {
    problems = List.copyOf(problems);
  }

  /**
   * Tells whether the equipment will do.
   *
   * @return true if nothing is missing
   */
  public boolean passed() {
    return problems.isEmpty();
  }
}
