package io.acpbenefits.examples.quickstart.input;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The input cannot be played as it is. Nothing was changed when this is thrown. The message is
 * meant for the person who wrote the files: one line for each problem, then what to do.
 */
public final class BadInput extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Refuses the input.
   *
   * @param problems everything that was found, at least one
   */
  public BadInput(List<Problem> problems) {
    this(problems, false);
  }

  BadInput(List<Problem> problems, boolean moreWereFound) {
    super(message(problems, moreWereFound));
    this.problems = List.copyOf(problems);
  }

  /**
   * What was found, in the order of the files and their lines.
   *
   * @return at least one and at most 20 problems, unmodifiable
   */
  public List<Problem> problems() {
    return problems;
  }

  private static String message(List<Problem> problems, boolean moreWereFound) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("Bad input needs at least one problem");
    }
    if (problems.size() == 1) {
      Problem only = problems.get(0);
      String what = only.header() == null ? "it" : "the cell";
      return only.sentence() + ". Correct " + what + " and run again; nothing was changed.";
    }
    return problems.stream().map(Problem::sentence).collect(Collectors.joining(".\n", "", ".\n"))
        + (moreWereFound ? "There are more problems than these. " : "")
        + "Correct them and run again; nothing was changed.";
  }
}
