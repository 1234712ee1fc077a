package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;

import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.workflows.BenefitApplicationProcess;
import io.acpbenefits.workflows.Upgrades;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * A process that has begun with an earlier diagram goes on with the newest. It needs a database to
 * itself, where it decides which diagram others begin with.
 */
final class Upgrading {

  private static final String EARLIER = "/diagrams/benefit-application/0.1.0.bpmn";

  private Upgrading() {}

  static Story story() {
    return new Story("upgrading")
        .after(begunBefore())
        .then("have the newest diagram", w -> deploy(w, "/" + BenefitApplicationProcess.RESOURCE))
        .then(
            "upgrade",
            w ->
                w.engine()
                    .upgrades()
                    .perform(
                        RITA, BenefitApplicationProcess.KEY, Upgrades.MOST_AT_ONCE, "a release"))
        .then("approve after the upgrade", w -> Stories.approve(w, 0))
        .then(
            "fulfilled",
            w -> Stories.until(w, () -> Stories.isIn(w, 0, BenefitApplicationState.FULFILLED)));
  }

  private static Story begunBefore() {
    return new Story("begun before")
        .with(Unanswered.withStock())
        .then("have the earlier diagram", w -> deploy(w, EARLIER))
        .then("apply", w -> Stories.apply(w, 1, "1"));
  }

  private static void deploy(World w, String diagram) {
    try (InputStream resource =
        Objects.requireNonNull(Upgrading.class.getResourceAsStream(diagram), diagram)) {
      w.engine()
          .processEngine()
          .getRepositoryService()
          .createDeployment()
          .name("another release")
          .addInputStream(BenefitApplicationProcess.RESOURCE, resource)
          .enableDuplicateFiltering(true)
          .deploy();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
