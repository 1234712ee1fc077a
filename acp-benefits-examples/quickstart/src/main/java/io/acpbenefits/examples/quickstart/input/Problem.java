package io.acpbenefits.examples.quickstart.input;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in the input, said in a way that a person finds and corrects it.
 *
 * @param file the file's name, or the folder's path when the folder itself is the problem
 * @param line the line, counted from 1, on which the offending cell starts; 0 when no line applies,
 *     as for a file that does not exist
 * @param column the cell's number in its record, counted from 1; in {@code issued-codes.txt} the
 *     character's position in its line; 0 when none applies
 * @param header the column's name in the header, if the problem belongs to a known column
 * @param expected what would have been right
 * @param found what is there: quoted, shortened, without control characters, never an exam code
 */
public record Problem(
    String file, int line, int column, @Nullable String header, String expected, String found) {

  /**
   * Place, expectation and finding in one line without a final full stop.
   *
   * @return for example {@code journey.csv, line 7, column 2 (at): expected …, found …}
   */
  public String sentence() {
    StringBuilder sentence = new StringBuilder(file);
    if (line > 0) {
      sentence.append(", line ").append(line);
    }
    if (column > 0) {
      sentence.append(", column ").append(column);
    }
    if (header != null) {
      sentence.append(" (").append(header).append(')');
    }
    return sentence
        .append(": expected ")
        .append(expected)
        .append(", found ")
        .append(found)
        .toString();
  }
}
