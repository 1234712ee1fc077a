package io.acpbenefits.certificate;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.examrecord.ExamRecordInvalidated;
import io.acpbenefits.examrecord.ExamRecordReceived;
import io.acpbenefits.examrecord.ExamRecordState;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.DueRows;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.Membership;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The certificates and what they count for; thread-safe. A PASS makes one, unbound, in the
 * transaction of its record; while its record is held it is suspended, and with its record it is
 * invalidated.
 *
 * <p>{@code VALID ⇄ SUSPENDED → EXPIRED | REVOKED}, {@code VALID → SUPERSEDED}, see {@link
 * CertificateState#lifecycle()}. Whatever is returned is as it stands at that moment, whether or
 * not it was written yet that its validity is over.
 *
 * <p>By default the person to whom it is bound, the owners and managers of the organization that it
 * is attributed to (of one attributed to none: of its holder's present organization), and the
 * platform see a certificate; to all other accounts there is none.
 */
public final class Certificates {

  private final Domain domain;
  private final Access access;
  private final ExamRecords records;
  private final Organizations organizations;
  private final TallyPolicy tally;
  private final CertificatePolicy policy;
  private final CertificateStore store;
  private final Renewals renewals;
  private final Explainer explainer;
  private final Rows<TallyMapper> tallies;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param keys renews once for each request key
   * @param exams what was passed
   * @param accounts to whom certificates are bound
   * @param records what certificates stand on
   * @param organizations what they count for
   * @param tally whose count
   * @param policy how long they are valid
   */
  public Certificates(
      Domain domain,
      Access access,
      AuditLog log,
      RequestKeys keys,
      Exams exams,
      Accounts accounts,
      ExamRecords records,
      Organizations organizations,
      TallyPolicy tally,
      CertificatePolicy policy) {
    this.domain =
        domain
            .idType(CertificateId.class, CertificateId::new)
            .idType(CertificateNumber.class, CertificateNumber::new);
    this.access = access;
    this.records = records;
    this.organizations = organizations;
    this.tally = tally;
    this.policy = policy;
    this.store = new CertificateStore(domain, log, accounts, records);
    this.explainer = new Explainer(domain, exams, store, tally, policy);
    this.tallies = domain.rows(TallyMapper.class);
    CertificateNumbers numbers = new CertificateNumbers();
    this.renewals = new Renewals(domain, keys, store, policy, numbers);
    EarnedCertificates earned =
        new EarnedCertificates(domain, exams, records, store, policy, numbers);
    domain.on(ExamRecordReceived.class, earned::stands);
    domain.on(ExamRecordInvalidated.class, earned::stoodNoMore);
  }

  /**
   * Keeps a certificate from counting for the time being; it can expire meanwhile.
   *
   * @param actor by default an operator or the system
   * @param id which certificate
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the certificate, suspended
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, or ILLEGAL_STATE unless it is valid
   */
  public Certificate suspend(Actor actor, CertificateId id, String why) {
    return move(
        actor,
        Operation.SUSPEND_CERTIFICATE,
        id,
        why,
        valid -> valid.in(CertificateState.SUSPENDED, false));
  }

  /**
   * Ends a certificate's suspension.
   *
   * @param actor by default an operator or the system
   * @param id which certificate
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the certificate, valid
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, or ILLEGAL_STATE unless it is
   *     suspended and its exam record stands: a record that is held has to be released first
   */
  public Certificate reinstate(Actor actor, CertificateId id, String why) {
    return move(
        actor,
        Operation.REINSTATE_CERTIFICATE,
        id,
        why,
        suspended -> {
          ExamRecordState record = records.get(Actor.system(), suspended.recordId()).state();
          if (record != ExamRecordState.RECEIVED) {
            throw Refusal.of(
                Reason.ILLEGAL_STATE,
                "The certificate is SUSPENDED and its exam record is %s; release that first.",
                record);
          }
          return suspended.in(CertificateState.VALID, false);
        });
  }

  /**
   * Takes a certificate away for good. What it was bound to stays on record.
   *
   * @param actor by default an operator or the system
   * @param id which certificate
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the certificate, revoked
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, or ILLEGAL_STATE unless it is valid or
   *     suspended
   */
  public Certificate revoke(Actor actor, CertificateId id, String why) {
    return move(
        actor,
        Operation.REVOKE_CERTIFICATE,
        id,
        why,
        open -> open.in(CertificateState.REVOKED, false));
  }

  private Certificate move(
      Actor actor,
      Operation operation,
      CertificateId id,
      String why,
      UnaryOperator<Certificate> change) {
    requireAccess(actor, operation, store.get(id));
    String reason = Audit.requireWhy(why);
    return domain.allOrNothing(
        () -> {
          Certificate from = store.lock(id);
          CertificateState.lifecycle().require(operation, from.state());
          return store.move(actor, operation, from, change.apply(from), reason);
        });
  }

  /**
   * Renews a certificate under a number that the library makes, once for each call.
   *
   * @param actor by default an operator or the system
   * @param id which certificate
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the new certificate
   * @throws Refusal see {@link #renew(Actor, CertificateId, CertificateNumber, String, RequestKey)}
   */
  public Certificate renew(Actor actor, CertificateId id, String why) {
    return renew(actor, id, null, why, null);
  }

  /**
   * Renews a certificate: a new one with a new number takes its place, bound to the same account
   * and attributed to the same organization for ever, valid from now on for as long as the policy
   * says.
   *
   * @param actor by default an operator or the system
   * @param id which certificate
   * @param number the new number; null for one that the library makes
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @param key renews once for each key; null renews each time
   * @return the new certificate
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT, ALREADY_EXISTS if the number is taken,
   *     REQUEST_KEY_REUSED, or ILLEGAL_STATE unless it is valid and bound to an account
   */
  public Certificate renew(
      Actor actor,
      CertificateId id,
      @Nullable CertificateNumber number,
      String why,
      @Nullable RequestKey key) {
    requireAccess(actor, Operation.RENEW_CERTIFICATE, store.get(id));
    return renewals.renew(actor, id, number, Audit.requireWhy(why), key);
  }

  private void requireAccess(Actor actor, Operation operation, Certificate certificate) {
    access.require(actor, operation, subject(certificate), CertificateStore::notFound);
  }

  private static Subject subject(Certificate certificate) {
    return new Subject(null, certificate.organizationId(), certificate.accountId());
  }

  Optional<Certificate> lockByRecord(ExamRecordId id) {
    return store.lockByRecord(id);
  }

  void bind(
      CertificateId id, AccountId account, @Nullable OrganizationId organization, Instant at) {
    store.bind(id, account, organization, at);
  }

  /**
   * Gets a certificate.
   *
   * @param actor who may see it, see above
   * @param id which
   * @return the certificate
   * @throws Refusal NOT_FOUND, NOT_PERMITTED for members of its organization who may not see it
   */
  public Certificate get(Actor actor, CertificateId id) {
    Certificate certificate = store.get(id);
    requireAccess(actor, Operation.SEE_CERTIFICATES, certificate);
    return certificate;
  }

  /**
   * Gets a certificate by what is on it.
   *
   * @param actor who may see it, see above
   * @param number its number
   * @return the certificate
   * @throws Refusal NOT_FOUND, NOT_PERMITTED for members of its organization who may not see it
   */
  public Certificate byNumber(Actor actor, CertificateNumber number) {
    Certificate certificate =
        store
            .get(m -> m.byNumber(number))
            .map(found -> found.at(domain.now()))
            .orElseThrow(CertificateStore::notFound);
    requireAccess(actor, Operation.SEE_CERTIFICATES, certificate);
    return certificate;
  }

  /**
   * The certificate that a record earned, which may have been renewed since.
   *
   * @param actor who may see it, see above
   * @param id which record
   * @return the certificate, or empty if there is none that the actor may see
   */
  public Optional<Certificate> byRecord(Actor actor, ExamRecordId id) {
    return store
        .get(m -> m.byRecord(id))
        .map(found -> found.at(domain.now()))
        .filter(found -> mayBeSeenBy(actor, found));
  }

  private boolean mayBeSeenBy(Actor actor, Certificate certificate) {
    return access.allows(actor, Operation.SEE_CERTIFICATES, subject(certificate));
  }

  /**
   * The certificates that are bound to an account ("My Certificate"), renewed ones too: no more
   * than a person passes exams in a life, so dozens at most.
   *
   * @param actor by default the account itself or the platform; an owner or a manager of its
   *     present organization, who gets those that are attributed to that organization or to none
   * @param account whose
   * @return in the order in which they came to be
   * @throws Refusal NOT_PERMITTED
   */
  public List<Certificate> ofAccount(Actor actor, AccountId account) {
    access.require(actor, Operation.SEE_CERTIFICATES, Subject.ofAccount(account));
    Instant now = domain.now();
    return store.get(m -> m.ofAccount(account)).stream()
        .map(certificate -> certificate.at(now))
        .filter(certificate -> mayBeSeenBy(actor, certificate))
        .toList();
  }

  /**
   * The certificates that are attributed to a partner's organization, whether or not they count.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose
   * @param filter which of them
   * @param page which part
   * @return in the order in which they came to be
   * @throws Refusal NOT_PERMITTED, NOT_FOUND
   */
  public Page<Certificate> ofPartner(
      Actor actor, PartnerId partner, CertificateFilter filter, PageRequest page) {
    access.require(actor, Operation.SEE_CERTIFICATES, Subject.ofPartner(partner));
    OrganizationId organization = organizationOf(partner);
    Instant now = domain.now();
    List<Certificate> found =
        store.get(
            m ->
                m.ofOrganization(
                    organization, filter, now, page.afterOrStart(), page.rowsToFetch()));
    return page.of(
        found.stream().map(certificate -> certificate.at(now)).toList(),
        certificate -> certificate.certificateId().value());
  }

  private OrganizationId organizationOf(PartnerId partner) {
    return organizations.ofPartner(Actor.system(), partner).organizationId();
  }

  /**
   * What states a certificate has been in; that it expired is in it once {@link #settleDue} or a
   * later operation has written it. A handful at most: but for its beginning and its end, each is
   * an intervention by a person.
   *
   * @param actor who may see it, see above
   * @param id which
   * @return in the order of their beginning; at least one
   * @throws Refusal NOT_FOUND, NOT_PERMITTED for members of its organization who may not see it
   */
  public List<CertificateChange> history(Actor actor, CertificateId id) {
    return store.history(get(actor, id).certificateId());
  }

  /**
   * Says why a certificate counts for a partner or does not, and what would change that. Never says
   * to which other organization it is attributed, or where its holder is.
   *
   * @param actor who may see the certificate, see above, or an owner or manager of the organization
   *     in which its holder is now
   * @param id which certificate
   * @param partner for whom; accounts that are not its holder ask for their own. Null asks for the
   *     organization that it is attributed to; of accounts that may not see the certificate, for
   *     their own
   * @return the explanation
   * @throws Refusal NOT_FOUND, NOT_PERMITTED
   */
  public Explanation explain(Actor actor, CertificateId id, @Nullable PartnerId partner) {
    Certificate certificate = store.get(id);
    AccountId holder = certificate.accountId();
    boolean seen = mayBeSeenBy(actor, certificate);
    boolean beside =
        holder != null
            && access.allows(actor, Operation.SEE_CERTIFICATES, Subject.ofAccount(holder));
    if (!seen && !beside) {
      requireAccess(actor, Operation.SEE_CERTIFICATES, certificate);
    }
    if (partner != null) {
      if (!actor.is(holder)) {
        access.require(actor, Operation.SEE_CERTIFICATES, Subject.ofPartner(partner));
      }
      return explainer.explain(certificate, organizationOf(partner));
    }
    return explainer.explain(
        certificate,
        seen || holder == null
            ? certificate.organizationId()
            : organizations
                .activeMembership(Actor.system(), holder)
                .map(Membership::organizationId)
                .orElse(null));
  }

  /**
   * What counts for a partner now, self-paid exams too.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner for whom
   * @return by exam; exams that nothing counts of are left out
   * @throws Refusal NOT_FOUND, NOT_PERMITTED
   */
  public List<Tally> tally(Actor actor, PartnerId partner) {
    access.require(actor, Operation.SEE_TALLY, Subject.ofPartner(partner));
    OrganizationId organization = organizationOf(partner);
    return tallies.get(m -> m.now(organization, leavers(), domain.now()));
  }

  /**
   * What counted for a partner at an instant, after all that happened at it: the certificates that
   * were bound and valid then, of the people who were members then (or, by policy, also of those
   * who had left).
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner for whom
   * @param at when; not in the future
   * @return by exam; exams that nothing counted of are left out
   * @throws Refusal NOT_FOUND, NOT_PERMITTED, INVALID_INPUT
   */
  public List<Tally> tally(Actor actor, PartnerId partner, Instant at) {
    access.require(actor, Operation.SEE_TALLY, Subject.ofPartner(partner));
    OrganizationId organization = organizationOf(partner);
    if (at.isAfter(domain.now())) {
      throw Refusal.of(Reason.INVALID_INPUT, "What counts at %s is not known yet.", at);
    }
    return tallies.get(m -> m.past(organization, leavers(), at));
  }

  /**
   * What counts for a partner now, of all exams of a level together.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner for whom
   * @param level which level
   * @return the total; of an unknown partner nothing counts
   * @throws Refusal NOT_PERMITTED
   */
  public TallyTotal total(Actor actor, PartnerId partner, ExamLevel level) {
    access.require(actor, Operation.SEE_TALLY, Subject.ofPartner(partner));
    return counting(Actor.system(), partner, level);
  }

  /**
   * The same for other operations. What it says may have changed whenever a {@link
   * CertificateChanged}, a {@link BindingChanged} that names an organization, or a change of a
   * membership is told.
   *
   * @param library only from inside other operations
   * @param partner for whom
   * @param level which level
   * @return the total; of an unknown partner nothing counts
   */
  public TallyTotal counting(Actor.Library library, PartnerId partner, ExamLevel level) {
    return tallies.get(m -> m.total(partner, level, leavers(), domain.now()));
  }

  private boolean leavers() {
    return tally == TallyPolicy.LEAVERS_TOO;
  }

  /**
   * Writes that certificates have expired; idempotent.
   *
   * @return how many have
   */
  public int settleDue() {
    Instant now = domain.now();
    return DueRows.settle(
        domain, (last, size) -> store.get(m -> m.due(now, last, size)), store::expireIfDue);
  }

  /**
   * When certificates next expire.
   *
   * @return the instant, perhaps past, or empty
   */
  public Optional<Instant> nextDue() {
    return store.get(CertificateMapper::nextDue);
  }

  /**
   * The rules these certificates follow.
   *
   * @return the policy
   */
  public CertificatePolicy policy() {
    return policy;
  }
}
