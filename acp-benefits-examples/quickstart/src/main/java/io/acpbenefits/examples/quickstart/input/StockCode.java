package io.acpbenefits.examples.quickstart.input;

/**
 * An exam code of {@code issued-codes.txt}: the Benefit Center's stock. Whoever knows the code can
 * use it, so {@link #toString} does not tell it.
 *
 * @param examId the exam of {@code exams.csv} that the line names
 * @param code 4 to 64 printable ASCII characters, unique in the stock when case is ignored
 * @param line the line it stands on, counted from 1
 */
public record StockCode(String examId, String code, int line) {

  /** The exam, the end of the code and the line. */
  @Override
  public String toString() {
    return "StockCode[examId="
        + examId
        + ", code="
        + Shown.maskedCode(code)
        + ", line="
        + line
        + "]";
  }
}
