package io.acpbenefits.workflows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an element of an earlier diagram, where neither its id nor its kind tells.
 *
 * @param process the id of the diagram
 * @param earlier the element in the earlier diagram
 * @param now the element in the newest
 * @param by a wait without effects in both diagrams, where an instance stands while its diagram
 *     changes under it; null if the element has only got another id
 */
record ElementChange(String process, String earlier, String now, @Nullable String by) {

  /** Those that are shipped: whoever changes a diagram adds to them. */
  static final List<ElementChange> SHIPPED =
      List.of(
          // A step inside of a transaction once, an external task since.
          begunAnew(
              BenefitApplicationProcess.KEY,
              "ServiceTask_GetCodes",
              "ServiceTask_GetCodes",
              "Catch_ApplicationResubmitted"));

  /** The element has another id, and is of the same kind. */
  static ElementChange renamed(String process, String earlier, String now) {
    return new ElementChange(process, earlier, now, null);
  }

  /** What waits in the element leaves it, and enters the other. */
  static ElementChange begunAnew(String process, String earlier, String now, String by) {
    return new ElementChange(process, earlier, now, by);
  }
}
