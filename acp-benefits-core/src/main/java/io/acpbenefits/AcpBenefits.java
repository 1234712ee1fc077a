package io.acpbenefits;

import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.persistence.JdbcTransactions;
import io.acpbenefits.persistence.Schema;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.persistence.Transactions;
import io.acpbenefits.secret.KeyRing;
import java.time.Clock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partner benefit programme: the library's one public entry.
 *
 * <p>Built once from a {@link DataSource} and shared by all threads. Every operation is one
 * transaction of its own, or joins the one that runs; {@link #inTransaction} makes several one.
 */
public final class AcpBenefits implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AcpBenefits.class);

  private final Domain domain;
  private final Partners partners;
  private final Exams exams;
  private final Runnable onClose;
  private volatile boolean closed;

  private AcpBenefits(Builder builder) {
    Transactions transactions = builder.transactions();
    this.onClose = () -> LOG.debug("Closed");
    this.domain =
        new Domain(
            new Transactions() {
              @Override
              public <T> T required(java.util.function.Function<java.sql.Connection, T> work) {
                if (closed) {
                  throw new IllegalStateException("This AcpBenefits is closed.");
                }
                return transactions.required(work);
              }
            },
            builder.clock);
    this.partners = new Partners(domain);
    this.exams = new Exams(domain);
    builder.listeners.forEach(domain::listen);
  }

  /**
   * Starts building on a database.
   *
   * @param dataSource the database
   * @return the builder
   */
  public static Builder on(DataSource dataSource) {
    return new Builder(dataSource);
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

  /** Collects what {@link AcpBenefits} is built with; every default is named at its method. */
  public static final class Builder {

    private final DataSource dataSource;
    private final java.util.List<DomainEventListener> listeners = new java.util.ArrayList<>();
    private Clock clock = Clock.systemUTC();
    private SchemaMode schemaMode = SchemaMode.MIGRATE;
    private @Nullable KeyRing keys;
    private @Nullable Transactions transactions;

    private Builder(DataSource dataSource) {
      this.dataSource = dataSource;
    }

    /**
     * Sets the clock. Default: the system's.
     *
     * @param clock where "now" comes from
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Sets the keys. There is no default.
     *
     * @param keys the keys of exam codes and invitation tokens
     * @return this
     */
    public Builder keys(KeyRing keys) {
      this.keys = keys;
      return this;
    }

    /**
     * Sets what is done about the tables at the start. Default: {@link SchemaMode#MIGRATE}.
     *
     * @param mode what to do
     * @return this
     */
    public Builder schema(SchemaMode mode) {
      this.schemaMode = mode;
      return this;
    }

    /**
     * Sets how units of work run. Default: plain JDBC on the data source; the process engine brings
     * its own.
     *
     * @param transactions the port
     * @return this
     */
    public Builder transactions(Transactions transactions) {
      this.transactions = transactions;
      return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener hears every domain event, inside its transaction
     * @return this
     */
    public Builder listener(DomainEventListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Prepares the tables and builds.
     *
     * @return the library, ready
     * @throws io.acpbenefits.common.BenefitsException if keys are missing or the tables do not fit
     */
    public AcpBenefits build() {
      keys();
      Schema.CORE.apply(dataSource, schemaMode, clock);
      return new AcpBenefits(this);
    }

    private KeyRing keys() {
      if (keys == null) {
        throw new io.acpbenefits.common.BenefitsException(
            "Exam codes need keys: call keys(KeyRing.ofFile(...)) or keys(KeyRing.ephemeral()).");
      }
      return keys;
    }

    private Transactions transactions() {
      return transactions != null ? transactions : new JdbcTransactions(dataSource);
    }
  }
}
