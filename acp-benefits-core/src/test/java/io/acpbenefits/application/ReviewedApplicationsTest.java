package io.acpbenefits.application;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.application.BenefitApplicationState.ACTION_REQUIRED;
import static io.acpbenefits.application.BenefitApplicationState.APPROVED;
import static io.acpbenefits.application.BenefitApplicationState.CANCELED;
import static io.acpbenefits.application.BenefitApplicationState.DRAFT;
import static io.acpbenefits.application.BenefitApplicationState.IN_REVIEW;
import static io.acpbenefits.application.BenefitApplicationState.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.quota.QuotaId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applications under a policy that has a person review each. */
class ReviewedApplicationsTest {

  private final CoreFixture it =
      new CoreFixture(Policies.DEFAULT.with(ApplicationPolicy.DEFAULT.withReview(true)));
  private final BenefitApplications applications = it.benefits.applications();
  private final List<DomainEvent> events = new ArrayList<>();
  private BenefitApplicationId id = BenefitApplicationId.of("none");

  @BeforeEach
  void apply() {
    it.quota(ExamLevel.ACP, 10);
    it.benefits.addListener(
        event -> {
          if (event instanceof BenefitApplicationChanged) {
            events.add(event);
          }
        });
    id = applications.apply(it.owner, it.acme, it.cloud, 4).applicationId();
  }

  private void assertState(BenefitApplicationState state, long held) {
    assertThat(applications.get(Actor.system(), id).state()).isEqualTo(state);
    assertThat(it.onlyQuota().held()).isEqualTo(held);
    assertThat(it.onlyQuota().available()).isEqualTo(10 - held);
  }

