package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.invitation.InvitationToken;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.invitation.JoinRequests;
import io.acpbenefits.organization.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All decide on the same requests: most approve, some reject, some withdraw for the applicant. */
final class ApprovalScenario implements Scenario {

  private static final int REQUESTS = 8;
  private static final String OF_ROUND =
      "SELECT request_id, state, account_id FROM acp_join_request WHERE account_id LIKE ?"
          + " ORDER BY request_id";

  @Override
  public void prepare(Installation node, String round) {
    OrganizationId organization = new Arena(node.onEngine(), round).open();
    InvitationToken link = node.onEngine().invitations().copyLink(Arena.OPERATOR, organization);
    for (int i = 0; i < REQUESTS; i++) {
      node.onEngine()
          .joinRequests()
          .submit(new Actor.Account(Arena.account(round, i)), link, Map.of());
    }
  }

  private static List<List<String>> requests(Queries database, String round) {
    return database.rows(OF_ROUND, Arena.account(round, "%").value());
  }

  @Override
  public void contend(Turn turn) {
    JoinRequests requests = turn.onEngine().joinRequests();
    for (List<String> row : requests(turn.database(), turn.round())) {
      JoinRequestId id = JoinRequestId.of(row.get(0));
      switch (turn.random().nextInt(4)) {
        case 0 -> turn.attempt("REJECTED", id.value(), () -> requests.reject(Arena.OPERATOR, id));
        case 1 ->
            turn.attempt(
                "WITHDRAWN", id.value(), () -> requests.withdraw(Actor.account(row.get(2)), id));
        default ->
            turn.attempt(
                "APPROVED", id.value(), () -> requests.approve(Arena.OPERATOR, id).membershipId());
      }
    }
  }

  @Override
  public void check(History history, Queries database, String round) {
    history.refusedOnlyFor(Reason.ILLEGAL_STATE);
    List<String> members =
        database.texts(
            "SELECT m.account_id FROM acp_membership m JOIN acp_organization o"
                + " ON o.organization_id = m.organization_id"
                + " WHERE o.partner_id = ? AND m.role = 'MEMBER'",
            Arena.partner(round).value());
    List<String> approved = new ArrayList<>();
    for (List<String> request : requests(database, round)) {
      assertThat(history.attempts())
          .filteredOn(attempt -> attempt.isDone() && attempt.subject().equals(request.get(0)))
          .as("who decided on one request")
          .singleElement()
          .satisfies(winner -> assertThat(winner.operation()).isEqualTo(request.get(1)));
      if (request.get(1).equals("APPROVED")) {
        approved.add(request.get(2));
      }
    }
    assertThat(members).containsExactlyInAnyOrderElementsOf(approved);
    assertThat(
            database.number(
                "SELECT COUNT(*) FROM act_ru_task t JOIN act_ru_execution e"
                    + " ON e.id_ = t.proc_inst_id_ JOIN acp_join_request r"
                    + " ON e.business_key_ LIKE '%' || r.request_id || '%'"
                    + " WHERE r.account_id LIKE ?",
                Arena.account(round, "%").value()))
        .as("tasks left")
        .isZero();
  }
}
