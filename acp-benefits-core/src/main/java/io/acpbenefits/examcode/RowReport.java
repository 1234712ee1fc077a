package io.acpbenefits.examcode;

import io.acpbenefits.common.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of each row of a bulk command. Holds no code's text but masked.
 *
 * @param dryRun whether this is only what would come of it: nothing was changed
 * @param done the rows that stand, in their order
 * @param problems the rows that were set aside, in their order
 */
public record RowReport(boolean dryRun, List<Done> done, List<Problem> problems) {

  /** Keeps the lists from being changed. */
  public RowReport {
    done = List.copyOf(done);
    problems = List.copyOf(problems);
  }

  /**
   * A row that stands.
   *
   * @param line its place: in a list counted from 1, in a text or a file the line it begins on
   * @param codeId which code it concerned; null where a dry run imports, since it has no id yet
   */
  public record Done(long line, @Nullable ExamCodeId codeId) {}

  /**
   * A row that was set aside; nothing of it was done.
   *
   * @param line its place: in a list counted from 1, in a text or a file the line it begins on
   * @param reason which rule was not met
   * @param text the sentence for a person
   */
  public record Problem(long line, Reason reason, String text) {}
}
