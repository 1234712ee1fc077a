package io.acpbenefits.application;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.application.BenefitApplicationState.ACTION_REQUIRED;
import static io.acpbenefits.application.BenefitApplicationState.APPROVED;
import static io.acpbenefits.application.BenefitApplicationState.CANCELED;
import static io.acpbenefits.application.BenefitApplicationState.DRAFT;
import static io.acpbenefits.application.BenefitApplicationState.IN_REVIEW;
import static io.acpbenefits.application.BenefitApplicationState.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
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
      new CoreFixture(
          Policies.DEFAULT.with(
              new ApplicationPolicy(true, Duration.ofDays(7), Duration.ofDays(3), List.of())));
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