  @Test
  void waitsForAReviewerAndIsApproved() {
    assertState(IN_REVIEW, 4);
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.fulfil(Actor.system(), id));
    applications.approve(it.operator, id);
    assertState(APPROVED, 4);
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.approve(it.operator, id));
    assertThat(events)
        .containsExactly(
            new BenefitApplicationChanged(id, DRAFT, IN_REVIEW),
            new BenefitApplicationChanged(id, IN_REVIEW, APPROVED));
  }

  @Test
  void rejectingReleasesTheHoldAndIsFinal() {
    applications.reject(it.operator, id);
    assertState(REJECTED, 0);
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.submit(it.owner, id));
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.approve(it.operator, id));
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.cancel(it.owner, id));
    assertState(REJECTED, 0);
  }

  @Test
  void recallingReleasesTheHoldAndItCanBeSubmittedAgain() {
    applications.recall(it.owner, id);
    assertState(DRAFT, 0);
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.recall(it.owner, id));
    applications.submit(it.owner, id);
    assertState(IN_REVIEW, 4);
  }

  @Test
  void whenActionIsRequiredTheHoldIsKeptAndNotTakenTwice() {
    applications.requireAction(it.operator, id);
    assertState(ACTION_REQUIRED, 4);
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.approve(it.operator, id));
    applications.submit(it.owner, id);
    assertState(IN_REVIEW, 4);
  }

  private BenefitApplication revised(ExamId exam, int quantity) {
    BenefitApplication revised = applications.revise(it.owner, id, exam, quantity);
    assertThat(revised).isEqualTo(applications.get(Actor.system(), id));
    return revised;
  }

  private List<String> ledger(QuotaId quota) {
    return it.benefits.quotas().ledger(it.owner, quota, PageRequest.first(20)).items().stream()
        .map(entry -> entry.kind() + " " + entry.quantity())
        .toList();
  }

  @Test
  void whenActionIsRequiredFewerCodesCanBeAskedForAndTheRestIsGivenBackAtOnce() {
    applications.requireAction(it.operator, id, "fewer, please");
    assertThat(revised(it.cloud, 3).quantity()).isEqualTo(3);
    assertState(ACTION_REQUIRED, 3);
    assertThat(ledger(it.onlyQuota().quotaId())).containsExactly("GRANT 10", "HOLD 4", "RELEASE 1");
    revised(it.cloud, 3);
    assertThat(ledger(it.onlyQuota().quotaId())).hasSize(3);

    applications.submit(it.owner, id);
    applications.approve(it.operator, id);
    it.stock("CODE1", "CODE2", "CODE3");
    applications.fulfil(Actor.system(), id);
    assertThat(it.onlyQuota().consumed()).isEqualTo(3);
    assertThat(it.onlyQuota().available()).isEqualTo(7);
    assertThat(it.benefits.quotas().check(Actor.system())).isEmpty();
  }

  @Test
  void whenActionIsRequiredAnotherExamOrMoreCodesAreHeldAnew() {
    applications.requireAction(it.operator, id);
    assertThat(revised(it.security, 10).examId()).isEqualTo(it.security);
    assertState(ACTION_REQUIRED, 10);
    assertThat(ledger(it.onlyQuota().quotaId()))
        .containsExactly("GRANT 10", "HOLD 4", "RELEASE 4", "HOLD 10");
    assertThat(
            it.benefits
                .benefitChanges()
                .ofPartner(it.owner, it.acme, BenefitChangeFilter.ALL, PageRequest.first(9))
                .items())
        .extracting(BenefitChange::kind, BenefitChange::examId)
        .containsExactly(
            tuple(BenefitChange.Kind.GRANTED, null),
            tuple(BenefitChange.Kind.HELD, it.cloud),
            tuple(BenefitChange.Kind.RELEASED, it.cloud),
            tuple(BenefitChange.Kind.HELD, it.security));
    assertThat(it.benefits.quotas().check(Actor.system())).isEmpty();
  }

  @Test
  void aHoldMovesToTheQuotaOfTheOtherLevelAndStaysWhereThatHasTooLittle() {
    ExamId expert = ExamId.of("expert");
    it.exam(expert, "Expert", ExamLevel.ACE);
    QuotaId before = it.onlyQuota().quotaId();
    applications.requireAction(it.operator, id);
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> applications.revise(it.owner, id, expert, 1));
    QuotaId other = it.quota(ExamLevel.ACE, 3).quotaId();
    it.benefits.inTransaction(
        () -> {
          assertRefused(Reason.QUOTA_EXCEEDED, () -> applications.revise(it.owner, id, expert, 4));
          return true;
        });
    BenefitApplication unchanged = applications.get(Actor.system(), id);
    assertThat(unchanged.examId()).isEqualTo(it.cloud);
    assertThat(ledger(before)).containsExactly("GRANT 10", "HOLD 4");
    assertThat(ledger(other)).containsExactly("GRANT 3");

    assertThat(revised(expert, 3).quotaId()).isEqualTo(other);
    assertThat(ledger(before)).containsExactly("GRANT 10", "HOLD 4", "RELEASE 4");
    assertThat(ledger(other)).containsExactly("GRANT 3", "HOLD 3");
    assertThat(it.benefits.quotas().check(Actor.system())).isEmpty();
  }

  @Test
  void aHoldOfAQuotaThatHasEndedCanBecomeSmallerButIsHeldAnewOfTheNextOnly() {
    applications.requireAction(it.operator, id);
    it.benefits.quotas().revoke(it.operator, it.onlyQuota().quotaId(), "over");
    revised(it.cloud, 3);
    assertThat(it.onlyQuota().held()).isEqualTo(3);
    assertThat(it.onlyQuota().expired()).isEqualTo(7);
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> applications.revise(it.owner, id, it.cloud, 4));
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> applications.revise(it.owner, id, it.security, 1));
    assertThat(it.onlyQuota().held()).isEqualTo(3);
  }

  @Test
  void aDraftIsRevisedWithoutAnyHold() {
    applications.recall(it.owner, id);
    assertThat(revised(it.security, 11))
        .extracting(BenefitApplication::state, BenefitApplication::quotaId)
        .containsExactly(DRAFT, null);
    assertState(DRAFT, 0);
    assertRefused(Reason.QUOTA_EXCEEDED, () -> applications.submit(it.owner, id));
    revised(it.security, 10);
    applications.submit(it.owner, id);
    assertState(IN_REVIEW, 10);
  }

  @Test
  void refusesImpossibleRevisions() {
    applications.requireAction(it.operator, id);
    assertRefused(Reason.INVALID_INPUT, () -> applications.revise(it.owner, id, it.cloud, 0));
    assertRefused(
        Reason.NOT_FOUND, () -> applications.revise(it.owner, id, ExamId.of("nowhere"), 1));
    Actor.Account ann = it.member(it.ann);
    assertRefused(Reason.NOT_PERMITTED, () -> applications.revise(ann, id, it.cloud, 1));
    ExamId retiring = it.retiringExam(it.start, it.in(Duration.ofDays(1)));
    assertRefused(Reason.EXAM_RETIRED, () -> applications.revise(it.owner, id, retiring, 1));
    it.benefits.partners().suspend(it.operator, it.acme, "asked for");
    assertRefused(Reason.PARTNER_SUSPENDED, () -> applications.revise(it.owner, id, it.cloud, 1));
    assertState(ACTION_REQUIRED, 4);
  }

  @Test
  void aRevisionIsCarriedOutOnceForEachKeyAndIsInTheAudit() {
    applications.requireAction(it.operator, id);
    RequestKey key = RequestKey.of("key");
    applications.revise(it.owner, id, it.cloud, 2, key);
    applications.revise(it.owner, id, it.cloud, 5, "more after all", null);
    assertThat(applications.revise(it.owner, id, it.cloud, 2, key).quantity()).isEqualTo(5);
    assertRefused(
        Reason.REQUEST_KEY_REUSED, () -> applications.revise(it.owner, id, it.cloud, 3, key));
    assertThat(it.benefits.audit().of(it.operator, id.value(), PageRequest.first(9)).items())
        .filteredOn(entry -> entry.operation() == Operation.REVISE_APPLICATION)
        .extracting(AuditEntry::madeBy, AuditEntry::fromState, AuditEntry::toState, AuditEntry::why)
        .containsExactly(
            tuple(it.owner.toString(), "ACTION_REQUIRED", "ACTION_REQUIRED", null),
            tuple(it.owner.toString(), "ACTION_REQUIRED", "ACTION_REQUIRED", "more after all"));
    assertThat(events).hasSize(2);
  }

  @Test
  void cancelingReleasesTheHoldFromReviewAndWhileActionIsRequired() {
    applications.cancel(it.owner, id);
    assertState(CANCELED, 0);

    id = applications.apply(it.owner, it.acme, it.cloud, 4).applicationId();
    applications.requireAction(it.operator, id);
    applications.cancel(it.owner, id);
    assertState(CANCELED, 0);
  }

  @Test
  void approvesAnExamThatWentOffSaleMeanwhileButNoneThatEnded() {
    Instant offSale = it.in(Duration.ofDays(1));
    Instant end = it.in(Duration.ofDays(2));
    ExamId retiring = it.retiringExam(offSale, end);
    applications.cancel(it.owner, id);
    BenefitApplicationId inTime =
        applications.apply(it.owner, it.acme, retiring, 4).applicationId();
    id = applications.apply(it.owner, it.acme, retiring, 3).applicationId();

    it.clock.set(end.minus(1, ChronoUnit.MICROS));
    applications.approve(it.operator, inTime);
    it.clock.set(end);
    assertRefused(Reason.EXAM_RETIRED, () -> applications.approve(it.operator, id));
    assertState(IN_REVIEW, 7);
    applications.cancel(it.owner, id);
    assertState(CANCELED, 4);
  }

  @Test
  void refusesToApproveForASuspendedPartnerButStillRejects() {
    it.benefits.partners().suspend(it.operator, it.acme, "asked for");
    assertRefused(Reason.PARTNER_SUSPENDED, () -> applications.approve(it.operator, id));
    assertState(IN_REVIEW, 4);
    applications.reject(it.operator, id);
    assertState(REJECTED, 0);
  }

  @Test
  void reviewersSayWhy() {
    applications.requireAction(it.operator, id, "fewer, please");
    assertState(ACTION_REQUIRED, 4);
    assertRefused(Reason.INVALID_INPUT, () -> applications.reject(it.operator, id, ""));
    applications.submit(it.owner, id);
    applications.reject(it.operator, id, "too many");
    assertState(REJECTED, 0);
    assertThat(it.benefits.audit().of(it.operator, id.value(), PageRequest.first(9)).items())
        .extracting(AuditEntry::why)
        .containsExactly(null, null, "fewer, please", null, "too many");
  }
}
