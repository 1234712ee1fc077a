package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.invitation.InvitationToken;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import java.util.List;
import java.util.Map;

/** Several organizations let the same people in: some asked for it at each, some at none. */
final class AdmissionScenario implements Scenario {

  private static final int ORGANIZATIONS = 4;
  private static final int APPLICANTS = 5;
  private static final int OTHERS = 3;

  private static AccountId person(String round, int number) {
    return Arena.account(round, "person" + number);
  }

  @Override
  public void prepare(Installation node, String round) {
    AcpBenefits benefits = node.onEngine();
    for (int i = 0; i < ORGANIZATIONS; i++) {
      OrganizationId organization = new Arena(benefits, round).open("-" + i);
      InvitationToken link = benefits.invitations().copyLink(Arena.OPERATOR, organization);
      for (int person = 0; person < APPLICANTS; person++) {
        benefits.joinRequests().submit(new Actor.Account(person(round, person)), link, Map.of());
      }
    }
  }

  @Override
  public void contend(Turn turn) {
    AcpBenefits benefits = turn.onEngine();
    String partner = Arena.partner(turn.round() + "-" + turn.number() % ORGANIZATIONS).value();
    OrganizationId organization =
        OrganizationId.of(
            turn.database()
                .texts("SELECT organization_id FROM acp_organization WHERE partner_id = ?", partner)
                .get(0));
    for (int i = 0; i < APPLICANTS; i++) {
      AccountId person = person(turn.round(), i);
      JoinRequestId request =
          JoinRequestId.of(
              turn.database()
                  .texts(
                      "SELECT request_id FROM acp_join_request"
                          + " WHERE organization_id = ? AND account_id = ?",
                      organization.value(),
                      person.value())
                  .get(0));
      turn.attempt(
          "admit",
          person.value(),
          () -> benefits.joinRequests().approve(Arena.OPERATOR, request).membershipId());
    }
    for (int i = APPLICANTS; i < APPLICANTS + OTHERS; i++) {
      AccountId person = person(turn.round(), i);
      turn.attempt(
          "admit",
          person.value(),
          () ->
              benefits
                  .organizations()
                  .admit(Arena.OPERATOR, organization, person, Role.MEMBER)
                  .membershipId());
    }
  }

  @Override
  public void check(History history, Queries database, String round) {
    history.refusedOnlyFor(Reason.MEMBER_ELSEWHERE, Reason.ALREADY_A_MEMBER, Reason.ILLEGAL_STATE);
    Map<String, List<Attempt>> admitted = history.doneBySubject("admit");
    for (int i = 0; i < APPLICANTS + OTHERS; i++) {
      String person = person(round, i).value();
      assertThat(admitted.getOrDefault(person, List.of())).as("who let %s in", person).hasSize(1);
      assertThat(
              database.texts(
                  "SELECT membership_id FROM acp_membership WHERE account_id = ?", person))
          .containsExactly(admitted.getOrDefault(person, List.of()).get(0).answer());
    }
    assertThat(
            database.rows(
                "SELECT r.state, CASE WHEN r.waiting THEN 1 ELSE 0 END, COUNT(*) FROM acp_join_request r"
                    + " WHERE r.account_id LIKE ? GROUP BY r.state, r.waiting ORDER BY r.state",
                person(round, 0).value().replaceAll("0$", "%")))
        .as("requests: approved, and waiting elsewhere")
        .containsExactly(
            List.of("APPROVED", "0", "" + APPLICANTS),
            List.of("SUBMITTED", "1", "" + APPLICANTS * (ORGANIZATIONS - 1)));
  }
}
