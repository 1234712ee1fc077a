package io.acpbenefits.audit;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Who;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeInterventions;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.quota.Quota;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.quota.Quotas;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever does something to a quota, an application or a code can say why. */
class ReasonsOfBenefitsTest {

  private interface Act {
    void because(String why);
  }

  private interface Scene {
    Act on(CoreFixture it);
  }

  private record Told(Operation operation, String how, Scene scene) {
    @Override
    public String toString() {
      return operation.words() + how;
    }
  }

  /** Steps of the library, what writes nothing, and what carries what is said in its own form. */
  private static final Set<Operation> OTHERS =
      EnumSet.of(
          Operation.RECALCULATE_QUOTA,
          Operation.CHECK_QUOTAS,
          Operation.SEE_QUOTA,
          Operation.SEE_APPLICATIONS,
          Operation.SEE_BENEFIT_CHANGES,
          Operation.POSTPONE_FULFILMENT,
          Operation.SEE_GIVE_BACKS,
          // GiveBacksTest reads their reasons, from a Benefit Center that does not answer.
          Operation.RETRY_GIVE_BACK,
          Operation.SETTLE_GIVE_BACK,
          Operation.IMPORT_STOCK,
          Operation.SEE_STOCK,
          Operation.ISSUE_CODE,
          Operation.IMPORT_CODES,
          Operation.REVEAL_CODE,
          Operation.SEE_CODES);

  private static Told on(Operation operation, Scene scene) {
    return new Told(operation, "", scene);
  }

  private static Told on(Operation operation, String how, Scene scene) {
    return new Told(operation, " " + how, scene);
  }

  static Stream<Told> all() {
    return Stream.of(quotas(), applications(), codes()).flatMap(List::stream);
  }

  private static List<Told> quotas() {
    return List.of(
        on(
            Operation.GRANT_QUOTA,
            it ->
                why ->
                    quotasOf(it)
                        .grant(
                            it.operator,
                            it.acme,
                            ExamLevel.ACE,
                            1,
                            it.start,
                            it.in(Duration.ofDays(1)),
                            why,
                            null)),
        onQuota(
            Operation.ADJUST_QUOTA, (it, q) -> why -> quotasOf(it).adjust(it.operator, q, 1, why)),
        onQuota(
            Operation.SUSPEND_QUOTA, (it, q) -> why -> quotasOf(it).suspend(it.operator, q, why)),
        onQuota(
            Operation.RESUME_QUOTA,
            (it, q) -> {
              quotasOf(it).suspend(it.operator, q, "first");
              return why -> quotasOf(it).resume(it.operator, q, why);
            }),
        onQuota(
            Operation.REVOKE_QUOTA, (it, q) -> why -> quotasOf(it).revoke(it.operator, q, why)));
  }

  private interface QuotaScene {
    Act on(CoreFixture it, QuotaId id);
  }

  private static Told onQuota(Operation operation, QuotaScene scene) {
    return on(
        operation,
        it -> {
          Quota quota = it.onlyQuota();
          return scene.on(it, quota.quotaId());
        });
  }

  private static Quotas quotasOf(CoreFixture it) {
    return it.benefits.quotas();
  }

  private interface ApplicationScene {
    Act on(CoreFixture it, BenefitApplications all, BenefitApplicationId id);
  }

  private static Told onDraft(Operation operation, ApplicationScene scene) {
    return on(
        operation,
        it -> {
          BenefitApplications all = it.benefits.applications();
          return scene.on(it, all, all.draft(it.owner, it.acme, it.cloud, 1).applicationId());
        });
  }

  private static Told onReviewed(Operation operation, ApplicationScene scene) {
    return onDraft(
        operation,
        (it, all, id) -> {
          all.submit(it.owner, id);
          return scene.on(it, all, id);
        });
  }

  private static Told onApproved(Operation operation, ApplicationScene scene) {
    return onReviewed(
        operation,
        (it, all, id) -> {
          all.approve(it.operator, id);
          return scene.on(it, all, id);
        });
  }

  private static List<Told> applications() {
    return List.of(
        on(
            Operation.DRAFT_APPLICATION,
            it -> why -> it.benefits.applications().draft(it.owner, it.acme, it.cloud, 1, why)),
        on(
            Operation.SUBMIT_APPLICATION,
            "drafting it as well",
            it ->
                why -> it.benefits.applications().apply(it.owner, it.acme, it.cloud, 1, why, null)),
        onDraft(
            Operation.REVISE_APPLICATION,
            (it, all, id) -> why -> all.revise(it.owner, id, it.security, 2, why, null)),
        onDraft(
            Operation.SUBMIT_APPLICATION,
            (it, all, id) -> why -> all.submit(it.owner, id, why, null)),
        onReviewed(
            Operation.RECALL_APPLICATION, (it, all, id) -> why -> all.recall(it.owner, id, why)),
        onReviewed(
            Operation.APPROVE_APPLICATION,
            (it, all, id) -> why -> all.approve(it.operator, id, why)),
        onReviewed(
            Operation.REQUIRE_ACTION,
            (it, all, id) -> why -> all.requireAction(it.operator, id, why)),
        onReviewed(
            Operation.REJECT_APPLICATION, (it, all, id) -> why -> all.reject(it.operator, id, why)),
        onReviewed(
            Operation.CANCEL_APPLICATION, (it, all, id) -> why -> all.cancel(it.owner, id, why)),
        onApproved(
            Operation.FULFIL_APPLICATION, (it, all, id) -> why -> all.fulfil(it.operator, id, why)),
        onApproved(
            Operation.GIVE_UP_FULFILMENT, (it, all, id) -> why -> all.giveUp(it.operator, id, why)),
        onApproved(
            Operation.RETRY_FULFILMENT,
            (it, all, id) -> {
              all.giveUp(it.operator, id);
              return why -> all.retry(it.operator, id, why);
            }));
  }

