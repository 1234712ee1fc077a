package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;

/**
 * The library as it sits on one engine: what delegates and event listeners reach. They are made
 * before the engine is, so they keep this and ask it when they run.
 */
interface Embedding {

  AcpBenefits benefits();

  RuntimeService runtime();

  TaskService tasks();

  /** Who completes the task; refuses with NOT_PERMITTED if nobody is known. */
  Actor actor();
}
