package io.acpbenefits;

import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.application.BenefitChanges;
import io.acpbenefits.application.GiveBacks;
import io.acpbenefits.audit.Audit;
import io.acpbenefits.benefitcenter.EmbeddedBenefitCenter;
import io.acpbenefits.certificate.Candidacies;
import io.acpbenefits.certificate.CertificateBindings;
import io.acpbenefits.certificate.Certificates;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.eligibility.QuotaRecalculation;
import io.acpbenefits.erasure.Erasures;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.BulkAssignments;
import io.acpbenefits.examcode.CodeImports;
import io.acpbenefits.examcode.CodeInterventions;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.examrecord.ExamRecordPulls;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.health.Health;
import io.acpbenefits.insight.Insights;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.MemoryDatabase;
import io.acpbenefits.invitation.Invitations;
import io.acpbenefits.invitation.JoinRequests;
import io.acpbenefits.notification.Notices;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.pearsonvue.EmbeddedPearsonVue;
import io.acpbenefits.pearsonvue.ExamBookingRequests;
import io.acpbenefits.pearsonvue.ExamBookings;
import io.acpbenefits.pearsonvue.PearsonVue;
import io.acpbenefits.permission.Access;
import io.acpbenefits.persistence.RetryCounts;
import io.acpbenefits.persistence.Transactions;
import io.acpbenefits.quota.Quotas;
import io.acpbenefits.registration.ExamRegistrations;
import io.acpbenefits.secret.KeyRing;
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

/**
 * The partner benefit programme: the library's one public entry.
 *
 * <p>Built once from a {@link DataSource} and shared by all threads. Every operation is one
 * transaction of its own, or joins the one that runs; {@link #inTransaction} makes several one.
 */
public final class AcpBenefits implements AutoCloseable {

  private final Domain domain;
  private final Transactions transactions;
  private final Features features;
  private final Runnable onClose;
  private volatile boolean closed;

