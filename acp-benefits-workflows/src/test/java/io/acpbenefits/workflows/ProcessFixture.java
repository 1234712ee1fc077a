package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.Quota;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One engine under virtual time for a class of tests, and for each test a partner acme with its
 * owner olga, its quota and the exam cloud, which no other test has seen. As a static extension it
 * looks after itself; elsewhere it is to be closed.
 */
final class ProcessFixture implements BeforeEachCallback, AfterAllCallback, AutoCloseable {

  static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
  static final String OPERATOR = "operator:rita";
  static final long GRANTED = 10;

  private static final KeyRing KEYS = KeyRing.ephemeral();

  final VirtualTime time = VirtualTime.startingAt(START);
  final List<Notice.Kind> told = new CopyOnWriteArrayList<>();
  final BenefitsEngine engine;
  final AcpBenefits benefits;
  PartnerId acme = PartnerId.of("acme");
  ExamId cloud = ExamId.of("cloud");
  Actor.Account olga = Actor.account("olga");
  OrganizationId organization = OrganizationId.of("none");
  private int number;
  private @Nullable ProcessInstance lastSeen;

  private ProcessFixture(Policies policies, @Nullable BenefitCenter benefitCenter) {
    BenefitsEngine.Builder builder =
        FixtureProcesses.engine()
            .keys(KEYS)
            .clock(time.clock())
            .jobExecutor(false)
            .policies(policies)
            .notifier(notice -> told.add(notice.kind()))
            .actors(ProcessFixture::whoActs);
    if (benefitCenter != null) {
      builder.benefitCenter(benefitCenter);
    }
    engine = builder.build();
    benefits = engine.benefits();
    time.attach(engine.processEngine());
    ProcessCoverage.watch(engine.processEngine());
    newCase();
  }

  static ProcessFixture open() {
    return with(Policies.DEFAULT);
  }

  static ProcessFixture with(Policies policies) {
    return new ProcessFixture(policies, null);
  }

  static ProcessFixture with(BenefitCenter benefitCenter) {
    return new ProcessFixture(Policies.DEFAULT, benefitCenter);
  }

  private static Actor whoActs(IdentityService identities) {
    Actor.Account account = (Actor.Account) ActorResolver.authenticatedUser().resolve(identities);
    String id = account.id().value();
    return id.startsWith("operator:") ? Actor.operator(id.substring(9)) : account;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    newCase();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
    ProcessCoverage.ran(context.getRequiredTestClass());
  }

  @Override
  public void close() {
    time.close();
    engine.close();
  }

  /** Forgets what earlier tests did, and names everything anew. */
  void newCase() {
    number++;
    lastSeen = null;
    forgetInstances();
    processes().getIdentityService().clearAuthentication();
    BpmnAwareTests.init(processes());
    told.clear();
    acme = PartnerId.of("acme-" + number);
    cloud = ExamId.of("cloud-" + number);
    olga = account("olga");
    organization = establish(acme, olga);
    benefits
        .exams()
        .add(
            Actor.system(),
            new Exam(cloud, "Cloud " + number, ExamLevel.ACP, null, null, null, null));
    benefits
        .quotas()
        .grant(
            Actor.system(),
            acme,
            ExamLevel.ACP,
            GRANTED,
            START,
            START.plus(Duration.ofDays(100_000)));
  }

  void forgetInstances() {
    processes().getRuntimeService().createProcessInstanceQuery().list().stream()
        .map(ProcessInstance::getId)
        .forEach(id -> processes().getRuntimeService().deleteProcessInstance(id, "test is over"));
    processes().getHistoryService().createHistoricProcessInstanceQuery().list().stream()
        .map(instance -> instance.getId())
        .forEach(processes().getHistoryService()::deleteHistoricProcessInstance);
  }

  private OrganizationId establish(PartnerId partner, Actor.Account owner) {
    benefits.partners().register(Actor.system(), partner, "A partner", "gold");
    return benefits.organizations().establish(Actor.system(), partner, owner.id()).organizationId();
  }

  ProcessEngine processes() {
    return engine.processEngine();
  }

  Instant now() {
    return time.now();
  }

  /** An account of this test's own. */
  Actor.Account account(String name) {
    return new Actor.Account(AccountId.of(name + "-" + number + "@example.org"));
  }

  /** An account that acme has admitted. */
  Actor.Account member(String name) {
    Actor.Account member = account(name);
    benefits.organizations().admit(Actor.system(), organization, member.id(), Role.MEMBER);
    return member;
  }

  /** Another partner's organization, with the owner olav. */
  OrganizationId otherOrganization() {
    return establish(PartnerId.of("other-" + number), account("olav"));
  }

  void stock(int codes) {
    benefits
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(
            Actor.system(),
            cloud,
            IntStream.range(0, codes)
                .mapToObj(
                    i -> CodeText.parse("[ACP%05d%s]".formatted(number, "ABCDEFGHIJ".charAt(i))))
                .toList());
  }

  Quota quota() {
    return benefits.quotas().ofPartner(Actor.system(), acme).get(0);
  }

