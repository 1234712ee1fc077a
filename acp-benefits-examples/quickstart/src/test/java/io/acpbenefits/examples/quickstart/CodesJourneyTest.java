package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quota and codes, as a journey tells them. */
class CodesJourneyTest {

  @TempDir Path temporary = Path.of("target");
  private TinyJourney journey = TinyJourney.in(Path.of("target", "tiny"));

  @BeforeEach
  void begin() {
    journey = TinyJourney.in(temporary);
  }

  @Test
  void anApplicationNeedsAManagerAQuotaAndStock() {
    ReportFolder reports =
        journey
            .plays(
                """
                2026-01-05
                member mia
                member 10:00 mia     apply-for-codes partner_id=p1 exam_id=x1 quantity=1
                    -> REFUSED NOT_PERMITTED
                other  10:01 owner-2 apply-for-codes partner_id=p1 exam_id=x1 quantity=1
                    -> REFUSED NOT_PERMITTED
                level  10:02 owner-1 apply-for-codes partner_id=p1 exam_id=x3 quantity=1
                    -> REFUSED QUOTA_NOT_ACTIVE
                many   10:03 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=11
                    -> REFUSED QUOTA_EXCEEDED
                some   10:04 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=4 -> DONE
                stock  10:05 owner-1 apply-for-codes partner_id=p1 exam_id=x2 quantity=3
                    -> WAITING OUT_OF_STOCK
                held   10:06 owner-1 apply-for-codes partner_id=p1 exam_id=x2 quantity=4
                    -> REFUSED QUOTA_EXCEEDED
                rest   10:07 owner-1 apply-for-codes partner_id=p1 exam_id=x2 quantity=2 -> DONE
                """)
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
                """
                partner_id,level,quantity,valid_from,valid_until
                p1,ACP,5,2026-02-01T00:00:00Z,2026-03-01T00:00:00Z
                p1,ACP,2,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z
                """)
            .plays(
                """
                2026-01-31
                before 23:59 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=1
                    -> REFUSED QUOTA_NOT_ACTIVE
                2026-02-01
                first  00:00 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=1 -> DONE
                2026-02-28
                last   23:59 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=1 -> DONE
                2026-03-01
                next   00:00 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=3
                    -> REFUSED QUOTA_EXCEEDED
                2026-04-01
                after  00:00 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=1
                    -> REFUSED QUOTA_NOT_ACTIVE
                """)
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
                """
                exam_id,name,level,end_of_sale,end_of_life
                x1,Exam One,ACP,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z
                x2,Exam Two,ACP,,
                """)
            .plays(
                """
                2026-02-28
                member mia
                member noah
                in-time 23:59 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=3 -> DONE
                2026-03-01
                sold    00:00 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=1
                    -> REFUSED EXAM_RETIRED
                assign  00:00 owner-1 assign-code     partner_id=p1 exam_id=x1 account=mia -> DONE
                2026-04-01
                dead    00:00 owner-1 assign-code     partner_id=p1 exam_id=x1 account=noah
                    -> REFUSED EXAM_RETIRED
                book    00:00 noah    register-exam   exam_id=x1 payment=SELF_PAID \
                    delivery=ONLINE appointment=2026-04-02T09:00:00Z -> REFUSED EXAM_RETIRED
                """)
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "state", "count")).containsExactly("EXPIRED,3");
  }

  @Test
  void aCodeGoesToAMemberAndComesBack() {
    ReportFolder reports =
        journey
            .plays(
                """
                2026-01-05
                member mia
                member noah
                apply      09:00 owner-1 apply-for-codes   partner_id=p1 exam_id=x1 quantity=2
                member     10:00 mia     assign-code       partner_id=p1 exam_id=x1 account=mia
                    -> REFUSED NOT_PERMITTED
                stranger   10:01 owner-1 assign-code       partner_id=p1 exam_id=x1 account=zoe
                    -> REFUSED NOT_A_MEMBER
                to-mia     10:02 owner-1 assign-code       partner_id=p1 exam_id=x1 account=mia
                    -> DONE
                second     10:03 owner-1 assign-code       partner_id=p1 exam_id=x1 account=mia
                    -> REFUSED CODE_ALREADY_HELD
                other-exam 10:04 owner-1 assign-code       partner_id=p1 exam_id=x2 account=mia
                    -> REFUSED NO_CODE_AVAILABLE
                back       10:05 mia     return-code       exam_id=x1 -> DONE
                back-2     10:06 mia     return-code       exam_id=x1 -> REFUSED NO_CODE_AVAILABLE
                of-refused 10:07 mia     return-code       ref=second -> REFUSED NOT_FOUND
                to-noah    10:08 owner-1 assign-code       partner_id=p1 exam_id=x1 account=noah
                    -> DONE
                taken      10:09 owner-1 return-code       ref=to-noah -> DONE
                to-noah-2  10:10 owner-1 assign-code       partner_id=p1 exam_id=x1 account=noah
                    -> DONE
                taken-2    10:11 owner-1 return-code       exam_id=x1 account=noah -> DONE
                to-mia-2   10:12 owner-1 assign-code       partner_id=p1 exam_id=x1 account=mia
                    -> DONE
                to-noah-3  10:12 owner-1 assign-code       partner_id=p1 exam_id=x1 account=noah
                    -> DONE
                none-left  10:12 owner-1 assign-code       partner_id=p1 exam_id=x1 \
                    account=owner-1 -> REFUSED NO_CODE_AVAILABLE
                book       10:13 noah    register-exam     exam_id=x1 payment=CODE \
                    delivery=ONLINE appointment=2026-02-01T09:00:00Z
                reserved   10:14 noah    return-code       exam_id=x1 -> REFUSED ILLEGAL_STATE
                quit       10:15 mia     quit-organization -> DONE
                gone       10:16 owner-1 remove-member     partner_id=p1 account=noah -> DONE
                """)
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "state", "count"))
        .containsExactlyInAnyOrder("ISSUED,1", "RESERVED,1");
  }
}
