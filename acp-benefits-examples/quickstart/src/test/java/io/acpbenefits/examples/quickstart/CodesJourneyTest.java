package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quota and codes, as a journey tells them. */
class CodesJourneyTest {

  @TempDir Path temporary;
  private TinyJourney journey = TinyJourney.in(Path.of("target", "tiny"));

  @BeforeEach
  void begin() {
    journey = TinyJourney.in(temporary);
  }

  @Test
  void anApplicationNeedsAManagerAQuotaAndStock() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .member("mia")
            .ends(
                "REFUSED NOT_PERMITTED",
                "member",
                "10:00",
                "mia",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=1")
            .ends(
                "REFUSED NOT_PERMITTED",
                "other",
                "10:01",
                "owner-2",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=1")
            .ends(
                "REFUSED QUOTA_NOT_ACTIVE",
                "level",
                "10:02",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x3",
                "quantity=1")
            .ends(
                "REFUSED QUOTA_EXCEEDED",
                "many",
                "10:03",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=11")
            .ends(
                "DONE",
                "some",
                "10:04",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=4")
            .ends(
                "WAITING OUT_OF_STOCK",
                "stock",
                "10:05",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x2",
                "quantity=3")
            .ends(
                "REFUSED QUOTA_EXCEEDED",
                "held",
                "10:06",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x2",
                "quantity=4")
            .ends(
                "DONE",
                "rest",
                "10:07",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x2",
                "quantity=2")
            .endsAsExpected();

    assertThat(reports.lines("quota.csv", "partner_id", "granted", "held", "consumed", "available"))
        .contains("p1,10,3,6,1");
  }

  @Test
  void aQuotaBeginsAndEndsToTheInstant() {
    ReportFolder reports =
        journey
            .with(
                "quotas.csv",
                "partner_id,level,quantity,valid_from,valid_until\n"
                    + "p1,ACP,5,2026-02-01T00:00:00Z,2026-03-01T00:00:00Z\n"
                    + "p1,ACP,2,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z\n")
            .on("2026-01-31")
            .ends(
                "REFUSED QUOTA_NOT_ACTIVE",
                "before",
                "23:59",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=1")
            .on("2026-02-01")
            .ends(
                "DONE",
                "first",
                "00:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=1")
            .on("2026-02-28")
            .ends(
                "DONE",
                "last",
                "23:59",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=1")
            .on("2026-03-01")
            .ends(
                "REFUSED QUOTA_EXCEEDED",
                "next",
                "00:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=3")
            .on("2026-04-01")
            .ends(
                "REFUSED QUOTA_NOT_ACTIVE",
                "after",
                "00:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=1")
            .endsAsExpected();

    assertThat(reports.lines("quota.csv", "granted", "consumed", "expired", "available"))
        .containsExactly("5,2,3,0", "2,0,2,0");
  }

  @Test
  void anExamRetiresToTheInstant() {
    ReportFolder reports =
        journey
            .with(
                "exams.csv",
                "exam_id,name,level,end_of_sale,end_of_life\n"
                    + "x1,Exam One,ACP,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z\n"
                    + "x2,Exam Two,ACP,,\n")
            .on("2026-02-28")
            .member("mia")
            .member("noah")
            .ends(
                "DONE",
                "in-time",
                "23:59",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=3")
            .on("2026-03-01")
            .ends(
                "REFUSED EXAM_RETIRED",
                "sold",
                "00:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=1")
            .ends(
                "DONE",
                "assign",
                "00:00",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=mia")
            .on("2026-04-01")
            .ends(
                "REFUSED EXAM_RETIRED",
                "dead",
                "00:00",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=noah")
            .ends(
                "REFUSED EXAM_RETIRED",
                "book",
                "00:00",
                "noah",
                "register-exam",
                "exam_id=x1",
                "payment=SELF_PAID",
                "delivery=ONLINE",
                "appointment=2026-04-02T09:00:00Z")
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "state", "count")).containsExactly("EXPIRED,3");
  }

  @Test
  void aCodeGoesToAMemberAndComesBack() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .member("mia")
            .member("noah")
            .row(
                "apply",
                "09:00",
                "owner-1",
                "apply-for-codes",
                "partner_id=p1",
                "exam_id=x1",
                "quantity=2")
            .ends(
                "REFUSED NOT_PERMITTED",
                "member",
                "10:00",
                "mia",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=mia")
            .ends(
                "REFUSED NOT_A_MEMBER",
                "stranger",
                "10:01",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=zoe")
            .ends(
                "DONE",
                "to-mia",
                "10:02",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=mia")
            .ends(
                "REFUSED CODE_ALREADY_HELD",
                "second",
                "10:03",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=mia")
            .ends(
                "REFUSED NO_CODE_AVAILABLE",
                "other-exam",
                "10:04",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x2",
                "account=mia")
            .ends("DONE", "back", "10:05", "mia", "return-code", "exam_id=x1")
            .ends(
                "REFUSED NO_CODE_AVAILABLE", "back-2", "10:06", "mia", "return-code", "exam_id=x1")
            .ends("REFUSED NOT_FOUND", "of-refused", "10:07", "mia", "return-code", "ref=second")
            .ends(
                "DONE",
                "to-noah",
                "10:08",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=noah")
            .ends("DONE", "taken", "10:09", "owner-1", "return-code", "ref=to-noah")
            .ends(
                "DONE",
                "to-noah-2",
                "10:10",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=noah")
            .ends(
                "DONE", "taken-2", "10:11", "owner-1", "return-code", "exam_id=x1", "account=noah")
            .ends(
                "DONE",
                "to-mia-2",
                "10:12",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=mia")
            .ends(
                "DONE",
                "to-noah-3",
                "10:12",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=noah")
            .ends(
                "REFUSED NO_CODE_AVAILABLE",
                "none-left",
                "10:12",
                "owner-1",
                "assign-code",
                "partner_id=p1",
                "exam_id=x1",
                "account=owner-1")
            .row(
                "book",
                "10:13",
                "noah",
                "register-exam",
                "exam_id=x1",
                "payment=CODE",
                "delivery=ONLINE",
                "appointment=2026-02-01T09:00:00Z")
            .ends("REFUSED ILLEGAL_STATE", "reserved", "10:14", "noah", "return-code", "exam_id=x1")
            .ends("DONE", "quit", "10:15", "mia", "quit-organization")
            .ends(
                "DONE",
                "gone",
                "10:16",
                "owner-1",
                "remove-member",
                "partner_id=p1",
                "account=noah")
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "state", "count"))
        .containsExactlyInAnyOrder("ISSUED,1", "RESERVED,1");
  }
}
