package io.acpbenefits.examples.quickstart;

import io.acpbenefits.common.Refusal;
import io.acpbenefits.examples.quickstart.input.JourneyRow;
import org.jspecify.annotations.Nullable;

/** Makes the notes of played rows. */
final class PlayedRows {

  private PlayedRows() {}

  static PlayedRow accepted(JourneyRow row, Step step) {
    return note(row, step.repeat(), step.subject(), step.link(), null, null, step.detail());
  }

  static PlayedRow refused(JourneyRow row, Refusal refusal, @Nullable String link) {
    return note(row, false, null, link, "REFUSED", refusal.reason().name(), refusal.getMessage());
  }

  static PlayedRow concluded(
      PlayedRow row, String outcome, @Nullable String reason, @Nullable String detail) {
    return new PlayedRow(
        row.row(),
        row.fingerprint(),
        row.at(),
        row.action(),
        row.actor(),
        row.partnerId(),
        row.examId(),
        row.account(),
        row.examOutcome(),
        row.subject(),
        row.link(),
        row.ref(),
        outcome,
        reason,
        detail);
  }

  private static PlayedRow note(
      JourneyRow row,
      boolean repeat,
      @Nullable String subject,
      @Nullable String link,
      @Nullable String outcome,
      @Nullable String reason,
      @Nullable String detail) {
    return new PlayedRow(
        row.row(),
        row.fingerprint(),
        row.at(),
        row.action().word(),
        row.actor(),
        row.partnerId(),
        row.examId(),
        row.account(),
        row.outcome() == null || repeat ? null : row.outcome().name(),
        subject,
        link,
        row.ref(),
        outcome,
        reason,
        detail);
  }
}
