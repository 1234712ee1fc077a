package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.ProcessFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process exam-to-certificate-binding until a binding is submitted. */
class AttemptFlowTest {

  @RegisterExtension static final CandidateFixture on = new CandidateFixture();

  private static final String UNDER_WAY = "EventGateway_ExamUnderWay";
  private static final String AWAIT_BINDING = "EventGateway_AwaitBinding";

  private void over() {
    on.waitsAt("ServiceTask_TellAttemptEnded");
    on.flow.time.runDueJobs();
    on.flow.endedAt("EndEvent_AttemptEnded");
    assertThat(on.flow.told).containsExactly(Notice.Kind.ATTEMPT_ENDED);
  }

  private Instant inDays(int days) {
    return on.flow.now().plus(Duration.ofDays(days));
  }

  @Test
  void anAssignedCodeBeginsAndItsReturnEnds() {
    ExamCode code = on.assign();
    on.waitsAt(UNDER_WAY);

    on.benefits().examCodes().giveBack(on.ann, code.codeId());

    over();
  }

  @Test
  void theCodesExpiryEnds() {
    on.assign();
    on.flow.time.advanceBy(Duration.ofDays(366));
    on.waitsAt(UNDER_WAY);

    on.benefits().settleDue();

    over();
  }

  @Test
  void theCodesRevocationEnds() {
    ExamCode code = on.assign();

    on.benefits().codeInterventions().revoke(Actor.system(), code.codeId(), "leaked");

    over();
  }

  @Test
  void theTerminationOfThePartnerEnds() {
    on.assign();

    on.benefits().partners().terminate(Actor.system(), on.flow.acme, "left");

    over();
  }

  @Test
  void aForfeitedCodeThatIsReinstatedBeginsAnew() {
    ExamCode code = on.assign();
    ExamRegistration booked = on.registerWithCode(inDays(2), null);
    on.flow.time.advanceBy(Duration.ofHours(25));
    on.benefits().registrations().cancel(on.ann, booked.examRegistrationId());
    over();

    on.benefits().codeInterventions().reinstate(Actor.system(), code.codeId(), "a note");

    on.waitsAt(UNDER_WAY);
  }

