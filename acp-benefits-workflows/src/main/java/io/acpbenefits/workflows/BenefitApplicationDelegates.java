package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.BenefitApplicationProcess.APPLICATION_ID;
import static io.acpbenefits.workflows.BenefitApplicationProcess.FAILURE_DECISION;
import static io.acpbenefits.workflows.BenefitApplicationProcess.NEXT_TRY_AT;
import static io.acpbenefits.workflows.BenefitApplicationProcess.REVIEW_DUE_AT;
import static io.acpbenefits.workflows.BenefitApplicationProcess.REVIEW_REMIND_AT;
import static io.acpbenefits.workflows.BenefitApplicationProcess.STATE;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TOPIC_GET_CODES;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TRIES_LEFT;

import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.application.BenefitApplication;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.notification.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What the diagram {@code benefit-application} calls. */
final class BenefitApplicationDelegates {

  private final Embedding embedding;

  BenefitApplicationDelegates(Embedding embedding) {
    this.embedding = embedding;
  }

  void register(Delegates delegates) {
    delegates
        .task("acpAssessApplication", this::assess)
        .waiting("acpGetCodes", new ExternalTaskByName(TOPIC_GET_CODES))
        .task("acpPlanRetry", this::planRetry)
        .task("acpGiveUpFulfilment", this::giveUp)
        .task("acpTellPartner", this::tellPartner)
        .task("acpRemindReviewers", this::remindReviewers)
        .taskListener("acpReviewDecision", this::review)
        .taskListener("acpFailureDecision", this::decideOnFailure);
  }

  private BenefitApplications applications() {
    return embedding.benefits().applications();
  }

  private static BenefitApplicationId id(VariableScope scope) {
    return BenefitApplicationId.of(Scope.text(scope, APPLICATION_ID));
  }

  private void assess(DelegateExecution execution) {
    BenefitApplication application = applications().get(Actor.system(), id(execution));
    Scope.set(execution, STATE, application.state().name());
    if (application.state() == BenefitApplicationState.IN_REVIEW) {
      ApplicationPolicy policy = applications().policy();
      Instant submitted = Objects.requireNonNull(application.submittedAt());
      Scope.set(execution, REVIEW_DUE_AT, submitted.plus(policy.reviewDue()));
      Scope.set(execution, REVIEW_REMIND_AT, submitted.plus(policy.reviewReminder()));
    }
  }

  private void planRetry(DelegateExecution execution) {
    BenefitApplication application =
        applications().postpone(Actor.system(), id(execution), Reason.OUT_OF_STOCK);
    List<Duration> retries = applications().policy().retries();
    boolean left = application.attempts() <= retries.size();
    Scope.set(execution, TRIES_LEFT, left);
    if (left) {
      Duration pause = retries.get(application.attempts() - 1);
      Scope.set(execution, NEXT_TRY_AT, embedding.benefits().now().plus(pause));
    }
  }

  private void giveUp(DelegateExecution execution) {
    applications().giveUp(Actor.system(), id(execution));
  }

  private void tellPartner(DelegateExecution execution) {
    BenefitApplication application = applications().get(Actor.system(), id(execution));
    Notice.Kind kind =
        switch (application.state()) {
          case FULFILLED -> Notice.Kind.CODES_ISSUED;
          case REJECTED -> Notice.Kind.APPLICATION_REJECTED;
          default -> Notice.Kind.APPLICATION_WITHDRAWN;
        };
    // An application can be recalled more than once.
    embedding.notify(kind, application.applicationId().value(), execution.getProcessInstanceId());
  }

  private void remindReviewers(DelegateExecution execution) {
    BenefitApplication application = applications().get(Actor.system(), id(execution));
    if (application.state() == BenefitApplicationState.IN_REVIEW) {
      embedding.notify(
          Notice.Kind.REVIEW_REMINDER,
          application.applicationId().value(),
          String.valueOf(application.submittedAt()));
    }
  }

  private void review(DelegateTask task) {
    String decision = Scope.decision(task, Set.of("approve", "reject", "ask"));
    BenefitApplications all = applications();
    BenefitApplicationId id = id(task);
    Actor actor = embedding.actor();
    switch (decision) {
      case "approve" ->
          decide(task, () -> all.approve(actor, id), why -> all.approve(actor, id, why));
      case "reject" -> decide(task, () -> all.reject(actor, id), why -> all.reject(actor, id, why));
      default ->
          decide(
              task, () -> all.requireAction(actor, id), why -> all.requireAction(actor, id, why));
    }
  }

  private void decideOnFailure(DelegateTask task) {
    String decision = Scope.decision(task, Set.of("retry", "cancel"));
    BenefitApplications all = applications();
    BenefitApplicationId id = id(task);
    Actor actor = embedding.actor();
    if (decision.equals("retry")) {
      decide(task, () -> all.retry(actor, id), why -> all.retry(actor, id, why));
    } else {
      decide(task, () -> all.cancel(actor, id), why -> all.cancel(actor, id, why));
    }
    Scope.set(task, FAILURE_DECISION, decision);
  }

  private static void decide(DelegateTask task, Runnable plainly, Consumer<String> saying) {
    String why = Scope.why(task);
    if (why == null) {
      plainly.run();
    } else {
      saying.accept(why);
    }
  }
}
