package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.BenefitApplicationProcess.APPLICATION_ID;

import io.acpbenefits.application.BenefitApplication;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Benefit applications that are submitted and not over have an instance each. */
final class ApplicationCounterpart implements Counterpart {

  private static final Set<BenefitApplicationState> OVER =
      EnumSet.of(
          BenefitApplicationState.DRAFT,
          BenefitApplicationState.FULFILLED,
          BenefitApplicationState.REJECTED,
          BenefitApplicationState.CANCELED);

  private final Embedding embedding;
  private final Instances instances;

  ApplicationCounterpart(Embedding embedding) {
    this.embedding = embedding;
    this.instances = new Instances(embedding, process());
  }

  @Override
  public String process() {
    return BenefitApplicationProcess.KEY;
  }

  private BenefitApplications applications() {
    return embedding.benefits().applications();
  }

  @Override
  public List<Function<PageRequest, Page<String>>> open() {
    return List.of(
        page -> {
          Page<BenefitApplication> found = applications().open(Actor.system(), page);
          return new Page<>(
              found.items().stream().map(a -> a.applicationId().value()).toList(), found.next());
        });
  }

  @Override
  public Standing standing(String businessKey) {
    try {
      BenefitApplicationState state =
          applications().get(Actor.system(), BenefitApplicationId.of(businessKey)).state();
      return Standing.of(!OVER.contains(state), state);
    } catch (Refusal none) {
      return Standing.UNKNOWN;
    }
  }

  @Override
  public void lock(String businessKey) {
    applications().lock(Actor.system(), BenefitApplicationId.of(businessKey));
  }

  /**
   * The diagram leads there from every state but one, which only a step of its own brings about.
   */
  @Override
  public void begin(String businessKey) {
    Map<String, Object> variables = Map.of(APPLICATION_ID, businessKey);
    if (standing(businessKey).state().equals(BenefitApplicationState.FULFILMENT_FAILED.name())) {
      instances.startBefore(
          BenefitApplicationProcess.TASK_DECIDE_ON_FAILURE, businessKey, variables);
    } else {
      instances.start(BenefitApplicationProcess.MESSAGE_SUBMITTED, businessKey, variables);
      embedding.wakeWorker();
    }
  }

  @Override
  public Names names(String businessKey, Map<String, Object> variables, boolean moving) {
    return Names.mustBe(APPLICATION_ID, businessKey, variables);
  }

  @Override
  public boolean workerEnds(Standing standing) {
    return standing.state().equals(BenefitApplicationState.FULFILLED.name());
  }
}