  @Test
  void anOverdueReservationThatIsReleasedGoesOn() {
    ExamCode code = on.assign();
    on.registerWithCode(inDays(2), null);
    on.flow.time.advanceBy(Duration.ofDays(5));

    on.benefits().codeInterventions().release(on.flow.olga, code.codeId(), "never sat");

    on.waitsAt(UNDER_WAY);
    assertThat(code().state()).isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void leavingTheOrganizationGivesTheCodeBackAndEnds() {
    on.assign();

    on.benefits().organizations().quit(on.ann);

    over();
  }

  @ParameterizedTest
  @EnumSource(
      value = ExamOutcome.class,
      names = {"FAIL", "NO_SHOW"})
  void aRecordOfABookedExamEnds(ExamOutcome outcome) {
    on.assign();
    ExamRegistration booked = on.registerWithCode(inDays(2), on.ids);
    on.waitsAt(UNDER_WAY);
    on.flow.time.advanceBy(Duration.ofDays(3));

    on.record(on.ids, outcome);

    over();
    assertThat(code().state())
        .isEqualTo(outcome == ExamOutcome.FAIL ? ExamCodeState.REDEEMED : ExamCodeState.FORFEITED);
    assertThat(booked.codeId()).isEqualTo(code().codeId());
  }

  private ExamCode code() {
    return on.benefits()
        .examCodes()
        .ofPartner(on.flow.olga, on.flow.acme, CodeFilter.ALL, PageRequest.first(1))
        .items()
        .get(0);
  }

  @Test
  void anOperatorsNoShowEnds() {
    on.assign();
    ExamRegistration booked = on.registerWithCode(inDays(2), null);
    on.flow.time.advanceBy(Duration.ofDays(3));

    on.benefits().registrations().conclude(Actor.system(), booked.examRegistrationId(), false);

    over();
  }

  @Test
  void cancelingTooLateForfeitsTheCodeAndEnds() {
    on.assign();
    ExamRegistration booked = on.registerWithCode(inDays(2), null);
    on.flow.time.advanceBy(Duration.ofHours(25));

    on.benefits().registrations().cancel(on.ann, booked.examRegistrationId());

    over();
    assertThat(code().state()).isEqualTo(ExamCodeState.FORFEITED);
  }

  @Test
  void cancelingInTimeKeepsTheCodeAndGoesOn() {
    on.assign();
    ExamRegistration booked = on.registerWithCode(inDays(2), null);
    on.benefits().registrations().reschedule(on.ann, booked.examRegistrationId(), inDays(5));
    on.waitsAt(UNDER_WAY);

    on.benefits().registrations().cancel(on.ann, booked.examRegistrationId());

    on.waitsAt(UNDER_WAY);
    assertThat(code().state()).isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void aSelfPaidRegistrationBeginsAndItsCancellationEnds() {
    ExamRegistration booked = on.registerSelfPaid(inDays(5), null);
    on.waitsAt(UNDER_WAY);

    on.benefits().registrations().cancel(on.ann, booked.examRegistrationId());

    over();
  }

  @Test
  void anAccountHasOneInstanceForAnExam() {
    on.assign();
    ExamRegistration selfPaid = on.registerSelfPaid(inDays(5), null);
    on.registerWithCode(inDays(6), null);
    on.waitsAt(UNDER_WAY);
    on.benefits().registrations().cancel(on.ann, selfPaid.examRegistrationId());
    on.waitsAt(UNDER_WAY);

    on.submit(on.ids);

    on.waitsAt(CandidateFixture.AWAIT_RECORD);
    assertThat(on.flow.instance().getBusinessKey())
        .isEqualTo(
            on.benefits()
                    .inTransaction(() -> on.benefits().accounts().lock(Actor.system(), on.ann.id()))
                + ":"
                + on.flow.cloud);
  }

  @Test
  void aPassAsksTheCandidateToBindWhichBinds() {
    on.assign();
    on.registerWithCode(inDays(2), on.ids);
    on.flow.time.advanceBy(Duration.ofDays(3));
    on.record(on.ids, ExamOutcome.PASS);
    on.waitsAt("ServiceTask_AskToBind");
    on.flow.time.runDueJobs();
    on.waitsAt(AWAIT_BINDING);
    assertThat(on.flow.told).containsExactly(Notice.Kind.BIND_CERTIFICATE);
    on.flow.time.advanceBy(Duration.ofDays(400));
    on.waitsAt(AWAIT_BINDING);

    assertThat(on.submit(on.ids).state()).isEqualTo(BindingState.BOUND);

    on.flow.time.runDueJobs();
    on.flow.endedAt("EndEvent_CertificateBound");
    assertThat(on.flow.told).hasSize(2).endsWith(Notice.Kind.CERTIFICATE_BOUND);
  }

  @Test
  void aPassByTheCodeAloneAsksTheCandidateToBind() {
    on.assign();
    on.recordWithCode(on.ids, ExamOutcome.PASS);
    on.flow.time.runDueJobs();

    on.waitsAt(AWAIT_BINDING);
    assertThat(code().state()).isEqualTo(ExamCodeState.REDEEMED);
  }

  @Test
  void aFailByTheCodeAloneEnds() {
    on.assign();

    on.recordWithCode(on.ids, ExamOutcome.FAIL);

    over();
  }

  @Test
  void aBindingThatIsFasterThanTheQuestionBinds() {
    on.registerSelfPaid(inDays(1), on.ids);
    on.record(on.ids, ExamOutcome.PASS);
    on.waitsAt("ServiceTask_AskToBind");

    on.submit(on.ids);
    on.flow.time.runDueJobs();

    on.flow.endedAt("EndEvent_CertificateBound");
    assertThat(on.flow.told).containsExactly(Notice.Kind.CERTIFICATE_BOUND);
  }

  @Test
  void aBindingWithOtherIdsThatIsFasterThanTheQuestionIsMatched() {
    on.registerSelfPaid(inDays(1), on.ids);
    on.record(on.ids, ExamOutcome.PASS);

    on.submit(on.pair("other"));
    on.flow.time.runDueJobs();

    on.waitsAt(CandidateFixture.AWAIT_RECORD);
  }

  @Test
  void aCertificateThatAnotherAccountBindsIsGone() {
    on.registerSelfPaid(inDays(1), on.ids);
    on.record(on.ids, ExamOutcome.PASS);
    on.flow.time.runDueJobs();
    on.waitsAt(AWAIT_BINDING);

    on.benefits().bindings().submit(on.bob, on.flow.cloud, on.ids);
    on.flow.time.runDueJobs();

    assertThat(on.flow.ends())
        .containsExactlyInAnyOrder("EndEvent_CertificateBound", "EndEvent_AttemptEnded");
    assertThat(on.open()).isZero();
  }

  @Test
  void aCertificateThatIsRevokedBeforeItIsBoundIsGone() {
    on.registerSelfPaid(inDays(1), on.ids);
    on.record(on.ids, ExamOutcome.PASS);
    on.flow.time.runDueJobs();
    on.waitsAt(AWAIT_BINDING);

    Actor operator = Actor.operator("otto");
    ExamRecordId record =
        on.benefits()
            .examRecords()
            .of(Actor.system(), on.ann.id(), on.flow.cloud)
            .get(0)
            .recordId();
    CertificateId earned =
        on.benefits().certificates().byRecord(operator, record).orElseThrow().certificateId();
    on.benefits().certificates().revoke(operator, earned, "fraud");
    on.flow.time.runDueJobs();

    on.flow.endedAt("EndEvent_AttemptEnded");
    assertThat(on.open()).isZero();
  }

  @Test
  void aCertificateThatIsGoneBeforeTheQuestionEnds() {
    on.registerSelfPaid(inDays(1), on.ids);
    on.record(on.ids, ExamOutcome.PASS);
    on.waitsAt("ServiceTask_AskToBind");

    on.benefits().bindings().submit(on.bob, on.flow.cloud, on.ids);
    on.flow.time.runDueJobs();

    assertThat(on.flow.ends())
        .containsExactlyInAnyOrder("EndEvent_CertificateBound", "EndEvent_AttemptEnded");
    assertThat(on.flow.told).doesNotContain(Notice.Kind.BIND_CERTIFICATE);
  }

  @Test
  void aBindingWhoseRecordIsKnownBindsWhileTheExamIsUnderWay() {
    on.assign();
    on.registerWithCode(inDays(2), null);
    on.flow.time.advanceBy(Duration.ofDays(3));
    on.record(on.ids, ExamOutcome.PASS);
    on.waitsAt(UNDER_WAY);

    on.submit(on.ids);

    on.waitsAt("ServiceTask_TellBound");
    on.flow.time.runDueJobs();
    on.flow.endedAt("EndEvent_CertificateBound");
    assertThat(on.flow.told).containsExactly(Notice.Kind.CERTIFICATE_BOUND);
  }

  @Test
  void aPassThatIsKnownWhenTheCodeIsAssignedIsAskedFor() {
    on.registerSelfPaid(inDays(1), on.ids);
    on.record(on.ids, ExamOutcome.PASS);
    on.flow.time.runDueJobs();
    on.forgetInstances();

    on.assign();

    on.waitsAt("ServiceTask_AskToBind");
  }

  @Test
  void refusalsAtSubmissionNeitherStartNorMoveAnything() {
    on.record(on.ids, ExamOutcome.PASS);
    IdPair failed = on.pair("failed");
    on.record(failed, ExamOutcome.FAIL);
    IdPair taken = on.pair("taken");
    on.record(taken, ExamOutcome.PASS);
    on.benefits().bindings().submit(on.bob, on.flow.cloud, taken);
    on.flow.time.runDueJobs();
    on.forgetInstances();

    refused();
    assertThat(on.flow.history()).isEmpty();
    on.assign();
    refused();
    on.waitsAt(UNDER_WAY);
    assertThat(
            on.benefits()
                .bindings()
                .ofAccount(Actor.system(), on.ann.id(), PageRequest.first(9))
                .items())
        .isEmpty();
  }

  private void refused() {
    List<Reason> reasons =
        List.of(reason(on.ids.swapped()), reason(on.pair("failed")), reason(on.pair("taken")));
    assertThat(reasons)
        .containsExactly(Reason.IDS_SWAPPED, Reason.NOT_PASSED, Reason.ALREADY_BOUND);
    // A refusal that the host survives in its own transaction moves nothing either.
    List<Reason> within =
        on.benefits()
            .inTransaction(
                () ->
                    List.of(
                        reason(on.ids.swapped()),
                        reason(on.pair("failed")),
                        reason(on.pair("taken"))));
    assertThat(within).isEqualTo(reasons);
  }

  private Reason reason(IdPair pair) {
    Reason reason = refusal(() -> on.submit(pair));
    return reason == null ? Reason.REQUEST_KEY_REUSED : reason;
  }

  @Test
  void whatBeginsWhileTheEndIsToldIsNotLost() {
    ExamCode code = on.assign();
    on.benefits().examCodes().giveBack(on.ann, code.codeId());
    on.waitsAt("ServiceTask_TellAttemptEnded");
    on.assign();
    on.waitsAt("ServiceTask_TellAttemptEnded");

    on.flow.time.runDueJobs();

    on.waitsAt(UNDER_WAY);
    assertThat(on.flow.ends()).containsExactly("EndEvent_AttemptEnded");
  }

  @Test
  void aRegistrationWhileTheEndIsToldIsNotLost() {
    ExamRegistration first = on.registerSelfPaid(inDays(5), null);
    on.benefits().registrations().cancel(on.ann, first.examRegistrationId());
    on.registerSelfPaid(inDays(6), null);

    on.flow.time.runDueJobs();

    on.waitsAt(UNDER_WAY);
  }

  @Test
  void aSecondAttemptIsAnotherInstance() {
    on.assign();
    on.recordWithCode(on.ids, ExamOutcome.FAIL);
    on.flow.time.runDueJobs();
    on.flow.endedAt("EndEvent_AttemptEnded");

    on.assign();

    on.waitsAt(UNDER_WAY);
  }

  @Test
  void whoseAttemptIsOverWhenAnInstanceBeginsIsTold() {
    String accountKey =
        on.benefits()
            .inTransaction(() -> on.benefits().accounts().lock(Actor.system(), on.ann.id()));
    on.flow
        .processes()
        .getRuntimeService()
        .startProcessInstanceByMessage(
            CertificateBindingProcess.MESSAGE_EXAM_REGISTERED,
            accountKey + ":" + on.flow.cloud,
            Map.of("accountKey", accountKey, "examId", on.flow.cloud.value()));

    over();
  }

  @Test
  void whatIsRolledBackLeavesNoInstance() {
    assertThat(
            refusal(
                () ->
                    on.benefits()
                        .inTransaction(
                            () -> {
                              on.assign();
                              return on.benefits()
                                  .registrations()
                                  .registerSelfPaid(
                                      on.ann,
                                      on.flow.cloud,
                                      Delivery.ONLINE,
                                      on.flow.now().minusSeconds(1),
                                      null);
                            })))
        .isEqualTo(Reason.INVALID_INPUT);

    assertThat(on.flow.history()).isEmpty();
    assertThat(code().state()).isEqualTo(ExamCodeState.ISSUED);
  }
}
