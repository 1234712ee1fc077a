package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.InvitationToApprovalProcess.ANSWER;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.EXPIRES_AT;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.INVITATION_ID;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.KEY;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.MESSAGE_ACCOUNT_FREE;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.MESSAGE_DECIDED;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.MESSAGE_INVITATION_ANSWERED;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.MESSAGE_INVITATION_SENT;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.MESSAGE_JOINED_ELSEWHERE;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.MESSAGE_JOIN_REQUESTED;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.MESSAGE_WITHDRAWN;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.REMIND_AT;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.REQUEST_ID;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.TASK_AWAIT_ANSWER;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.TASK_DECIDE;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.invitation.ApplicantBecameFree;
import io.acpbenefits.invitation.ApplicantJoinedElsewhere;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationAnswered;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationKind;
import io.acpbenefits.invitation.InvitationSent;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.JoinRequestDecided;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.invitation.JoinRequestSubmitted;
import io.acpbenefits.invitation.JoinRequestWithdrawn;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Starts and moves {@code invitation-to-approval} when an invitation or a request has moved in
 * core.
 */
final class InvitationToApprovalBridge implements DomainEventListener {

  private final Embedding embedding;
  private final Instances instances;

  InvitationToApprovalBridge(Embedding embedding) {
    this.embedding = embedding;
    this.instances = new Instances(embedding, KEY);
  }

  @Override
  public void on(DomainEvent event) {
    if (event instanceof InvitationSent sent) {
      invite(sent);
    } else if (event instanceof InvitationAnswered answered) {
      answer(answered);
    } else if (event instanceof JoinRequestSubmitted submitted) {
      request(submitted);
    } else if (event instanceof ApplicantBecameFree free) {
      deliver(free.requestId(), MESSAGE_ACCOUNT_FREE);
    } else if (event instanceof ApplicantJoinedElsewhere joined) {
      deliver(joined.requestId(), MESSAGE_JOINED_ELSEWHERE);
    } else if (event instanceof JoinRequestWithdrawn withdrawn) {
      deliver(withdrawn.requestId(), MESSAGE_WITHDRAWN);
    } else if (event instanceof JoinRequestDecided decided) {
      decided(decided.requestId());
    }
  }

  private void invite(InvitationSent sent) {
    InvitationId id = sent.invitationId();
    Map<String, Object> variables = variables(embedding.benefits(), id);
    if (sent.again()) {
      // The timers belong to the time that has begun anew.
      instances.restart(instances.waiting(id.value()), TASK_AWAIT_ANSWER, variables);
    } else {
      instances.start(MESSAGE_INVITATION_SENT, id.value(), variables);
    }
  }

  /** What an instance begins with. */
  static Map<String, Object> variables(AcpBenefits benefits, InvitationId id) {
    Invitation invitation = benefits.invitations().get(Actor.system(), id);
    Instant expires = Objects.requireNonNull(invitation.expiresAt());
    Duration reminder = benefits.joinRequests().policy().invitationReminder();
    return Map.of(
        INVITATION_ID,
        id.value(),
        REMIND_AT,
        Scope.timer(invitation.sentAt().plus(reminder)),
        EXPIRES_AT,
        Scope.timer(expires));
  }

  private void answer(InvitationAnswered answered) {
    if (answered.state() == InvitationState.EXPIRED) {
      // The instance's own timer is due as well, and ends it.
      return;
    }
    Map<String, Object> variables = new HashMap<>();
    variables.put(ANSWER, answered.state().name());
    JoinRequestId request = answered.requestId();
    if (request != null) {
      variables.put(REQUEST_ID, request.value());
    }
    instances.deliver(
        instances.waiting(answered.invitationId().value()), MESSAGE_INVITATION_ANSWERED, variables);
  }

  /** A personal invitation's own instance goes on with the request that answers it. */
  private void request(JoinRequestSubmitted submitted) {
    if (submitted.kind() == InvitationKind.LINK) {
      String id = submitted.requestId().value();
      instances.start(MESSAGE_JOIN_REQUESTED, id, Map.of(REQUEST_ID, id));
    }
  }

  private void deliver(JoinRequestId request, String message) {
    instances.deliver(instances.waiting(request.value()), message, Map.of());
  }

  private void decided(JoinRequestId request) {
    List<String> waiting = instances.waiting(request.value());
    if (!instances.complete(waiting, TASK_DECIDE, Map.of())) {
      instances.deliver(waiting, MESSAGE_DECIDED, Map.of());
    }
  }
}
