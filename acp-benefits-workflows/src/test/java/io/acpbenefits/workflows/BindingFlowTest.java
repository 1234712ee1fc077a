package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.CandidateFixture.AWAIT_RECORD;
import static io.acpbenefits.workflows.CertificateBindingProcess.TASK_CHECK_IDS;
import static io.acpbenefits.workflows.ProcessFixture.OPERATOR;
import static io.acpbenefits.workflows.ProcessFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process exam-to-certificate-binding from a submitted binding on. */
class BindingFlowTest {

  @RegisterExtension static final CandidateFixture on = new CandidateFixture();

  private static final Duration WINDOW = Duration.ofDays(3);

  private static CertificateBinding submitted() {
    CertificateBinding binding = on.submit(on.ids);
    on.waitsAt(AWAIT_RECORD);
    return binding;
  }

  private static CertificateBinding toCheck() {
    submitted();
    on.flow.time.advanceBy(WINDOW);
    on.waitsAt(TASK_CHECK_IDS);
    on.flow.told.clear();
    return on.binding();
  }

  private static void state(BindingState state) {
    assertThat(on.binding().state()).isEqualTo(state);
  }

  private static void bound() {
    state(BindingState.BOUND);
    on.waitsAt("ServiceTask_TellBound");
    on.flow.time.runDueJobs();
    on.flow.endedAt("EndEvent_CertificateBound");
    assertThat(on.flow.told).containsExactly(Notice.Kind.CERTIFICATE_BOUND);
  }

  private static void failed() {
    state(BindingState.FAILED);
    on.flow.time.runDueJobs();
    on.flow.endedAt("EndEvent_BindingFailed");
    assertThat(on.flow.told).containsExactly(Notice.Kind.BINDING_FAILED);
  }

  @Test
  void aBindingOutOfTheBlueWhoseRecordIsKnownIsBound() {
    on.record(on.ids, ExamOutcome.PASS);
    on.submit(on.ids);
    bound();
  }

  @Test
  void aBindingOutOfTheBlueCompletesTheMomentItsRecordArrives() {
    submitted();
    on.flow.time.advanceBy(WINDOW.minusSeconds(1));
    on.record(on.ids, ExamOutcome.PASS);
    bound();
  }

  @Test
  void aBindingWhileTheExamIsUnderWayWaitsFromTheAppointment() {
    on.assign();
    Instant appointment = on.flow.now().plus(Duration.ofDays(10));
    on.registerWithCode(appointment, null);
    on.flow.time.advanceBy(Duration.ofDays(2));
    submitted();

    on.flow.justBeforeAndAt(appointment.plus(WINDOW), () -> on.waitsAt(AWAIT_RECORD));

    on.waitsAt(TASK_CHECK_IDS);
  }

  @Test
  void whenTheWindowIsOverTheIdsAreToBeCheckedAtThatVeryInstant() {
    CertificateBinding binding = submitted();
    assertThat(binding.windowEndsAt()).isEqualTo(on.flow.now().plus(WINDOW));

    on.flow.justBeforeAndAt(
        binding.windowEndsAt(),
        () -> {
          on.waitsAt(AWAIT_RECORD);
          state(BindingState.AWAITING_DATA);
        });

    on.waitsAt(TASK_CHECK_IDS);
    state(BindingState.CHECK_IDS);
    assertThat(on.binding().reason()).isEqualTo(Reason.RESULT_NOT_FOUND);
    assertThat(on.flow.entered("ServiceTask_LastTry")).containsExactly(binding.windowEndsAt());
    assertThat(on.flow.told).containsExactly(Notice.Kind.CHECK_IDS);
  }

  @Test
  void aLateRecordStillBindsWhileTheIdsAreChecked() {
    toCheck();
    on.flow.time.advanceBy(Duration.ofDays(20));
    on.record(on.ids, ExamOutcome.PASS);
    bound();
  }

