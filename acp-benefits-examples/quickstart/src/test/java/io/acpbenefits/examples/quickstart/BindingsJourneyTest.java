package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Binding certificates, as a journey tells it. */
class BindingsJourneyTest {

  @TempDir Path temporary;
  private TinyJourney journey = TinyJourney.in(Path.of("target", "tiny"));

  @BeforeEach
  void begin() {
    journey = TinyJourney.in(temporary);
  }

  @Test
  void aKnownRecordDecidesAtOnce() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .member("mia")
            .row(
                "pass",
                "09:00",
                "",
                "exam-record",
                "exam_id=x1",
                "candidate_id=C1",
                "registration_id=R1",
                "outcome=PASS")
            .row(
                "fail",
                "09:00",
                "",
                "exam-record",
                "exam_id=x1",
                "candidate_id=C2",
                "registration_id=R2",
                "outcome=FAIL")
            .ends(
                "REFUSED NOT_PASSED",
                "failed",
                "10:00",
                "mia",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=C2",
                "registration_id=R2")
            .ends(
                "REFUSED IDS_SWAPPED",
                "swapped",
                "10:01",
                "mia",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=R1",
                "registration_id=C1")
            .ends(
                "DONE",
                "bind",
                "10:02",
                "mia",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=C1",
                "registration_id=R1")
            .ends(
                "DONE",
                "repeat",
                "10:03",
                "mia",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=C1",
                "registration_id=R1")
            .ends(
                "REFUSED ALREADY_BOUND",
                "second",
                "10:04",
                "zoe",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=C1",
                "registration_id=R1")
            .ends(
                "WAITING RESULT_NOT_FOUND",
                "other-exam",
                "10:05",
                "mia",
                "bind-certificate",
                "exam_id=x2",
                "candidate_id=C1",
                "registration_id=R1")
            .endsAsExpected();

