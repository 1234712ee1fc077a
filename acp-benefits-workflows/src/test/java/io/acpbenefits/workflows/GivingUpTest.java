package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.invitation.JoinRequestState;
import io.acpbenefits.notification.Notice;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Incidents that are given up, or put right. They are made by taking from a process the variable
 * that names what it is about.
 */
class GivingUpTest {

  private static final Actor RITA = Actor.operator("rita");
  private static final PageRequest ALL = PageRequest.first(100);
  private static final String WHY = "nobody needs it any more";

  @RegisterExtension static final CandidateFixture on = new CandidateFixture();

  private final ProcessFixture flow = on.flow;
  private final Incidents incidents = flow.engine.incidents();

  private void set(String variable, @Nullable Object value) {
    flow.processes().getRuntimeService().setVariable(flow.instance().getId(), variable, value);
  }

  private ProcessIncident only() {
    return incidents.open(RITA, ALL).items().stream().reduce((a, b) -> null).orElseThrow();
  }

  private ProcessIncident stoppedAt(String activity) {
    flow.time.advanceBy(Duration.ofHours(11));
    ProcessIncident incident = only();
    assertThat(incident.activity()).isEqualTo(activity);
    return incident;
  }

  private void cancel() {
    incidents.cancel(RITA, only().id(), WHY);
    flow.time.runDueJobs();
    assertThat(incidents.count(RITA)).isZero();
  }

