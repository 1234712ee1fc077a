package io.acpbenefits;

import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.application.BenefitChanges;
import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.benefitcenter.EmbeddedBenefitCenter;
import io.acpbenefits.certificate.Candidacies;
import io.acpbenefits.certificate.CertificateBindings;
import io.acpbenefits.certificate.Certificates;
import io.acpbenefits.certificate.Sittings;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.eligibility.QuotaRecalculation;
import io.acpbenefits.erasure.Erasures;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.BulkAssignments;
import io.acpbenefits.examcode.CodeImports;
import io.acpbenefits.examcode.CodeInterventions;
import io.acpbenefits.examcode.CodeUse;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.examrecord.ExamRecordPulls;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.insight.Insights;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.MemoryDatabase;
import io.acpbenefits.invitation.Invitations;
import io.acpbenefits.invitation.JoinRequests;
import io.acpbenefits.notification.Notifier;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.pearsonvue.EmbeddedPearsonVue;
import io.acpbenefits.pearsonvue.ExamBookings;
import io.acpbenefits.pearsonvue.PearsonVue;
import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.permission.Access;
import io.acpbenefits.persistence.Transactions;
import io.acpbenefits.quota.Quotas;
import io.acpbenefits.registration.ErasedIds;
import io.acpbenefits.registration.ExamRegistrations;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.secret.Vault;
import java.sql.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The partner benefit programme: the library's one public entry.
 *
 * <p>Built once from a {@link DataSource} and shared by all threads. Every operation is one
 * transaction of its own, or joins the one that runs; {@link #inTransaction} makes several one.
 */
public final class AcpBenefits implements AutoCloseable {

  private final Domain domain;
  private final Access access;
  private final Audit audit;
  private final Partners partners;
  private final Exams exams;
  private final Quotas quotas;
  private final QuotaRecalculation quotaRecalculation;
  private final Accounts accounts;
  private final Organizations organizations;
  private final Invitations invitations;
  private final JoinRequests joinRequests;
  private final ExamCodes examCodes;
  private final CodeInterventions codeInterventions;
  private final BulkAssignments bulkAssignments;
  private final CodeImports codeImports;
  private final BenefitChanges benefitChanges;
  private final BenefitApplications applications;
  private final ExamRegistrations registrations;
  private final ExamRecords examRecords;
  private final @Nullable ExamRecordPulls examRecordPulls;
  private final Certificates certificates;
  private final CertificateBindings bindings;
  private final Candidacies candidacies;
  private final Insights insights;
  private final Erasures erasures;
  private final @Nullable EmbeddedBenefitCenter embeddedBenefitCenter;
  private final @Nullable EmbeddedPearsonVue embeddedPearsonVue;
  private final @Nullable PearsonVue pearsonVue;
  private final @Nullable ExamBookings examBookings;
  private final Notifier notifier;
  private final Runnable onClose;
  private volatile boolean closed;

  AcpBenefits(AcpBenefitsBuilder builder) {
    this.domain = new Domain(guarded(builder.transactions()), builder.clock);
    this.notifier = builder.notifier;
    this.onClose = builder.onClose;
    Vault vault = new Vault(builder.keys());
    ErasedIds erasedIds = new ErasedIds(vault);
    Policies policies = builder.policies;
    this.access = new Access(domain, builder.permissions);
    this.audit = new Audit(domain, access);
    AuditLog log = new AuditLog(domain);
    RequestKeys requestKeys = new RequestKeys(domain, vault);
    this.partners = new Partners(domain, access, log);
    this.exams = new Exams(domain, access, log);
    this.quotas = new Quotas(domain, access, log, requestKeys, partners);
    this.accounts = new Accounts(domain);
    this.organizations = new Organizations(domain, access, log, partners, accounts);
    this.invitations =
        new Invitations(domain, access, log, organizations, vault, policies.invitation());
    this.joinRequests =
        new JoinRequests(
            domain, access, log, accounts, organizations, invitations, policies.invitation());
    this.examCodes =
        new ExamCodes(
            domain,
            access,
            log,
            requestKeys,
            partners,
            exams,
            accounts,
            organizations,
            vault,
            policies.code());
    this.codeInterventions = new CodeInterventions(domain, access, exams, examCodes);
    this.bulkAssignments = new BulkAssignments(domain, access, requestKeys, exams, examCodes);
    this.codeImports = new CodeImports(domain, access, requestKeys, partners, exams, examCodes);
    CodeUse codeUse = new CodeUse(domain, examCodes);
    this.benefitChanges = new BenefitChanges(domain, access, exams, examCodes);
    BenefitCenter chosen = builder.benefitCenter;
    BenefitCenter benefitCenter =
        chosen != null
            ? chosen
            : new EmbeddedBenefitCenter(domain, access, log, requestKeys, vault);
    this.embeddedBenefitCenter =
        benefitCenter instanceof EmbeddedBenefitCenter embedded ? embedded : null;
    this.applications =
        new BenefitApplications(
            domain,
            access,
            log,
            requestKeys,
            partners,
            exams,
            quotas,
            organizations,
            examCodes,
            benefitCenter,
            policies.application());
    this.registrations =
        new ExamRegistrations(
            domain,
            access,
            log,
            requestKeys,
            exams,
            accounts,
            codeUse,
            policies.code(),
            policies.binding().syncWindow());
    this.examRecords =
        new ExamRecords(domain, access, log, exams, codeUse, registrations, erasedIds);
    AcpBenefitsBuilder.PulledSource pulled = builder.examRecords;
    this.examRecordPulls =
        pulled == null
            ? null
            : new ExamRecordPulls(
                domain, access, examRecords, pulled.name(), pulled.source(), pulled.policy());
    this.certificates =
        new Certificates(
            domain,
            access,
            log,
            requestKeys,
            exams,
            accounts,
            examRecords,
            organizations,
            policies.tally(),
            policies.certificate());
    this.bindings =
        new CertificateBindings(
            domain,
            access,
            log,
            exams,
            accounts,
            organizations,
            examRecords,
            certificates,
            new Sittings(domain, registrations, examCodes, codeUse, examRecords),
            policies.binding());
    this.candidacies =
        new Candidacies(access, examCodes, registrations, examRecords, certificates, bindings);
    this.insights =
        new Insights(
            domain,
            access,
            exams,
            organizations,
            certificates,
            policies.tally(),
            policies.invitation(),
            policies.binding());
    this.erasures =
        new Erasures(
            domain,
            access,
            log,
            requestKeys,
            accounts,
            organizations,
            invitations,
            joinRequests,
            examRecords,
            erasedIds,
            policies.retention());
    PearsonVuePolicy embedded = builder.embeddedPearsonVue;
    this.embeddedPearsonVue =
        embedded == null ? null : new EmbeddedPearsonVue(domain, access, log, vault, embedded);
    this.pearsonVue = embeddedPearsonVue != null ? embeddedPearsonVue : builder.pearsonVue;
    this.examBookings =
        pearsonVue == null
            ? null
            : new ExamBookings(domain, accounts, examCodes, codeUse, registrations, pearsonVue);
    this.quotaRecalculation =
        new QuotaRecalculation(domain, access, partners, certificates, quotas, policies.quota());
    builder.listeners.forEach(domain::listen);
  }

  private Transactions guarded(Transactions transactions) {
    return new Transactions() {
      @Override
      public <T> T required(Function<Connection, T> work) {
        if (closed) {
          throw new IllegalStateException("This AcpBenefits is closed.");
        }
        return transactions.required(work);
      }
    };
  }

  /**
   * Starts building on a database.
   *
   * @param dataSource the database
   * @return the builder
   */
  public static AcpBenefitsBuilder on(DataSource dataSource) {
    return new AcpBenefitsBuilder(dataSource);
  }

  /**
   * Starts building on a new H2 database in memory, with new keys; both end with {@link #close}.
   * Needs {@code com.h2database:h2} on the class path.
   *
   * @return the builder
   */
  public static AcpBenefitsBuilder inMemory() {
    MemoryDatabase database = MemoryDatabase.open();
    AcpBenefitsBuilder builder =
        new AcpBenefitsBuilder(database.dataSource()).keys(KeyRing.ephemeral());
    builder.onClose = database::close;
    return builder;
  }

  /**
   * Who may do what, to be asked before something is offered.
   *
   * @return the check that every operation begins with
   */
  public Access access() {
    return access;
  }

  /**
   * Who did what.
   *
   * @return the feature's entry
   */
  public Audit audit() {
    return audit;
  }

  /**
   * The partners of the programme.
   *
   * @return the feature's entry
   */
  public Partners partners() {
    return partners;
  }

  /**
   * The exam catalogue.
   *
   * @return the feature's entry
   */
  public Exams exams() {
    return exams;
  }

  /**
   * The partners' quotas.
   *
   * @return the feature's entry
   */
  public Quotas quotas() {
    return quotas;
  }

  /**
   * What keeps quotas in step with the quota policy.
   *
   * @return the feature's entry
   */
  public QuotaRecalculation quotaRecalculation() {
    return quotaRecalculation;
  }

  /**
   * The accounts that the library has met.
   *
   * @return the feature's entry
   */
  public Accounts accounts() {
    return accounts;
  }

  /**
   * Training organizations and their members.
   *
   * @return the feature's entry
   */
  public Organizations organizations() {
    return organizations;
  }

  /**
   * Invitation links and personal invitations.
   *
   * @return the feature's entry
   */
  public Invitations invitations() {
    return invitations;
  }

  /**
   * The requests of people to join an organization.
   *
   * @return the feature's entry
   */
  public JoinRequests joinRequests() {
    return joinRequests;
  }

  /**
   * Exam codes: assigned, returned, shown.
   *
   * @return the feature's entry
   */
  public ExamCodes examCodes() {
    return examCodes;
  }

  /**
   * Single codes out of turn: reinstated, extended, revoked, released, decided on.
   *
   * @return the feature's entry
   */
  public CodeInterventions codeInterventions() {
    return codeInterventions;
  }

  /**
   * Codes assigned to and taken back from many members at once.
   *
   * @return the feature's entry
   */
  public BulkAssignments bulkAssignments() {
    return bulkAssignments;
  }

  /**
   * Codes that partners have already, taken in.
   *
   * @return the feature's entry
   */
  public CodeImports codeImports() {
    return codeImports;
  }

  /**
   * The Benefit Change Records.
   *
   * @return the feature's entry
   */
  public BenefitChanges benefitChanges() {
    return benefitChanges;
  }

  /**
   * Benefit applications.
   *
   * @return the feature's entry
   */
  public BenefitApplications applications() {
    return applications;
  }

  /**
   * Exam registrations.
   *
   * @return the feature's entry
   */
  public ExamRegistrations registrations() {
    return registrations;
  }

  /**
   * The exam records that have arrived.
   *
   * @return the feature's entry
   */
  public ExamRecords examRecords() {
    return examRecords;
  }

  /**
   * The pulling of exam records from the host's source. Not part of {@link #settleDue()}, which may
   * run inside a transaction: the host calls {@code pullIfDue} now and then, or the engine does.
   *
   * @return empty if the host plugged in none
   */
  public Optional<ExamRecordPulls> examRecordPulls() {
    return Optional.ofNullable(examRecordPulls);
  }

  /**
   * Certificates and the tally.
   *
   * @return the feature's entry
   */
  public Certificates certificates() {
    return certificates;
  }

  /**
   * The binding of certificates to accounts.
   *
   * @return the feature's entry
   */
  public CertificateBindings bindings() {
    return bindings;
  }

  /**
   * Where accounts stand on their way to a certificate.
   *
   * @return the feature's entry
   */
  public Candidacies candidacies() {
    return candidacies;
  }

  /**
   * What training admins ask.
   *
   * @return the feature's entry
   */
  public Insights insights() {
    return insights;
  }

  /**
   * Erasing personal data.
   *
   * @return the feature's entry
   */
  public Erasures erasures() {
    return erasures;
  }

  /**
   * The embedded Benefit Center, to fill its stock.
   *
   * @return empty if the host plugged in its own
   */
  public Optional<EmbeddedBenefitCenter> embeddedBenefitCenter() {
    return Optional.ofNullable(embeddedBenefitCenter);
  }

  /**
   * Pearson VUE as candidates see it: profile, catalogue, free slots, exam history.
   *
   * @return the embedded one or the host's; empty if neither was chosen
   */
  public Optional<PearsonVue> pearsonVue() {
    return Optional.ofNullable(pearsonVue);
  }

  /**
   * The embedded Pearson VUE, to run it and to fetch its results.
   *
   * @return empty unless it was chosen
   */
  public Optional<EmbeddedPearsonVue> embeddedPearsonVue() {
    return Optional.ofNullable(embeddedPearsonVue);
  }

  /**
   * Exams booked at Pearson VUE and registered here, in one go.
   *
   * @return the feature's entry; empty if there is no Pearson VUE, see {@link #pearsonVue()}
   */
  public Optional<ExamBookings> examBookings() {
    return Optional.ofNullable(examBookings);
  }

  /**
   * The port through which people are told.
   *
   * @return the host's, or the library's own
   */
  public Notifier notifier() {
    return notifier;
  }

  /**
   * Runs the work in one transaction; the operations called inside join it.
   *
   * @param <T> what the work returns
   * @param work what to do
   * @return what the work returned
   */
  public <T> T inTransaction(Supplier<T> work) {
    return domain.inTransaction(work);
  }

  /**
   * Runs the work in one transaction, with the connection for statements of the host's own; what
   * either writes commits or rolls back together.
   *
   * @param <T> what the work returns
   * @param work what to do; must neither commit, roll back nor close the connection
   * @return what the work returned
   */
  public <T> T withConnection(Function<Connection, T> work) {
    return domain.withConnection(work);
  }

  /**
   * The present instant, by the clock that the library was built with.
   *
   * @return in UTC, to the microsecond
   */
  public Instant now() {
    return domain.now();
  }

  /**
   * Writes whatever has become due by time alone: quotas, codes, invitations, join requests,
   * certificates and bindings whose time is over. Idempotent; to be called now and then by the host
   * or a timer. Reading tells the effective state whether or not it was called.
   *
   * @return how many things were due
   */
  public int settleDue() {
    List<IntSupplier> parts =
        List.of(
            quotas::settleDue,
            quotaRecalculation::settleDue,
            examCodes::settleDue,
            invitations::settleDue,
            joinRequests::settleDue,
            certificates::settleDue,
            bindings::settleDue,
            () -> erasures.applyRetention(Actor.system()));
    int settled = 0;
    RuntimeException failure = null;
    for (IntSupplier part : parts) {
      try {
        settled += part.getAsInt();
      } catch (RuntimeException e) {
        // One that cannot be settled does not hold up the others.
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    return settled;
  }

  /**
   * When {@link #settleDue()} has something to do next.
   *
   * @return the instant, perhaps past, or empty if nothing is waiting for its time
   */
  public Optional<Instant> nextDue() {
    return Stream.of(
            quotas.nextDue(),
            quotaRecalculation.nextDue(),
            examCodes.nextDue(),
            invitations.nextDue(),
            joinRequests.nextDue(),
            certificates.nextDue(),
            bindings.nextDue())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /**
   * Adds a listener that hears every domain event from now on, inside its transaction.
   *
   * @param listener the listener
   */
  public void addListener(DomainEventListener listener) {
    domain.listen(listener);
  }

  /** Refuses all further work; a database in memory is given up. Idempotent. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }
}