  @Test
  void aRecordThatArrivesBeforeTheQuestionBinds() {
    submitted();
    on.benefits()
        .inTransaction(
            () -> on.benefits().bindings().lastTry(Actor.system(), on.binding().bindingId()));
    state(BindingState.AWAITING_DATA);
    on.record(on.pair("nobody"), ExamOutcome.FAIL);
    on.benefits().bindings().submit(on.ann, on.flow.cloud, on.pair("later"));
    on.record(on.pair("later"), ExamOutcome.FAIL);
    on.waitsAt("ServiceTask_AskToCheckIds");
    state(BindingState.CHECK_IDS);
    on.record(on.ids, ExamOutcome.PASS);

    on.benefits().bindings().correct(on.ann, on.binding().bindingId(), on.ids);
    on.waitsAt("ServiceTask_AskToCheckIds");
    on.flow.time.runDueJobs();

    state(BindingState.BOUND);
    on.flow.endedAt("EndEvent_CertificateBound");
    assertThat(on.flow.told).containsExactly(Notice.Kind.CERTIFICATE_BOUND);
  }

  @Test
  void givingUpBeforeTheQuestionFails() {
    submitted();
    on.record(on.ids, ExamOutcome.FAIL);
    on.waitsAt("ServiceTask_AskToCheckIds");
    assertThat(on.binding().reason()).isEqualTo(Reason.NOT_PASSED);

    on.benefits().bindings().giveUp(on.ann, on.binding().bindingId());

    failed();
  }

  @Test
  void aRecordThatSaysNotPassedHasTheIdsChecked() {
    submitted();
    on.record(on.ids, ExamOutcome.FAIL);
    on.flow.time.runDueJobs();

    on.waitsAt(TASK_CHECK_IDS);
    assertThat(on.binding().reason()).isEqualTo(Reason.NOT_PASSED);
  }

  @Test
  void idsInEachOthersPlaceAreFoundAtTheLastTry() {
    submitted();
    on.record(on.ids.swapped(), ExamOutcome.PASS);
    on.flow.time.advanceBy(WINDOW);

    on.waitsAt(TASK_CHECK_IDS);
    assertThat(on.binding().reason()).isEqualTo(Reason.IDS_SWAPPED);
  }

  @Test
  void correctedIdsOfAKnownRecordBind() {
    CertificateBinding binding = toCheck();
    IdPair right = on.pair("right");
    on.record(right, ExamOutcome.PASS);

    on.benefits().bindings().correct(on.ann, binding.bindingId(), right);

    bound();
  }

  @Test
  void correctedIdsOfNoRecordWaitForANewWindow() {
    CertificateBinding binding = toCheck();
    on.flow.time.advanceBy(Duration.ofDays(5));
    IdPair right = on.pair("right");

    on.benefits().bindings().correct(on.ann, binding.bindingId(), right);

    on.waitsAt(AWAIT_RECORD);
    Instant end = on.flow.now().plus(WINDOW);
    assertThat(on.binding().windowEndsAt()).isEqualTo(end);
    on.flow.justBeforeAndAt(end, () -> on.waitsAt(AWAIT_RECORD));
    on.waitsAt(TASK_CHECK_IDS);
    on.flow.told.clear();
    on.record(right, ExamOutcome.PASS);
    bound();
  }

  @Test
  void submittingOtherIdsCorrectsAsWell() {
    toCheck();
    on.submit(on.pair("right"));

    on.waitsAt(AWAIT_RECORD);
    on.record(on.pair("right"), ExamOutcome.PASS);
    bound();
  }

  @Test
  void theTaskCannotBeCompletedBeforeTheIdsAreCorrected() {
    toCheck();

    assertThat(refusal(() -> on.flow.complete(on.ann, "corrected")))
        .isEqualTo(Reason.ILLEGAL_STATE);

    on.waitsAt(TASK_CHECK_IDS);
    state(BindingState.CHECK_IDS);
  }

  @Test
  void onlyTheCandidateCompletesTheTask() {
    toCheck();

    assertThat(refusal(() -> on.flow.complete(on.bob, "give-up"))).isEqualTo(Reason.NOT_PERMITTED);
    assertThat(refusal(() -> on.flow.complete(on.flow.olga, "give-up")))
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(
            refusal(
                () ->
                    on.flow
                        .processes()
                        .getTaskService()
                        .complete(on.flow.task().getId(), Map.of("decision", "give-up"))))
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(refusal(() -> on.flow.complete(on.ann, "lapse"))).isEqualTo(Reason.INVALID_INPUT);

    on.waitsAt(TASK_CHECK_IDS);
    state(BindingState.CHECK_IDS);
  }

  @Test
  void theCandidateGivesUpInTheTaskList() {
    toCheck();
    on.flow.complete(on.ann, "give-up");
    failed();
  }

  @Test
  void anOperatorGivesUpForTheCandidate() {
    toCheck();
    on.flow.complete(OPERATOR, "give-up");
    failed();
  }

