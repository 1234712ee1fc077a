package io.acpbenefits.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joining and leaving, as a journey tells them. */
class JoiningJourneyTest {

  @TempDir Path temporary;
  private TinyJourney journey = TinyJourney.in(Path.of("target", "tiny"));

  @BeforeEach
  void begin() {
    journey = TinyJourney.in(temporary);
  }

  @Test
  void anOwnerOfThePartnerDecidesOnceAndNobodyElseDoes() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .ends("DONE", "ask", "10:00", "mia", "request-to-join", "partner_id=p1")
            .ends(
                "REFUSED DUPLICATE_REQUEST",
                "twice",
                "10:01",
                "mia",
                "request-to-join",
                "partner_id=p1")
            .ends(
                "REFUSED NOT_PERMITTED",
                "other",
                "10:02",
                "owner-2",
                "approve",
                "partner_id=p1",
                "account=mia")
            .ends(
                "REFUSED NOT_PERMITTED",
                "own",
                "10:03",
                "mia",
                "approve",
                "partner_id=p1",
                "account=mia")
            .ends(
                "REFUSED NOT_PERMITTED",
                "own-no",
                "10:03",
                "mia",
                "reject",
                "partner_id=p1",
                "account=mia")
            .ends("DONE", "yes", "10:04", "owner-1", "approve", "partner_id=p1", "account=mia")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "again",
                "10:05",
                "owner-1",
                "approve",
                "partner_id=p1",
                "account=mia")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "no",
                "10:06",
                "owner-1",
                "reject",
                "partner_id=p1",
                "account=mia")
            .ends(
                "REFUSED ILLEGAL_STATE",
                "back",
                "10:07",
                "mia",
                "withdraw-request",
                "partner_id=p1")
            .ends(
                "REFUSED ALREADY_A_MEMBER",
                "member",
                "10:08",
                "mia",
                "request-to-join",
                "partner_id=p1")
            .ends("DONE", "ask-2", "10:09", "noah", "request-to-join", "partner_id=p1")
            .ends("DONE", "no-2", "10:10", "owner-1", "reject", "partner_id=p1", "account=noah")
            .ends("DONE", "ask-3", "10:11", "noah", "request-to-join", "partner_id=p1")
            .ends("DONE", "back-3", "10:12", "noah", "withdraw-request", "partner_id=p1")
            .ends(
                "REFUSED NOT_FOUND",
                "none-yes",
                "10:13",
                "owner-1",
                "approve",
                "partner_id=p1",
                "account=zoe")
            .ends(
                "REFUSED NOT_FOUND",
                "none-no",
                "10:14",
                "owner-1",
                "reject",
                "partner_id=p1",
                "account=zoe")
            .ends(
                "REFUSED NOT_FOUND",
                "none-back",
                "10:15",
                "zoe",
                "withdraw-request",
                "partner_id=p1")
            .endsAsExpected();

    assertThat(reports.lines("members.csv", "partner_id", "account", "role", "state"))
        .containsExactly(
            "p1,mia,MEMBER,ACTIVE", "p1,owner-1,OWNER,ACTIVE", "p2,owner-2,OWNER,ACTIVE");
  }

  @Test
  void aMemberOfAnotherOrganizationWaitsUntilThatEnds() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .member("mia")
            .ends(
                "WAITING MEMBER_ELSEWHERE",
                "ask",
                "10:00",
                "mia",
                "request-to-join",
                "partner_id=p2")
            .ends(
                "REFUSED MEMBER_ELSEWHERE",
                "early",
                "10:01",
                "owner-2",
                "approve",
                "partner_id=p2",
                "account=mia")
            .ends(
                "REFUSED NOT_A_MEMBER",
                "wrong",
                "10:02",
                "mia",
                "quit-organization",
                "partner_id=p2")
            .ends("DONE", "leave", "10:03", "mia", "quit-organization", "partner_id=p1")
            .ends("REFUSED NOT_A_MEMBER", "gone", "10:03", "mia", "quit-organization")
            .ends("DONE", "yes", "10:03", "owner-2", "approve", "partner_id=p2", "account=mia")
            .endsAsExpected();

    assertThat(reports.detail("early") + reports.detail("ask")).doesNotContain("p1", "Partner One");
    assertThat(reports.lines("members.csv", "partner_id", "account", "state"))
        .contains("p1,mia,LEFT", "p2,mia,ACTIVE");
  }

  @Test
  void aRequestLapsesAfterThirtyDaysToTheInstant() {
    journey
        .on("2026-02-01")
        .row("late", "10:00", "mia", "request-to-join", "partner_id=p1")
        .row("in-time", "10:01", "noah", "request-to-join", "partner_id=p1")
        .row("waiting", "10:02", "zoe", "request-to-join", "partner_id=p1")
        .on("2026-03-03")
        .ends(
            "REFUSED ILLEGAL_STATE",
            "yes-late",
            "10:00",
            "owner-1",
            "approve",
            "partner_id=p1",
            "account=mia")
        .ends("DONE", "yes-in-time", "10:00", "owner-1", "approve", "partner_id=p1", "account=noah")
        .ends(
            "REFUSED ILLEGAL_STATE",
            "back-late",
            "10:02",
            "zoe",
            "withdraw-request",
            "partner_id=p1")
        .ends("DONE", "anew", "10:02", "zoe", "request-to-join", "partner_id=p1")
        .endsAsExpected();
  }

  @Test
  void aLinkThatWasReplacedIsRevoked() {
    journey
        .on("2026-01-05")
        .member("mia")
        .ends("DONE", "rotate", "10:00", "owner-1", "rotate-invitation-link", "partner_id=p1")
        .ends(
            "REFUSED NOT_PERMITTED",
            "not-mia",
            "10:01",
            "mia",
            "rotate-invitation-link",
            "partner_id=p1")
        .ends("REFUSED LINK_REVOKED", "old", "10:02", "noah", "request-to-join", "ref=ask-mia")
        .ends(
            "REFUSED LINK_REVOKED", "old-of-refused", "10:03", "noah", "request-to-join", "ref=old")
        .ends("REFUSED NOT_FOUND", "no-link", "10:04", "noah", "request-to-join", "ref=not-mia")
        .ends("DONE", "new", "10:05", "noah", "request-to-join", "ref=rotate")
        .ends("DONE", "current", "10:06", "zoe", "request-to-join", "partner_id=p1")
        .endsAsExpected();
  }

  @Test
  void theLastOwnerStaysAndOnlyTheyRemove() {
    ReportFolder reports =
        journey
            .on("2026-01-05")
            .member("mia")
            .member("noah")
            .ends(
                "REFUSED NOT_A_MEMBER",
                "stranger",
                "10:00",
                "owner-1",
                "remove-member",
                "partner_id=p1",
                "account=zoe")
            .ends(
                "REFUSED NOT_PERMITTED",
                "not-mia",
                "10:01",
                "mia",
                "remove-member",
                "partner_id=p1",
                "account=noah")
            .ends(
                "REFUSED LAST_OWNER",
                "herself",
                "10:02",
                "owner-1",
                "remove-member",
                "partner_id=p1",
                "account=owner-1")
            .ends("REFUSED LAST_OWNER", "quit", "10:03", "owner-1", "quit-organization")
            .ends(
                "DONE",
                "remove",
                "10:04",
                "owner-1",
                "remove-member",
                "partner_id=p1",
                "account=noah")
            .ends(
                "REFUSED NOT_A_MEMBER",
                "twice",
                "10:05",
                "owner-1",
                "remove-member",
                "partner_id=p1",
                "account=noah")
            .endsAsExpected();

    assertThat(reports.lines("members.csv", "account", "state")).contains("noah,REMOVED");
  }
}
