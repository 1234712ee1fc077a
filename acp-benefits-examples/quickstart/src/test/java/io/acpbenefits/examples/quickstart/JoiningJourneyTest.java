package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joining and leaving, as a journey tells them. */
class JoiningJourneyTest {

  @TempDir Path temporary = Path.of("target");
  private TinyJourney journey = TinyJourney.in(Path.of("target", "tiny"));

  @BeforeEach
  void begin() {
    journey = TinyJourney.in(temporary);
  }

  @Test
  void anOwnerOfThePartnerDecidesOnceAndNobodyElseDoes() {
    ReportFolder reports =
        journey
            .plays(
                """
                2026-01-05
                ask       10:00 mia     request-to-join  partner_id=p1 -> DONE
                twice     10:01 mia     request-to-join  partner_id=p1 -> REFUSED DUPLICATE_REQUEST
                other     10:02 owner-2 approve          partner_id=p1 account=mia
                    -> REFUSED NOT_PERMITTED
                own       10:03 mia     approve          partner_id=p1 account=mia
                    -> REFUSED NOT_PERMITTED
                own-no    10:03 mia     reject           partner_id=p1 account=mia
                    -> REFUSED NOT_PERMITTED
                yes       10:04 owner-1 approve          partner_id=p1 account=mia -> DONE
                again     10:05 owner-1 approve          partner_id=p1 account=mia
                    -> REFUSED ILLEGAL_STATE
                no        10:06 owner-1 reject           partner_id=p1 account=mia
                    -> REFUSED ILLEGAL_STATE
                back      10:07 mia     withdraw-request partner_id=p1 -> REFUSED ILLEGAL_STATE
                member    10:08 mia     request-to-join  partner_id=p1 -> REFUSED ALREADY_A_MEMBER
                ask-2     10:09 noah    request-to-join  partner_id=p1 -> DONE
                no-2      10:10 owner-1 reject           partner_id=p1 account=noah -> DONE
                ask-3     10:11 noah    request-to-join  partner_id=p1 -> DONE
                back-3    10:12 noah    withdraw-request partner_id=p1 -> DONE
                none-yes  10:13 owner-1 approve          partner_id=p1 account=zoe
                    -> REFUSED NOT_FOUND
                none-no   10:14 owner-1 reject           partner_id=p1 account=zoe
                    -> REFUSED NOT_FOUND
                none-back 10:15 zoe     withdraw-request partner_id=p1 -> REFUSED NOT_FOUND
                """)
            .endsAsExpected();

    assertThat(reports.lines("members.csv", "partner_id", "account", "role", "state"))
        .containsExactly(
            "p1,mia,MEMBER,ACTIVE", "p1,owner-1,OWNER,ACTIVE", "p2,owner-2,OWNER,ACTIVE");
  }

  @Test
  void aMemberOfAnotherOrganizationWaitsUntilThatEnds() {
    ReportFolder reports =
        journey
            .plays(
                """
                2026-01-05
                member mia
                ask   10:00 mia     request-to-join   partner_id=p2 -> WAITING MEMBER_ELSEWHERE
                early 10:01 owner-2 approve           partner_id=p2 account=mia
                    -> REFUSED MEMBER_ELSEWHERE
                wrong 10:02 mia     quit-organization partner_id=p2 -> REFUSED NOT_A_MEMBER
                leave 10:03 mia     quit-organization partner_id=p1 -> DONE
                gone  10:03 mia     quit-organization -> REFUSED NOT_A_MEMBER
                yes   10:03 owner-2 approve           partner_id=p2 account=mia -> DONE
                """)
            .endsAsExpected();

    assertThat(reports.detail("early") + reports.detail("ask")).doesNotContain("p1", "Partner One");
    assertThat(reports.lines("members.csv", "partner_id", "account", "state"))
        .contains("p1,mia,LEFT", "p2,mia,ACTIVE");
  }

  @Test
  void aRequestLapsesAfterThirtyDaysToTheInstant() {
    journey
        .plays(
            """
                2026-02-01
                late        10:00 mia     request-to-join  partner_id=p1
                in-time     10:01 noah    request-to-join  partner_id=p1
                waiting     10:02 zoe     request-to-join  partner_id=p1
                2026-03-03
                yes-late    10:00 owner-1 approve          partner_id=p1 account=mia
                    -> REFUSED ILLEGAL_STATE
                yes-in-time 10:00 owner-1 approve          partner_id=p1 account=noah -> DONE
                back-late   10:02 zoe     withdraw-request partner_id=p1 -> REFUSED ILLEGAL_STATE
                anew        10:02 zoe     request-to-join  partner_id=p1 -> DONE
                """)
        .endsAsExpected();
  }

  @Test
  void aLinkThatWasReplacedIsRevoked() {
    journey
        .plays(
            """
                2026-01-05
                member mia
                rotate         10:00 owner-1 rotate-invitation-link partner_id=p1 -> DONE
                not-mia        10:01 mia     rotate-invitation-link partner_id=p1
                    -> REFUSED NOT_PERMITTED
                old            10:02 noah    request-to-join        ref=ask-mia
                    -> REFUSED LINK_REVOKED
                old-of-refused 10:03 noah    request-to-join        ref=old -> REFUSED LINK_REVOKED
                no-link        10:04 noah    request-to-join        ref=not-mia -> REFUSED NOT_FOUND
                new            10:05 noah    request-to-join        ref=rotate -> DONE
                current        10:06 zoe     request-to-join        partner_id=p1 -> DONE
                """)
        .endsAsExpected();
  }

  @Test
  void theLastOwnerStaysAndOnlyTheyRemove() {
    ReportFolder reports =
        journey
            .plays(
                """
                2026-01-05
                member mia
                member noah
                stranger 10:00 owner-1 remove-member     partner_id=p1 account=zoe
                    -> REFUSED NOT_A_MEMBER
                not-mia  10:01 mia     remove-member     partner_id=p1 account=noah
                    -> REFUSED NOT_PERMITTED
                herself  10:02 owner-1 remove-member     partner_id=p1 account=owner-1
                    -> REFUSED LAST_OWNER
                quit     10:03 owner-1 quit-organization -> REFUSED LAST_OWNER
                remove   10:04 owner-1 remove-member     partner_id=p1 account=noah -> DONE
                twice    10:05 owner-1 remove-member     partner_id=p1 account=noah
                    -> REFUSED NOT_A_MEMBER
                """)
            .endsAsExpected();

    assertThat(reports.lines("members.csv", "account", "state")).contains("noah,REMOVED");
  }
}
