package io.acpbenefits.application;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.Policies;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BenefitApplicationLifecycleTest {

  private record Subject(CoreFixture it, BenefitApplicationId id) {
    BenefitApplications applications() {
      return it.benefits.applications();
    }

    Subject then(BiConsumer<BenefitApplications, BenefitApplicationId> step) {
      step.accept(applications(), id);
      return this;
    }
  }

  private static Subject draft() {
    CoreFixture it =
        new CoreFixture(Policies.DEFAULT.with(ApplicationPolicy.DEFAULT.withReview(true)));
    it.quota(ExamLevel.ACP, 9);
    it.stock("CODE1");
    return new Subject(
        it, it.benefits.applications().draft(it.owner, it.acme, it.cloud, 1).applicationId());
  }

  private static Subject inReview() {
    Subject subject = draft();
    return subject.then((all, id) -> all.submit(subject.it().owner, id));
  }

  private static Subject approved() {
    return inReview().then((all, id) -> all.approve(Actor.system(), id));
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<BenefitApplicationState, Subject>(
            BenefitApplicationState.lifecycle(),
            s -> s.applications().get(Actor.system(), s.id()).state())
        .in(BenefitApplicationState.DRAFT, BenefitApplicationLifecycleTest::draft)
        .in(BenefitApplicationState.IN_REVIEW, BenefitApplicationLifecycleTest::inReview)
        .in(
            BenefitApplicationState.ACTION_REQUIRED,
            () -> inReview().then((all, id) -> all.requireAction(Actor.system(), id)))
        .in(BenefitApplicationState.APPROVED, BenefitApplicationLifecycleTest::approved)
        .in(
            BenefitApplicationState.FULFILLING,
            () ->
                approved().then((all, id) -> all.postpone(Actor.system(), id, Reason.OUT_OF_STOCK)))
        .in(
            BenefitApplicationState.FULFILLED,
            () -> approved().then((all, id) -> all.fulfil(Actor.system(), id)))
        .in(
            BenefitApplicationState.FULFILMENT_FAILED,
            () -> approved().then((all, id) -> all.giveUp(Actor.system(), id)))
        .in(
            BenefitApplicationState.REJECTED,
            () -> inReview().then((all, id) -> all.reject(Actor.system(), id)))
        .in(
            BenefitApplicationState.CANCELED,
            () -> inReview().then((all, id) -> all.cancel(Actor.system(), id)))
        .refuses(Operation.SUBMIT_APPLICATION, s -> s.applications().submit(s.it().owner, s.id()))
        .refuses(
            Operation.REVISE_APPLICATION,
            s -> s.applications().revise(s.it().owner, s.id(), s.it().cloud, 2))
        .refuses(Operation.RECALL_APPLICATION, s -> s.applications().recall(s.it().owner, s.id()))
        .refuses(
            Operation.APPROVE_APPLICATION, s -> s.applications().approve(s.it().operator, s.id()))
        .refuses(
            Operation.REQUIRE_ACTION, s -> s.applications().requireAction(s.it().operator, s.id()))
        .refuses(
            Operation.REJECT_APPLICATION, s -> s.applications().reject(s.it().operator, s.id()))
        .refuses(Operation.FULFIL_APPLICATION, s -> s.applications().fulfil(Actor.system(), s.id()))
        .refuses(
            Operation.POSTPONE_FULFILMENT,
            s -> s.applications().postpone(Actor.system(), s.id(), Reason.OUT_OF_STOCK))
        .refuses(Operation.GIVE_UP_FULFILMENT, s -> s.applications().giveUp(Actor.system(), s.id()))
        .refuses(Operation.RETRY_FULFILMENT, s -> s.applications().retry(s.it().operator, s.id()))
        .refuses(Operation.CANCEL_APPLICATION, s -> s.applications().cancel(s.it().owner, s.id()))
        .everyPair();
  }
}