  @Test
  void theCandidateGivesUpThroughTheApi() {
    CertificateBinding binding = toCheck();
    on.benefits().bindings().giveUp(on.ann, binding.bindingId());
    failed();
  }

  @Test
  void lapsesAfterThirtyDaysToTheSecond() {
    toCheck();

    on.flow.justBeforeAndAt(
        on.flow.now().plus(Duration.ofDays(30)),
        () -> {
          on.waitsAt(TASK_CHECK_IDS);
          state(BindingState.CHECK_IDS);
        });

    failed();
  }

  @Test
  void whatTheHostWritesAsDueMovesTheInstance() {
    submitted();
    on.flow.stopTimers();
    on.flow.time.advanceBy(WINDOW);
    on.waitsAt(AWAIT_RECORD);
    on.benefits().settleDue();
    on.flow.time.runDueJobs();
    on.waitsAt(TASK_CHECK_IDS);
    on.flow.told.clear();

    on.flow.stopTimers();
    on.flow.time.advanceBy(Duration.ofDays(30));
    on.benefits().settleDue();

    failed();
  }

  @Test
  void submittingTheSameAgainChangesNothing() {
    CertificateBinding binding = submitted();
    on.flow.time.advanceBy(Duration.ofDays(1));

    assertThat(on.submit(on.ids)).isEqualTo(binding);

    on.waitsAt(AWAIT_RECORD);
    on.flow.time.advanceTo(binding.windowEndsAt());
    on.waitsAt(TASK_CHECK_IDS);
  }

  @Test
  void submittingOtherIdsWhileWaitingBeginsTheWindowAnew() {
    CertificateBinding binding = submitted();
    on.flow.time.advanceBy(Duration.ofDays(1));
    on.submit(on.pair("other"));
    on.waitsAt(AWAIT_RECORD);

    on.flow.justBeforeAndAt(on.flow.now().plus(WINDOW), () -> on.waitsAt(AWAIT_RECORD));

    on.waitsAt(TASK_CHECK_IDS);
    assertThat(on.binding().bindingId()).isEqualTo(binding.bindingId());
  }

  @Test
  void ofTwoAccountsWithTheSameIdsTheFirstIsBound() {
    submitted();
    on.flow.time.advanceBy(Duration.ofHours(1));
    CertificateBinding bobs = on.benefits().bindings().submit(on.bob, on.flow.cloud, on.ids);

    on.record(on.ids, ExamOutcome.PASS);
    on.flow.time.runDueJobs();

    state(BindingState.BOUND);
    CertificateBinding second = on.benefits().bindings().get(Actor.system(), bobs.bindingId());
    assertThat(second.state()).isEqualTo(BindingState.CHECK_IDS);
    assertThat(second.reason()).isEqualTo(Reason.ALREADY_BOUND);
    on.waitsAt(TASK_CHECK_IDS);
    assertThat(on.flow.ends()).containsExactly("EndEvent_CertificateBound");
  }

  @Test
  void aSubmissionRightAfterGivingUpIsNotLost() {
    CertificateBinding first = toCheck();
    on.benefits().bindings().giveUp(on.ann, first.bindingId());
    on.waitsAt("ServiceTask_TellBindingFailed");
    CertificateBinding second = on.submit(on.pair("right"));
    assertThat(second.bindingId()).isNotEqualTo(first.bindingId());

    on.flow.time.runDueJobs();

    on.waitsAt(AWAIT_RECORD);
    assertThat(on.flow.ends()).containsExactly("EndEvent_BindingFailed");
    on.flow.time.advanceTo(second.windowEndsAt());
    on.waitsAt(TASK_CHECK_IDS);
  }

  @Test
  void whatIsSubmittedAndRolledBackLeavesNothing() {
    assertThat(
            refusal(
                () ->
                    on.benefits()
                        .inTransaction(
                            () -> {
                              on.submit(on.ids);
                              return on.benefits()
                                  .bindings()
                                  .correct(on.ann, on.binding().bindingId(), on.ids);
                            })))
        .isEqualTo(Reason.ILLEGAL_STATE);

    assertThat(on.flow.history()).isEmpty();
    assertThat(
            on.benefits()
                .bindings()
                .ofAccount(Actor.system(), on.ann.id(), PageRequest.first(9))
                .items())
        .isEmpty();
  }
}
