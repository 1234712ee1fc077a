package io.acpbenefits.exam;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An exam of the catalogue.
 *
 * @param examId the host's own id
 * @param name as the catalogue shows it, 1 to 500 characters, unique ignoring case and blanks
 * @param level what it counts for
 * @param certificateType the type under which its certificate is bound, if told; at most 500
 *     characters
 * @param instructionsUrl the exam instruction document, if any; at most 2,000 characters
 * @param endOfSale from this instant on no applying, if known
 * @param endOfLife from this instant on also no assigning, registering or sitting, if known
 */
public record Exam(
    ExamId examId,
    String name,
    ExamLevel level,
    @Nullable String certificateType,
    @Nullable String instructionsUrl,
    @Nullable Instant endOfSale,
    @Nullable Instant endOfLife) {

  /** Checks name and times. */
  public Exam {
    if (name.isBlank() || name.length() > 500) {
      throw new Refusal(Reason.INVALID_INPUT, "An exam's name has 1 to 500 characters.");
    }
    if (certificateType != null && certificateType.length() > 500) {
      throw new Refusal(Reason.INVALID_INPUT, "A certificate type has at most 500 characters.");
    }
    if (instructionsUrl != null && instructionsUrl.length() > 2000) {
      throw new Refusal(Reason.INVALID_INPUT, "An exam's document has at most 2,000 characters.");
    }
    if (endOfSale != null && endOfLife != null && endOfLife.isBefore(endOfSale)) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "Exam %s cannot end its life (%s) before its sale (%s).",
          examId,
          endOfLife,
          endOfSale);
    }
  }

  /**
   * Refuses if codes of this exam can no longer be applied for.
   *
   * @param now the instant that counts
   * @throws Refusal with {@link Reason#EXAM_RETIRED}
   */
  public void requireOnSale(Instant now) {
    requireAlive(now);
    if (endOfSale != null && !now.isBefore(endOfSale)) {
      throw Refusal.of(
          Reason.EXAM_RETIRED, "Exam %s has been off sale since %s.", examId, endOfSale);
    }
  }

  /**
   * Refuses if this exam can no longer be handed out, registered for or sat.
   *
   * @param at the instant that counts
   * @throws Refusal with {@link Reason#EXAM_RETIRED}
   */
  public void requireAlive(Instant at) {
    if (endOfLife != null && !at.isBefore(endOfLife)) {
      throw Refusal.of(Reason.EXAM_RETIRED, "Exam %s ended at %s.", examId, endOfLife);
    }
  }

  /** The name as it is compared: one blank between words, lower case. */
  static String nameKey(String name) {
    return name.replaceAll("[\\s\\u00a0]+", " ").strip().toLowerCase(Locale.ROOT);
  }
}
