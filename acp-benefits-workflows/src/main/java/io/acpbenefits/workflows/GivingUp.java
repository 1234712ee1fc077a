package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.certificate.BindingId;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.common.StateMachine;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.invitation.JoinRequestState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives up in core what a process is about, or says what is to be done instead. */
final class GivingUp {

  private static final String FINAL =
      "%s %s is %s and cannot be given up any more; only its process is behind: retry.";

  private final AcpBenefits benefits;
  private final Actor actor;
  private final String why;

  GivingUp(AcpBenefits benefits, Actor actor, String why) {
    this.benefits = benefits;
    this.actor = actor;
    this.why = why;
  }

  void of(String process, String businessKey, Map<String, Object> variables) {
    if (process.equals(BenefitApplicationProcess.KEY)) {
      application(BenefitApplicationId.of(businessKey));
    } else if (process.equals(CertificateBindingProcess.KEY)) {
      binding(businessKey, variables.get(CertificateBindingProcess.BINDING_ID));
    } else if (variables.get(InvitationToApprovalProcess.REQUEST_ID) == null) {
      invitation(InvitationId.of(businessKey));
    } else {
      request(JoinRequestId.of(businessKey));
    }
  }

  private void application(BenefitApplicationId id) {
    BenefitApplicationState state = benefits.applications().get(Actor.system(), id).state();
    require(
        "Benefit application",
        id,
        BenefitApplicationState.lifecycle(),
        Operation.CANCEL_APPLICATION,
        state);
    benefits.applications().cancel(actor, id, why);
  }

  private void request(JoinRequestId id) {
    JoinRequestState state = benefits.joinRequests().get(Actor.system(), id).state();
    require("Join request", id, JoinRequestState.lifecycle(), Operation.REJECT_JOIN_REQUEST, state);
    benefits.joinRequests().reject(actor, id, why);
  }

  private void invitation(InvitationId id) {
    InvitationState state = benefits.invitations().get(Actor.system(), id).state();
    require("Invitation", id, InvitationState.lifecycle(), Operation.REVOKE_INVITATION, state);
    benefits.invitations().revoke(actor, id, why);
  }

  private void binding(String businessKey, @Nullable Object bindingId) {
    if (!(bindingId instanceof String text)) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "There is no binding in %s yet, and an exam is not given up here: take the code back or"
              + " cancel the registration in core, which ends the process; or retry.",
          businessKey);
    }
    BindingId id = BindingId.of(text);
    BindingState state = benefits.bindings().get(Actor.system(), id).state();
    if (state == BindingState.SUBMITTED || state == BindingState.AWAITING_DATA) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "Binding %s still waits for its exam record and cannot be given up before its ids are to"
              + " be checked: retry, and cancel afterwards if it stops again.",
          id);
    }
    require("Binding", id, BindingState.lifecycle(), Operation.GIVE_UP_BINDING, state);
    benefits.bindings().giveUp(actor, id, why);
  }

  private static <S extends Enum<S>> void require(
      String what, Object id, StateMachine<S> lifecycle, Operation operation, S state) {
    if (!lifecycle.allows(operation, state)) {
      throw Refusal.of(Reason.ILLEGAL_STATE, FINAL, what, id, state);
    }
  }
}
