package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestState;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.workflows.Disagreement.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All variables of an instance are damaged, those of its timers too, wherever it waits or has
 * something to do. With those alone put right that name what it is about, it runs to its end.
 */
class DamagedVariablesTest {

  private static final Actor RITA = Actor.operator("rita");
  private static final String WHY = "somebody has set them by mistake";

  @RegisterExtension static final CandidateFixture on = new CandidateFixture();

  private final ProcessFixture flow = on.flow;
  private final Incidents incidents = flow.engine.incidents();

  private String damageAll() {
    var runtime = flow.processes().getRuntimeService();
    String instance = flow.instance().getId();
    Map<String, Object> damaged = new HashMap<>();
    runtime.getVariables(instance).keySet().forEach(name -> damaged.put(name, "damaged"));
    assertThat(damaged).isNotEmpty();
    runtime.setVariables(instance, damaged);
    return Objects.requireNonNull(flow.instance().getBusinessKey());
  }

  /** Where it waits for core or a person, so that there is no incident to be corrected. */
  private void damagedAndResolved() {
    String businessKey = damageAll();
    new Disagreeing(flow).cured(businessKey, Kind.WRONG_NAMES);
  }

  /** Where it has something to do, fails with that, and is corrected. */
  private void damagedAndCorrected(String activity, Map<String, Object> right) {
    damageAll();
    flow.time.advanceBy(Duration.ofHours(11));
    corrected(activity, right);
  }

  private void corrected(String activity, Map<String, Object> right) {
    ProcessIncident incident = incidents.open(RITA, PageRequest.first(1)).items().get(0);
    assertThat(incident.activity()).isEqualTo(activity);
    incidents.correct(RITA, incident.id(), right, WHY);
    flow.time.runDueJobs();
    assertThat(incidents.count(RITA)).isZero();
  }

  private Map<String, Object> attempt() {
    String[] key = Objects.requireNonNull(flow.instance().getBusinessKey()).split(":", 2);
    return Map.of(
        CertificateBindingProcess.ACCOUNT_KEY, key[0], CertificateBindingProcess.EXAM_ID, key[1]);
  }

  private Map<String, Object> binding(CertificateBinding binding) {
    Map<String, Object> names = new HashMap<>(attempt());
    names.put(CertificateBindingProcess.BINDING_ID, binding.bindingId().value());
    return names;
  }

  private String applied() {
    return flow.benefits
        .applications()
        .apply(flow.olga, flow.acme, flow.cloud, 1)
        .applicationId()
        .value();
  }

  private Invitation invited() {
    return flow.benefits
        .invitations()
        .invite(flow.olga, flow.organization, flow.account("cleo").id());
  }

  private JoinRequest requested() {
    return flow.benefits
        .joinRequests()
        .submit(
            flow.account("cleo"),
            flow.benefits.invitations().copyLink(flow.olga, flow.organization),
            Map.of());
  }

  private void passed() {
    on.assign();
    on.registerWithCode(flow.now().plusSeconds(60), on.ids);
    flow.time.advanceBy(Duration.ofMinutes(2));
    on.record(on.ids, ExamOutcome.PASS);
  }

  private void boundAfterSubmitting() {
    on.submit(on.ids);
    flow.time.runDueJobs();
    flow.endedAt("EndEvent_CertificateBound");
    assertThat(on.binding().state()).isEqualTo(BindingState.BOUND);
  }

