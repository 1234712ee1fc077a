package io.acpbenefits.quota;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaChanged.Act;
import io.acpbenefits.quota.QuotaEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people do to quotas that are there. */
class QuotaChangesTest {

  private final CoreFixture it = new CoreFixture();
  private final Quotas quotas = it.benefits.quotas();
  private final QuotaId id = it.quota(ExamLevel.ACP, 10).quotaId();
  private final Instant until = it.in(Duration.ofDays(365));

  private Quota hold(long quantity) {
    return quotas.hold(Actor.system(), it.owner, it.acme, ExamLevel.ACP, quantity, "app");
  }

  private void consume(long quantity) {
    quotas.consume(Actor.system(), it.owner, id, quantity, "app");
  }

  private void release(long quantity) {
    quotas.release(Actor.system(), it.owner, id, quantity, "app");
  }

  private List<QuotaEntry> ledger() {
    return quotas.ledger(it.owner, id, PageRequest.first(100)).items();
  }

  private List<AuditEntry> audit() {
    return it.benefits.audit().of(it.operator, id.value(), PageRequest.first(100)).items();
  }

  private void assertFigures(
      QuotaState state, long granted, long available, long held, long consumed, long expired) {
    Quota quota = it.onlyQuota();
    assertThat(quota.state()).isEqualTo(state);
    assertThat(
            List.of(
                quota.granted(),
                quota.available(),
                quota.held(),
                quota.consumed(),
                quota.expired()))
        .as("granted, available, held, consumed, expired")
        .containsExactly(granted, available, held, consumed, expired);
  }

  @Test
  void adjustsUpAndDownWithLedgerAndAudit() {
    Quota more = quotas.adjust(it.operator, id, 5, " earned ");
    assertThat(more).isEqualTo(it.onlyQuota());
    assertFigures(QuotaState.ACTIVE, 15, 15, 0, 0, 0);
    quotas.adjust(it.operator, id, -3, "a mistake");
    assertFigures(QuotaState.ACTIVE, 12, 12, 0, 0, 0);

    assertThat(ledger())
        .extracting(QuotaEntry::kind, QuotaEntry::quantity, QuotaEntry::madeBy)
        .containsExactly(
            tuple(Kind.GRANT, 10L, "operator:otto"),
            tuple(Kind.ADJUST, 5L, "operator:otto"),
            tuple(Kind.ADJUST, -3L, "operator:otto"));
    assertThat(audit())
        .extracting(AuditEntry::operation, AuditEntry::why, AuditEntry::toState)
        .containsExactly(
            tuple(Operation.GRANT_QUOTA, null, "ACTIVE"),
            tuple(Operation.ADJUST_QUOTA, "earned", "ACTIVE"),
            tuple(Operation.ADJUST_QUOTA, "a mistake", "ACTIVE"));
  }

  @Test
  void adjustsDownToWhatIsHeldAndConsumedButNotBelow() {
    hold(5);
    consume(2);
    assertThat(refusal(() -> quotas.adjust(it.operator, id, -6, "too much")))
        .hasMessageContaining("only 5")
        .extracting(r -> r.reason())
        .isEqualTo(Reason.QUOTA_EXCEEDED);
    assertRefused(
        Reason.QUOTA_EXCEEDED, () -> quotas.adjust(it.operator, id, Long.MIN_VALUE, "all"));
    quotas.adjust(it.operator, id, -5, "just right");
    assertFigures(QuotaState.ACTIVE, 5, 0, 3, 2, 0);
    assertRefused(Reason.QUOTA_EXCEEDED, () -> quotas.adjust(it.operator, id, -1, "one more"));
    assertRefused(Reason.QUOTA_EXCEEDED, () -> hold(1));
  }

  @Test
  void adjustsUpToTheLargestNumberButNotBeyond() {
    assertRefused(
        Reason.INVALID_INPUT, () -> quotas.adjust(it.operator, id, Long.MAX_VALUE - 9, "much"));
    quotas.adjust(it.operator, id, Long.MAX_VALUE - 10, "much");
    assertFigures(QuotaState.ACTIVE, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, 0);
    assertRefused(Reason.INVALID_INPUT, () -> quotas.adjust(it.operator, id, 1, "one more"));
    hold(Long.MAX_VALUE);
    assertFigures(QuotaState.ACTIVE, Long.MAX_VALUE, 0, Long.MAX_VALUE, 0, 0);
  }

