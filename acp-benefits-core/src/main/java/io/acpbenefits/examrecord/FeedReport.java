package io.acpbenefits.examrecord;

import java.util.List;

/**
 * What an import of exam records came to.
 *
 * @param stored how many records were new
 * @param repeated how many were known already, to the letter
 * @param held how many conflict with a known record
 * @param problems the lines that were set aside, with what is wrong with each
 */
public record FeedReport(int stored, int repeated, int held, List<Problem> problems) {

  /**
   * A line that was set aside.
   *
   * @param line its place in the feed, counted from 1
   * @param text what is wrong with it
   */
  public record Problem(long line, String text) {}
}
