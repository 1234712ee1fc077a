package io.acpbenefits.eligibility;

import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.certificate.BindingChanged;
import io.acpbenefits.certificate.CertificateChanged;
import io.acpbenefits.certificate.Certificates;
import io.acpbenefits.certificate.TallyTotal;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.DueRows;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.MembershipEnded;
import io.acpbenefits.organization.MembershipStarted;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.PartnerState;
import io.acpbenefits.partner.PartnerStateChanged;
import io.acpbenefits.partner.PartnerTierChanged;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.quota.Quota;
import io.acpbenefits.quota.QuotaChanged;
import io.acpbenefits.quota.QuotaPeriod;
import io.acpbenefits.quota.QuotaPolicy;
import io.acpbenefits.quota.Quotas;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings partners' quotas to what the {@link QuotaPolicy} says; thread-safe.
 *
 * <p>It happens in the transaction of whatever changes the tally: a certificate is bound,
 * suspended, reinstated, renewed, revoked or expires, a member comes or goes, the tier changes,
 * held codes are given back that the policy could not take away before; and at the beginning of
 * each period, by {@link #settleDue}. When a partner is terminated its quotas are revoked.
 *
 * <p>A tier that the policy does not know is refused where it is given to a partner. Everything
 * else goes on with the quota left as it is, and a warning in the log: nobody stays in an
 * organization because of its tier.
 */
public final class QuotaRecalculation {

  private static final Logger LOG = LoggerFactory.getLogger(QuotaRecalculation.class);

  private final Domain domain;
  private final Access access;
  private final Partners partners;
  private final Certificates certificates;
  private final Quotas quotas;
  private final QuotaPolicy policy;
  private final Rows<EligibilityMapper> rows;

  /**
   * Called by {@code AcpBenefits}, after all features that listen to partners: the quotas are the
   * last that are locked when one is terminated.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param partners whose quotas these are
   * @param certificates what counts for them
   * @param quotas what is brought to the policy
   * @param policy the rules
   */
  public QuotaRecalculation(
      Domain domain,
      Access access,
      Partners partners,
      Certificates certificates,
      Quotas quotas,
      QuotaPolicy policy) {
    this.domain = domain;
    this.access = access;
    this.partners = partners;
    this.certificates = certificates;
    this.quotas = quotas;
    this.policy = policy;
    this.rows = domain.rows(EligibilityMapper.class);
    domain.on(PartnerStateChanged.class, this::end);
    domain.on(PartnerTierChanged.class, event -> bring(event.partnerId()));
    domain.on(AuditEntry.class, this::noted);
    domain.on(MembershipStarted.class, event -> follow(event.organizationId()));
    domain.on(MembershipEnded.class, event -> follow(event.organizationId()));
    domain.on(CertificateChanged.class, event -> follow(event.organizationId()));
    domain.on(BindingChanged.class, event -> follow(event.organizationId()));
    domain.on(QuotaChanged.class, this::released);
  }

  private void end(PartnerStateChanged event) {
    if (event.state() == PartnerState.TERMINATED) {
      quotas.revokeAll(Actor.system(), event.partnerId(), "The partner was terminated.");
    }
  }

  private void noted(AuditEntry entry) {
    if (entry.operation() == Operation.REGISTER_PARTNER) {
      bring(PartnerId.of(entry.subjectId()));
    }
  }

  /** Held codes may have been more than the policy says. */
  private void released(QuotaChanged event) {
    if (event.act() == QuotaChanged.Act.RELEASED) {
      period()
          .filter(period -> quotas.get(Actor.system(), event.quotaId()).isOf(period))
          .ifPresent(period -> follow(event.partnerId(), event.level(), period));
    }
  }

  private void follow(@Nullable OrganizationId organization) {
    if (organization != null) {
      rows.get(m -> m.partnerOf(organization)).ifPresent(this::follow);
    }
  }

  private void follow(PartnerId partner) {
    period()
        .ifPresent(
            period ->
                Stream.of(ExamLevel.values()).forEach(level -> follow(partner, level, period)));
  }

  private void follow(PartnerId partner, ExamLevel level, QuotaPeriod period) {
    try {
      domain.allOrNothing(() -> bring(partner, level, period));
    } catch (Refusal refusal) {
      LOG.warn("The quota of partner {} is left as it is: {}", partner, refusal.getMessage());
    }
  }

  /**
   * Brings a partner's quotas of the present period to what the policy says; idempotent. Seldom
   * needed: after the host changed the policy.
   *
   * @param actor by default an operator or the system
   * @param partner whose
   * @return its quotas of that period, of the levels the policy speaks of; none before the first
   *     period, or for a partner that is terminated and had none
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, or INVALID_INPUT if the policy does not know its tier
   */
  public List<Quota> recalculate(Actor actor, PartnerId partner) {
    access.require(actor, Operation.RECALCULATE_QUOTA, Subject.ofPartner(partner));
    partners.get(Actor.system(), partner);
    return bring(partner);
  }

  private List<Quota> bring(PartnerId partner) {
    return domain.allOrNothing(
        () ->
            period().stream()
                .flatMap(
                    period ->
                        Stream.of(ExamLevel.values())
                            .flatMap(level -> bring(partner, level, period).stream()))
                .toList());
  }

  private Optional<Quota> bring(PartnerId partner, ExamLevel level, QuotaPeriod period) {
    return quotas.bring(
        Actor.system(), partner, level, period, () -> entitlement(partner, level, period));
  }

  private OptionalLong entitlement(PartnerId id, ExamLevel level, QuotaPeriod period) {
    Partner partner = partners.get(Actor.system(), id);
    if (partner.state() == PartnerState.TERMINATED) {
      return OptionalLong.empty();
    }
    TallyTotal counting = certificates.counting(Actor.system(), id, level);
    return policy.entitlement(
        new QuotaPolicy.Standing(
            id, partner.tier(), level, period, counting.certificates(), counting.people()));
  }

  private Optional<QuotaPeriod> period() {
    Instant now = domain.now();
    return policy.period(now).filter(period -> !now.isBefore(period.from()));
  }

  /**
   * Grants what the policy says for a period that has begun, to every partner that is not
   * terminated; idempotent, and goes on where it was interrupted.
   *
   * @return how many partners it looked at
   */
  public int settleDue() {
    return period()
        .filter(period -> rows.get(m -> m.begun(period)) == 0)
        .map(this::begin)
        .orElse(0);
  }

  private int begin(QuotaPeriod period) {
    int looked =
        DueRows.settle(
            domain,
            this::partnersBehind,
            partner -> {
              follow(partner);
              return true;
            });
    rows.insertIfMissing(m -> m.begin(period, domain.now()));
    return looked;
  }

  private List<PartnerId> partnersBehind(String last, int size) {
    return partners.all(Actor.system(), new PageRequest(last, size)).items().stream()
        .map(Partner::partnerId)
        .toList();
  }

  /**
   * When the next period is to be begun.
   *
   * @return the instant, perhaps past; empty if the policy grants nothing by itself
   */
  public Optional<Instant> nextDue() {
    return policy
        .period(domain.now())
        .map(period -> rows.get(m -> m.begun(period)) == 0 ? period.from() : period.until());
  }

  /**
   * The rules that quotas follow.
   *
   * @return the policy
   */
  public QuotaPolicy policy() {
    return policy;
  }
}
