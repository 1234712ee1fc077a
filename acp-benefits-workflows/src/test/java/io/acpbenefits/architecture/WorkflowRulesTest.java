package io.acpbenefits.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The module keeps each rule, and a fixture that breaks it is found. */
class WorkflowRulesTest {

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.acpbenefits.workflows");

  private static final JavaClasses FIXTURES =
      new ClassFileImporter().importPackages("io.acpbenefits.architecture.fixtures");

  static List<Arguments> rules() {
    return List.of(
        Arguments.of(WorkflowRules.onlyTheTestKitTouchesTheEnginesClock(), "MovesTheEnginesClock"),
        Arguments.of(WorkflowRules.onlyOneClassTouchesTheEnginesSession(), "ReachesIntoTheSession"),
        Arguments.of(WorkflowRules.springStaysInItsPackage(), "NeedsSpring"),
        Arguments.of(WorkflowRules.micrometerStaysInItsPackage(), "NeedsMicrometer"),
        Arguments.of(WorkflowRules.delegatesAndListenersArePackagePrivate(), "DecidesInADelegate"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theModuleKeepsTheRuleAndItsFixtureBreaksIt(ArchRule rule, String fixture) {
    assertThat(rule.evaluate(MODULE).getFailureReport().getDetails()).isEmpty();
    assertThat(rule.evaluate(FIXTURES).getFailureReport().getDetails())
        .isNotEmpty()
        .allMatch(violation -> violation.contains(fixture));
  }
}
