package io.acpbenefits.workflows;

import static io.acpbenefits.application.BenefitApplicationState.ACTION_REQUIRED;
import static io.acpbenefits.application.BenefitApplicationState.APPROVED;
import static io.acpbenefits.application.BenefitApplicationState.CANCELED;
import static io.acpbenefits.application.BenefitApplicationState.DRAFT;
import static io.acpbenefits.application.BenefitApplicationState.FULFILLED;
import static io.acpbenefits.application.BenefitApplicationState.FULFILLING;
import static io.acpbenefits.application.BenefitApplicationState.FULFILMENT_FAILED;
import static io.acpbenefits.application.BenefitApplicationState.IN_REVIEW;
import static io.acpbenefits.workflows.BenefitApplicationProcess.APPLICATION_ID;
import static io.acpbenefits.workflows.BenefitApplicationProcess.EVENT_NEXT_TRY;
import static io.acpbenefits.workflows.BenefitApplicationProcess.FAILURE_DECISION;
import static io.acpbenefits.workflows.BenefitApplicationProcess.KEY;
import static io.acpbenefits.workflows.BenefitApplicationProcess.MESSAGE_RESUBMITTED;
import static io.acpbenefits.workflows.BenefitApplicationProcess.MESSAGE_SUBMITTED;
import static io.acpbenefits.workflows.BenefitApplicationProcess.MESSAGE_WITHDRAWN;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TASK_DECIDE_ON_FAILURE;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TASK_GET_CODES;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TASK_REVIEW;
import static io.acpbenefits.workflows.BenefitApplicationProcess.TOPIC_GET_CODES;

import io.acpbenefits.application.BenefitApplicationChanged;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.DomainEventListener;
import java.util.List;
import java.util.Map;

/** Starts and moves {@code benefit-application} when an application has moved in core. */
final class BenefitApplicationBridge implements DomainEventListener {

  private final Embedding embedding;
  private final Instances instances;

  BenefitApplicationBridge(Embedding embedding) {
    this.embedding = embedding;
    this.instances = new Instances(embedding, KEY);
  }

  @Override
  public void on(DomainEvent event) {
    if (event instanceof BenefitApplicationChanged changed) {
      moved(changed.applicationId().value(), changed.from(), changed.to());
    }
  }

  private void moved(String id, BenefitApplicationState from, BenefitApplicationState to) {
    if (to == APPROVED || (from == FULFILMENT_FAILED && to == FULFILLING)) {
      embedding.wakeWorker();
    }
    if (from == DRAFT) {
      if (to != CANCELED) {
        instances.start(MESSAGE_SUBMITTED, id, Map.of(APPLICATION_ID, id));
      }
      return;
    }
    List<String> waiting = instances.waiting(id);
    if (to == CANCELED || to == DRAFT) {
      instances.deliver(waiting, MESSAGE_WITHDRAWN, Map.of());
    } else if (to == FULFILMENT_FAILED) {
      // Unless the step of the diagram has done that, which goes on by itself.
      instances.move(waiting, TASK_GET_CODES, TASK_DECIDE_ON_FAILURE, Map.of());
      instances.move(waiting, EVENT_NEXT_TRY, TASK_DECIDE_ON_FAILURE, Map.of());
    } else if (to == FULFILLED) {
      instances.move(waiting, EVENT_NEXT_TRY, TASK_GET_CODES, Map.of());
      instances.completeExternal(waiting, TOPIC_GET_CODES);
    } else if (from == ACTION_REQUIRED) {
      instances.deliver(waiting, MESSAGE_RESUBMITTED, Map.of());
    } else if (from == IN_REVIEW) {
      instances.complete(waiting, TASK_REVIEW, Map.of());
    } else if (from == FULFILMENT_FAILED && to == FULFILLING) {
      instances.complete(waiting, TASK_DECIDE_ON_FAILURE, Map.of(FAILURE_DECISION, "retry"));
    }
  }
}
