package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.notification.Notice;
import io.acpbenefits.organization.MemberFilter;
import io.acpbenefits.registration.IdPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two who act at the same time. */
class ProcessConcurrencyTest {

  private static final int TIMES = 10;

  @RegisterExtension static final CandidateFixture on = new CandidateFixture();

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(2);

  @AfterAll
  static void stop() {
    THREADS.shutdown();
  }

  /** Runs both at once, and tells how each has failed, if it has. */
  private static List<Throwable> atOnce(Runnable one, Runnable other) throws InterruptedException {
    CyclicBarrier barrier = new CyclicBarrier(2);
    List<Future<?>> running =
        Stream.of(one, other)
            .<Future<?>>map(
                work ->
                    THREADS.submit(
                        () -> {
                          barrier.await();
                          work.run();
                          return true;
                        }))
            .toList();
    List<Throwable> failures = new ArrayList<>();
    for (Future<?> work : running) {
      try {
        work.get();
      } catch (ExecutionException failed) {
        failures.add(failed.getCause());
      }
    }
    return failures;
  }

  /** Each of two operators has seen that something has no process. */
  private static void isBegunOnceOnly(String businessKey) throws InterruptedException {
    Disagreeing seeing = new Disagreeing(on.flow);
    Disagreement found = seeing.about(businessKey).get(0);
    Runnable resolve =
        () -> seeing.disagreements().resolve(Disagreeing.RITA, found, Disagreeing.WHY);

    assertThat(atOnce(resolve, resolve)).hasSize(1);

    assertThat(on.open()).isOne();
    seeing.agreed(businessKey);
  }

  @RepeatedTest(TIMES)
  void aMissingProcessOfAnApplicationIsBegunOnceOnly() throws InterruptedException {
    on.benefits().applications().apply(on.flow.olga, on.flow.acme, on.flow.cloud, 1);
    isBegunOnceOnly(new Disagreeing(on.flow).deleted());
  }

  @RepeatedTest(TIMES)
  void aMissingProcessOfAnInvitationIsBegunOnceOnly() throws InterruptedException {
    on.benefits()
        .invitations()
        .invite(on.flow.olga, on.flow.organization, on.flow.account("cora").id());
    isBegunOnceOnly(new Disagreeing(on.flow).deleted());
  }

  @RepeatedTest(TIMES)
  void aMissingProcessOfAJoinRequestIsBegunOnceOnly() throws InterruptedException {
    on.benefits()
        .joinRequests()
        .submit(
            on.flow.account("cora"),
            on.benefits().invitations().copyLink(on.flow.olga, on.flow.organization),
            Map.of());
    isBegunOnceOnly(new Disagreeing(on.flow).deleted());
  }

  @RepeatedTest(TIMES)
  void aMissingProcessOfACandidateIsBegunOnceOnly() throws InterruptedException {
    on.assign();
    isBegunOnceOnly(new Disagreeing(on.flow).deleted());
  }

  @RepeatedTest(TIMES)
  void anApplicationThatIsCanceledWhileItsProcessIsBegunLeavesNone() throws InterruptedException {
    var id =
        on.benefits()
            .applications()
            .apply(on.flow.olga, on.flow.acme, on.flow.cloud, 1)
            .applicationId();
    Disagreeing seeing = new Disagreeing(on.flow);
    Disagreement found = seeing.about(seeing.deleted()).get(0);

    List<Throwable> failures =
        atOnce(
            () -> seeing.disagreements().resolve(Disagreeing.RITA, found, Disagreeing.WHY),
            () -> on.benefits().applications().cancel(on.flow.olga, id));

    assertThat(failures)
        .allSatisfy(
            failure ->
                assertThat(Refusals.in(failure))
                    .isNotNull()
                    .extracting(refusal -> refusal.reason())
                    .isEqualTo(Reason.NOT_FOUND));
    on.flow.time.runDueJobs();
    assertThat(on.open()).isZero();
  }

