package io.acpbenefits.application;

import io.acpbenefits.examcode.CodeText;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The details page of a Benefit Change Record. Printed it shows the codes masked; only {@link
 * #text} has them whole.
 *
 * @param change the record
 * @param examName the name of the exam, if it was for one
 * @param codes the issued codes, in the order of their issue; none if none were issued or the actor
 *     may not see them
 */
public record BenefitChangeDetails(
    BenefitChange change, @Nullable String examName, List<CodeText> codes) {

  /** Keeps the list from being changed. */
  public BenefitChangeDetails {
    codes = List.copyOf(codes);
  }

  /**
   * The issued codes as the details page shows them.
   *
   * @return such as {@code Exam name [CODE] [CODE]}; empty without codes. A secret
   */
  public String text() {
    return codes.isEmpty()
        ? ""
        : codes.stream()
            .map(code -> "[" + code.value() + "]")
            .collect(Collectors.joining(" ", examName + " ", ""));
  }
}
