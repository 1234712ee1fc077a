package io.acpbenefits.examcode;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.util.Locale;

/**
 * An exam code's secret text: whoever has it can sit the exam. Printed masked.
 *
 * @param value 4 to 64 visible ASCII characters without brackets, in upper case: codes are the same
 *     ignoring case
 */
public record CodeText(String value) {

  /** Checks and takes to upper case; {@link #parse} also trims what pasting brings along. */
  public CodeText {
    if (value.length() < 4 || value.length() > 64 || !value.chars().allMatch(CodeText::isLegal)) {
      throw new Refusal(
          Reason.INVALID_INPUT,
          "An exam code has 4 to 64 visible ASCII characters, without blanks and brackets.");
    }
    // Only now: some characters that are not ASCII have ASCII capitals.
    value = value.toUpperCase(Locale.ROOT);
  }

  /**
   * Reads a code as people paste it.
   *
   * @param pasted the code, perhaps with blanks and brackets around it
   * @return the code
   * @throws Refusal INVALID_INPUT
   */
  public static CodeText parse(String pasted) {
    return new CodeText(pasted.replaceAll("^[\\s\\u00a0\\[]+|[\\s\\u00a0\\]]+$", ""));
  }

  private static boolean isLegal(int character) {
    return character > ' ' && character < 127 && character != '[' && character != ']';
  }

  /**
   * The code as it may be shown to anyone.
   *
   * @return dots and the last four characters, or fewer where that would show more than half
   */
  public String masked() {
    int shown = Math.min(4, value.length() / 2);
    return "••••" + value.substring(value.length() - shown);
  }

  @Override
  public String toString() {
    return masked();
  }
}
