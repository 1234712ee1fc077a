package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.notification.Notice;
import java.util.Set;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
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

  ExternalTaskService externalTasks();

  IdentityService identities();

  /** Who completes the task; refuses with NOT_PERMITTED if nobody is known. */
  Actor actor();

  /** Has the worker look for what is to be done as soon as this transaction is committed. */
  void wakeWorker();

  /** The instances that execute on this thread. */
  Running running();

  /**
   * Writes what the engine has only noted so far in this transaction, so that its queries find it:
   * an instance that was started by one operation must be met by the next.
   *
   * @return false if that cannot be done, because an instance executes on this thread
   */
  boolean flush();

  /** The same outside of any execution, and has the engine read anew what it needs next. */
  void flushAndForget();

  /** Whether the calling thread is in a transaction. */
  boolean inTransaction();

  /** The business keys of the instances that were started in this transaction; to be added to. */
  Set<String> startedHere();

  /**
   * Has somebody told once this transaction is committed; the discriminator tells repetitions of
   * one notice from another notice of the same kind about the same subject.
   */
  default void notify(Notice.Kind kind, String subjectId, String discriminator) {
    String key = kind + ":" + subjectId + ":" + discriminator;
    benefits().notices().queue(Actor.system(), new Notice(kind, subjectId, key));
  }
}