  @RepeatedTest(TIMES)
  void ofTwoApprovalsExactlyOneSucceeds() throws InterruptedException {
    Actor.Account cora = on.flow.account("cora");
    JoinRequest request =
        on.benefits()
            .joinRequests()
            .submit(
                cora,
                on.benefits().invitations().copyLink(on.flow.olga, on.flow.organization),
                Map.of());

    List<Throwable> failures =
        atOnce(
            () -> on.flow.complete(on.flow.olga, "approve"),
            () -> on.benefits().joinRequests().approve(on.flow.olga, request.requestId()));

    assertThat(failures).hasSize(1);
    assertThat(
            on.benefits()
                .organizations()
                .members(
                    Actor.system(),
                    on.flow.organization,
                    MemberFilter.ACTIVE,
                    PageRequest.first(100))
                .items())
        .filteredOn(member -> member.accountId().equals(cora.id()))
        .hasSize(1);
    on.flow.time.runDueJobs();
    on.flow.endedAt("EndEvent_Admitted");
    assertThat(on.flow.told).containsExactly(Notice.Kind.REQUEST_APPROVED);
  }

  @RepeatedTest(TIMES)
  void aRecordAndABindingThatComeTogetherAreAlwaysBound() throws InterruptedException {
    together();
  }

  @RepeatedTest(TIMES)
  void aRecordAndABindingOfAnExamThatIsUnderWayAreAlwaysBound() throws InterruptedException {
    on.assign();
    on.registerWithCode(on.flow.now(), on.ids);
    together();
  }

  @RepeatedTest(TIMES)
  void aBindingThatComesWhileTheCandidateIsAskedForItIsBound() throws InterruptedException {
    on.registerSelfPaid(on.flow.now(), on.ids);
    on.record(on.ids, ExamOutcome.PASS);
    on.waitsAt("ServiceTask_AskToBind");

    whileTheJobRuns(() -> on.submit(on.ids));

    on.flow.endedAt("EndEvent_CertificateBound");
  }

  @RepeatedTest(TIMES)
  void aCodeThatIsAssignedWhileTheEndIsToldIsWaitedFor() throws InterruptedException {
    on.benefits().examCodes().giveBack(on.ann, on.assign().codeId());
    on.waitsAt("ServiceTask_TellAttemptEnded");

    whileTheJobRuns(on::assign);

    on.waitsAt("EventGateway_ExamUnderWay");
  }

  @RepeatedTest(TIMES)
  void aRecordThatComesWhileTheCandidateIsAskedToCheckTheIdsBinds() throws InterruptedException {
    on.submit(on.ids);
    on.flow.time.advanceTo(on.binding().windowEndsAt().minusSeconds(1));
    on.benefits().examRecords().receive(Actor.system(), line(on.ids.swapped()));
    on.flow.stopTimers();
    on.flow.time.advanceTo(on.binding().windowEndsAt());
    on.benefits().settleDue();
    on.waitsAt("ServiceTask_AskToCheckIds");

    whileTheJobRuns(() -> on.record(on.ids, ExamOutcome.PASS));

    assertThat(on.binding().state()).isEqualTo(BindingState.BOUND);
    on.flow.endedAt("EndEvent_CertificateBound");
  }

  private static ExamRecordLine line(IdPair ids) {
    return new ExamRecordLine(ids, on.flow.cloud, on.flow.now(), ExamOutcome.PASS, null, null);
  }

  private static void whileTheJobRuns(Runnable act) throws InterruptedException {
    String job = on.flow.job().getId();
    List<Throwable> failures =
        atOnce(() -> on.flow.processes().getManagementService().executeJob(job), act);
    // A job that is overtaken is run again, as by a job executor.
    assertThat(failures)
        .allSatisfy(failure -> assertThat(failure).isInstanceOf(OptimisticLockingException.class));
    on.flow.time.runDueJobs();
  }

  private static void together() throws InterruptedException {
    assertThat(atOnce(() -> on.submit(on.ids), () -> on.record(on.ids, ExamOutcome.PASS)))
        .isEmpty();

    assertThat(on.binding().state()).isEqualTo(BindingState.BOUND);
    on.flow.time.runDueJobs();
    on.flow.endedAt("EndEvent_CertificateBound");
  }
}
