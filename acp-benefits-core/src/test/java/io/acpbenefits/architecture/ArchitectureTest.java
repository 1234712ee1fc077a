package io.acpbenefits.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.acpbenefits.AcpBenefits;
import io.acpbenefits.AcpBenefitsBuilder;
import io.acpbenefits.common.Actor;
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

  @Test
  void everyPackageIsNullMarked() {
    holds(HouseRules.packagesAreNullMarked());
  }

  @Test
  void namesSayWhatThingsAre() {
    holds(HouseRules.namesSayWhatThingsAre());
  }
}