  @Test
  void refusesAdjustmentsThatSayNothing() {
    assertRefused(Reason.INVALID_INPUT, () -> quotas.adjust(it.operator, id, 0, "nothing"));
    assertRefused(Reason.INVALID_INPUT, () -> quotas.adjust(it.operator, id, 1, " "));
    assertThat(ledger()).hasSize(1);
  }

  @Test
  void aSuspendedQuotaIsNotAppliedAgainstButWhatIsHeldGoesItsWay() {
    hold(4);
    quotas.suspend(it.operator, id, "looked into");
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> hold(1));
    release(1);
    consume(1);
    assertFigures(QuotaState.SUSPENDED, 10, 7, 2, 1, 0);

    quotas.resume(it.operator, id, "fine");
    hold(7);
    assertFigures(QuotaState.ACTIVE, 10, 0, 9, 1, 0);
    assertThat(audit())
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::why)
        .containsExactly(
            tuple(Operation.GRANT_QUOTA, null, "ACTIVE", null),
            tuple(Operation.SUSPEND_QUOTA, "ACTIVE", "SUSPENDED", "looked into"),
            tuple(Operation.RESUME_QUOTA, "SUSPENDED", "ACTIVE", "fine"));
  }

  @Test
  void aSuspendedQuotaExpiresInItsTime() {
    quotas.suspend(it.operator, id, "looked into");
    it.clock.set(until);
    assertFigures(QuotaState.EXPIRED, 10, 0, 0, 0, 10);
    assertRefused(Reason.ILLEGAL_STATE, () -> quotas.resume(it.operator, id, "too late"));
    assertThat(quotas.settleDue()).isOne();
    assertFigures(QuotaState.EXPIRED, 10, 0, 0, 0, 10);
  }

  @Test
  void whatWasAvailableOfARevokedQuotaHasExpiredAndWhatIsHeldGoesItsWay() {
    hold(5);
    quotas.revoke(it.operator, id, "left");
    assertFigures(QuotaState.REVOKED, 10, 0, 5, 0, 5);
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> hold(1));

    consume(2);
    assertFigures(QuotaState.REVOKED, 10, 0, 3, 2, 5);
    release(3);
    assertFigures(QuotaState.REVOKED, 10, 0, 0, 2, 8);
    assertThat(ledger())
        .extracting(QuotaEntry::kind, QuotaEntry::quantity)
        .containsExactly(
            tuple(Kind.GRANT, 10L),
            tuple(Kind.HOLD, 5L),
            tuple(Kind.EXPIRE, 5L),
            tuple(Kind.CONSUME, 2L),
            tuple(Kind.RELEASE, 3L),
            tuple(Kind.EXPIRE, 3L));
    it.clock.set(until);
    assertThat(quotas.settleDue()).isZero();
    assertFigures(QuotaState.REVOKED, 10, 0, 0, 2, 8);
  }

  @Test
  void revokingIsAuditedWithItsReason() {
    quotas.suspend(it.operator, id, "looked into");
    quotas.revoke(it.operator, id, "not fine");
    assertThat(audit().get(2))
        .extracting(
            AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState, AuditEntry::why)
        .containsExactly(Operation.REVOKE_QUOTA, "SUSPENDED", "REVOKED", "not fine");
  }

  @Test
  void tellsOfGrantsSuspensionsAndRevocations() {
    List<QuotaChanged> heard = new ArrayList<>();
    it.benefits.addListener(
        event -> {
          if (event instanceof QuotaChanged changed) {
            heard.add(changed);
          }
        });
    hold(4);
    quotas.suspend(it.operator, id, "looked into");
    quotas.resume(it.operator, id, "fine");
    quotas.revoke(it.operator, id, "not fine");
    quotas.grant(it.operator, it.acme, ExamLevel.ACP, 3, it.start, until);
    assertThat(heard)
        .extracting(QuotaChanged::act, QuotaChanged::quantity)
        .containsExactly(
            tuple(Act.HELD, 4L),
            tuple(Act.SUSPENDED, 6L),
            tuple(Act.RESUMED, 6L),
            tuple(Act.REVOKED, 6L),
            tuple(Act.GRANTED, 3L));
  }

  @Test
  void terminatingAPartnerRevokesWhatHasNotEndedAndWritesWhatHas() {
    quotas.grant(it.operator, it.acme, ExamLevel.ACP, 5, until, until.plusSeconds(9));
    it.clock.set(until);
    it.benefits.partners().terminate(it.operator, it.acme, "left");
    assertThat(it.number("SELECT COUNT(*) FROM acp_quota WHERE state = 'EXPIRED'")).isOne();
    assertThat(quotas.ofPartner(it.operator, it.acme))
        .extracting(Quota::state, Quota::expired)
        .containsExactly(tuple(QuotaState.EXPIRED, 10L), tuple(QuotaState.REVOKED, 5L));
    assertThat(quotas.check(it.operator)).isEmpty();
  }

  @Test
  void aRefundAddsToWhatIsGrantedUnlessTheQuotaHasEnded() {
    hold(3);
    consume(3);
    quotas.refund(Actor.system(), id, 2, "app", "unused");
    assertFigures(QuotaState.ACTIVE, 12, 9, 0, 3, 0);
    assertThat(ledger().get(3))
        .extracting(
            QuotaEntry::kind, QuotaEntry::quantity, QuotaEntry::reference, QuotaEntry::madeBy)
        .containsExactly(Kind.ADJUST, 2L, "app", "system");
    assertThat(audit().get(1))
        .extracting(AuditEntry::operation, AuditEntry::why)
        .containsExactly(Operation.ADJUST_QUOTA, "unused");
    assertRefused(
        Reason.INVALID_INPUT, () -> quotas.refund(Actor.system(), id, 0, "app", "unused"));
    it.clock.set(until);
    quotas.refund(Actor.system(), id, 1, "app", "unused");
    assertFigures(QuotaState.EXPIRED, 12, 0, 0, 3, 9);
  }

  @Test
  void revokingAQuotaWithNothingAvailableMakesNoEntry() {
    hold(10);
    quotas.revoke(it.operator, id, "left");
    assertThat(ledger()).extracting(QuotaEntry::kind).containsExactly(Kind.GRANT, Kind.HOLD);
  }

  @Test
  void whatWasRevokedCanBeGrantedAnewAndIsThenAppliedAgainst() {
    quotas.revoke(it.operator, id, "wrong number");
    Quota anew = quotas.grant(it.operator, it.acme, ExamLevel.ACP, 3, it.start, until);
    assertThat(hold(1).quotaId()).isEqualTo(anew.quotaId());
    assertRefused(
        Reason.INVALID_INPUT,
        () -> quotas.grant(it.operator, it.acme, ExamLevel.ACP, 3, it.start, until));
  }

  @Test
  void beginningAndEndAreWrittenAndAuditedOnceTheyAreDue() {
    Instant from = until.plusSeconds(5);
    Quota planned = quotas.grant(it.operator, it.acme, ExamLevel.ACP, 4, from, from.plusSeconds(5));
    assertThat(planned.state()).isEqualTo(QuotaState.PLANNED);
    assertThat(quotas.nextDue()).contains(until);
    it.clock.set(until);
    assertThat(quotas.settleDue()).isOne();
    assertThat(quotas.nextDue()).contains(from);
    it.clock.set(from.minusNanos(1000));
    assertThat(quotas.settleDue()).isZero();
    it.clock.set(from);
    assertThat(quotas.settleDue()).isOne();
    assertThat(it.number("SELECT COUNT(*) FROM acp_quota WHERE state = 'ACTIVE'")).isOne();
    assertThat(quotas.nextDue()).contains(from.plusSeconds(5));
    it.clock.set(from.plusSeconds(5));
    assertThat(quotas.settleDue()).isOne();
    assertThat(quotas.nextDue()).isEmpty();

    assertThat(
            it.benefits
                .audit()
                .of(it.operator, planned.quotaId().value(), PageRequest.first(9))
                .items())
        .extracting(AuditEntry::operation, AuditEntry::fromState, AuditEntry::toState)
        .containsExactly(
            tuple(Operation.GRANT_QUOTA, null, "PLANNED"),
            tuple(Operation.ACTIVATE_QUOTA, "PLANNED", "ACTIVE"),
            tuple(Operation.EXPIRE_QUOTA, "ACTIVE", "EXPIRED"));
    assertThat(quotas.get(it.owner, planned.quotaId()).expired()).isEqualTo(4);
  }

  @Test
  void settlesAnyNumberInBatches() {
    for (int i = 1; i <= 5; i++) {
      quotas.grant(
          it.operator,
          it.acme,
          ExamLevel.ACE,
          1,
          it.start.plusSeconds(i),
          it.start.plusSeconds(i + 1));
    }
    it.clock.set(it.start.plusSeconds(9));
    assertThat(quotas.settleDue(2)).isEqualTo(5);
    assertThat(it.number("SELECT COUNT(*) FROM acp_quota WHERE state = 'EXPIRED'")).isEqualTo(5);
  }

  @Test
  void aRefusalWritesNothingNotEvenWhatTimeDid() {
    it.clock.set(until);
    assertRefused(Reason.ILLEGAL_STATE, () -> quotas.adjust(it.operator, id, 1, "too late"));
    assertRefused(Reason.ILLEGAL_STATE, () -> release(1));
    assertThat(it.number("SELECT COUNT(*) FROM acp_quota WHERE state = 'ACTIVE'")).isOne();
    assertThat(ledger()).hasSize(1);
  }

  @Test
  void onlyThePlatformChangesQuotasAndOnlyThePartnersManagersSeeThem() {
    Actor.Account ann = it.member(it.ann);
    Actor.Account boss = new Actor.Account(AccountId.of("boss"));
    it.partner(PartnerId.of("beta"), boss.id());
    assertRefused(Reason.NOT_PERMITTED, () -> quotas.adjust(it.owner, id, 1, "mine"));
    assertRefused(Reason.NOT_PERMITTED, () -> quotas.suspend(it.owner, id, "mine"));
    assertRefused(Reason.NOT_PERMITTED, () -> quotas.resume(it.owner, id, "mine"));
    assertRefused(Reason.NOT_PERMITTED, () -> quotas.revoke(it.owner, id, "mine"));
    assertRefused(Reason.NOT_PERMITTED, () -> quotas.check(it.owner));

    assertThat(quotas.get(it.owner, id)).isEqualTo(it.onlyQuota());
    assertThat(quotas.ofPartner(it.owner, it.acme)).hasSize(1);
    assertRefused(Reason.NOT_PERMITTED, () -> quotas.get(ann, id));
    assertRefused(Reason.NOT_PERMITTED, () -> quotas.ledger(ann, id, PageRequest.first(1)));
    assertRefused(Reason.NOT_PERMITTED, () -> quotas.balance(ann, id, it.start));
    for (Actor actor : List.of(ann, boss)) {
      assertRefused(Reason.NOT_PERMITTED, () -> quotas.ofPartner(actor, it.acme));
      assertRefused(Reason.NOT_PERMITTED, () -> quotas.balance(actor, it.acme, it.start));
    }
    assertRefused(Reason.NOT_FOUND, () -> quotas.get(boss, id));
    assertRefused(Reason.NOT_FOUND, () -> quotas.ledger(boss, id, PageRequest.first(1)));
    assertRefused(Reason.NOT_FOUND, () -> quotas.balance(boss, id, it.start));
    assertRefused(Reason.NOT_FOUND, () -> quotas.adjust(boss, id, 1, "yours"));
    assertThat(refusal(() -> quotas.revoke(it.operator, QuotaId.of("no-such"), "none")))
        .hasMessageContaining("no-such")
        .extracting(r -> r.reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void interventionsNeedAReason() {
    assertRefused(Reason.INVALID_INPUT, () -> quotas.suspend(it.operator, id, ""));
    assertRefused(Reason.INVALID_INPUT, () -> quotas.revoke(it.operator, id, ""));
    quotas.suspend(it.operator, id, "looked into");
    assertRefused(Reason.INVALID_INPUT, () -> quotas.resume(it.operator, id, ""));
    assertFigures(QuotaState.SUSPENDED, 10, 10, 0, 0, 0);
  }

  @Test
  void aGrantWithARequestKeyIsMadeOnce() {
    RequestKey key = RequestKey.of("g-1");
    Quota first = quotas.grant(it.operator, it.acme, ExamLevel.ACE, 3, it.start, until, key);
    assertThat(first.granted()).isEqualTo(3);
    assertThat(quotas.grant(it.operator, it.acme, ExamLevel.ACE, 3, it.start, until, key))
        .isEqualTo(first);
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> quotas.grant(it.operator, it.acme, ExamLevel.ACE, 4, it.start, until, key));
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> quotas.grant(it.owner, it.acme, ExamLevel.ACE, 3, it.start, until, key));
    assertThat(quotas.ofPartner(it.operator, it.acme)).hasSize(2);
  }

  @Test
  void anAdjustmentWithARequestKeyIsMadeOnce() {
    RequestKey key = RequestKey.of("a-1");
    assertThat(quotas.adjust(it.operator, id, 3, "earned", key).granted()).isEqualTo(13);
    assertThat(quotas.adjust(it.operator, id, 3, "earned", key).granted()).isEqualTo(13);
    assertRefused(
        Reason.REQUEST_KEY_REUSED, () -> quotas.adjust(it.operator, id, 4, "earned", key));
    assertFigures(QuotaState.ACTIVE, 13, 13, 0, 0, 0);
  }

  @Test
  void theLedgerComesPageByPage() {
    hold(1);
    release(1);
    Page<QuotaEntry> first = quotas.ledger(it.owner, id, PageRequest.first(2));
    assertThat(first.items()).extracting(QuotaEntry::kind).containsExactly(Kind.GRANT, Kind.HOLD);
    Page<QuotaEntry> second =
        quotas.ledger(it.owner, id, PageRequest.first(2).then(first.next().orElseThrow()));
    assertThat(second.items()).extracting(QuotaEntry::kind).containsExactly(Kind.RELEASE);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void tellsOfEachChange() {
    List<QuotaChanged> heard = new ArrayList<>();
    it.benefits.addListener(
        event -> {
          if (event instanceof QuotaChanged changed) {
            heard.add(changed);
          }
        });
    hold(4);
    release(1);
    consume(1);
    quotas.adjust(it.operator, id, -1, "a mistake");
    it.clock.set(until);
    quotas.settleDue();
    release(2);
    assertThat(heard)
        .extracting(QuotaChanged::act, QuotaChanged::quantity, QuotaChanged::reference)
        .containsExactly(
            tuple(Act.HELD, 4L, "app"),
            tuple(Act.RELEASED, 1L, "app"),
            tuple(Act.CONSUMED, 1L, "app"),
            tuple(Act.ADJUSTED, -1L, null),
            tuple(Act.EXPIRED, 6L, null),
            tuple(Act.RELEASED, 2L, "app"),
            tuple(Act.EXPIRED, 2L, "app"));
    assertThat(heard.get(0))
        .isEqualTo(
            new QuotaChanged(
                id, it.acme, ExamLevel.ACP, Act.HELD, 4, "app", it.start, "account:olga"));
  }

  @Test
  void grantsToASuspendedPartnerButNotToATerminatedOne() {
    it.benefits.partners().suspend(it.operator, it.acme, "unpaid");
    quotas.grant(it.operator, it.acme, ExamLevel.ACE, 1, it.start, until);
    it.benefits.partners().terminate(it.operator, it.acme, "left");
    assertRefused(
        Reason.PARTNER_SUSPENDED,
        () -> quotas.grant(it.operator, it.acme, ExamLevel.ACP, 1, until, until.plusSeconds(1)));
  }

  @Test
  void periodsAreKeptToTheMicrosecond() {
    Instant from = until.plusNanos(1999);
    Quota quota = quotas.grant(it.operator, it.acme, ExamLevel.ACP, 1, from, until.plusNanos(2999));
    assertThat(quota.validFrom()).isEqualTo(until.plusNanos(1000));
    assertThat(quotas.get(it.owner, quota.quotaId())).isEqualTo(quota);
    assertRefused(
        Reason.INVALID_INPUT,
        () ->
            quotas.grant(
                it.operator,
                it.acme,
                ExamLevel.ACP,
                1,
                until.plusNanos(5000),
                until.plusNanos(5999)));
  }

  @Test
  void twoGrantsOfOnePeriodAtATimeMakeOne() throws Exception {
    Runnable grant = () -> quotas.grant(it.operator, it.acme, ExamLevel.ACE, 1, it.start, until);
    assertThat(Together.run(grant, grant))
        .extracting(Together.Outcome::name)
        .containsExactlyInAnyOrder("DONE", "INVALID_INPUT");
  }
}
