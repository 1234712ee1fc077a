package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.BenefitApplicationProcess.APPLICATION_ID;
import static io.acpbenefits.workflows.BenefitApplicationProcess.GET_CODES_TRIES_LEFT;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TOPIC_GET_CODES;

import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Failures;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.context.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the external tasks in which codes are got from the Benefit Center, which must be asked
 * outside of any transaction. Several nodes may at the same time; each task is one's at a time.
 *
 * <p>A try counts from the moment in which it begins, so that a task whose worker dies again and
 * again comes to an end too: the tries that are left are kept with the task, and only there,
 * because the engine makes an incident as soon as its own number of retries is zero, which would be
 * while the last try runs.
 */
final class GetCodesWorker {

  /** How a designer says when to try again, as a property of the task; as lists of retries do. */
  private static final String RETRIES = "retryTimeCycle";

  private static final String DEFAULT_RETRIES = "PT1M,PT5M,PT30M,PT2H,PT8H";

  private static final int MOST_AT_ONCE = 1000;

  /** As with jobs whose node dies in every try. */
  private static final String INTERRUPTED = LapsedLock.Unfinished.class.getName();

  private static final Logger LOG = LoggerFactory.getLogger(GetCodesWorker.class);

  private final Embedding embedding;
  private final Instances instances;
  private final String worker = "acp-benefits:" + UUID.randomUUID();

  GetCodesWorker(Embedding embedding) {
    this.embedding = embedding;
    this.instances = new Instances(embedding, BenefitApplicationProcess.KEY);
  }

  /**
   * A task in hand, and how many tries are left after this one; fewer than none: it has had all.
   */
  record Work(LockedExternalTask task, int left) {

    String id() {
      return task.getId();
    }
  }

  /** Works on all that can be worked on now, one after another; returns how many that were. */
  int workOff() {
    int worked = 0;
    while (worked < MOST_AT_ONCE) {
      Optional<Work> next = fetch();
      if (next.isEmpty()) {
        break;
      }
      work(next.get());
      worked++;
    }
    return worked;
  }

  /** Takes the task that has waited longest in hand, and counts the try. */
  Optional<Work> fetch() {
    return embedding
        .benefits()
        .inTransaction(
            () -> {
              List<LockedExternalTask> tasks = lockOne();
              // Written now: if another node was faster, the engine takes it off the list.
              embedding.flush();
              return tasks.stream().findFirst().map(this::count);
            });
  }

  private List<LockedExternalTask> lockOne() {
    return embedding
        .externalTasks()
        .fetchAndLock()
        .workerId(worker)
        .maxTasks(1)
        .orderByCreateTime()
        .asc()
        .subscribe()
        .topic(TOPIC_GET_CODES, lockTime().toMillis())
        .variables(APPLICATION_ID, GET_CODES_TRIES_LEFT)
        .includeExtensionProperties()
        .execute();
  }

  /** Nobody else asks for an application as long as an answer may come. */
  private Duration lockTime() {
    return embedding.benefits().applications().policy().answerWithin();
  }

  private Work count(LockedExternalTask task) {
    // Somebody may have damaged it, which must not stop the tasks behind this one.
    Object begun = task.getVariables().get(GET_CODES_TRIES_LEFT);
    int tries = begun instanceof Integer left ? left : triesOf(task);
    int left = tries - 1;
    if (left >= 0) {
      embedding.runtime().setVariableLocal(task.getExecutionId(), GET_CODES_TRIES_LEFT, left);
    }
    return new Work(task, left);
  }

  private static int triesOf(LockedExternalTask task) {
    Integer retries = task.getRetries();
    return retries != null ? retries : triesAtFirst(task.getExtensionProperties());
  }

  /** How many tries a task has, by its properties. */
  static int triesAtFirst(Map<String, String> properties) {
    return pauses(properties).size() + 1;
  }

