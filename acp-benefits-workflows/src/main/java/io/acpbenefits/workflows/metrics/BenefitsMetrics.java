package io.acpbenefits.workflows.metrics;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.benefitcenter.EmbeddedBenefitCenter;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Operation;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamRecordPulls;
import io.acpbenefits.examrecord.PullState;
import io.acpbenefits.notification.NoticeState;
import io.acpbenefits.pearsonvue.ExamBookingRequestState;
import io.acpbenefits.pearsonvue.ExamBookingRequests;
import io.acpbenefits.workflows.AcpBenefitsPlugin;
import io.acpbenefits.workflows.BenefitApplicationProcess;
import io.acpbenefits.workflows.BenefitsEngine;
import io.acpbenefits.workflows.Incidents;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.camunda.bpm.engine.ProcessEngine;

/**
 * Figures of the library and its processes. Thread-safe.
 *
 * <table>
 * <caption>What is measured</caption>
 * <tr><th>meter</th><th>what</th></tr>
 * <tr><td>{@code acp.benefits.codes.free}</td><td>gauge, by {@code exam}: free codes in the embedded
 * Benefit Center</td></tr>
 * <tr><td>{@code acp.benefits.incidents}</td><td>gauge: processes that stand still</td></tr>
 * <tr><td>{@code acp.benefits.jobs.due}</td><td>gauge: jobs of the engine that are due</td></tr>
 * <tr><td>{@code acp.benefits.tasks.due}</td><td>gauge: external tasks that a worker of the library
 * could have in hand and has not</td></tr>
 * <tr><td>{@code acp.benefits.notices}</td><td>gauge, by {@code state}: notices that wait, and that
 * were given up</td></tr>
 * <tr><td>{@code acp.benefits.booking.requests}</td><td>gauge, by {@code state}: requests to Pearson
 * VUE that had no answer, and that were given up</td></tr>
 * <tr><td>{@code acp.benefits.give.backs}</td><td>gauge: applications whose codes the Benefit Center
 * does not take back, for half a day</td></tr>
 * <tr><td>{@code acp.benefits.feed.age}</td><td>gauge, seconds: since exam records were last
 * pulled</td></tr>
 * <tr><td>{@code acp.benefits.retries}</td><td>counter, by {@code outcome}: transactions that met
 * others, {@code REPEATED} and {@code IN_VAIN}</td></tr>
 * <tr><td>{@code acp.benefits.operations}</td><td>counter, by {@code operation}: what was written to
 * the audit</td></tr>
 * <tr><td>{@code acp.benefits.events}</td><td>counter, by {@code type}: all other domain
 * events</td></tr>
 * </table>
 *
 * <p>Counters count on this node; those of operations and events inside the transaction: one that
 * is rolled back afterwards, or repeated, is counted as well. Gauges ask the database when they are
 * read, so they are the same on every node; one that cannot be read is not a number.
 */
public final class BenefitsMetrics implements MeterBinder {

  private final AcpBenefits benefits;
  private final Incidents incidents;
  private final ProcessEngine engine;

  private BenefitsMetrics(AcpBenefits benefits, Incidents incidents, ProcessEngine engine) {
    this.benefits = benefits;
    this.incidents = incidents;
    this.engine = engine;
  }

  /**
   * Measures the library with an engine of its own.
   *
   * @param engine which
   * @return to be bound once, to one registry
   */
  public static BenefitsMetrics of(BenefitsEngine engine) {
    return new BenefitsMetrics(engine.benefits(), engine.incidents(), engine.processEngine());
  }