  /** The one instance that is open. */
  ProcessInstance instance() {
    ProcessInstance open =
        Objects.requireNonNull(
            processes().getRuntimeService().createProcessInstanceQuery().singleResult(),
            "no instance is open");
    lastSeen = open;
    return open;
  }

  void waitsAt(String... activities) {
    BpmnAwareTests.assertThat(instance()).isWaitingAtExactly(activities);
  }

  /** That no instance is open, and which end events were reached, in order. */
  void endedAt(String... endEvents) {
    if (lastSeen != null) {
      BpmnAwareTests.assertThat(lastSeen).isEnded();
    }
    assertThat(openInstances()).isZero();
    assertThat(ends()).containsExactly(endEvents);
  }

  long openInstances() {
    return processes().getRuntimeService().createProcessInstanceQuery().count();
  }

  List<String> ends() {
    return history().stream()
        .filter(activity -> activity.getActivityType().endsWith("EndEvent"))
        .map(HistoricActivityInstance::getActivityId)
        .toList();
  }

  List<HistoricActivityInstance> history() {
    return processes()
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .orderPartiallyByOccurrence()
        .asc()
        .list();
  }

  /** When an activity was entered. */
  List<Instant> entered(String activity) {
    return history().stream()
        .filter(entry -> entry.getActivityId().equals(activity))
        .map(entry -> entry.getStartTime().toInstant())
        .toList();
  }

  Task task() {
    return Objects.requireNonNull(
        processes().getTaskService().createTaskQuery().singleResult(), "no task is open");
  }

  boolean hasTask() {
    return processes().getTaskService().createTaskQuery().count() > 0;
  }

  /** Completes the one open task in a task list. */
  void complete(String user, String decision) {
    as(
        user,
        () -> processes().getTaskService().complete(task().getId(), Map.of("decision", decision)));
  }

  void complete(Actor.Account user, String decision) {
    complete(user.id().value(), decision);
  }

  void as(String user, Runnable work) {
    processes().getIdentityService().setAuthenticatedUserId(user);
    try {
      work.run();
    } finally {
      processes().getIdentityService().clearAuthentication();
    }
  }

  /** The reason for which something is refused. */
  static @Nullable Reason refusal(ThrowingCallable action) {
    Throwable thrown = catchThrowable(action);
    assertThat(thrown).isNotNull();
    var refusal = Refusals.in(thrown);
    assertThat(refusal).as("a refusal in %s", thrown).isNotNull();
    return refusal == null ? null : refusal.reason();
  }

  /** What cannot be done, for whatever reason. */
  static void fails(ThrowingCallable action) {
    assertThat(catchThrowable(action)).isNotNull();
  }

  long incidents() {
    return processes().getRuntimeService().createIncidentQuery().count();
  }

  Job job() {
    return Objects.requireNonNull(
        processes().getManagementService().createJobQuery().singleResult(), "not one job");
  }

  /** What the worker does, without running any job. */
  void workOffExternalTasks() {
    ((ProcessEngineConfigurationImpl) processes().getProcessEngineConfiguration())
        .getProcessEnginePlugins().stream()
            .filter(AcpBenefitsPlugin.class::isInstance)
            .map(AcpBenefitsPlugin.class::cast)
            .forEach(AcpBenefitsPlugin::workOffExternalTasks);
  }

  /** Ends the one timer of an element, and runs nothing of what it makes due. */
  void endTimer(String activity) {
    Job timer =
        Objects.requireNonNull(
            processes().getManagementService().createJobQuery().activityId(activity).singleResult(),
            "no timer");
    processes().getManagementService().executeJob(timer.getId());
  }

  ExternalTask externalTask() {
    return Objects.requireNonNull(
        processes().getExternalTaskService().createExternalTaskQuery().singleResult(),
        "not one external task");
  }

  /** Has what was given up tried once more, as an operator does in the engine's tools. */
  void tryOnceMore() {
    processes().getExternalTaskService().setRetries(externalTask().getId(), 1);
    time.runDueJobs();
  }

  /** From now on no timer of the instances that are open ends. */
  void stopTimers() {
    retries(0);
  }

  void startTimers() {
    retries(1);
  }

  private void retries(int left) {
    processes()
        .getManagementService()
        .createJobQuery()
        .list()
        .forEach(job -> processes().getManagementService().setJobRetries(job.getId(), left));
  }

  /** The library on the same database, on a host without the processes, which hear nothing. */
  AcpBenefits apart() {
    return AcpBenefits.on(processes().getProcessEngineConfiguration().getDataSource())
        .keys(KEYS)
        .clock(time.clock())
        .build();
  }

  AcpBenefits apart(BenefitCenter benefitCenter) {
    return AcpBenefits.on(processes().getProcessEngineConfiguration().getDataSource())
        .keys(KEYS)
        .clock(time.clock())
        .benefitCenter(benefitCenter)
        .build();
  }

  /**
   * Lets time pass to the second before, where nothing may have happened, and then to the instant.
   */
  void justBeforeAndAt(Instant due, Runnable nothingYet) {
    time.advanceTo(due.minusSeconds(1));
    nothingYet.run();
    time.advanceTo(due);
  }
}
