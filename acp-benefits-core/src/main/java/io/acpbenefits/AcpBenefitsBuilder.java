package io.acpbenefits;

import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.examrecord.ExamRecordSource;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.PullPolicy;
import io.acpbenefits.notification.LogNotifier;
import io.acpbenefits.notification.Notifier;
import io.acpbenefits.pearsonvue.PearsonVue;
import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.permission.Permissions;
import io.acpbenefits.persistence.Dialect;
import io.acpbenefits.persistence.JdbcTransactions;
import io.acpbenefits.persistence.Retries;
import io.acpbenefits.persistence.RetryPolicy;
import io.acpbenefits.persistence.Schema;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.persistence.Transactions;
import io.acpbenefits.secret.KeyRing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Collects what {@link AcpBenefits} is built with; every default is named at its method. */
public final class AcpBenefitsBuilder {

  private final DataSource dataSource;
  final List<DomainEventListener> listeners = new ArrayList<>();
  Clock clock = Clock.systemUTC();
  private SchemaMode schemaMode = SchemaMode.MIGRATE;
  Policies policies = Policies.DEFAULT;
  Permissions permissions = Permissions.DEFAULT;
  Notifier notifier = new LogNotifier();
  Runnable onClose = () -> {};
  private @Nullable KeyRing keys;
  private RetryPolicy retries = RetryPolicy.DEFAULT;
  private @Nullable Transactions transactions;
  @Nullable BenefitCenter benefitCenter;
  @Nullable PulledSource examRecords;
  @Nullable PearsonVue pearsonVue;
  @Nullable PearsonVuePolicy embeddedPearsonVue;

  /** Where exam records are pulled from. */
  record PulledSource(FeedName name, ExamRecordSource source, PullPolicy policy) {}

  AcpBenefitsBuilder(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Sets the clock. Default: the system's.
   *
   * @param clock where "now" comes from
   * @return this
   */
  public AcpBenefitsBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /**
   * Sets the keys. There is no default, except in memory.
   *
   * @param keys the keys of exam codes and invitation tokens
   * @return this
   */
  public AcpBenefitsBuilder keys(KeyRing keys) {
    this.keys = keys;
    return this;
  }

  /**
   * Sets what is done about the tables at the start. Default: {@link SchemaMode#MIGRATE}.
   *
   * @param mode what to do
   * @return this
   */
  public AcpBenefitsBuilder schema(SchemaMode mode) {
    this.schemaMode = mode;
    return this;
  }

  /**
   * Sets the policies. Default: {@link Policies#DEFAULT}.
   *
   * @param policies the rules
   * @return this
   */
  public AcpBenefitsBuilder policies(Policies policies) {
    this.policies = policies;
    return this;
  }

  /**
   * Sets who may do what. Default: {@link Permissions#DEFAULT}.
   *
   * @param permissions the table
   * @return this
   */
  public AcpBenefitsBuilder permissions(Permissions permissions) {
    this.permissions = permissions;
    return this;
  }

  /**
   * Sets how units of work run. Default: plain JDBC on the data source; the process engine brings
   * its own.
   *
   * @param transactions the port
   * @return this
   */
  public AcpBenefitsBuilder transactions(Transactions transactions) {
    this.transactions = transactions;
    return this;
  }

  /**
   * Sets how often an operation is attempted that the database gave up because another came first.
   * Default: {@link RetryPolicy#DEFAULT}. Without effect beside {@link #transactions}.
   *
   * @param retries how often
   * @return this
   */
  public AcpBenefitsBuilder retries(RetryPolicy retries) {
    this.retries = retries;
    return this;
  }

  /**
   * Sets where exam codes come from. Default: the embedded Benefit Center, whose table is only made
   * then.
   *
   * @param benefitCenter the port
   * @return this
   */
  public AcpBenefitsBuilder benefitCenter(BenefitCenter benefitCenter) {
    this.benefitCenter = benefitCenter;
    return this;
  }

  /**
   * Sets where exam records are pulled from. Default: nowhere; then they are only imported. They
   * are pulled by {@link AcpBenefits#runPortCalls()}, which the host calls or the engine.
   *
   * @param name what the source is called; how far it was pulled is kept under this name
   * @param source the port
   * @param policy how often, and what after failures
   * @return this
   */
  public AcpBenefitsBuilder examRecords(FeedName name, ExamRecordSource source, PullPolicy policy) {
    this.examRecords = new PulledSource(name, source, policy);
    return this;
  }

  /**
   * Sets where exams are booked. Default: nowhere, so that there are no {@code examBookings()}.
   *
   * @param pearsonVue the port
   * @return this
   */
  public AcpBenefitsBuilder pearsonVue(PearsonVue pearsonVue) {
    this.pearsonVue = pearsonVue;
    this.embeddedPearsonVue = null;
    return this;
  }

  /**
   * Has exams booked at the embedded Pearson VUE, whose tables are only made then. Default: not.
   *
   * @param policy its rules, such as {@link PearsonVuePolicy#DEFAULT}
   * @return this
   */
  public AcpBenefitsBuilder embeddedPearsonVue(PearsonVuePolicy policy) {
    this.embeddedPearsonVue = policy;
    this.pearsonVue = null;
    return this;
  }

  /**
   * Sets how people are told. Default: a line in the log.
   *
   * @param notifier the port
   * @return this
   */
  public AcpBenefitsBuilder notifier(Notifier notifier) {
    this.notifier = notifier;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener hears every domain event, inside its transaction
   * @return this
   */
  public AcpBenefitsBuilder listener(DomainEventListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Prepares the tables and builds.
   *
   * @return the library, ready
   * @throws BenefitsException if keys are missing or the tables do not fit
   */
  public AcpBenefits build() {
    keys();
    Schema.CORE.apply(dataSource, schemaMode, clock);
    if (benefitCenter == null) {
      Schema.BENEFIT_CENTER.apply(dataSource, schemaMode, clock);
    }
    if (embeddedPearsonVue != null) {
      Schema.PEARSON_VUE.apply(dataSource, schemaMode, clock);
    }
    return new AcpBenefits(this);
  }

  KeyRing keys() {
    if (keys == null) {
      throw new BenefitsException(
          "Exam codes need keys: call keys(KeyRing.ofFile(...)) or keys(KeyRing.ephemeral()).");
    }
    return keys;
  }

  Dialect dialect() {
    return Dialect.of(dataSource);
  }

  Transactions transactions() {
    return transactions != null
        ? transactions
        : new JdbcTransactions(dataSource, new Retries(retries));
  }
}
