package io.acpbenefits.quota;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotasTest {

  private final CoreFixture it = new CoreFixture();
  private final Quotas quotas = it.benefits.quotas();
  private final Instant until = it.in(Duration.ofDays(30));

  private Quota grant(long quantity, Instant from, Instant to) {
    return quotas.grant(it.operator, it.acme, ExamLevel.ACP, quantity, from, to);
  }

  private Quota hold(long quantity) {
    return quotas.hold(Actor.system(), it.owner, it.acme, ExamLevel.ACP, quantity, "app");
  }

  /** Also checks what always holds: granted = available + held + consumed + expired. */
  private void assertBalance(
      QuotaState state, long available, long held, long consumed, long expired) {
    Quota quota = it.onlyQuota();
    assertThat(quota.state()).isEqualTo(state);
    assertThat(quota.available()).as("available").isEqualTo(available);
    assertThat(quota.held()).as("held").isEqualTo(held);
    assertThat(quota.consumed()).as("consumed").isEqualTo(consumed);
    assertThat(quota.expired()).as("expired").isEqualTo(expired);
    assertThat(quota.granted()).isEqualTo(available + held + consumed + expired);
  }

  private List<QuotaEntry> ledger(QuotaId id) {
    return quotas.ledger(it.owner, id, PageRequest.first(100)).items();
  }

  private void assertLedger(Kind... kinds) {
    assertThat(ledger(it.onlyQuota().quotaId()))
        .extracting(QuotaEntry::kind)
        .containsExactly(kinds);
  }

  @Test
  void holdsReleasesAndConsumesWithALedgerOfEachStep() {
    Quota quota = grant(10, it.start, until);
    assertBalance(QuotaState.ACTIVE, 10, 0, 0, 0);

    assertThat(hold(4)).isEqualTo(it.onlyQuota());
    assertBalance(QuotaState.ACTIVE, 6, 4, 0, 0);
    quotas.release(Actor.system(), it.owner, quota.quotaId(), 1, "app");
    assertBalance(QuotaState.ACTIVE, 7, 3, 0, 0);
    quotas.consume(Actor.system(), Actor.system(), quota.quotaId(), 3, "app");
    assertBalance(QuotaState.ACTIVE, 7, 0, 3, 0);

    assertLedger(Kind.GRANT, Kind.HOLD, Kind.RELEASE, Kind.CONSUME);
    assertThat(ledger(quota.quotaId()).get(1))
        .extracting(QuotaEntry::quantity, QuotaEntry::reference, QuotaEntry::madeBy)
        .containsExactly(4L, "app", "account:olga");
  }

  @Test
  void theLedgerSaysOfWhatApplicationsDoWhoDidItWhenAndForWhatAndTheAuditDoesNot() {
    QuotaId id = grant(10, it.start, until).quotaId();
    it.stock("CODE1", "CODE2");
    BenefitApplications applications = it.benefits.applications();
    String kept = applications.apply(it.owner, it.acme, it.cloud, 2).applicationId().value();
    String canceled = applications.apply(it.owner, it.acme, it.cloud, 3).applicationId().value();
    it.clock.advance(Duration.ofMinutes(1));
    applications.cancel(it.operator, BenefitApplicationId.of(canceled), "too many");
    it.clock.advance(Duration.ofMinutes(1));
    applications.fulfil(Actor.system(), BenefitApplicationId.of(kept));

    String owner = it.owner.toString();
    Instant then = it.start.plus(Duration.ofMinutes(1));
    assertThat(ledger(id))
        .extracting(QuotaEntry::kind, QuotaEntry::reference, QuotaEntry::madeAt, QuotaEntry::madeBy)
        .containsExactly(
            tuple(Kind.GRANT, null, it.start, it.operator.toString()),
            tuple(Kind.HOLD, kept, it.start, owner),
            tuple(Kind.HOLD, canceled, it.start, owner),
            tuple(Kind.RELEASE, canceled, then, it.operator.toString()),
            tuple(Kind.CONSUME, kept, then.plus(Duration.ofMinutes(1)), "system"));
    assertThat(it.benefits.audit().of(it.operator, id.value(), PageRequest.first(9)).items())
        .extracting(AuditEntry::operation)
        .containsExactly(Operation.GRANT_QUOTA);
    // Why is said of the application that the entry names.
    assertThat(it.benefits.audit().of(it.operator, canceled, PageRequest.first(9)).items())
        .extracting(AuditEntry::why)
        .containsExactly(null, null, "too many");
  }

  @Test
  void holdsTheLastCodeButNotOneMore() {
    grant(3, it.start, until);
    assertThat(refusal(() -> hold(4)))
        .hasMessageContaining("3 left")
        .extracting(r -> r.reason())
        .isEqualTo(Reason.QUOTA_EXCEEDED);
    hold(3);
    assertRefused(Reason.QUOTA_EXCEEDED, () -> hold(1));
    assertRefused(Reason.QUOTA_EXCEEDED, () -> hold(Long.MAX_VALUE));
    assertBalance(QuotaState.ACTIVE, 0, 3, 0, 0);
    assertLedger(Kind.GRANT, Kind.HOLD);
  }

  @Test
  void refusesToMoveLessThanOneCodeOrMoreThanAreHeld() {
    QuotaId id = grant(5, it.start, until).quotaId();
    hold(2);
    for (long quantity : new long[] {0, -1, Long.MIN_VALUE}) {
      assertRefused(Reason.INVALID_INPUT, () -> hold(quantity));
      assertRefused(
          Reason.INVALID_INPUT,
          () -> quotas.release(Actor.system(), it.owner, id, quantity, "app"));
      assertRefused(
          Reason.INVALID_INPUT,
          () -> quotas.consume(Actor.system(), it.owner, id, quantity, "app"));
    }
    assertRefused(
        Reason.ILLEGAL_STATE, () -> quotas.release(Actor.system(), it.owner, id, 3, "app"));
    assertRefused(
        Reason.ILLEGAL_STATE, () -> quotas.consume(Actor.system(), it.owner, id, 3, "app"));
    assertBalance(QuotaState.ACTIVE, 3, 2, 0, 0);
  }

  @Test
  void refusesImpossibleGrants() {
    assertRefused(Reason.INVALID_INPUT, () -> grant(0, it.start, until));
    assertRefused(Reason.INVALID_INPUT, () -> grant(-5, it.start, until));
    assertRefused(Reason.INVALID_INPUT, () -> grant(5, until, until));
    assertRefused(Reason.INVALID_INPUT, () -> grant(5, until, it.start));
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> quotas.grant(it.owner, it.acme, ExamLevel.ACP, 5, it.start, until));
    assertRefused(
        Reason.NOT_FOUND,
        () -> quotas.grant(it.operator, PartnerId.of("x"), ExamLevel.ACP, 5, it.start, until));
    assertThat(quotas.ofPartner(Actor.system(), it.acme)).isEmpty();
  }

  @Test
  void refusesPeriodsThatOverlapEvenByAnInstant() {
    grant(5, it.start, until);
    Instant instantBefore = until.minusNanos(1000);
    assertRefused(Reason.INVALID_INPUT, () -> grant(5, instantBefore, until.plusSeconds(9)));
    assertRefused(
        Reason.INVALID_INPUT, () -> grant(5, it.start.minusSeconds(9), it.start.plusNanos(1000)));
    assertRefused(
        Reason.INVALID_INPUT, () -> grant(5, it.start.minusSeconds(9), until.plusSeconds(9)));
    assertRefused(
        Reason.INVALID_INPUT, () -> grant(5, it.start.plusSeconds(1), until.minusSeconds(1)));
    assertThat(quotas.ofPartner(Actor.system(), it.acme)).hasSize(1);
  }

  @Test
  void takesAdjacentPeriodsAndOtherLevels() {
    grant(5, it.start, until);
    grant(6, until, until.plusSeconds(9));
    grant(7, it.start.minusSeconds(9), it.start);
    quotas.grant(it.operator, it.acme, ExamLevel.ACE, 8, it.start, until);

    assertThat(quotas.ofPartner(Actor.system(), it.acme))
        .extracting(Quota::granted)
        .containsExactly(8L, 7L, 5L, 6L);
  }

  @Test
  void holdsAgainstTheQuotaWhosePeriodItIs() {
    grant(5, it.start, until);
    grant(6, until, until.plusSeconds(9));

    it.clock.set(until.minusNanos(1000));
    assertThat(hold(1).granted()).isEqualTo(5);
    it.clock.set(until);
    assertThat(hold(1).granted()).isEqualTo(6);
    it.clock.set(until.plusSeconds(9));
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> hold(1));
  }

  @Test
  void refusesToHoldWithoutAnActiveQuota() {
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> hold(1));
    grant(5, it.start.plusNanos(1000), until);
    assertBalance(QuotaState.PLANNED, 5, 0, 0, 0);
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> hold(1));
    assertRefused(
        Reason.QUOTA_NOT_ACTIVE,
        () -> quotas.hold(Actor.system(), it.owner, it.acme, ExamLevel.ACE, 1, "other level"));

    it.clock.set(it.start.plusNanos(1000));
    hold(1);
  }

  @Test
  void refusesToHoldAgainstASuspendedQuota() {
    grant(5, it.start, until);
    quotas.suspend(it.operator, it.onlyQuota().quotaId(), "looked into");
    assertRefused(Reason.QUOTA_NOT_ACTIVE, () -> hold(1));
    assertBalance(QuotaState.SUSPENDED, 5, 0, 0, 0);
  }

  @Test
  void tellsFromTheClockAloneThatAQuotaIsPlannedActiveOrExpired() {
    grant(5, it.start.plusSeconds(1), until);
    assertBalance(QuotaState.PLANNED, 5, 0, 0, 0);
    it.clock.set(it.start.plusSeconds(1));
    assertBalance(QuotaState.ACTIVE, 5, 0, 0, 0);
    it.clock.set(until.minusNanos(1000));
    assertBalance(QuotaState.ACTIVE, 5, 0, 0, 0);
    it.clock.set(until);
    assertBalance(QuotaState.EXPIRED, 0, 0, 0, 5);
    assertLedger(Kind.GRANT);
    assertThat(it.number("SELECT COUNT(*) FROM acp_quota WHERE state = 'PLANNED'")).isOne();
  }

  @Test
  void writesAnExpiryOnceHoweverOftenItIsSettled() {
    grant(5, it.start, until);
    hold(2);
    it.clock.set(until.minusNanos(1000));
    assertThat(quotas.settleDue()).isZero();

    it.clock.set(until);
    Quota derived = it.onlyQuota();
    assertThat(quotas.settleDue()).isOne();
    assertThat(quotas.settleDue()).isZero();
    assertThat(it.onlyQuota()).isEqualTo(derived);
    assertBalance(QuotaState.EXPIRED, 0, 2, 0, 3);
    assertLedger(Kind.GRANT, Kind.HOLD, Kind.EXPIRE);
  }

  @Test
  void anExpiryOfNothingMakesNoEntry() {
    grant(5, it.start, until);
    hold(5);
    it.clock.set(until);
    quotas.settleDue();
    assertLedger(Kind.GRANT, Kind.HOLD);
    assertBalance(QuotaState.EXPIRED, 0, 5, 0, 0);
  }

  @Test
  void whatIsReleasedAfterThePeriodHasExpired() {
    QuotaId id = grant(5, it.start, until).quotaId();
    hold(2);
    it.clock.set(until);

    quotas.release(Actor.system(), it.owner, id, 2, "app");

    assertBalance(QuotaState.EXPIRED, 0, 0, 0, 5);
    assertLedger(Kind.GRANT, Kind.HOLD, Kind.EXPIRE, Kind.RELEASE, Kind.EXPIRE);
    assertThat(ledger(id))
        .filteredOn(entry -> entry.kind() == Kind.EXPIRE)
        .extracting(QuotaEntry::quantity)
        .containsExactly(3L, 2L);
  }

  @Test
  void whatIsHeldCanBeConsumedAfterThePeriod() {
    QuotaId id = grant(5, it.start, until).quotaId();
    hold(2);
    it.clock.set(until);

    quotas.consume(Actor.system(), it.owner, id, 2, "app");

    assertBalance(QuotaState.EXPIRED, 0, 0, 2, 3);
  }

  @Test
  void knowsNoQuotaThatWasNeverGranted() {
    assertRefused(
        Reason.NOT_FOUND,
        () -> quotas.release(Actor.system(), it.owner, QuotaId.of("x"), 1, "app"));
    assertRefused(
        Reason.NOT_FOUND,
        () -> quotas.consume(Actor.system(), it.owner, QuotaId.of("x"), 1, "app"));
  }
}
