package io.acpbenefits.benefitcenter;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.idempotency.RequestKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedBenefitCenterTest {

  private final CoreFixture it = new CoreFixture();
  private final EmbeddedBenefitCenter center = it.benefits.embeddedBenefitCenter().orElseThrow();

  private static List<CodeText> texts(String... codes) {
    return List.of(codes).stream().map(CodeText::parse).toList();
  }

  @Test
  void handsOutFirstInFirstOutAndTheSameAgainForTheSameApplication() {
    center.importStock(Actor.system(), it.cloud, texts("CODE1", "CODE2", "CODE3"));

    assertThat(center.handOut("a", it.cloud, 2)).isEqualTo(texts("CODE1", "CODE2"));
    assertThat(center.handOut("a", it.cloud, 2)).isEqualTo(texts("CODE1", "CODE2"));
    assertThat(center.free(Actor.system(), it.cloud)).isOne();
    assertThat(center.handOut("b", it.cloud, 1)).isEqualTo(texts("CODE3"));
  }

  @Test
  void handsOutAllOrNone() {
    center.importStock(Actor.system(), it.cloud, texts("CODE1", "CODE2"));
    assertRefused(Reason.OUT_OF_STOCK, () -> center.handOut("a", it.cloud, 3));
    assertThat(center.free(Actor.system(), it.cloud)).isEqualTo(2);
    assertRefused(Reason.OUT_OF_STOCK, () -> center.handOut("a", it.security, 1));
  }

  @Test
  void leavesACodeAloneThatIsInStockOrWasHandedOut() {
    assertThat(center.importStock(Actor.system(), it.cloud, texts("CODE1", "CODE2", "code1")))
        .isEqualTo(2);
    center.handOut("a", it.cloud, 1);
    assertThat(center.importStock(Actor.system(), it.cloud, texts("CODE1", "CODE2"))).isZero();
    assertThat(center.free(Actor.system(), it.cloud)).isOne();
  }

  @Test
  void importsNoneIfOneIsInStockForAnotherExam() {
    center.importStock(Actor.system(), it.cloud, texts("CODE1SECRET"));
    assertThat(
            refusal(
                    () ->
                        center.importStock(
                            Actor.system(), it.security, texts("CODE2", "CODE1SECRET")))
                .getMessage())
        .doesNotContain("CODE1SECRET");
    assertRefused(
        Reason.ALREADY_EXISTS,
        () -> center.importStock(Actor.system(), it.security, texts("CODE2", "CODE1SECRET")));
    assertThat(center.free(Actor.system(), it.security)).isZero();
  }

  @Test
  void importsOnceForARequestKeyAndSaysTheSameAgain() {
    RequestKey key = RequestKey.of("k");
    assertThat(center.importStock(it.operator, it.cloud, texts("CODE1", "CODE2"), key))
        .isEqualTo(2);
    assertThat(center.importStock(it.operator, it.cloud, texts("CODE1", "CODE2"), key))
        .isEqualTo(2);
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> center.importStock(it.operator, it.cloud, texts("CODE1"), key));
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> center.importStock(it.operator, it.security, texts("CODE1", "CODE2"), key));
  }

  @Test
  void onlyThePlatformImportsAndCountsWhichIsRecorded() {
    assertRefused(
        Reason.NOT_PERMITTED, () -> center.importStock(it.owner, it.cloud, texts("CODE1")));
    assertRefused(Reason.NOT_PERMITTED, () -> center.free(it.owner, it.cloud));
    assertThat(center.importStock(it.operator, it.cloud, texts("CODE1"))).isOne();
    assertThat(center.free(it.operator, it.cloud)).isOne();
    assertThat(
            it.benefits
                .audit()
                .all(it.operator, Operation.IMPORT_STOCK, PageRequest.first(9))
                .items())
        .extracting(AuditEntry::subjectId, AuditEntry::madeBy, AuditEntry::why)
        .containsExactly(tuple("cloud", "operator:otto", "1 codes were new."));
  }

  @Test
  void whatIsWithdrawnIsHandedOutNoMoreAndAnotherTakesItsPlace() {
    center.importStock(Actor.system(), it.cloud, texts("CODE1", "CODE2", "CODE3", "CODE4"));
    assertThat(center.handOut("app", it.cloud, 2)).isEqualTo(texts("CODE1", "CODE2"));
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> center.withdrawStock(it.owner, it.cloud, texts("CODE1"), "known"));
    assertThat(center.withdrawStock(it.operator, it.security, texts("CODE1"), "known")).isZero();

    assertThat(
            center.withdrawStock(it.operator, it.cloud, texts("code1", "CODE3", "CODE9"), "known"))
        .isEqualTo(2);

    assertThat(center.free(Actor.system(), it.cloud)).isOne();
    assertThat(center.handOut("app", it.cloud, 2)).isEqualTo(texts("CODE2", "CODE4"));
    assertThat(center.handOut("app", it.cloud, 2)).isEqualTo(texts("CODE2", "CODE4"));
    assertThat(
            it.benefits
                .audit()
                .all(it.operator, Operation.WITHDRAW_STOCK, PageRequest.first(9))
                .items())
        .extracting(AuditEntry::subjectId, AuditEntry::madeBy, AuditEntry::why)
        .containsExactly(
            tuple("security", "operator:otto", "known"), tuple("cloud", "operator:otto", "known"));
  }

  @Test
  void twoApplicationsAtOnceNeverGetTheSameCode() throws Exception {
    for (int round = 0; round < 10; round++) {
      center.importStock(Actor.system(), it.cloud, texts("FIRST-" + round, "OTHER-" + round));
      String a = "a-" + round;
      String b = "b-" + round;
      assertThat(
              Together.run(
                  () -> center.handOut(a, it.cloud, 1), () -> center.handOut(b, it.cloud, 1)))
          .containsOnly(new Outcome("DONE"));
      assertThat(center.handOut(a, it.cloud, 1)).isNotEqualTo(center.handOut(b, it.cloud, 1));
      assertThat(center.free(Actor.system(), it.cloud)).isZero();
    }
  }
}