  AcpBenefits(AcpBenefitsBuilder builder) {
    this.transactions = builder.transactions();
    this.domain = new Domain(guarded(transactions), builder.dialect(), builder.clock);
    this.features = new Features(builder, domain);
    this.onClose = builder.onClose;
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

      @Override
      public boolean active() {
        return transactions.active();
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
    return features.access;
  }

  /**
   * Who did what.
   *
   * @return the feature's entry
   */
  public Audit audit() {
    return features.audit;
  }

  /**
   * The partners of the programme.
   *
   * @return the feature's entry
   */
  public Partners partners() {
    return features.partners;
  }

  /**
   * The exam catalogue.
   *
   * @return the feature's entry
   */
  public Exams exams() {
    return features.exams;
  }

  /**
   * The partners' quotas.
   *
   * @return the feature's entry
   */
  public Quotas quotas() {
    return features.quotas;
  }

  /**
   * What keeps quotas in step with the quota policy.
   *
   * @return the feature's entry
   */
  public QuotaRecalculation quotaRecalculation() {
    return features.quotaRecalculation;
  }

  /**
   * The accounts that the library has met.
   *
   * @return the feature's entry
   */
  public Accounts accounts() {
    return features.accounts;
  }

  /**
   * Training organizations and their members.
   *
   * @return the feature's entry
   */
  public Organizations organizations() {
    return features.organizations;
  }

  /**
   * Invitation links and personal invitations.
   *
   * @return the feature's entry
   */
  public Invitations invitations() {
    return features.invitations;
  }

  /**
   * The requests of people to join an organization.
   *
   * @return the feature's entry
   */
  public JoinRequests joinRequests() {
    return features.joinRequests;
  }

  /**
   * Exam codes: assigned, returned, shown.
   *
   * @return the feature's entry
   */
  public ExamCodes examCodes() {
    return features.examCodes;
  }

  /**
   * Single codes out of turn: reinstated, extended, revoked, released, decided on.
   *
   * @return the feature's entry
   */
  public CodeInterventions codeInterventions() {
    return features.codeInterventions;
  }

  /**
   * Codes assigned to and taken back from many members at once.
   *
   * @return the feature's entry
   */
  public BulkAssignments bulkAssignments() {
    return features.bulkAssignments;
  }

  /**
   * Codes that partners have already, taken in.
   *
   * @return the feature's entry
   */
  public CodeImports codeImports() {
    return features.codeImports;
  }

  /**
   * The Benefit Change Records.
   *
   * @return the feature's entry
   */
  public BenefitChanges benefitChanges() {
    return features.benefitChanges;
  }

  /**
   * Benefit applications.
   *
   * @return the feature's entry
   */
  public BenefitApplications applications() {
    return features.applications;
  }

  /**
   * Exam registrations.
   *
   * @return the feature's entry
   */
  public ExamRegistrations registrations() {
    return features.registrations;
  }

  /**
   * The exam records that have arrived.
   *
   * @return the feature's entry
   */
  public ExamRecords examRecords() {
    return features.examRecords;
  }

  /**
   * The pulling of exam records from the host's source, else from the embedded Pearson VUE. Part of
   * {@link #runPortCalls()}, and not of {@link #settleDue()}, which may run inside a transaction.
   *
   * @return empty if there is neither
   */
  public Optional<ExamRecordPulls> examRecordPulls() {
    return Optional.ofNullable(features.examRecordPulls);
  }

  /**
   * Certificates and the tally.
   *
   * @return the feature's entry
   */
  public Certificates certificates() {
    return features.certificates;
  }

  /**
   * The binding of certificates to accounts.
   *
   * @return the feature's entry
   */
  public CertificateBindings bindings() {
    return features.bindings;
  }

  /**
   * Where accounts stand on their way to a certificate.
   *
   * @return the feature's entry
   */
  public Candidacies candidacies() {
    return features.candidacies;
  }

  /**
   * What training admins ask.
   *
   * @return the feature's entry
   */
  public Insights insights() {
    return features.insights;
  }

  /**
   * Whether what the library stands on works.
   *
   * @return the feature's entry
   */
  public Health health() {
    return features.health;
  }

  /**
   * Erasing personal data.
   *
   * @return the feature's entry
   */
  public Erasures erasures() {
    return features.erasures;
  }

  /**
   * The embedded Benefit Center, to fill its stock.
   *
   * @return empty if the host plugged in its own
   */
  public Optional<EmbeddedBenefitCenter> embeddedBenefitCenter() {
    return Optional.ofNullable(features.embeddedBenefitCenter);
  }

  /**
   * Pearson VUE as candidates see it: profile, catalogue, free slots, exam history.
   *
   * @return the embedded one or the host's; empty if neither was chosen
   */
  public Optional<PearsonVue> pearsonVue() {
    return Optional.ofNullable(features.pearsonVue);
  }

  /**
   * The embedded Pearson VUE, to run it and to fetch its results.
   *
   * @return empty unless it was chosen
   */
  public Optional<EmbeddedPearsonVue> embeddedPearsonVue() {
    return Optional.ofNullable(features.embeddedPearsonVue);
  }

  /**
   * Exams booked at Pearson VUE and registered here, in one go.
   *
   * @return the feature's entry; empty if there is no Pearson VUE, see {@link #pearsonVue()}
   */
  public Optional<ExamBookings> examBookings() {
    return Optional.ofNullable(features.examBookings);
  }

  /**
   * What Pearson VUE is asked for and has not settled yet.
   *
   * @return the feature's entry; empty if there is no Pearson VUE, see {@link #pearsonVue()}
   */
  public Optional<ExamBookingRequests> examBookingRequests() {
    return examBookings().map(bookings -> bookings.requests(Actor.system()));
  }

  /**
   * What people are told, and what of it could not be said.
   *
   * @return the feature's entry
   */
  public Notices notices() {
    return features.notices;
  }

  /**
   * Codes that the Benefit Center handed out for applications that have ended, and that it has not
   * taken back yet.
   *
   * @return the entry
   */
  public GiveBacks giveBacks() {
    return features.applications.giveBacks(Actor.system());
  }

  /**
   * How often this library's transactions met others and were begun anew: if many were, or one in
   * vain, too many do the same thing at the same time.
   *
   * @return the counts since it was built
   */
  public RetryCounts retries() {
    return transactions.retries();
  }

  /**
   * Runs the work in one transaction; the operations called inside join it. If no transaction runs
   * yet, the work may be run several times, when another transaction came first: it should have no
   * effects outside the database.
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
   * or a timer, on as many nodes as there are. Reading tells the effective state whether or not it
   * was called.
   *
   * <p>Each row is written in a transaction of its own, so that locks are held for a moment only;
   * inside a transaction of the host all belongs to that one. What fails is left as it was and
   * logged by its id; everything else is written, then the first failure is thrown, with others
   * suppressed. The next call tries again what failed.
   *
   * @return how much this call wrote
   */
  public int settleDue() {
    return run(
        List.of(
            features.quotas::settleDue,
            features.quotaRecalculation::settleDue,
            features.examCodes::settleDue,
            features.invitations::settleDue,
            features.joinRequests::settleDue,
            features.certificates::settleDue,
            features.bindings::settleDue,
            () -> features.erasures.applyRetention(Actor.system())));
  }

  /**
   * Calls the ports that are due to be called outside of any transaction: sends notices, gives
   * codes back that nobody has taken, asks Pearson VUE again for what it did not answer, and pulls
   * exam records. Idempotent; to be called every few seconds from a thread of the host's own, where
   * nothing waits for it. Several nodes may do so on one database; a call that was claimed by one
   * is left to it until its time is over.
   *
   * @return how many notices were taken, applications and bookings settled, and lines pulled
   * @throws IllegalStateException inside a transaction
   */
  public int runPortCalls() {
    domain.requireNoTransaction("AcpBenefits.runPortCalls");
    return run(
        List.of(
            () -> features.notices.deliver(Actor.system()),
            () -> features.applications.giveBack(Actor.system()),
            () -> examBookingRequests().map(r -> r.resume(Actor.system())).orElse(0),
            this::pullIfDue));
  }

  private int pullIfDue() {
    return examRecordPulls()
        .flatMap(pulls -> pulls.pullIfDue(Actor.system()))
        .map(counts -> Math.toIntExact(counts.lines()))
        .orElse(0);
  }

  private int run(List<IntSupplier> parts) {
    int done = 0;
    RuntimeException failure = null;
    for (IntSupplier part : parts) {
      try {
        done += part.getAsInt();
      } catch (RuntimeException e) {
        domain.requireNotLost(e);
        // One that cannot be done does not hold up the others.
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
    return done;
  }

  /**
   * When {@link #runPortCalls()} has something to do next.
   *
   * @return the instant, perhaps past, or empty if nothing waits
   */
  public Optional<Instant> nextPortCall() {
    return Stream.of(
            features.notices.nextDue(),
            features.applications.nextDue(),
            examBookingRequests().flatMap(ExamBookingRequests::nextDue),
            examRecordPulls().map(ExamRecordPulls::nextDue))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /**
   * When {@link #settleDue()} has something to do next.
   *
   * @return the instant, perhaps past, or empty if nothing is waiting for its time
   */
  public Optional<Instant> nextDue() {
    return Stream.of(
            features.quotas.nextDue(),
            features.quotaRecalculation.nextDue(),
            features.examCodes.nextDue(),
            features.invitations.nextDue(),
            features.joinRequests.nextDue(),
            features.certificates.nextDue(),
            features.bindings.nextDue())
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
