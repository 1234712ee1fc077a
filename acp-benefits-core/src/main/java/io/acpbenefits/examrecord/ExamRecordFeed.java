package io.acpbenefits.examrecord;

import java.util.function.Consumer;

/**
 * Where exam records come from. A host plugs in its own source; {@link CsvExamRecordFeed} reads
 * files.
 */
@FunctionalInterface
public interface ExamRecordFeed {

  /**
   * Hands over what has come, line by line and in order; it need not fit into memory.
   *
   * @param consumer takes each line
   */
  void forEach(Consumer<FeedLine> consumer);

  /** A line of the feed: either readable or not. */
  sealed interface FeedLine {
    /**
     * Its place in the feed.
     *
     * @return counted from 1
     */
    long number();

    /**
     * A line that could be read.
     *
     * @param number its place
     * @param line what it says
     */
    record Parsed(long number, ExamRecordLine line) implements FeedLine {}

    /**
     * A line that could not be read.
     *
     * @param number its place
     * @param problem what was expected and what was found
     */
    record Unreadable(long number, String problem) implements FeedLine {}
  }
}
