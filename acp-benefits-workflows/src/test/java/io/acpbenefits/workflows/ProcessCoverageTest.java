package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How much of each diagram the tests before this one have gone through, in all JVMs of the build.
 * Run by itself, or with some of them, it only tells.
 *
 * @see ClassOrderer.OrderAnnotation which puts it last
 */
@Order(Integer.MAX_VALUE)
@Tag("last")
class ProcessCoverageTest {

  private static final List<Class<?>> ALL =
      List.of(
          BenefitApplicationFlowTest.class,
          BenefitApplicationReviewTest.class,
          InvitationFlowTest.class,
          JoinRequestFlowTest.class,
          AttemptFlowTest.class,
          BindingFlowTest.class,
          SecondTryFlowTest.class);

  @BeforeAll
  static void gather() {
    ProcessCoverage.gather();
  }

  @ParameterizedTest
  @MethodSource("io.acpbenefits.workflows.Diagram#all")
  void theTestsGoThroughEveryNodeAndNearlyEveryFlow(Diagram diagram) {
    ProcessCoverage.Figures figures = ProcessCoverage.of(diagram);
    System.out.println(figures);

    assumeTrue(ProcessCoverage.allRan(ALL), "not all tests of the processes have run");
    assertThat(figures.enough()).as(figures.toString()).isTrue();
  }
}
