package io.acpbenefits.application;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.AllPages;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.Together;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.benefitcenter.EmbeddedBenefitCenter;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.CodePolicy;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BenefitApplicationsTest {

  private final CoreFixture it = new CoreFixture();
  private final BenefitApplications applications = it.benefits.applications();

  private BenefitApplication apply(int quantity) {
    return applications.apply(it.owner, it.acme, it.cloud, quantity);
  }

  private List<BenefitApplication> all() {
    return applications.ofPartner(it.owner, it.acme, PageRequest.first(10)).items();
  }

  private List<BenefitChange> changes() {
    return it.benefits
        .benefitChanges()
        .ofPartner(it.owner, it.acme, BenefitChangeFilter.ALL, PageRequest.first(100))
        .items();
  }

  private BenefitApplicationState state(BenefitApplication application) {
    return applications.get(Actor.system(), application.applicationId()).state();
  }

  private void assertQuota(long available, long held, long consumed) {
    assertThat(
            List.of(it.onlyQuota().available(), it.onlyQuota().held(), it.onlyQuota().consumed()))
        .as("available, held, consumed")
        .containsExactly(available, held, consumed);
  }

  private List<ExamCode> codes() {
    return AllPages.of(
        page -> it.benefits.examCodes().ofPartner(it.owner, it.acme, CodeFilter.ALL, page));
  }

  @Test
  void isApprovedAtOnceHoldsQuotaAndConsumesItWhenTheCodesCome() {
    it.quota(ExamLevel.ACP, 10);
    it.stock("CODE1", "CODE2", "CODE3");
    BenefitApplication application = apply(2);
    assertThat(application.state()).isEqualTo(BenefitApplicationState.APPROVED);
    assertThat(application.submittedAt()).isEqualTo(it.start);
    assertQuota(8, 2, 0);

    it.clock.advance(Duration.ofMinutes(1));
    BenefitApplication fulfilled = applications.fulfil(Actor.system(), application.applicationId());

    assertThat(fulfilled).isEqualTo(applications.get(Actor.system(), application.applicationId()));
    assertThat(fulfilled.state()).isEqualTo(BenefitApplicationState.FULFILLED);
    assertThat(fulfilled.fulfilledAt()).isEqualTo(it.clock.instant());
    assertQuota(8, 0, 2);
    assertThat(codes()).hasSize(2);
  }

  @Test
  void takesNoCodesOfAnExamThatEndedMeanwhile() {
    it.quota(ExamLevel.ACP, 10);
    Instant end = it.in(Duration.ofDays(2));
    ExamId retiring = it.retiringExam(it.in(Duration.ofDays(1)), end);
    BenefitApplication inTime = applications.apply(it.owner, it.acme, retiring, 1);
    BenefitApplication late = applications.apply(it.owner, it.acme, retiring, 2);
    it.stock(retiring, "CODE1", "CODE2", "CODE3");

    it.clock.set(end.minus(1, ChronoUnit.MICROS));
    applications.fulfil(Actor.system(), inTime.applicationId());
    it.clock.set(end);
    assertRefused(
        Reason.EXAM_RETIRED, () -> applications.fulfil(Actor.system(), late.applicationId()));

    assertThat(state(late)).isEqualTo(BenefitApplicationState.APPROVED);
    assertQuota(7, 2, 1);
    applications.cancel(it.owner, late.applicationId());
    assertQuota(9, 0, 1);
  }

  @Test
  void asksNoBenefitCenterForCodesOfAnExamThatEnded() {
    it.quota(ExamLevel.ACP, 10);
    Instant end = it.in(Duration.ofDays(2));
    ExamId retiring = it.retiringExam(it.in(Duration.ofDays(1)), end);
    BenefitApplication late = applications.apply(it.owner, it.acme, retiring, 2);

    it.clock.set(end);
    // The stock is empty: asked, the Benefit Center would refuse first.
    assertRefused(
        Reason.EXAM_RETIRED, () -> applications.fulfil(Actor.system(), late.applicationId()));
  }

  @Test
  void aDraftHoldsNothingUntilItIsSubmitted() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplication draft = applications.draft(it.owner, it.acme, it.cloud, 2);
    assertThat(draft.state()).isEqualTo(BenefitApplicationState.DRAFT);
    assertQuota(10, 0, 0);

    applications.submit(it.owner, draft.applicationId());
    assertQuota(8, 2, 0);
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.submit(it.owner, draft.applicationId()));
    assertQuota(8, 2, 0);
  }

  @Test
  void refusesImpossibleApplications() {
    it.quota(ExamLevel.ACP, 10);
    assertRefused(Reason.INVALID_INPUT, () -> apply(0));
    assertRefused(Reason.INVALID_INPUT, () -> apply(-1));
    assertRefused(Reason.QUOTA_EXCEEDED, () -> apply(11));
    assertRefused(Reason.QUOTA_EXCEEDED, () -> apply(Integer.MAX_VALUE));
    assertRefused(Reason.NOT_FOUND, () -> applications.apply(it.owner, it.acme, ExamId.of("x"), 1));
    assertRefused(
        Reason.NOT_FOUND, () -> applications.apply(it.operator, PartnerId.of("x"), it.cloud, 1));
    assertRefused(
        Reason.NOT_PERMITTED, () -> applications.apply(it.owner, PartnerId.of("x"), it.cloud, 1));
    assertThat(all()).isEmpty();
    assertQuota(10, 0, 0);
  }

  @Test
  void refusesWithoutAnActiveQuotaOfTheExamsLevel() {
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> apply(1));
    it.quota(ExamLevel.ACE, 10);
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> apply(1));
  }

  @Test
  void onlyOwnersAndManagersApply() {
    it.quota(ExamLevel.ACP, 10);
    Actor.Account ann = it.member(it.ann);
    Actor.Account boss = new Actor.Account(AccountId.of("boss"));
    it.partner(PartnerId.of("beta"), boss.id());
    for (Actor actor : List.of(ann, boss)) {
      assertRefused(Reason.NOT_PERMITTED, () -> applications.apply(actor, it.acme, it.cloud, 1));
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> applications.ofPartner(actor, it.acme, PageRequest.first(10)));
    }
    it.benefits.organizations().setRole(it.owner, it.organization, it.ann, Role.MANAGER);
    applications.apply(ann, it.acme, it.cloud, 1);
  }

  @Test
  void anExamIsAppliedForUntilExactlyTheEndOfItsSale() {
    it.quota(ExamLevel.ACP, 10);
    ExamId retiring = it.retiringExam(it.in(Duration.ofDays(1)), it.in(Duration.ofDays(2)));
    it.clock.advance(Duration.ofDays(1).minusNanos(1000));
    applications.apply(it.owner, it.acme, retiring, 1);
    it.clock.advance(Duration.ofNanos(1000));
    assertRefused(Reason.EXAM_RETIRED, () -> applications.apply(it.owner, it.acme, retiring, 1));
  }

  @Test
  void aRefusalThatTheCallerCatchesLeavesNoDraftBehind() {
    it.quota(ExamLevel.ACP, 1);
    it.benefits.inTransaction(
        () -> {
          assertRefused(Reason.QUOTA_EXCEEDED, () -> apply(2));
          return apply(1);
        });

    assertThat(all()).singleElement().extracting(BenefitApplication::quantity).isEqualTo(1);
    assertQuota(0, 1, 0);
  }

  @Test
  void outOfStockLeavesEverythingAsItWas() {
    it.quota(ExamLevel.ACP, 10);
    it.stock("CODE1", "CODE2");
    BenefitApplication application = apply(3);
    int changes = changes().size();

    Refusal refusal =
        refusal(() -> applications.fulfil(Actor.system(), application.applicationId()));

    assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_STOCK);
    assertThat(applications.get(Actor.system(), application.applicationId()))
        .isEqualTo(application);
    assertThat(codes()).isEmpty();
    assertThat(it.benefits.embeddedBenefitCenter().orElseThrow().free(Actor.system(), it.cloud))
        .isEqualTo(2);
    assertThat(changes()).hasSize(changes);
    assertQuota(7, 3, 0);
  }

  @Test
  void aCodeThatIsKnownAlreadySpoilsTheWholeHandOut() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("CODE1");
    it.sql("DELETE FROM acp_stock_code");
    it.stock("CODE0", "CODE1");
    BenefitApplication application = apply(2);

    Refusal refusal =
        refusal(() -> applications.fulfil(Actor.system(), application.applicationId()));

    assertThat(refusal.reason()).isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(refusal).hasMessageContaining("stock").hasMessageNotContaining("CODE1");
    EmbeddedBenefitCenter center = it.benefits.embeddedBenefitCenter().orElseThrow();
    assertThat(codes()).hasSize(1);
    assertThat(center.free(Actor.system(), it.cloud))
        .as("they are this application's until it ends")
        .isZero();
    assertQuota(7, 2, 1);

    center.withdrawStock(it.operator, it.cloud, List.of(CodeText.parse("code1")), "known");
    assertRefused(
        Reason.OUT_OF_STOCK,
        () -> applications.fulfil(Actor.system(), application.applicationId()));
    it.stock("CODE2");
    applications.fulfil(Actor.system(), application.applicationId());
    assertThat(codes()).hasSize(3);
    assertQuota(7, 0, 3);
  }

  @Test
  void isPostponedGivenUpRetriedAndThenFulfilled() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplicationId id = apply(1).applicationId();

    assertThat(applications.postpone(Actor.system(), id, Reason.OUT_OF_STOCK))
        .extracting(
            BenefitApplication::state, BenefitApplication::attempts, BenefitApplication::reason)
        .containsExactly(BenefitApplicationState.FULFILLING, 1, Reason.OUT_OF_STOCK);
    assertThat(applications.postpone(Actor.system(), id, Reason.OUT_OF_STOCK).attempts())
        .isEqualTo(2);
    applications.giveUp(Actor.system(), id);
    assertThat(applications.get(Actor.system(), id).state())
        .isEqualTo(BenefitApplicationState.FULFILMENT_FAILED);
    assertQuota(9, 1, 0);
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.fulfil(Actor.system(), id));

    applications.retry(it.operator, id);
    assertThat(applications.get(Actor.system(), id))
        .extracting(BenefitApplication::state, BenefitApplication::attempts)
        .containsExactly(BenefitApplicationState.FULFILLING, 0);
    it.stock("CODE1");
    assertThat(applications.fulfil(Actor.system(), id).reason()).isNull();
    assertQuota(9, 0, 1);
  }

  @Test
  void cancelingReleasesWhatWasHeldInEveryStateBeforeTheCodesHaveCome() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplication approved = apply(1);
    BenefitApplication fulfilling = apply(1);
    applications.postpone(Actor.system(), fulfilling.applicationId(), Reason.OUT_OF_STOCK);
    BenefitApplication failed = apply(1);
    applications.giveUp(Actor.system(), failed.applicationId());
    BenefitApplication draft = applications.draft(it.owner, it.acme, it.cloud, 1);
    assertQuota(7, 3, 0);

    for (BenefitApplication each : List.of(approved, fulfilling, failed, draft)) {
      applications.cancel(it.owner, each.applicationId());
      assertThat(state(each)).isEqualTo(BenefitApplicationState.CANCELED);
      assertRefused(
          Reason.ILLEGAL_STATE, () -> applications.cancel(it.owner, each.applicationId()));
    }
    assertQuota(10, 0, 0);
  }

  @Test
  void cannotBeCanceledOnceTheCodesHaveCome() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplication fulfilled = it.codes("CODE1");
    BenefitApplicationId id = fulfilled.applicationId();
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.cancel(it.owner, id));
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.recall(it.owner, id));
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.giveUp(it.operator, id));
    assertRefused(Reason.ILLEGAL_STATE, () -> applications.retry(it.operator, id));
    assertRefused(
        Reason.ILLEGAL_STATE, () -> applications.postpone(it.operator, id, Reason.OUT_OF_STOCK));
    assertQuota(9, 0, 1);
  }

  @Test
  void fulfillingAgainDoesNothing() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplication fulfilled = it.codes("CODE1");
    it.stock("CODE2");
    it.clock.advance(Duration.ofDays(1));

    assertThat(applications.fulfil(Actor.system(), fulfilled.applicationId())).isEqualTo(fulfilled);

    assertThat(
            it.benefits
                .examCodes()
                .ofApplication(Actor.system(), fulfilled.applicationId().value()))
        .extracting(ExamCode::issuedAt)
        .containsExactly(it.start);
    assertQuota(9, 0, 1);
  }

  @Test
  void onlyThePlatformFulfilsAndReviews() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplicationId id = apply(1).applicationId();
    assertRefused(Reason.NOT_PERMITTED, () -> applications.fulfil(it.owner, id));
    assertRefused(Reason.NOT_PERMITTED, () -> applications.giveUp(it.owner, id));
    assertRefused(Reason.NOT_PERMITTED, () -> applications.retry(it.owner, id));
    assertRefused(
        Reason.NOT_PERMITTED, () -> applications.postpone(it.owner, id, Reason.OUT_OF_STOCK));
    assertRefused(Reason.NOT_PERMITTED, () -> applications.approve(it.owner, id));
    assertRefused(Reason.NOT_PERMITTED, () -> applications.requireAction(it.owner, id));
    assertRefused(Reason.NOT_PERMITTED, () -> applications.reject(it.owner, id));
    assertThat(applications.get(Actor.system(), id).state())
        .isEqualTo(BenefitApplicationState.APPROVED);
  }

  @Test
  void aPartnerSuspendedMeanwhileGetsNoCodes() {
    it.quota(ExamLevel.ACP, 10);
    it.stock("CODE1");
    BenefitApplication application = apply(1);
    it.benefits.partners().suspend(it.operator, it.acme, "asked for");
    assertRefused(
        Reason.PARTNER_SUSPENDED,
        () -> applications.fulfil(Actor.system(), application.applicationId()));
    it.benefits.partners().reinstate(it.operator, it.acme, "asked for");
    applications.fulfil(Actor.system(), application.applicationId());
  }

  @Test
  void aSuspendedPartnerNeitherDraftsNorSubmitsButMayGiveUp() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplicationId draft = applications.draft(it.owner, it.acme, it.cloud, 1).applicationId();
    it.benefits.partners().suspend(it.operator, it.acme, "asked for");
    assertRefused(Reason.PARTNER_SUSPENDED, () -> apply(1));
    assertRefused(
        Reason.PARTNER_SUSPENDED, () -> applications.draft(it.owner, it.acme, it.cloud, 1));
    assertRefused(Reason.PARTNER_SUSPENDED, () -> applications.submit(it.owner, draft));
    applications.cancel(it.owner, draft);
    assertThat(all())
        .extracting(BenefitApplication::state)
        .containsExactly(BenefitApplicationState.CANCELED);
  }

  @Test
  void applyingWithARequestKeyIsDoneOnce() {
    it.quota(ExamLevel.ACP, 10);
    RequestKey key = RequestKey.of("a-1");
    BenefitApplication first = applications.apply(it.owner, it.acme, it.cloud, 2, key);
    it.stock("CODE1", "CODE2");
    BenefitApplication fulfilled = applications.fulfil(Actor.system(), first.applicationId());
    assertThat(applications.apply(it.owner, it.acme, it.cloud, 2, key)).isEqualTo(fulfilled);
    assertThat(all()).hasSize(1);
    assertQuota(8, 0, 2);
    assertRefused(
        Reason.REQUEST_KEY_REUSED, () -> applications.apply(it.owner, it.acme, it.cloud, 3, key));
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> applications.apply(it.owner, it.acme, it.security, 2, key));
    applications.apply(it.operator, it.acme, it.cloud, 3, key);
    assertThat(all()).hasSize(2);
  }

  @Test
  void aRefusedApplicationLeavesItsRequestKeyFree() {
    RequestKey key = RequestKey.of("a-1");
    assertRefused(
        Reason.QUOTA_NOT_ACTIVE, () -> applications.apply(it.owner, it.acme, it.cloud, 2, key));
    it.quota(ExamLevel.ACP, 10);
    applications.apply(it.owner, it.acme, it.cloud, 2, key);
    assertQuota(8, 2, 0);
  }

  @Test
  void submittingWithARequestKeyIsDoneOnce() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplicationId one = applications.draft(it.owner, it.acme, it.cloud, 1).applicationId();
    BenefitApplicationId two = applications.draft(it.owner, it.acme, it.cloud, 1).applicationId();
    RequestKey key = RequestKey.of("s-1");
    BenefitApplication submitted = applications.submit(it.owner, one, key);
    assertThat(applications.submit(it.owner, one, key)).isEqualTo(submitted);
    assertRefused(Reason.REQUEST_KEY_REUSED, () -> applications.submit(it.owner, two, key));
    assertRefused(
        Reason.REQUEST_KEY_REUSED, () -> applications.apply(it.owner, it.acme, it.cloud, 1, key));
    assertQuota(9, 1, 0);
  }

  @Test
  void whoLostThePermissionGetsNothingForAnOldRequestKey() {
    it.quota(ExamLevel.ACP, 10);
    Actor.Account ann = it.member(it.ann);
    it.benefits.organizations().setRole(it.owner, it.organization, it.ann, Role.MANAGER);
    RequestKey key = RequestKey.of("a-1");
    BenefitApplicationId id = applications.apply(ann, it.acme, it.cloud, 2, key).applicationId();
    it.benefits.organizations().setRole(it.owner, it.organization, it.ann, Role.MEMBER);
    assertRefused(Reason.NOT_PERMITTED, () -> applications.apply(ann, it.acme, it.cloud, 2, key));
    assertRefused(Reason.NOT_PERMITTED, () -> applications.get(ann, id));
  }

  @Test
  void toStrangersAnApplicationIsNotThere() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplicationId id = apply(1).applicationId();
    Actor.Account boss = new Actor.Account(AccountId.of("boss"));
    it.partner(PartnerId.of("beta"), boss.id());
    for (Actor stranger : List.of(boss, Actor.account("nobody"))) {
      assertRefused(Reason.NOT_FOUND, () -> applications.get(stranger, id));
      assertRefused(Reason.NOT_FOUND, () -> applications.submit(stranger, id));
      assertRefused(Reason.NOT_FOUND, () -> applications.recall(stranger, id));
      assertRefused(Reason.NOT_FOUND, () -> applications.cancel(stranger, id));
      assertRefused(Reason.NOT_FOUND, () -> applications.approve(stranger, id));
      assertRefused(Reason.NOT_FOUND, () -> applications.requireAction(stranger, id));
      assertRefused(Reason.NOT_FOUND, () -> applications.reject(stranger, id));
      assertRefused(Reason.NOT_FOUND, () -> applications.fulfil(stranger, id));
      assertRefused(
          Reason.NOT_FOUND, () -> applications.postpone(stranger, id, Reason.OUT_OF_STOCK));
      assertRefused(Reason.NOT_FOUND, () -> applications.giveUp(stranger, id));
      assertRefused(Reason.NOT_FOUND, () -> applications.retry(stranger, id));
    }
    assertQuota(9, 1, 0);
  }

  @Test
  void everyStepIsAuditedWithWhoAndWhy() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplicationId id = apply(1).applicationId();
    applications.postpone(Actor.system(), id, Reason.OUT_OF_STOCK);
    applications.giveUp(Actor.system(), id);
    assertRefused(Reason.INVALID_INPUT, () -> applications.cancel(it.owner, id, " "));
    applications.cancel(it.owner, id, "took too long");
    assertThat(it.benefits.audit().of(it.operator, id.value(), PageRequest.first(9)).items())
        .extracting(
            AuditEntry::operation,
            AuditEntry::fromState,
            AuditEntry::toState,
            AuditEntry::madeBy,
            AuditEntry::why)
        .containsExactly(
            tuple(Operation.DRAFT_APPLICATION, null, "DRAFT", "account:olga", null),
            tuple(Operation.SUBMIT_APPLICATION, "DRAFT", "APPROVED", "account:olga", null),
            tuple(
                Operation.POSTPONE_FULFILMENT, "APPROVED", "FULFILLING", "system", "OUT_OF_STOCK"),
            tuple(Operation.GIVE_UP_FULFILMENT, "FULFILLING", "FULFILMENT_FAILED", "system", null),
            tuple(
                Operation.CANCEL_APPLICATION,
                "FULFILMENT_FAILED",
                "CANCELED",
                "account:olga",
                "took too long"));
  }

  @Test
  void codesThatExpireGoBackToTheQuotaIfThePolicySaysSo() {
    CoreFixture refunding =
        new CoreFixture(
            Policies.DEFAULT.with(new CodePolicy(Period.ofDays(30), Duration.ofHours(24), true)));
    refunding.quota(ExamLevel.ACP, 10);
    BenefitApplication application = refunding.codes("CODE1", "CODE2");
    refunding.clock.advance(Duration.ofDays(30));
    refunding.benefits.settleDue();

    assertThat(refunding.onlyQuota().granted()).isEqualTo(12);
    assertThat(refunding.onlyQuota().available()).isEqualTo(10);
    assertThat(refunding.onlyQuota().consumed()).isEqualTo(2);
    assertThat(refunding.benefits.quotas().check(refunding.operator)).isEmpty();
    assertThat(
            refunding
                .benefits
                .benefitChanges()
                .ofPartner(
                    refunding.owner,
                    refunding.acme,
                    BenefitChangeFilter.ALL.of(BenefitChange.Kind.ADJUSTED),
                    PageRequest.first(9))
                .items())
        .extracting(BenefitChange::quantity, BenefitChange::applicationId)
        .containsExactly(
            tuple(1L, application.applicationId()), tuple(1L, application.applicationId()));
  }

  @Test
  void applicationsComePageByPage() {
    it.quota(ExamLevel.ACP, 10);
    List<BenefitApplicationId> ids =
        List.of(apply(1).applicationId(), apply(1).applicationId(), apply(1).applicationId());
    Page<BenefitApplication> first =
        applications.ofPartner(it.owner, it.acme, PageRequest.first(2));
    Page<BenefitApplication> second =
        applications.ofPartner(
            it.owner, it.acme, PageRequest.first(2).then(first.next().orElseThrow()));
    assertThat(second.next()).isEmpty();
    assertThat(Stream.concat(first.items().stream(), second.items().stream()))
        .extracting(BenefitApplication::applicationId)
        .containsExactlyElementsOf(ids);
  }

  @Test
  void whatIsTerminatedWhileCodesAreFetchedKeepsNone() throws Exception {
    for (int round = 0; round < 5; round++) {
      CoreFixture racing = new CoreFixture();
      racing.quota(ExamLevel.ACP, 10);
      racing.stock("CODE1");
      BenefitApplications all = racing.benefits.applications();
      BenefitApplicationId id =
          all.apply(racing.owner, racing.acme, racing.cloud, 1).applicationId();
      var outcomes =
          Together.run(
              () -> racing.benefits.partners().terminate(racing.operator, racing.acme, "left"),
              () -> all.fulfil(Actor.system(), id));
      assertThat(outcomes.get(0).name()).isEqualTo("DONE");
      boolean fulfilled = outcomes.get(1).name().equals("DONE");
      assertThat(all.get(Actor.system(), id).state())
          .isEqualTo(
              fulfilled ? BenefitApplicationState.FULFILLED : BenefitApplicationState.CANCELED);
      assertThat(racing.onlyQuota().held()).isZero();
      assertThat(racing.benefits.quotas().check(racing.operator)).isEmpty();
    }
  }

  @Test
  void knowsNoApplicationThatWasNeverBegun() {
    BenefitApplicationId id = BenefitApplicationId.of("x");
    assertRefused(Reason.NOT_FOUND, () -> applications.get(Actor.system(), id));
    assertRefused(Reason.NOT_FOUND, () -> applications.submit(it.owner, id));
    assertRefused(Reason.NOT_FOUND, () -> applications.cancel(it.owner, id));
  }
}
