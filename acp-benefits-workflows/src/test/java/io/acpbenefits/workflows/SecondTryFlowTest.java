package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.CandidateFixture.AWAIT_RECORD;
import static io.acpbenefits.workflows.CertificateBindingProcess.TASK_CHECK_IDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.certificate.BindingPolicy;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.examrecord.ExamOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The process exam-to-certificate-binding where the policy looks twice, the second after 2 days.
 */
class SecondTryFlowTest {

  @RegisterExtension
  static final CandidateFixture on =
      new CandidateFixture(
          new BindingPolicy(Duration.ofDays(3), 2, Duration.ofDays(2), Duration.ofDays(30)));

  private static CertificateBinding afterTheFirstTry() {
    on.flow.time.advanceTo(on.submit(on.ids).windowEndsAt());
    on.waitsAt(AWAIT_RECORD);
    return on.binding();
  }

  @Test
  void asksForTheIdsOnlyAfterTheSecondTry() {
    CertificateBinding binding = afterTheFirstTry();
    assertThat(binding.windowEndsAt()).isEqualTo(on.flow.now().plus(Duration.ofDays(2)));

    on.flow.justBeforeAndAt(binding.windowEndsAt(), () -> on.waitsAt(AWAIT_RECORD));

    on.waitsAt(TASK_CHECK_IDS);
    assertThat(on.flow.entered("ServiceTask_LastTry")).hasSize(2);
  }

  @Test
  void aRecordBetweenTheTriesBindsAtOnce() {
    afterTheFirstTry();

    on.record(on.ids, ExamOutcome.PASS);

    on.waitsAt("ServiceTask_TellBound");
  }

  @Test
  void aRecordThatNoProcessHasHeardOfIsFoundAtTheTry() {
    afterTheFirstTry();
    on.recordUnheard(on.ids);
    on.waitsAt(AWAIT_RECORD);

    on.flow.time.advanceBy(Duration.ofDays(2));

    on.flow.endedAt("EndEvent_CertificateBound");
  }
}