  private void cannotBeCanceled(String saying) {
    assertThatThrownBy(() -> incidents.cancel(RITA, only().id(), WHY))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Reason.ILLEGAL_STATE);
              assertThat(refusal).hasMessageContaining(saying).hasMessageContaining("retry");
            });
    assertThat(incidents.count(RITA)).isEqualTo(1);
  }

  private void inTheAudit(String subject, Operation operation) {
    assertThat(flow.benefits.audit().of(RITA, subject, ALL).items())
        .filteredOn(entry -> entry.operation() == operation)
        .extracting(AuditEntry::why)
        .containsExactly(WHY);
  }

  private Invitation invited() {
    return flow.benefits
        .invitations()
        .invite(flow.olga, flow.organization, flow.account("cleo").id());
  }

  private Invitation stoppedInvitation() {
    Invitation invitation = invited();
    set(InvitationToApprovalProcess.INVITATION_ID, null);
    flow.time.advanceBy(flow.benefits.joinRequests().policy().invitationReminder());
    stoppedAt("ServiceTask_RemindInvitee");
    return invitation;
  }

  private JoinRequestId stoppedRequest() {
    JoinRequest request =
        flow.benefits
            .joinRequests()
            .submit(
                flow.account("cleo"),
                flow.benefits.invitations().copyLink(flow.olga, flow.organization),
                Map.of());
    set(InvitationToApprovalProcess.REQUEST_ID, null);
    flow.time.advanceBy(flow.benefits.joinRequests().policy().approvalReminder());
    stoppedAt("ServiceTask_RemindOwners");
    return request.requestId();
  }

  private CertificateBinding stoppedCheck() {
    CertificateBinding binding = on.submit(on.ids);
    on.record(on.ids, ExamOutcome.FAIL);
    set(CertificateBindingProcess.BINDING_ID, null);
    stoppedAt("ServiceTask_AskToCheckIds");
    return binding;
  }

  private String stoppedApplication() {
    String id =
        flow.benefits
            .applications()
            .apply(flow.olga, flow.acme, flow.cloud, 1)
            .applicationId()
            .value();
    set(BenefitApplicationProcess.APPLICATION_ID, null);
    stoppedAt("ServiceTask_GetCodes");
    return id;
  }

  @Test
  void givingUpAnInvitationTakesItBackAndEndsTheProcess() {
    Invitation invitation = stoppedInvitation();
    set(InvitationToApprovalProcess.INVITATION_ID, invitation.invitationId().value());

    cancel();

    assertThat(flow.benefits.invitations().get(RITA, invitation.invitationId()).state())
        .isEqualTo(InvitationState.REVOKED);
    assertThat(flow.openInstances()).isZero();
    inTheAudit(invitation.invitationId().value(), Operation.REVOKE_INVITATION);
  }

  @Test
  void givingUpAJoinRequestRejectsItTellsTheApplicantAndEndsTheProcess() {
    JoinRequestId id = stoppedRequest();
    set(InvitationToApprovalProcess.REQUEST_ID, id.value());

    cancel();

    assertThat(flow.benefits.joinRequests().get(RITA, id).state())
        .isEqualTo(JoinRequestState.REJECTED);
    assertThat(flow.openInstances()).isZero();
    assertThat(flow.told).containsExactly(Notice.Kind.REQUEST_REJECTED);
    inTheAudit(id.value(), Operation.REJECT_JOIN_REQUEST);
  }

  @Test
  void givingUpABindingWhoseIdsAreToBeCheckedFailsItAndEndsTheProcess() {
    CertificateBinding binding = stoppedCheck();
    set(CertificateBindingProcess.BINDING_ID, binding.bindingId().value());

    cancel();

    assertThat(on.binding().state()).isEqualTo(BindingState.FAILED);
    flow.endedAt("EndEvent_BindingFailed");
    inTheAudit(binding.bindingId().value(), Operation.GIVE_UP_BINDING);
  }

  @Test
  void aBindingThatWaitsForItsRecordIsNotGivenUp() {
    CertificateBinding binding = on.submit(on.ids);
    set(CertificateBindingProcess.BINDING_ID, null);
    flow.time.advanceTo(binding.windowEndsAt());
    flow.time.advanceBy(Duration.ofHours(11));
    set(CertificateBindingProcess.BINDING_ID, binding.bindingId().value());

    cannotBeCanceled("still waits for its exam record");
    assertThat(on.binding().state()).isEqualTo(BindingState.AWAITING_DATA);
  }

  @Test
  void anExamWithoutBindingIsNotGivenUp() {
    on.assign();
    on.registerWithCode(flow.now().plusSeconds(60), on.ids);
    flow.time.advanceBy(Duration.ofMinutes(2));
    on.record(on.ids, ExamOutcome.PASS);
    set(CertificateBindingProcess.EXAM_ID, null);
    stoppedAt("ServiceTask_AskToBind");

    cannotBeCanceled("no binding");
    assertThat(on.open()).isEqualTo(1);
  }

  @Test
  void whatHasEndedInCoreIsNotGivenUpButItsProcessGoesOn() {
    JoinRequestId id = stoppedRequest();
    set(InvitationToApprovalProcess.REQUEST_ID, id.value());
    flow.benefits.joinRequests().approve(flow.olga, id);

    cannotBeCanceled("APPROVED");
  }

  @Test
  void aJobGoesOnWithWhatWasPutRight() {
    Invitation invitation = stoppedInvitation();
    ProcessIncident incident = only();

    incidents.correct(
        RITA,
        incident.id(),
        Map.of(InvitationToApprovalProcess.INVITATION_ID, invitation.invitationId().value()),
        WHY);
    flow.time.runDueJobs();

    assertThat(incidents.count(RITA)).isZero();
    assertThat(flow.told).containsExactly(Notice.Kind.INVITATION_REMINDER);
    inTheAudit(incident.id().value(), Operation.CORRECT_INCIDENT);
  }

  @Test
  void anExternalTaskGoesOnWithWhatWasPutRight() {
    flow.stock(3);
    String id = stoppedApplication();
    assertThat(only().reason()).contains(Reason.NOT_FOUND);

    incidents.correct(RITA, only().id(), Map.of(BenefitApplicationProcess.APPLICATION_ID, id), WHY);
    flow.time.runDueJobs();

    flow.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void aBindingsProcessGoesOnWithTheRightBindingOnly() {
    CertificateBinding binding = stoppedCheck();
    IncidentId incident = only().id();
    CertificateBinding another =
        flow.benefits.bindings().submit(on.bob, flow.cloud, on.pair("bob"));

    for (Object wrong : new Object[] {another.bindingId().value(), "none-such", 7}) {
      assertThat(
              ProcessFixture.refusal(
                  () ->
                      incidents.correct(
                          RITA,
                          incident,
                          Map.of(CertificateBindingProcess.BINDING_ID, wrong),
                          WHY)))
          .as("%s", wrong)
          .isEqualTo(Reason.INVALID_INPUT);
    }
    assertThat(incidents.count(RITA)).isEqualTo(1);

    incidents.correct(
        RITA,
        incident,
        Map.of(CertificateBindingProcess.BINDING_ID, binding.bindingId().value()),
        WHY);
    flow.time.runDueJobs();

    assertThat(incidents.count(RITA)).isZero();
    assertThat(
            flow.processes()
                .getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(CertificateBindingProcess.TASK_CHECK_IDS)
                .count())
        .isEqualTo(1);
  }

  @Test
  void theAccountAndTheExamOfAnAttemptHaveToBeThoseOfTheBusinessKey() {
    on.assign();
    on.registerWithCode(flow.now().plusSeconds(60), on.ids);
    flow.time.advanceBy(Duration.ofMinutes(2));
    on.record(on.ids, ExamOutcome.PASS);
    String account =
        (String)
            flow.processes()
                .getRuntimeService()
                .getVariable(flow.instance().getId(), CertificateBindingProcess.ACCOUNT_KEY);
    set(CertificateBindingProcess.EXAM_ID, null);
    set(CertificateBindingProcess.ACCOUNT_KEY, "another");
    IncidentId incident = stoppedAt("ServiceTask_AskToBind").id();

    refused(incident, Map.of(CertificateBindingProcess.EXAM_ID, "another"));
    refused(incident, Map.of(CertificateBindingProcess.ACCOUNT_KEY, "another"));
    incidents.correct(
        RITA,
        incident,
        Map.of(
            CertificateBindingProcess.EXAM_ID,
            flow.cloud.value(),
            CertificateBindingProcess.ACCOUNT_KEY,
            account),
        WHY);
    flow.time.runDueJobs();

    assertThat(incidents.count(RITA)).isZero();
    assertThat(flow.told).contains(Notice.Kind.BIND_CERTIFICATE);
  }

  private void refused(IncidentId incident, Map<String, Object> variables) {
    assertThat(ProcessFixture.refusal(() -> incidents.correct(RITA, incident, variables, WHY)))
        .isEqualTo(Reason.INVALID_INPUT);
  }

  @Test
  void otherVariablesAreRefusedByName() {
    stoppedApplication();

    assertThatThrownBy(
            () ->
                incidents.correct(
                    RITA, only().id(), Map.of(BenefitApplicationProcess.STATE, "APPROVED"), WHY))
        .hasMessageContaining(BenefitApplicationProcess.STATE)
        .hasMessageContaining(BenefitApplicationProcess.APPLICATION_ID);
    refused(only().id(), Map.of());
    refused(only().id(), Map.of(BenefitApplicationProcess.NEXT_TRY_AT, "2026-03-01T09:00:00Z"));
  }

  @Test
  void onlyThePlatformCorrectsAndWithAReason() {
    String id = stoppedApplication();
    IncidentId incident = only().id();
    Map<String, Object> right = Map.of(BenefitApplicationProcess.APPLICATION_ID, id);

    assertThat(ProcessFixture.refusal(() -> incidents.correct(flow.olga, incident, right, WHY)))
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(ProcessFixture.refusal(() -> incidents.correct(RITA, incident, right, " ")))
        .isEqualTo(Reason.INVALID_INPUT);
    assertThat(
            ProcessFixture.refusal(
                () -> incidents.correct(RITA, IncidentId.of("none"), right, WHY)))
        .isEqualTo(Reason.NOT_FOUND);
  }
}