  /**
   * Measures the library on an engine of the host's.
   *
   * @param plugin on that engine
   * @param engine the engine, built
   * @return to be bound once, to one registry
   */
  public static BenefitsMetrics of(AcpBenefitsPlugin plugin, ProcessEngine engine) {
    return new BenefitsMetrics(plugin.benefits(), plugin.incidents(), engine);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("acp.benefits.incidents", this, it -> it.incidents.count(Actor.system()))
        .description("Processes that stand still until somebody intervenes")
        .strongReference(true)
        .register(registry);
    Gauge.builder("acp.benefits.jobs.due", this, it -> it.dueJobs())
        .description("Jobs of the engine that are due, with tries left")
        .strongReference(true)
        .register(registry);
    Gauge.builder("acp.benefits.tasks.due", this, it -> it.dueTasks())
        .description("External tasks that no worker has in hand, with tries left")
        .strongReference(true)
        .register(registry);
    Gauge.builder("acp.benefits.give.backs", benefits, it -> it.giveBacks().failing(Actor.system()))
        .description("Applications whose codes the Benefit Center does not take back")
        .strongReference(true)
        .register(registry);
    benefits.examBookingRequests().ifPresent(requests -> bookings(requests, registry));
    notices(NoticeState.WAITING, registry);
    notices(NoticeState.GIVEN_UP, registry);
    benefits.examRecordPulls().ifPresent(pulls -> feedAge(pulls, registry));
    benefits
        .embeddedBenefitCenter()
        .ifPresent(
            center ->
                benefits.exams().all(Actor.system()).stream()
                    .map(Exam::examId)
                    .forEach(exam -> freeCodes(center, exam, registry)));
    retries("REPEATED", it -> it.retries().repeated(), registry);
    retries("IN_VAIN", it -> it.retries().exhausted(), registry);
    benefits.addListener(event -> count(event, registry));
  }

  private void retries(
      String outcome, ToDoubleFunction<AcpBenefits> count, MeterRegistry registry) {
    FunctionCounter.builder("acp.benefits.retries", benefits, count)
        .description("Transactions that met others")
        .tag("outcome", outcome)
        .register(registry);
  }

  private long dueJobs() {
    return engine.getManagementService().createJobQuery().executable().active().count();
  }

  private long dueTasks() {
    return engine
        .getExternalTaskService()
        .createExternalTaskQuery()
        .topicName(BenefitApplicationProcess.TOPIC_GET_CODES)
        .notLocked()
        .withRetriesLeft()
        .active()
        .count();
  }

  private static void bookings(ExamBookingRequests requests, MeterRegistry registry) {
    for (ExamBookingRequestState state :
        List.of(ExamBookingRequestState.OPEN, ExamBookingRequestState.GIVEN_UP)) {
      Gauge.builder(
              "acp.benefits.booking.requests", requests, it -> it.count(Actor.system(), state))
          .description("Requests to Pearson VUE that are not settled")
          .tag("state", state.name())
          .strongReference(true)
          .register(registry);
    }
  }

  private void notices(NoticeState state, MeterRegistry registry) {
    Gauge.builder("acp.benefits.notices", benefits, it -> it.notices().count(Actor.system(), state))
        .description("Notices to people that were not delivered")
        .tag("state", state.name())
        .strongReference(true)
        .register(registry);
  }

  private void feedAge(ExamRecordPulls pulls, MeterRegistry registry) {
    Supplier<Number> age =
        () -> {
          PullState state = pulls.state(Actor.system());
          Instant pulled = state.lastSuccessAt();
          return pulled == null
              ? Double.NaN
              : (double) Duration.between(pulled, benefits.now()).toSeconds();
        };
    TimeGauge.builder("acp.benefits.feed.age", age, TimeUnit.SECONDS)
        .description("Since exam records were last pulled")
        .strongReference(true)
        .register(registry);
  }

  private static void freeCodes(EmbeddedBenefitCenter center, ExamId exam, MeterRegistry registry) {
    Gauge.builder("acp.benefits.codes.free", center, it -> it.free(Actor.system(), exam))
        .description("Free codes in the embedded Benefit Center")
        .tag("exam", exam.value())
        .strongReference(true)
        .register(registry);
  }

  private void count(DomainEvent event, MeterRegistry registry) {
    if (event instanceof AuditEntry entry) {
      registry
          .counter("acp.benefits.operations", "operation", entry.operation().name())
          .increment();
      if (entry.operation() == Operation.ADD_EXAM) {
        benefits
            .embeddedBenefitCenter()
            .ifPresent(center -> freeCodes(center, ExamId.of(entry.subjectId()), registry));
      }
    } else {
      registry.counter("acp.benefits.events", "type", event.getClass().getSimpleName()).increment();
    }
  }
}
