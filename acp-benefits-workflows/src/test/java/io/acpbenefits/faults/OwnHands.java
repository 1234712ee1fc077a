package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;

import io.acpbenefits.application.BenefitChangeFilter;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordPulls;
import io.acpbenefits.invitation.EmailDomain;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationFilter;
import io.acpbenefits.invitation.InvitationToken;
import io.acpbenefits.invitation.LinkLimits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** What a host takes into its own hands: transactions, fulfilment, pulls. */
final class OwnHands {

  private static final String WHY = "asked for";
  private static final EmailDomain LISTED = EmailDomain.of("example.org");

  private OwnHands() {}

  static Story story() {
    return new Story("own hands")
        .after(Unanswered.withStock())
        .with(transactions())
        .with(fulfilment())
        .with(pulls())
        .with(domains());
  }

  private static Story transactions() {
    return new Story("transactions")
        .then(
            "describe, apply and note it in one transaction",
            w ->
                w.benefits()
                    .inTransaction(
                        () -> {
                          describe(w, "Renamed");
                          w.benefits()
                              .audit()
                              .intervened(RITA, Operation.RETRY_INCIDENT, w.partner(), WHY);
                          Stories.apply(w, 1, "0");
                          return true;
                        }))
        .then(
            "write rows of its own as well",
            w ->
                w.benefits()
                    .withConnection(
                        connection -> {
                          describe(w, "Renamed again");
                          return insert(connection, w.name());
                        }));
  }

  private static void describe(World w, String name) {
    w.benefits().partners().describe(RITA, w.partner(), name, "gold");
  }

  private static int insert(Connection connection, String world) {
    try (PreparedStatement insert = connection.prepareStatement(Outside.INSERT_OF_A_HOST)) {
      insert.setString(1, world);
      return insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("The host's own row could not be written", e);
    }
  }

  private static Story fulfilment() {
    return new Story("fulfilment")
        .with(Unanswered.approvedInVain(0))
        .then(
            "postpone",
            w ->
                w.benefits()
                    .applications()
                    .postpone(RITA, w.application(0).applicationId(), Reason.OUT_OF_STOCK))
        .then("Benefit Center answers", w -> Unanswered.answer(w, 0))
        .then(
            "fulfil",
            w -> w.benefits().applications().fulfil(RITA, w.application(0).applicationId()))
        .then("look at the codes that were issued", OwnHands::look)
        .with(Unanswered.unanswered(1))
        .then(
            "give up",
            w -> w.benefits().applications().giveUp(RITA, w.application(1).applicationId()))
        .then(
            "cancel",
            w ->
                w.benefits()
                    .applications()
                    .cancel(w.person("olga"), w.application(1).applicationId()));
  }

  private static void look(World w) {
    w.benefits()
        .benefitChanges()
        .ofPartner(w.person("olga"), w.partner(), BenefitChangeFilter.ALL, Stories.PAGE)
        .items()
        .forEach(
            change -> w.benefits().benefitChanges().details(w.person("olga"), change.changeId()));
  }

  private static ExamRecordPulls pulling(World w) {
    return w.benefits().examRecordPulls().orElseThrow();
  }

  private static Story pulls() {
    return new Story("pulls")
        .then("register cora", w -> Stories.selfPaid(w, "cora"))
        .then(
            "bind early",
            w -> w.benefits().bindings().submit(w.person("cora"), w.exam(), w.ids("cora")))
        .then(
            "pass, which can be pulled",
            w -> w.results().add(Stories.line(w, "cora", ExamOutcome.PASS)))
        .then("pull", OwnHands::pull)
        .then("register dan", w -> Stories.selfPaid(w, "dan"))
        .then(
            "bind early",
            w -> w.benefits().bindings().submit(w.person("dan"), w.exam(), w.ids("dan")))
        .then(
            "pass, which will be pulled",
            w -> w.results().add(Stories.line(w, "dan", ExamOutcome.PASS)))
        .then(
            "pull once it is due",
            w ->
                Stories.until(
                    () -> pulling(w).pullIfDue(RITA),
                    () -> Stories.binding(w, "dan").state() == BindingState.BOUND));
  }

  /** Unless somebody else pulls at this moment, who may have begun before the results came. */
  private static void pull(World w) {
    Stories.until(
        () -> {},
        () -> {
          try {
            pulling(w).pull(RITA);
            return true;
          } catch (Refusal refusal) {
            if (refusal.reason() != Reason.ILLEGAL_STATE) {
              throw refusal;
            }
            return false;
          }
        });
  }

  private static Story domains() {
    return new Story("domains")
        .then(
            "create link for a domain",
            w ->
                w.benefits()
                    .invitations()
                    .createLink(
                        w.person("olga"), w.organization(), LinkLimits.NONE.withDomains(LISTED)))
        .then(
            "request gil, of that domain",
            w ->
                w.benefits()
                    .joinRequests()
                    .submit(w.person("gil"), forListed(w), Map.of(), LISTED));
  }

  private static InvitationToken forListed(World w) {
    Invitation link =
        w
            .benefits()
            .invitations()
            .list(RITA, w.organization(), InvitationFilter.ALL, Stories.PAGE)
            .items()
            .stream()
            .filter(found -> !found.limits().domains().isEmpty())
            .findFirst()
            .orElseThrow();
    return w.benefits().invitations().token(w.person("olga"), link.invitationId());
  }
}
