package io.acpbenefits.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.acpbenefits.architecture.fixtures.actorless.HandsOut;
import io.acpbenefits.architecture.fixtures.actorless.Someone;
import io.acpbenefits.architecture.fixtures.port.Port;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule of the house, broken by a fixture on purpose: a rule that never bites is none. */
class HouseRulesTest {

  private static final String FIXTURES = "io.acpbenefits.architecture.fixtures";

  private static List<String> violations(ArchRule rule, String fixture) {
    EvaluationResult result =
        rule.allowEmptyShould(true)
            .evaluate(new ClassFileImporter().importPackages(FIXTURES + "." + fixture));
    return result.getFailureReport().getDetails();
  }

  private static void assertViolated(ArchRule rule, String fixture, String... culprits) {
    List<String> violations = violations(rule, fixture);
    assertThat(violations).isNotEmpty();
    for (String culprit : culprits) {
      assertThat(violations).anyMatch(violation -> violation.contains(culprit));
    }
  }

  @Test
  void aUseOfAForbiddenPackageIsFound() {
    assertViolated(
        HouseRules.dependsOnNothingIn("org.none.", FIXTURES + ".engine.bpm"),
        "engine",
        "UsesTheEngine");
    assertThat(violations(HouseRules.dependsOnNothingIn("org.none."), "engine")).isEmpty();
  }

  @Test
  void aCycleIsFound() {
    assertViolated(HouseRules.hasNoCyclesBetweenFeatures(FIXTURES + ".cycle"), "cycle", "Cycle");
  }

  @Test
  void aFeatureThatDependsOnTheRootIsFound() {
    assertViolated(
        HouseRules.featuresDoNotDependOnTheRoot(FIXTURES + ".upward"), "upward", "UsesTheEntry");
  }

  @Test
  void aPublicMapperAndAPublicRowAreFound() {
    assertViolated(
        HouseRules.mappersAndRowTypesArePackagePrivate(), "mapper", "PublicMapper", "PublicRow");
    assertThat(violations(HouseRules.mappersAndRowTypesArePackagePrivate(), "mapper"))
        .noneMatch(violation -> violation.contains("Hid"));
  }

  @Test
  void aPublicTypeThatNobodyNeedsIsFoundAndOnlyThat() {
    assertThat(
            violations(HouseRules.publicTypesAreNeededOutside(FIXTURES + ".needless"), "needless"))
        .singleElement()
        .asString()
        .contains("NeedlesslyPublic");
  }

  @Test
  void anOperationWithoutAnActorIsFoundAndOnlyThat() {
    assertThat(
            violations(
                HouseRules.operationsTakeAnActorFirst(HandsOut.class, Someone.class), "actorless"))
        .singleElement()
        .asString()
        .contains("Deeds.withoutActor");
  }

  @Test
  void aSignatureWithAnImplementationTypeIsFoundAndOnlyThat() {
    assertThat(
            violations(
                HouseRules.signaturesKeepImplementationTypesIn(FIXTURES + ".leak.inside"), "leak"))
        .singleElement()
        .asString()
        .contains("Leaks.leaky");
  }

  @Test
  void everyWayToReadTheSystemsTimeIsFound() {
    ArchRule rule = HouseRules.timeComesFromTheInjectedClock();
    assertViolated(
        rule, "clock", "instant()", "local()", "millis()", "nanos()", "systemClock()", "date()");
    assertThat(violations(rule, "clock")).noneMatch(violation -> violation.contains("allowed"));
  }

  @Test
  void whoeverAsksAPortInATransactionIsFoundAndOnlyThey() {
    assertThat(violations(HouseRules.portsAreAskedOutsideOfTransactions(Port.class), "port"))
        .singleElement()
        .asString()
        .contains("Careless");
  }

  @Test
  void aPackageThatIsNotNullMarkedIsFound() {
    assertViolated(HouseRules.packagesAreNullMarked(), "unmarked", "Unmarked");
    assertThat(violations(HouseRules.packagesAreNullMarked(), "clock")).isEmpty();
  }

  @Test
  void emptyNamesAreFound() {
    assertViolated(
        HouseRules.namesSayWhatThingsAre(), "names", "CodeImpl", "CodeUtil", "CodeManager");
  }
}