  @Test
  void anApplicationGetsItsCodes() {
    flow.stock(3);
    String id = applied();

    damagedAndCorrected("ServiceTask_GetCodes", Map.of("applicationId", id));

    flow.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void anApplicationThatWaitsForItsNextTryGetsItsCodes() {
    applied();
    flow.time.runDueJobs();
    flow.waitsAt("Catch_NextTry");
    flow.stock(3);

    damagedAndResolved();

    flow.time.advanceBy(Duration.ofHours(1));
    flow.endedAt("EndEvent_ApplicationFulfilled");
  }

  @Test
  void aPersonDecidesOnAnApplicationThatFoundNoStock() {
    applied();
    flow.time.advanceBy(Duration.ofDays(8));
    flow.waitsAt("UserTask_DecideOnFailure");

    damagedAndResolved();

    flow.complete(ProcessFixture.OPERATOR, "cancel");
    flow.time.runDueJobs();
    flow.endedAt("EndEvent_ApplicationCanceledAfterFailure");
  }

  @Test
  void aPartnerIsToldThatAnApplicationWasCanceled() {
    String id = applied();
    flow.benefits.applications().cancel(flow.olga, BenefitApplicationId.of(id));

    damagedAndCorrected("ServiceTask_TellWithdrawn", Map.of("applicationId", id));

    flow.endedAt("EndEvent_ApplicationWithdrawn");
  }

  @Test
  void aStoppedApplicationIsCanceledThoughItsVariablesAreDamaged() {
    applied();
    damageAll();
    flow.time.advanceBy(Duration.ofHours(11));

    incidents.cancel(RITA, incidents.open(RITA, PageRequest.first(1)).items().get(0).id(), WHY);
    flow.time.runDueJobs();

    flow.endedAt("EndEvent_ApplicationWithdrawn");
  }

  @Test
  void anInvitationIsRemindedOfAndExpiresAtItsTimes() {
    Invitation invitation = invited();

    damagedAndResolved();

    flow.time.advanceBy(flow.benefits.joinRequests().policy().invitationReminder());
    assertThat(flow.told).containsExactly(Notice.Kind.INVITATION_REMINDER);
    Instant end = Objects.requireNonNull(invitation.expiresAt());
    flow.justBeforeAndAt(end, () -> assertThat(flow.openInstances()).isOne());
    assertThat(flow.openInstances()).isZero();
    assertThat(flow.benefits.invitations().get(RITA, invitation.invitationId()).state())
        .isEqualTo(InvitationState.EXPIRED);
  }

  @Test
  void anInvitationWhoseTimeIsOverExpires() {
    Invitation invitation = invited();
    flow.time.advanceBy(flow.benefits.joinRequests().policy().invitationReminder());
    damageAll();
    flow.time.advanceTo(Objects.requireNonNull(invitation.expiresAt()).plus(Duration.ofHours(11)));

    corrected(
        "Boundary_InvitationExpires",
        Map.of(InvitationToApprovalProcess.INVITATION_ID, invitation.invitationId().value()));

    assertThat(flow.openInstances()).isZero();
    assertThat(flow.benefits.invitations().get(RITA, invitation.invitationId()).state())
        .isEqualTo(InvitationState.EXPIRED);
  }

  @Test
  void aJoinRequestIsDecided() {
    requested();

    damagedAndResolved();

    flow.complete(flow.olga, "approve");
    flow.time.runDueJobs();
    flow.endedAt("EndEvent_Admitted");
  }

  @Test
  void aJoinRequestThatNobodyDecidesExpires() {
    JoinRequest request = requested();
    flow.time.advanceBy(flow.benefits.joinRequests().policy().approvalReminder());
    damageAll();
    flow.time.advanceTo(request.expiresAt().plus(Duration.ofHours(11)));

    corrected(
        "Boundary_RequestExpires",
        Map.of(InvitationToApprovalProcess.REQUEST_ID, request.requestId().value()));

    assertThat(flow.ends()).endsWith("EndEvent_RequestExpired");
    assertThat(flow.openInstances()).isZero();
  }

  @Test
  void anApplicantIsToldOfTheDecision() {
    JoinRequest request = requested();
    flow.benefits.joinRequests().reject(flow.olga, request.requestId());

    damagedAndCorrected(
        "ServiceTask_TellRejected",
        Map.of(InvitationToApprovalProcess.REQUEST_ID, request.requestId().value()));

    flow.endedAt("EndEvent_Rejected");
    assertThat(flow.told).containsExactly(Notice.Kind.REQUEST_REJECTED);
  }

  @Test
  void aStoppedRequestIsCanceledThoughItsVariableIsGone() {
    JoinRequest request = requested();
    flow.processes()
        .getRuntimeService()
        .removeVariable(flow.instance().getId(), InvitationToApprovalProcess.REQUEST_ID);
    flow.time.advanceBy(
        flow.benefits.joinRequests().policy().approvalReminder().plus(Duration.ofHours(11)));
    IncidentId stopped = incidents.open(RITA, PageRequest.first(1)).items().get(0).id();

    incidents.cancel(RITA, stopped, WHY);
    flow.time.runDueJobs();

    assertThat(flow.benefits.joinRequests().get(RITA, request.requestId()).state())
        .isEqualTo(JoinRequestState.REJECTED);
    assertThat(flow.openInstances()).isZero();
  }

  @Test
  void anAttemptIsBound() {
    on.assign();
    damagedAndResolved();
    on.registerWithCode(flow.now().plusSeconds(60), on.ids);
    flow.time.advanceBy(Duration.ofMinutes(2));
    on.record(on.ids, ExamOutcome.PASS);
    flow.time.runDueJobs();

    boundAfterSubmitting();
  }

  @Test
  void whoHasPassedIsAskedToBind() {
    passed();

    damagedAndCorrected("ServiceTask_AskToBind", attempt());

    assertThat(flow.told).contains(Notice.Kind.BIND_CERTIFICATE);
    boundAfterSubmitting();
  }

  @Test
  void whoWasAskedToBindBinds() {
    passed();
    flow.time.runDueJobs();

    damagedAndResolved();

    boundAfterSubmitting();
  }

  @Test
  void aBindingThatWaitsForItsRecordIsBound() {
    on.submit(on.ids);

    damagedAndResolved();

    on.record(on.ids, ExamOutcome.PASS);
    flow.time.runDueJobs();
    flow.endedAt("EndEvent_CertificateBound");
  }

  @Test
  void aBindingWhoseWindowIsOverGoesOnToItsNextTry() {
    CertificateBinding binding = on.submit(on.ids);
    damageAll();
    flow.time.advanceTo(binding.windowEndsAt().plus(Duration.ofHours(11)));

    corrected("Catch_SyncWindowOver", binding(binding));

    on.record(on.ids, ExamOutcome.PASS);
    flow.time.runDueJobs();
    flow.endedAt("EndEvent_CertificateBound");
  }

  @Test
  void aCandidateIsAskedToCheckTheIds() {
    CertificateBinding binding = on.submit(on.ids);
    on.record(on.ids, ExamOutcome.FAIL);

    damagedAndCorrected("ServiceTask_AskToCheckIds", binding(binding));

    on.waitsAt(CertificateBindingProcess.TASK_CHECK_IDS);
    on.benefits().bindings().giveUp(on.ann, binding.bindingId());
    flow.time.runDueJobs();
    flow.endedAt("EndEvent_BindingFailed");
  }

  @Test
  void aCheckOfIdsLapsesAtItsTime() {
    CertificateBinding binding = on.submit(on.ids);
    on.record(on.ids, ExamOutcome.FAIL);
    flow.time.runDueJobs();
    on.waitsAt(CertificateBindingProcess.TASK_CHECK_IDS);

    damagedAndResolved();

    flow.time.advanceBy(on.benefits().bindings().policy().checkIds());
    flow.endedAt("EndEvent_BindingFailed");
    assertThat(on.benefits().bindings().get(RITA, binding.bindingId()).state())
        .isEqualTo(BindingState.FAILED);
  }

  @Test
  void aCandidateIsToldThatTheCertificateIsBound() {
    on.record(on.ids, ExamOutcome.PASS);
    CertificateBinding binding = on.submit(on.ids);
    flow.waitsAt("ServiceTask_TellBound");

    damagedAndCorrected("ServiceTask_TellBound", binding(binding));

    flow.endedAt("EndEvent_CertificateBound");
    assertThat(flow.told).contains(Notice.Kind.CERTIFICATE_BOUND);
  }
}