  private static List<Duration> pauses(Map<String, String> properties) {
    String own = properties.get(RETRIES);
    if (own != null) {
      try {
        return parsed(own);
      } catch (DateTimeParseException e) {
        // Rather than to stop here, before all the tasks behind this one.
        LOG.warn("The property {} of a task is no list of durations: {}", RETRIES, own);
      }
    }
    return parsed(DEFAULT_RETRIES);
  }

  private static List<Duration> parsed(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).map(Duration::parse).toList();
  }

  private void work(Work work) {
    if (work.left() < 0) {
      LOG.warn("Task {} is not tried any more: {}", work.id(), INTERRUPTED);
      conclude(work, () -> fail(work, INTERRUPTED, 0));
      return;
    }
    try {
      fulfil(work);
    } catch (RuntimeException failure) {
      failed(work, failure);
    } catch (Error failure) {
      failed(work, failure);
      throw failure;
    }
  }

  private void fulfil(Work work) {
    String application = String.valueOf(work.task().getVariables().get(APPLICATION_ID));
    embedding
        .benefits()
        .applications()
        .fulfil(Actor.system(), BenefitApplicationId.of(application));
    // Still there if it was fulfilled before, where the process did not hear of it.
    conclude(
        work,
        () ->
            instances.completeExternal(
                List.of(work.task().getProcessInstanceId()), TOPIC_GET_CODES));
  }

  private void failed(Work work, Throwable failure) {
    // The message may hold anything, so it is for those who ask for the details.
    Refusal refusal = Refusals.in(failure);
    String name = Failures.nameOf(refusal != null ? refusal : bottomOf(failure));
    LOG.warn("Task {} failed: {}", work.id(), name);
    LOG.debug("Why task {} failed", work.id(), failure);
    if (refusal == null || !conclude(work, () -> fail(work, refusal))) {
      conclude(work, () -> fail(work, name, work.left()));
    }
  }

  private static Throwable bottomOf(Throwable failure) {
    Throwable bottom = failure;
    while (bottom.getCause() != null) {
      bottom = bottom.getCause();
    }
    return bottom;
  }

  /** As with delegates: a BPMN error where the diagram catches it, else a failure. */
  private void fail(Work work, Refusal refusal) {
    String reason = refusal.reason().name();
    var execution =
        Context.getCommandContext()
            .getExecutionManager()
            .findExecutionById(work.task().getExecutionId());
    if (new ErrorCatchers(execution).of(reason)) {
      embedding.externalTasks().handleBpmnError(work.id(), worker, reason, reason);
    } else {
      fail(work, reason, work.left());
    }
  }

  /** The engine has the number of tries from now on, and makes the incident if there are none. */
  private void fail(Work work, String reason, int left) {
    List<Duration> pauses = pauses(work.task().getExtensionProperties());
    Duration pause = left == 0 ? Duration.ZERO : pauses.get(Math.max(0, pauses.size() - left));
    embedding.runtime().removeVariableLocal(work.task().getExecutionId(), GET_CODES_TRIES_LEFT);
    embedding.externalTasks().handleFailure(work.id(), worker, reason, left, pause.toMillis());
  }

  /** If it is still in this worker's hand; returns false if that went wrong. */
  private boolean conclude(Work work, Runnable step) {
    try {
      return embedding
          .benefits()
          .inTransaction(
              () -> {
                if (isInHand(work)) {
                  step.run();
                }
                return true;
              });
    } catch (RuntimeException failure) {
      // Its lock will lapse, and the try is counted.
      LOG.warn("Task {} could not be concluded: {}", work.id(), Failures.nameOf(failure));
      LOG.debug("Why task {} could not be concluded", work.id(), failure);
      return false;
    }
  }

  private boolean isInHand(Work work) {
    @Nullable ExternalTask task =
        embedding
            .externalTasks()
            .createExternalTaskQuery()
            .externalTaskId(work.id())
            .active()
            .singleResult();
    return task != null && Objects.equals(task.getWorkerId(), worker);
  }
}
