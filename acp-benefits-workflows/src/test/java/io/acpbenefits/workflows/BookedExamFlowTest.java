package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.pearsonvue.CatalogueExam;
import io.acpbenefits.pearsonvue.EmbeddedPearsonVue;
import io.acpbenefits.pearsonvue.Equipment;
import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.pearsonvue.Price;
import io.acpbenefits.pearsonvue.Slot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A booking at the embedded Pearson VUE and the process that it begins are one transaction. */
class BookedExamFlowTest {

  private static final ExamId CLOUD = ExamId.of("cloud");
  private static final Actor OPERATOR = Actor.operator("otto");
  private static final Actor.Account ANN = Actor.account("ann");
  private static final Actor.Account BEN = Actor.account("ben");

  private static long instances(BenefitsEngine engine) {
    return engine
        .processEngine()
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processDefinitionKey(CertificateBindingProcess.KEY)
        .count();
  }

  @Test
  void bookingBeginsTheProcessAndARefusedBookingDoesNot() {
    try (BenefitsEngine engine =
        FixtureProcesses.engine()
            .jobExecutor(false)
            .embeddedPearsonVue(PearsonVuePolicy.DEFAULT)
            .build()) {
      AcpBenefits benefits = engine.benefits();
      EmbeddedPearsonVue vue = benefits.embeddedPearsonVue().orElseThrow();
      benefits
          .exams()
          .add(OPERATOR, new Exam(CLOUD, "Cloud", ExamLevel.ACP, null, null, null, null));
      vue.desk().offer(OPERATOR, new CatalogueExam(CLOUD, "Cloud", Price.of("1", "USD"), null));
      Slot lastSeat =
          vue.desk().addOnlineSlot(OPERATOR, benefits.now().plus(Duration.ofDays(7)), 1);
      for (Actor.Account candidate : new Actor.Account[] {ANN, BEN}) {
        vue.openAccount(candidate, "Some Body", "somebody@example.org");
        vue.checkEquipment(candidate, new Equipment(true, true, 50));
      }
      var bookings = benefits.examBookings().orElseThrow();

      bookings.bookSelfPaid(ANN, CLOUD, lastSeat.slotId());
      assertThatThrownBy(() -> bookings.bookSelfPaid(BEN, CLOUD, lastSeat.slotId()))
          .isInstanceOf(Refusal.class);
      assertThat(instances(engine)).isOne();
    }
  }
}
