package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.InvitationToApprovalProcess.INVITATION_ID;
import static io.acpbenefits.workflows.InvitationToApprovalProcess.REQUEST_ID;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.invitation.JoinRequestState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Personal invitations that wait for an answer, and join requests that wait for a decision, have an
 * instance each.
 */
final class JoiningCounterpart implements Counterpart {

  private final Embedding embedding;
  private final Instances instances;

  JoiningCounterpart(Embedding embedding) {
    this.embedding = embedding;
    this.instances = new Instances(embedding, process());
  }

  @Override
  public String process() {
    return InvitationToApprovalProcess.KEY;
  }

  @Override
  public List<Function<PageRequest, Page<String>>> open() {
    return List.of(this::invitations, this::requests);
  }

  private Page<String> invitations(PageRequest page) {
    Page<Invitation> found = embedding.benefits().invitations().pending(Actor.system(), page);
    return new Page<>(
        found.items().stream().map(i -> i.invitationId().value()).toList(), found.next());
  }

  private Page<String> requests(PageRequest page) {
    Page<JoinRequest> found = embedding.benefits().joinRequests().open(Actor.system(), page);
    return new Page<>(
        found.items().stream().map(r -> r.requestId().value()).toList(), found.next());
  }

  private Optional<JoinRequest> request(String businessKey) {
    try {
      return Optional.of(
          embedding.benefits().joinRequests().get(Actor.system(), JoinRequestId.of(businessKey)));
    } catch (Refusal none) {
      return Optional.empty();
    }
  }

  private Optional<Invitation> invitation(String businessKey) {
    try {
      return Optional.of(
          embedding.benefits().invitations().get(Actor.system(), InvitationId.of(businessKey)));
    } catch (Refusal none) {
      return Optional.empty();
    }
  }

  @Override
  public Standing standing(String businessKey) {
    return request(businessKey)
        .map(r -> Standing.of(r.state() == JoinRequestState.SUBMITTED, r.state()))
        .or(
            () ->
                invitation(businessKey)
                    .map(i -> Standing.of(i.state() == InvitationState.PENDING, i.state())))
        .orElse(Standing.UNKNOWN);
  }

  @Override
  public void lock(String businessKey) {
    if (request(businessKey).isPresent()) {
      embedding.benefits().joinRequests().lock(Actor.system(), JoinRequestId.of(businessKey));
    } else {
      embedding.benefits().invitations().lock(Actor.system(), InvitationId.of(businessKey));
    }
  }

  @Override
  public void begin(String businessKey) {
    if (request(businessKey).isPresent()) {
      instances.start(
          InvitationToApprovalProcess.MESSAGE_JOIN_REQUESTED,
          businessKey,
          Map.of(REQUEST_ID, businessKey));
    } else {
      instances.start(
          InvitationToApprovalProcess.MESSAGE_INVITATION_SENT,
          businessKey,
          InvitationToApprovalBridge.variables(embedding.benefits(), InvitationId.of(businessKey)));
    }
  }

  @Override
  public Names names(String businessKey, Map<String, Object> variables, boolean moving) {
    String name = request(businessKey).isPresent() ? REQUEST_ID : INVITATION_ID;
    return Names.mustBe(name, businessKey, variables);
  }
}
