package io.acpbenefits.examples.quickstart;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examples.quickstart.input.JourneyRow;
import io.acpbenefits.examrecord.CsvExamRecordFeed;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.FeedReport;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.IdPair;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A line of the Pearson VUE feed: written as the feed's file has it, and taken in through the port.
 * What the row leaves out is what the booking says that its ref names.
 */
final class FeedRow {

  private static final Actor PLATFORM = Actor.operator("quickstart");

  private final AcpBenefits benefits;
  private final Function<String, Optional<String>> subjects;

  FeedRow(AcpBenefits benefits, Function<String, Optional<String>> subjects) {
    this.benefits = benefits;
    this.subjects = subjects;
  }

  Step receive(JourneyRow row) {
    Optional<ExamRegistration> booked = booked(row);
    ExamId exam =
        row.examId() != null
            ? ExamId.of(row.examId())
            : booked.map(ExamRegistration::examId).orElseThrow(FeedRow::nothingBooked);
    IdPair ids = ids(row, booked);
    booked
        .filter(registration -> registration.ids() == null)
        .ifPresent(
            registration ->
                benefits.registrations().noteIds(PLATFORM, registration.examRegistrationId(), ids));
    String file =
        file(
            ids,
            exam,
            takenAt(row, booked, ids, exam),
            Objects.requireNonNull(row.outcome()).name(),
            voucher(booked));
    FeedReport report =
        benefits
            .examRecords()
            .importFrom(
                Actor.system(),
                FeedName.of("journey-row-" + row.row()),
                new CsvExamRecordFeed(new StringReader(file)));
    if (!report.problems().isEmpty()) {
      throw new Refusal(Reason.INVALID_INPUT, report.problems().get(0).text());
    }
    return new Step(null, null, report.counts().stored() == 0, told(report));
  }

  private static String told(FeedReport report) {
    if (report.counts().repeated() > 0) {
      return "The record was known already; nothing has changed.";
    }
    return report.counts().held() > 0
        ? "The record conflicts with an earlier one and is held for an operator."
        : "The record is stored.";
  }

  private Optional<ExamRegistration> booked(JourneyRow row) {
    return Optional.ofNullable(row.ref())
        .flatMap(subjects)
        .map(id -> benefits.registrations().get(Actor.system(), ExamRegistrationId.of(id)));
  }

  private static IdPair ids(JourneyRow row, Optional<ExamRegistration> booked) {
    if (row.candidateId() != null && row.registrationId() != null) {
      return new IdPair(row.candidateId(), row.registrationId());
    }
    return booked.map(FeedRow::idsOf).orElseThrow(FeedRow::nothingBooked);
  }

  private static IdPair idsOf(ExamRegistration registration) {
    IdPair ids = registration.ids();
    if (ids == null) {
      throw nothingBooked();
    }
    return ids;
  }

  /** The row's own word, the booking's, what an earlier record of these ids said, or now. */
  private Instant takenAt(
      JourneyRow row, Optional<ExamRegistration> booked, IdPair ids, ExamId exam) {
    Instant told =
        Optional.ofNullable(row.appointment())
            .or(() -> booked.map(ExamRegistration::appointment))
            .or(
                () ->
                    benefits
                        .examRecords()
                        .standing(Actor.system(), ids, exam)
                        .map(ExamRecord::takenAt))
            .or(
                () ->
                    benefits
                        .registrations()
                        .scheduledWith(Actor.system(), ids, exam)
                        .map(ExamRegistration::appointment))
            .orElse(row.at());
    return told.isAfter(row.at()) ? row.at() : told;
  }

  private @Nullable String voucher(Optional<ExamRegistration> booked) {
    ExamCodeId code = booked.map(ExamRegistration::codeId).orElse(null);
    return code == null ? null : benefits.examCodes().reveal(PLATFORM, code).value();
  }

  private static String file(
      IdPair ids, ExamId exam, Instant takenAt, String outcome, @Nullable String voucher) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(
          "candidate_id", "registration_id", "exam_id", "taken_at", "outcome", "voucher_code");
      csv.writeRecord(
          ids.candidateId(),
          ids.registrationId(),
          exam.value(),
          takenAt.toString(),
          outcome,
          voucher);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static Refusal nothingBooked() {
    return new Refusal(
        Reason.NOT_FOUND, "The row that ref names booked nothing that tells the exam and the ids.");
  }
}
