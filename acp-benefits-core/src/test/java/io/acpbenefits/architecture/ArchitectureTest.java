package io.acpbenefits.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.acpbenefits.AcpBenefits;
import io.acpbenefits.AcpBenefitsBuilder;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.certificate.Sittings;
import io.acpbenefits.common.Actor;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.internal.Failures;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.notification.Notifier;
import io.acpbenefits.pearsonvue.PearsonVue;
import io.acpbenefits.quota.QuotaUses;
import io.acpbenefits.registration.ErasedIds;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds core against the rules of the house; that they bite shows {@link HouseRulesTest}. */
class ArchitectureTest {

  private static final String ROOT = "io.acpbenefits";
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static void holds(ArchRule rule) {
    rule.check(CORE);
  }

  @Test
  void coreKnowsNeitherEngineNorSpring() {
    holds(HouseRules.dependsOnNothingIn("org.camunda.", "org.springframework."));
  }

  @Test
  void featuresHaveNoCycles() {
    holds(HouseRules.hasNoCyclesBetweenFeatures(ROOT));
  }

  @Test
  void featuresDoNotDependOnTheRoot() {
    holds(HouseRules.featuresDoNotDependOnTheRoot(ROOT));
  }

  @Test
  void mappersAndRowTypesArePackagePrivate() {
    holds(HouseRules.mappersAndRowTypesArePackagePrivate());
  }

  @Test
  void nothingIsPublicThatNeedNotBe() {
    holds(HouseRules.publicTypesAreNeededOutside(ROOT));
  }

  @Test
  void timeComesFromTheInjectedClock() {
    holds(HouseRules.timeComesFromTheInjectedClock(AcpBenefitsBuilder.class));
  }

  @Test
  void noOperationIsWithoutAnActor() {
    holds(HouseRules.operationsTakeAnActorFirst(AcpBenefits.class, Actor.class));
  }

  @Test
  void noImplementationTypeLeaks() {
    holds(
        HouseRules.signaturesKeepImplementationTypesIn(
            ROOT + ".internal", "org.apache.ibatis.", "de.siegmar."));
  }

  /** What only the wiring hands from feature to feature is met by the tests of those features. */
  @Test
  void everyPublicTypeIsUsedByATest() {
    Set<Class<?>> handedOn =
        Set.of(Rows.class, Failures.class, Sittings.class, QuotaUses.class, ErasedIds.class);
    assertThat(
            new ClassFileImporter()
                .importPackages(ROOT).stream()
                    .filter(type -> type.isTopLevelClass() && !isOfTests(type))
                    .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                    .filter(type -> handedOn.stream().noneMatch(type::isEquivalentTo))
                    .filter(
                        type ->
                            type.getDirectDependenciesToSelf().stream()
                                .noneMatch(use -> isOfTests(use.getOriginClass())))
                    .map(JavaClass::getName))
        .isEmpty();
  }

  private static boolean isOfTests(JavaClass type) {
    return type.getSource().orElseThrow().getUri().getPath().contains("/test-classes/");
  }

  @Test
  void portsAreAskedOutsideOfTransactions() {
    holds(
        HouseRules.portsAreAskedOutsideOfTransactions(
            BenefitCenter.class, Notifier.class, PearsonVue.class, ExamRecordSource.class));
  }

  @Test
  void everyPackageIsNullMarked() {
    holds(HouseRules.packagesAreNullMarked());
  }

  @Test
  void namesSayWhatThingsAre() {
    holds(HouseRules.namesSayWhatThingsAre());
  }
}
