package io.acpbenefits.examrecord;

import java.util.List;

/**
 * What an import of exam records came to, over all its runs.
 *
 * @param counts how many lines came to what
 * @param problems the first lines that were set aside, at most {@value #MOST_PROBLEMS}; all of them
 *     come page by page from {@link ExamRecords#problems}
 */
public record FeedReport(FeedCounts counts, List<Problem> problems) {

  /** The most problems that a report lists. */
  public static final int MOST_PROBLEMS = 100;

  /** Keeps the list from being changed. */
  public FeedReport {
    problems = List.copyOf(problems);
  }

  /**
   * A line that was set aside. It says what is wrong, and nothing of what the line says.
   *
   * @param line its place in the feed, counted from 1
   * @param text what is wrong with it, at most 500 characters
   */
  public record Problem(long line, String text) {}
}
