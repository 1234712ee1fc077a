package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.InvitationToApprovalProcess.APPROVAL_DUE_AT;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.APPROVAL_REMIND_AT;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.INVITATION_ID;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.REQUEST_EXPIRES_AT;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.REQUEST_ID;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.REQUEST_STATE;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.WAITING;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationPolicy;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.invitation.JoinRequestState;
import io.acpbenefits.invitation.JoinRequests;
import io.acpbenefits.notification.Notice;
import java.time.Instant;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What the diagram {@code invitation-to-approval} calls. */
final class InvitationToApprovalDelegates {

  private final Embedding embedding;

  InvitationToApprovalDelegates(Embedding embedding) {
    this.embedding = embedding;
  }

  void register(Delegates delegates) {
    delegates
        .task("acpAssessJoinRequest", this::assess)
        .task("acpExpireInvitation", this::expireInvitation)
        .task("acpExpireJoinRequest", this::expireRequest)
        .task("acpRemindInvitee", this::remindInvitee)
        .task("acpRemindOwners", this::remindOwners)
        .task("acpTellApplicant", this::tellApplicant)
        .taskListener("acpJoinDecision", this::decide);
  }

  private JoinRequests requests() {
    return embedding.benefits().joinRequests();
  }

  private static JoinRequestId requestId(VariableScope scope) {
    return JoinRequestId.of(Scope.text(scope, REQUEST_ID));
  }

  private void assess(DelegateExecution execution) {
    JoinRequest request = requests().get(Actor.system(), requestId(execution));
    String businessKey = request.requestId().value();
    if (!businessKey.equals(execution.getProcessBusinessKey())) {
      execution.setProcessBusinessKey(businessKey);
    }
    Scope.set(execution, REQUEST_STATE, request.state().name());
    Scope.set(execution, WAITING, request.waiting());
    if (request.state() == JoinRequestState.SUBMITTED) {
      InvitationPolicy policy = requests().policy();
      Instant decidableSince = request.expiresAt().minus(policy.requestLife());
      Scope.set(execution, REQUEST_EXPIRES_AT, request.expiresAt());
      Scope.set(execution, APPROVAL_DUE_AT, decidableSince.plus(policy.approvalDue()));
      Scope.set(execution, APPROVAL_REMIND_AT, decidableSince.plus(policy.approvalReminder()));
    }
  }

  private void expireInvitation(DelegateExecution execution) {
    embedding
        .benefits()
        .invitations()
        .expireIfDue(Actor.system(), InvitationId.of(Scope.text(execution, INVITATION_ID)));
  }

  private void expireRequest(DelegateExecution execution) {
    requests().expireIfDue(Actor.system(), requestId(execution));
  }

  private void remindInvitee(DelegateExecution execution) {
    InvitationId id = InvitationId.of(Scope.text(execution, INVITATION_ID));
    var invitation = embedding.benefits().invitations().get(Actor.system(), id);
    if (invitation.state() == InvitationState.PENDING) {
      // Sent again, it is reminded of again.
      embedding.notify(
          Notice.Kind.INVITATION_REMINDER, id.value(), String.valueOf(invitation.expiresAt()));
    }
  }

  private void remindOwners(DelegateExecution execution) {
    JoinRequest request = requests().get(Actor.system(), requestId(execution));
    if (request.state() == JoinRequestState.SUBMITTED) {
      embedding.notify(
          Notice.Kind.APPROVAL_REMINDER,
          request.requestId().value(),
          request.expiresAt().toString());
    }
  }

  private void tellApplicant(DelegateExecution execution) {
    JoinRequest request = requests().get(Actor.system(), requestId(execution));
    Notice.Kind kind =
        switch (request.state()) {
          case APPROVED -> Notice.Kind.REQUEST_APPROVED;
          case REJECTED -> Notice.Kind.REQUEST_REJECTED;
          case EXPIRED -> Notice.Kind.REQUEST_EXPIRED;
          case SUBMITTED, WITHDRAWN ->
              throw Refusal.of(
                  Reason.ILLEGAL_STATE,
                  "Join request %s is %s; there is nothing to tell the applicant.",
                  request.requestId(),
                  request.state());
        };
    embedding.notify(kind, request.requestId().value(), "");
  }

  private void decide(DelegateTask task) {
    Actor actor = embedding.actor();
    if (Scope.decision(task, Set.of("approve", "reject")).equals("approve")) {
      requests().approve(actor, requestId(task));
    } else {
      requests().reject(actor, requestId(task));
    }
  }
}
