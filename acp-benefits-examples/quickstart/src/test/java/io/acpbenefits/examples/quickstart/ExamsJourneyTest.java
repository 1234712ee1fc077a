package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Booking, moving, canceling and sitting exams, as a journey tells them. */
class ExamsJourneyTest {

  @TempDir Path temporary;
  private TinyJourney journey = TinyJourney.in(Path.of("target", "tiny"));

  @BeforeEach
  void begin() {
    journey = TinyJourney.in(temporary);
  }

  @Test
  void aCodePaysForItsOwnExamAndHolderOnly() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .member("mia")
            .member("noah")
            .row(
                "buy-1",
                "09:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=2")
            .row(
                "buy-2",
                "09:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x2",
                "quantity=1")
            .row(
                "mia-1",
                "09:01",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=mia")
            .row(
                "noah-1",
                "09:01",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=noah")
            .row(
                "mia-none",
                "09:02",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=mia")
            .ends(
                "REFUSED EXAM_MISMATCH",
                "mismatch",
                "10:00",
                "mia",
                "register-exam",
                "exam_id=x2",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-02-01T09:00:00Z")
            .ends(
                "REFUSED EXAM_MISMATCH",
                "mismatch-ref",
                "10:01",
                "mia",
                "register-exam",
                "exam_id=x2",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-02-01T09:00:00Z",
                "ref=mia-1")
            .ends(
                "REFUSED NO_CODE_AVAILABLE",
                "none",
                "10:02",
                "zoe",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-02-01T09:00:00Z")
            .ends(
                "REFUSED NOT_FOUND",
                "not-hers",
                "10:03",
                "mia",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-02-01T09:00:00Z",
                "ref=noah-1")
            .ends(
                "REFUSED NO_CODE_AVAILABLE",
                "of-refused",
                "10:04",
                "mia",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-02-01T09:00:00Z",
                "ref=mia-none")
            .ends(
                "REFUSED CODE_EXPIRED",
                "at-its-end",
                "10:05",
                "mia",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2027-01-05T09:00:00Z")
            .ends(
                "DONE",
                "book",
                "10:06",
                "mia",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2027-01-05T08:59:00Z",
                "ref=mia-1")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "twice",
                "10:07",
                "mia",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-02-02T09:00:00Z",
                "ref=mia-1")
            .ends(
                "DONE",
                "self",
                "10:08",
                "zoe",
                "register-exam",
                "exam_id=x1",
                "payment=SELF_PAID",
                "delivery=TEST_CENTER",
                "appointment=2026-02-01T09:00:00Z")
            .on("2027-01-05")
            .ends(
                "REFUSED CODE_EXPIRED",
                "expired",
                "09:00",
                "noah",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2027-01-05T09:00:00Z",
                "ref=noah-1")
            // A booked code waits for the result as long as one may come.
            .on("2027-01-08")
            .ends("DONE", "result-may-come", "08:59", "", "advance")
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "exam_id", "state", "count"))
        .containsExactlyInAnyOrder("x1,EXPIRED,2", "x2,EXPIRED,1");
  }

  @Test
  void cancelingADayAheadReturnsTheCodeAndLaterForfeitsIt() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .member("mia")
            .member("noah")
            .row(
                "buy",
                "09:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=2")
            .row(
                "mia-1",
                "09:01",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=mia")
            .row(
                "noah-1",
                "09:01",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=noah")
            .row(
                "mia-b",
                "10:00",
                "mia",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-01-20T09:00:00Z")
            .row(
                "noah-b",
                "10:00",
                "noah",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-01-19T09:00:00Z")
            .ends(
                "DONE",
                "moved",
                "10:01",
                "noah",
                "reschedule-exam",
                "ref=noah-b",
                "appointment=2026-01-20T09:00:00Z")
            .ends(
                "REFUSED NOT_FOUND",
                "not-hers",
                "10:02",
                "mia",
                "reschedule-exam",
                "ref=noah-b",
                "appointment=2026-01-21T09:00:00Z")
            .ends("REFUSED NOT_FOUND", "not-hers-2", "10:02", "mia", "cancel-exam", "ref=noah-b")
            .row(
                "none",
                "10:03",
                "zoe",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-01-20T09:00:00Z")
            .ends("REFUSED NOT_FOUND", "of-refused", "10:04", "zoe", "cancel-exam", "ref=none")
            .on("2026-01-19")
            .ends("DONE", "in-time", "09:00", "mia", "cancel-exam", "ref=mia-b")
            .ends("REFUSED ILLEGAL_STATE", "again", "09:00", "mia", "cancel-exam", "ref=mia-b")
            .ends("DONE", "late", "09:01", "noah", "cancel-exam", "ref=noah-b")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "move-late",
                "09:02",
                "noah",
                "reschedule-exam",
                "ref=noah-b",
                "appointment=2026-01-21T09:00:00Z")
            .row(
                "self",
                "09:03",
                "zoe",
                "register-exam",
                "exam_id=x1",
                "payment=SELF_PAID",
                "delivery=TEST_CENTER",
                "appointment=2026-01-20T09:00:00Z")
            .on("2026-01-20")
            .ends("REFUSED ILLEGAL_STATE", "past", "09:01", "zoe", "cancel-exam", "ref=self")
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "state", "count"))
        .containsExactlyInAnyOrder("ASSIGNED,1", "FORFEITED,1");
  }

  @Test
  void recordsAreTakenInWhetherOrNotAnybodyWaits() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .member("mia")
            .row(
                "buy",
                "09:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=1")
            .row(
                "mia-1",
                "09:01",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=mia")
            .row(
                "book",
                "10:00",
                "mia",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-01-10T09:00:00Z",
                "candidate_id=C1",
                "registration_id=R1")
            .row(
                "no-ids",
                "10:01",
                "zoe",
                "register-exam",
                "exam_id=x1",
                "payment=SELF_PAID",
                "delivery=TEST_CENTER",
                "appointment=2026-01-10T09:00:00Z")
            .on("2026-01-10")
            .ends("DONE", "no-show", "15:30", "", "exam-record", "ref=book", "outcome=NO_SHOW")
            .ends("DONE", "repeat", "15:31", "", "exam-record", "ref=book", "outcome=NO_SHOW")
            .ends("DONE", "conflict", "15:32", "", "exam-record", "ref=book", "outcome=PASS")
            .ends(
                "DONE",
                "nobody",
                "15:33",
                "",
                "exam-record",
                "exam_id=x2",
                "candidate_id=C9",
                "registration_id=R9",
                "outcome=PASS")
            .ends(
                "DONE",
                "with-ids",
                "15:35",
                "",
                "exam-record",
                "ref=no-ids",
                "outcome=FAIL",
                "candidate_id=C2",
                "registration_id=R2")
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "state", "count")).containsExactly("FORFEITED,1");
    assertThat(reports.detail("repeat")).contains("known already");
    assertThat(reports.detail("conflict")).contains("held");
  }
}
