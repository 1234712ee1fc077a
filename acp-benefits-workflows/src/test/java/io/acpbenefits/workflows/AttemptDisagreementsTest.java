package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.Disagreeing.RITA;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.workflows.Disagreement.Kind;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Candidates on their way to a certificate, or their instances, changed behind the library. */
class AttemptDisagreementsTest {

  @RegisterExtension static final CandidateFixture on = new CandidateFixture();

  private final ProcessFixture flow = on.flow;
  private final Disagreeing it = new Disagreeing(flow);

  private void apart(Consumer<AcpBenefits> work) {
    try (AcpBenefits core = flow.apart()) {
      work.accept(core);
    }
  }

  private void set(String variable, Object value) {
    flow.processes().getRuntimeService().setVariable(flow.instance().getId(), variable, value);
  }

  private void sitsAndBinds() {
    flow.time.advanceBy(Duration.ofMinutes(2));
    on.record(on.ids, ExamOutcome.PASS);
    flow.time.runDueJobs();
    on.submit(on.ids);
    flow.time.runDueJobs();
    flow.endedAt("EndEvent_CertificateBound");
    assertThat(on.binding().state()).isEqualTo(BindingState.BOUND);
  }

  @Test
  void anAssignedCodeIsUsedToTheEnd() {
    on.assign();

    assertThat(it.begunAnew().state()).isEqualTo("UNDER_WAY");

    on.waitsAt("EventGateway_ExamUnderWay");
    on.registerWithCode(flow.now().plusSeconds(60), on.ids);
    sitsAndBinds();
  }

  @Test
  void aBookedExamIsSatToTheEnd() {
    on.registerSelfPaid(flow.now().plusSeconds(60), on.ids);

    it.begunAnew();

    on.waitsAt("EventGateway_ExamUnderWay");
    sitsAndBinds();
  }

  @Test
  void aBindingThatWaitsForItsRecordIsBoundWhenThatComes() {
    on.submit(on.ids);

    assertThat(it.begunAnew().state()).isEqualTo("BINDING_SUBMITTED");

    on.waitsAt(CandidateFixture.AWAIT_RECORD);
    on.record(on.ids, ExamOutcome.PASS);
    flow.time.runDueJobs();
    flow.endedAt("EndEvent_CertificateBound");
  }

  @Test
  void aBindingWhoseIdsAreToBeCheckedIsCheckedAndNobodyAskedTwice() {
    CertificateBinding binding = on.submit(on.ids);
    on.record(on.ids, ExamOutcome.FAIL);
    flow.time.runDueJobs();
    assertThat(flow.told).containsExactly(Notice.Kind.CHECK_IDS);

    it.begunAnew();
    flow.time.runDueJobs();

    on.waitsAt(CertificateBindingProcess.TASK_CHECK_IDS);
    assertThat(flow.told).containsExactly(Notice.Kind.CHECK_IDS);
    on.benefits().bindings().giveUp(on.ann, binding.bindingId());
    flow.time.runDueJobs();
    flow.endedAt("EndEvent_BindingFailed");
  }

  @Test
  void aCodeThatWasTakenBackWithoutTheProcessEndsItsProcess() {
    ExamCode code = on.assign();
    String key = flow.instance().getBusinessKey();
    apart(core -> core.examCodes().giveBack(flow.olga, code.codeId()));

    assertThat(it.cured(key, Kind.NOTHING_OPEN).state()).isEqualTo("OVER");

    assertThat(on.open()).isZero();
  }

  @Test
  void whoHasPassedAndHasBoundNothingIsNoDisagreement() {
    on.assign();
    on.registerWithCode(flow.now().plusSeconds(60), on.ids);
    flow.time.advanceBy(Duration.ofMinutes(2));
    on.record(on.ids, ExamOutcome.PASS);
    flow.time.runDueJobs();
    on.waitsAt("EventGateway_AwaitBinding");

    it.agreed(flow.instance().getBusinessKey());
  }

  @Test
  void anAttemptThatLostItsNamesIsTaughtThemAnewAndGoesOn() {
    on.assign();
    on.registerWithCode(flow.now().plusSeconds(60), on.ids);
    set(CertificateBindingProcess.ACCOUNT_KEY, "another");
    set(CertificateBindingProcess.EXAM_ID, 7);
    set(CertificateBindingProcess.BINDING_ID, "none-such");

    it.cured(flow.instance().getBusinessKey(), Kind.WRONG_NAMES);

    sitsAndBinds();
  }

  @Test
  void aBindingsInstanceThatLostItIsTaughtItAnewAndGoesOn() {
    CertificateBinding binding = on.submit(on.ids);
    flow.processes()
        .getRuntimeService()
        .removeVariable(flow.instance().getId(), CertificateBindingProcess.BINDING_ID);

    it.cured(flow.instance().getBusinessKey(), Kind.WRONG_NAMES);

    on.record(on.ids, ExamOutcome.PASS);
    flow.time.runDueJobs();
    flow.endedAt("EndEvent_CertificateBound");
    assertThat(on.benefits().bindings().get(RITA, binding.bindingId()).state())
        .isEqualTo(BindingState.BOUND);
  }
}