  private interface CodeScene {
    Act on(CoreFixture it, ExamCodes codes, CodeInterventions interventions, ExamCode code);
  }

  private static Told onCode(Operation operation, CodeScene scene) {
    return onCode(operation, "", scene);
  }

  private static Told onCode(Operation operation, String how, CodeScene scene) {
    return new Told(
        operation,
        how,
        it -> {
          BenefitApplications all = it.benefits.applications();
          BenefitApplicationId id = all.apply(it.owner, it.acme, it.cloud, 1).applicationId();
          all.approve(it.operator, id);
          all.fulfil(it.operator, id);
          it.member(it.ann);
          ExamCodes codes = it.benefits.examCodes();
          ExamCode code = codes.ofApplication(it.operator, id.value()).get(0);
          return scene.on(it, codes, it.benefits.codeInterventions(), code);
        });
  }

  private static ExamRegistration booked(CoreFixture it, ExamCodes codes, ExamCode code) {
    codes.assign(it.owner, code.codeId(), it.ann);
    return it.benefits
        .registrations()
        .registerWithCode(
            new Actor.Account(it.ann),
            it.cloud,
            code.codeId(),
            Delivery.ONLINE,
            it.in(Duration.ofDays(7)),
            null);
  }

  private static List<Told> codes() {
    return List.of(
        onCode(
            Operation.ASSIGN_CODE,
            (it, codes, by, code) ->
                why -> codes.assign(it.owner, code.codeId(), it.ann, why, null)),
        onCode(
            Operation.ASSIGN_CODE,
            " any",
            (it, codes, by, code) ->
                why -> codes.assign(it.owner, it.acme, it.cloud, it.ann, why, null)),
        onCode(
            Operation.RETURN_CODE,
            (it, codes, by, code) -> {
              codes.assign(it.owner, code.codeId(), it.ann);
              return why -> codes.giveBack(it.owner, code.codeId(), why);
            }),
        onCode(
            Operation.RELEASE_CODE,
            (it, codes, by, code) -> {
              ExamCodeId id = code.codeId();
              booked(it, codes, code);
              it.clock.advance(Duration.ofDays(11));
              return why -> by.release(it.owner, id, why);
            }),
        onCode(
            Operation.DECIDE_CODE,
            (it, codes, by, code) -> {
              ExamCodeId id = code.codeId();
              booked(it, codes, code);
              it.clock.advance(Duration.ofDays(11));
              return why -> by.decide(it.owner, id, CodeInterventions.Decision.REVOKE, why);
            }),
        onCode(
            Operation.REINSTATE_CODE,
            (it, codes, by, code) -> {
              ExamRegistration booked = booked(it, codes, code);
              it.clock.advance(Duration.ofDays(8));
              it.benefits
                  .registrations()
                  .markNoShow(it.operator, booked.examRegistrationId(), "nobody came");
              return why -> by.reinstate(it.operator, code.codeId(), why);
            }),
        onCode(
            Operation.EXTEND_CODE,
            (it, codes, by, code) ->
                why ->
                    by.extend(
                        it.operator,
                        code.codeId(),
                        code.expiresAt().plus(Duration.ofDays(1)),
                        why)),
        on(
            Operation.WITHDRAW_STOCK,
            it ->
                why ->
                    it.benefits
                        .embeddedBenefitCenter()
                        .orElseThrow()
                        .withdrawStock(
                            it.operator, it.cloud, List.of(CodeText.parse("CODE1")), why)),
        onCode(
            Operation.REVOKE_CODE,
            (it, codes, by, code) -> why -> by.revoke(it.operator, code.codeId(), why)));
  }

  private static CoreFixture fixture() {
    CoreFixture it =
        new CoreFixture(Policies.DEFAULT.with(ApplicationPolicy.DEFAULT.withReview(true)));
    it.quota(ExamLevel.ACP, 9);
    it.stock("CODE1");
    return it;
  }

  private static List<AuditEntry> audit(CoreFixture it) {
    return it.benefits.audit().all(it.operator, null, PageRequest.first(100)).items();
  }

  @ParameterizedTest
  @MethodSource("all")
  void whoDoesItCanSayWhy(Told told) {
    CoreFixture it = fixture();
    Act act = told.scene().on(it);
    List<AuditEntry> before = audit(it);
    for (String refused : List.of("", " \t", "x".repeat(501))) {
      assertRefused(Reason.INVALID_INPUT, () -> act.because(refused));
    }
    assertThat(audit(it)).isEqualTo(before);

    act.because(" because of this ");
    assertThat(audit(it).subList(before.size(), audit(it).size()))
        .filteredOn(entry -> entry.operation() == told.operation())
        .isNotEmpty()
        .extracting(AuditEntry::why)
        .containsOnly("because of this");
  }

  @Test
  void noOperationIsForgotten() {
    Set<Operation> told = all().map(Told::operation).collect(Collectors.toSet());
    Set<String> areas = Set.of("Quota", "Benefit application", "Exam code");
    assertThat(
            Arrays.stream(Operation.values())
                .filter(operation -> areas.contains(operation.area()))
                .filter(operation -> !operation.byDefault().equals(EnumSet.of(Who.SYSTEM)))
                .filter(operation -> !OTHERS.contains(operation)))
        .containsExactlyInAnyOrderElementsOf(told);
  }
}
