package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationToken;
import io.acpbenefits.invitation.LinkLimits;
import io.acpbenefits.organization.OrganizationId;
import java.util.List;
import java.util.Map;

/** Links with one use left. */
final class LinkScenario implements Scenario {

  private static final int LINKS = 8;
  private static final int USES = 2;

  @Override
  public void prepare(Installation node, String round) {
    OrganizationId organization = new Arena(node.onEngine(), round).open();
    LinkLimits limits = LinkLimits.NONE.withMaximumUses(USES);
    for (int i = 0; i < LINKS; i++) {
      var link = node.onEngine().invitations().createLink(Arena.OPERATOR, organization, limits);
      node.onEngine()
          .joinRequests()
          .submit(
              new Actor.Account(Arena.account(round, "early" + i)),
              node.onEngine().invitations().token(Arena.OPERATOR, link.invitationId()),
              Map.of());
    }
  }

  private static List<List<String>> links(Queries database, String round) {
    return database.rows(
        "SELECT i.invitation_id, i.state, i.uses FROM acp_invitation i JOIN acp_organization o"
            + " ON o.organization_id = i.organization_id"
            + " WHERE o.partner_id = ? AND i.maximum_uses = ? ORDER BY i.invitation_id",
        Arena.partner(round).value(),
        USES);
  }

  @Override
  public void contend(Turn turn) {
    for (List<String> row : links(turn.database(), turn.round())) {
      String link = row.get(0);
      InvitationToken token =
          turn.onEngine().invitations().token(Arena.OPERATOR, InvitationId.of(link));
      Actor.Account applicant =
          new Actor.Account(Arena.account(turn.round(), link + "-" + turn.number()));
      turn.attempt(
          "submit",
          link,
          () -> turn.onEngine().joinRequests().submit(applicant, token, Map.of()).requestId());
    }
  }

  @Override
  public void check(History history, Queries database, String round) {
    history.refusedOnlyFor(Reason.LINK_EXHAUSTED);
    Map<String, List<Attempt>> used = history.doneBySubject("submit");
    List<List<String>> links = links(database, round);
    assertThat(links).hasSize(LINKS);
    for (List<String> link : links) {
      assertThat(link.subList(1, 3)).containsExactly("EXHAUSTED", "" + USES);
      assertThat(used.getOrDefault(link.get(0), List.of()))
          .as("who used %s", link.get(0))
          .hasSize(1);
      assertThat(
              database.texts(
                  "SELECT request_id FROM acp_join_request WHERE invitation_id = ?", link.get(0)))
          .hasSize(USES)
          .contains(used.getOrDefault(link.get(0), List.of()).get(0).answer());
    }
  }
}
