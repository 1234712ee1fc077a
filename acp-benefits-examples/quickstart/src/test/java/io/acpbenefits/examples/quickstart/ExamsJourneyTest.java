package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Booking, moving, canceling and sitting exams, as a journey tells them. */
class ExamsJourneyTest {

  @TempDir Path temporary = Path.of("target");
  private TinyJourney journey = TinyJourney.in(Path.of("target", "tiny"));

  @BeforeEach
  void begin() {
    journey = TinyJourney.in(temporary);
  }

  @Test
  void aCodePaysForItsOwnExamAndHolderOnly() {
    ReportFolder reports =
        journey
            .plays(
                """
                2026-01-05
                member mia
                member noah
                buy-1           09:00 owner-1 apply-for-codes partner_id=p1 exam_id=x1 \
                    quantity=2
                buy-2           09:00 owner-1 apply-for-codes partner_id=p1 exam_id=x2 \
                    quantity=1
                mia-1           09:01 owner-1 assign-code     partner_id=p1 exam_id=x1 \
                    account=mia
                noah-1          09:01 owner-1 assign-code     partner_id=p1 exam_id=x1 \
                    account=noah
                mia-none        09:02 owner-1 assign-code     partner_id=p1 exam_id=x1 \
                    account=mia
                mismatch        10:00 mia     register-exam   exam_id=x2 payment=CODE \
                    delivery=ONLINE appointment=2026-02-01T09:00:00Z -> REFUSED EXAM_MISMATCH
                mismatch-ref    10:01 mia     register-exam   exam_id=x2 payment=CODE \
                    delivery=ONLINE appointment=2026-02-01T09:00:00Z ref=mia-1
                    -> REFUSED EXAM_MISMATCH
                none            10:02 zoe     register-exam   exam_id=x1 payment=CODE \
                    delivery=ONLINE appointment=2026-02-01T09:00:00Z -> REFUSED NO_CODE_AVAILABLE
                not-hers        10:03 mia     register-exam   exam_id=x1 payment=CODE \
                    delivery=ONLINE appointment=2026-02-01T09:00:00Z ref=noah-1 -> REFUSED NOT_FOUND
                of-refused      10:04 mia     register-exam   exam_id=x1 payment=CODE \
                    delivery=ONLINE appointment=2026-02-01T09:00:00Z ref=mia-none
                    -> REFUSED NO_CODE_AVAILABLE
                at-its-end      10:05 mia     register-exam   exam_id=x1 payment=CODE \
                    delivery=ONLINE appointment=2027-01-05T09:00:00Z -> REFUSED CODE_EXPIRED
                book            10:06 mia     register-exam   exam_id=x1 payment=CODE \
                    delivery=ONLINE appointment=2027-01-05T08:59:00Z ref=mia-1 -> DONE
                twice           10:07 mia     register-exam   exam_id=x1 payment=CODE \
                    delivery=ONLINE appointment=2026-02-02T09:00:00Z ref=mia-1
                    -> REFUSED ILLEGAL_STATE
                self            10:08 zoe     register-exam   exam_id=x1 payment=SELF_PAID \
                    delivery=TEST_CENTER appointment=2026-02-01T09:00:00Z -> DONE
                2027-01-05
                expired         09:00 noah    register-exam   exam_id=x1 payment=CODE \
                    delivery=ONLINE appointment=2027-01-05T09:00:00Z ref=noah-1
                    -> REFUSED CODE_EXPIRED
                2027-01-08
                result-may-come 08:59 -       advance -> DONE
                """)
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "exam_id", "state", "count"))
        .containsExactlyInAnyOrder("x1,EXPIRED,2", "x2,EXPIRED,1");
  }

  @Test
  void aRecordIsStoredWhateverBecameOfTheBookingThatItNames() {
    journey
        .plays(
            """
            2026-01-05
            member mia
            buy             09:00 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=1
            mia-1           09:01 owner-1 assign-code     partner_id=p1 exam_id=x1 account=mia
            mismatch        10:00 mia     register-exam   exam_id=x2 payment=CODE \
                delivery=ONLINE appointment=2026-02-01T09:00:00Z ref=mia-1
                -> REFUSED EXAM_MISMATCH
            record          10:01 -       exam-record     exam_id=x2 candidate_id=c1 \
                registration_id=r1 outcome=PASS ref=mismatch -> DONE
            bind            10:02 mia     bind-certificate exam_id=x2 candidate_id=c1 \
                registration_id=r1 -> DONE
            cancel          10:03 mia     cancel-exam     ref=mismatch -> REFUSED NOT_FOUND
            """)
        .endsAsExpected();
  }

  @Test
  void aRecordThatNamesABookingWithoutIdsConcludesIt() {
    ReportFolder reports =
        journey
            .plays(
                """
                2026-01-05
                self            10:00 zoe     register-exam   exam_id=x1 payment=SELF_PAID \
                    delivery=ONLINE appointment=2026-01-06T09:00:00Z -> DONE
                2026-01-07
                failed          10:00 -       exam-record     exam_id=x1 candidate_id=c1 \
                    registration_id=r1 outcome=FAIL ref=self -> DONE
                moving          10:01 zoe     reschedule-exam ref=self \
                    appointment=2026-02-01T09:00:00Z -> REFUSED ILLEGAL_STATE
                """)
            .endsAsExpected();

    assertThat(reports.lines("timeline.csv", "element", "event"))
        .contains("EndEvent_AttemptEnded,ended");
  }

  @Test
  void cancelingADayAheadReturnsTheCodeAndLaterForfeitsIt() {
    ReportFolder reports =
        journey
            .plays(
                """
                2026-01-05
                member mia
                member noah
                buy        09:00 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=2
                mia-1      09:01 owner-1 assign-code     partner_id=p1 exam_id=x1 account=mia
                noah-1     09:01 owner-1 assign-code     partner_id=p1 exam_id=x1 account=noah
                mia-b      10:00 mia     register-exam   exam_id=x1 payment=CODE delivery=ONLINE \
                    appointment=2026-01-20T09:00:00Z
                noah-b     10:00 noah    register-exam   exam_id=x1 payment=CODE delivery=ONLINE \
                    appointment=2026-01-19T09:00:00Z
                moved      10:01 noah    reschedule-exam ref=noah-b \
                    appointment=2026-01-20T09:00:00Z -> DONE
                not-hers   10:02 mia     reschedule-exam ref=noah-b \
                    appointment=2026-01-21T09:00:00Z -> REFUSED NOT_FOUND
                not-hers-2 10:02 mia     cancel-exam     ref=noah-b -> REFUSED NOT_FOUND
                none       10:03 zoe     register-exam   exam_id=x1 payment=CODE delivery=ONLINE \
                    appointment=2026-01-20T09:00:00Z
                of-refused 10:04 zoe     cancel-exam     ref=none -> REFUSED NOT_FOUND
                2026-01-19
                in-time    09:00 mia     cancel-exam     ref=mia-b -> DONE
                again      09:00 mia     cancel-exam     ref=mia-b -> REFUSED ILLEGAL_STATE
                late       09:01 noah    cancel-exam     ref=noah-b -> DONE
                move-late  09:02 noah    reschedule-exam ref=noah-b \
                    appointment=2026-01-21T09:00:00Z -> REFUSED ILLEGAL_STATE
                self       09:03 zoe     register-exam   exam_id=x1 payment=SELF_PAID \
                    delivery=TEST_CENTER appointment=2026-01-20T09:00:00Z
                2026-01-20
                past       09:01 zoe     cancel-exam     ref=self -> REFUSED ILLEGAL_STATE
                """)
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "state", "count"))
        .containsExactlyInAnyOrder("ASSIGNED,1", "FORFEITED,1");
  }

  @Test
  void recordsAreTakenInWhetherOrNotAnybodyWaits() {
    ReportFolder reports =
        journey
            .plays(
                """
                2026-01-05
                member mia
                buy      09:00 owner-1 apply-for-codes partner_id=p1 exam_id=x1 quantity=1
                mia-1    09:01 owner-1 assign-code     partner_id=p1 exam_id=x1 account=mia
                book     10:00 mia     register-exam   exam_id=x1 payment=CODE delivery=ONLINE \
                    appointment=2026-01-10T09:00:00Z candidate_id=C1 registration_id=R1
                no-ids   10:01 zoe     register-exam   exam_id=x1 payment=SELF_PAID \
                    delivery=TEST_CENTER appointment=2026-01-10T09:00:00Z
                2026-01-10
                no-show  15:30 -       exam-record     ref=book outcome=NO_SHOW -> DONE
                repeat   15:31 -       exam-record     ref=book outcome=NO_SHOW -> DONE
                conflict 15:32 -       exam-record     ref=book outcome=PASS -> DONE
                nobody   15:33 -       exam-record     exam_id=x2 candidate_id=C9 \
                    registration_id=R9 outcome=PASS -> DONE
                with-ids 15:35 -       exam-record     ref=no-ids outcome=FAIL candidate_id=C2 \
                    registration_id=R2 -> DONE
                """)
            .endsAsExpected();

    assertThat(reports.lines("codes.csv", "state", "count")).containsExactly("FORFEITED,1");
    assertThat(reports.detail("repeat")).contains("known already");
    assertThat(reports.detail("conflict")).contains("held");
  }
}