    assertThat(reports.detail("second")).doesNotContain("mia");
    assertThat(reports.lines("tally.csv", "partner_id", "exam_id", "certificates", "people"))
        .containsExactly("p1,x1,1,1");
  }

  @Test
  void aBindingWaitsThreeDaysToTheInstantAndThenTakesACorrection() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .row(
                "pass",
                "09:00",
                "",
                "exam-record",
                "exam_id=x1",
                "candidate_id=C1",
                "registration_id=R1",
                "outcome=PASS")
            .ends(
                "WAITING RESULT_NOT_FOUND",
                "bind",
                "10:00",
                "mia",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=C1",
                "registration_id=R7")
            .on("2026-01-08")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "early",
                "09:59",
                "mia",
                "correct-binding",
                "ref=bind",
                "candidate_id=C1",
                "registration_id=R1")
            .ends(
                "REFUSED IDS_SWAPPED",
                "swapped",
                "10:00",
                "mia",
                "correct-binding",
                "ref=bind",
                "candidate_id=R1",
                "registration_id=C1")
            .ends(
                "WAITING RESULT_NOT_FOUND",
                "wrong",
                "10:00",
                "mia",
                "correct-binding",
                "ref=bind",
                "candidate_id=C1",
                "registration_id=R8")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "at-once",
                "10:00",
                "mia",
                "correct-binding",
                "ref=wrong",
                "candidate_id=C1",
                "registration_id=R1")
            .on("2026-01-11")
            .ends(
                "REFUSED NOT_FOUND",
                "not-hers",
                "10:00",
                "zoe",
                "correct-binding",
                "ref=wrong",
                "candidate_id=C1",
                "registration_id=R1")
            .ends(
                "DONE",
                "right",
                "10:00",
                "mia",
                "correct-binding",
                "ref=at-once",
                "candidate_id=C1",
                "registration_id=R1")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "over",
                "10:01",
                "mia",
                "correct-binding",
                "ref=bind",
                "candidate_id=C1",
                "registration_id=R1")
            .endsAsExpected();

    assertThat(reports.lines("bindings.csv", "row", "state", "bound_at", "partner_id"))
        .containsExactly("bind,BOUND,2026-01-11T10:00:00Z,");
  }

  @Test
  void aRecordBindsAtOnceAlsoAtTheEndOfTheWindowAndAfterIt() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .member("mia")
            .row(
                "at-end",
                "10:00",
                "mia",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=C1",
                "registration_id=R1")
            .row(
                "after",
                "10:00",
                "zoe",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=C2",
                "registration_id=R2")
            .row(
                "before",
                "10:00",
                "noah",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=C3",
                "registration_id=R3")
            .row(
                "too-late",
                "10:00",
                "ida",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=C4",
                "registration_id=R4")
            .on("2026-01-08")
            .ends(
                "DONE",
                "r3",
                "09:59",
                "",
                "exam-record",
                "exam_id=x1",
                "candidate_id=C3",
                "registration_id=R3",
                "outcome=PASS")
            .ends(
                "DONE",
                "r1",
                "10:00",
                "",
                "exam-record",
                "exam_id=x1",
                "candidate_id=C1",
                "registration_id=R1",
                "outcome=PASS")
            .on("2026-02-07")
            .ends(
                "DONE",
                "r2",
                "09:59",
                "",
                "exam-record",
                "exam_id=x1",
                "candidate_id=C2",
                "registration_id=R2",
                "outcome=PASS")
            .ends(
                "DONE",
                "r4",
                "10:00",
                "",
                "exam-record",
                "exam_id=x1",
                "candidate_id=C4",
                "registration_id=R4",
                "outcome=PASS")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "correct",
                "10:00",
                "ida",
                "correct-binding",
                "ref=too-late",
                "candidate_id=C4",
                "registration_id=R4")
            .ends(
                "DONE",
                "anew",
                "10:00",
                "ida",
                "bind-certificate",
                "exam_id=x1",
                "candidate_id=C4",
                "registration_id=R4")
            .endsAsExpected();

    assertThat(reports.lines("bindings.csv", "row", "state", "bound_at"))
        .containsExactly(
            "at-end,BOUND,2026-01-08T10:00:00Z",
            "after,BOUND,2026-02-07T09:59:00Z",
            "before,BOUND,2026-01-08T09:59:00Z",
            "too-late,FAILED,",
            "anew,BOUND,2026-02-07T10:00:00Z");
  }

  @Test
  void theWindowCountsFromTheAppointmentThatIsBooked() {
    journey
        .on("2026-01-05")
        .row(
            "book",
            "09:00",
            "mia",
            "register-exam",
            "exam_id=x1",
            "payment=SELF_PAID",
            "delivery=TEST_CENTER",
            "appointment=2026-01-10T09:00:00Z",
            "candidate_id=C1",
            "registration_id=R1")
        .on("2026-01-12")
        .ends(
            "WAITING RESULT_NOT_FOUND",
            "bind",
            "10:00",
            "mia",
            "bind-certificate",
            "exam_id=x1",
            "candidate_id=C1",
            "registration_id=R1")
        .on("2026-01-13")
        .ends(
            "REFUSED ILLEGAL_STATE",
            "early",
            "08:59",
            "mia",
            "correct-binding",
            "ref=bind",
            "candidate_id=C1",
            "registration_id=R1")
        .ends(
            "WAITING RESULT_NOT_FOUND",
            "correct",
            "09:00",
            "mia",
            "correct-binding",
            "ref=bind",
            "candidate_id=C1",
            "registration_id=R2")
        .on("2026-01-20")
        .row(
            "book-2",
            "09:00",
            "zoe",
            "register-exam",
            "exam_id=x1",
            "payment=SELF_PAID",
            "delivery=TEST_CENTER",
            "appointment=2026-01-21T09:00:00Z",
            "candidate_id=C5",
            "registration_id=R5")
        .on("2026-01-30")
        .ends(
            "WAITING RESULT_NOT_FOUND",
            "long-after",
            "10:00",
            "zoe",
            "bind-certificate",
            "exam_id=x1",
            "candidate_id=C5",
            "registration_id=R5")
        .ends(
            "WAITING RESULT_NOT_FOUND",
            "corrected",
            "10:00",
            "zoe",
            "correct-binding",
            "ref=long-after",
            "candidate_id=C5",
            "registration_id=R6")
        .endsAsExpected();
  }
}
