package io.acpbenefits.internal;

import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.common.Identifier;
import io.acpbenefits.persistence.Dialect;
import io.acpbenefits.persistence.Transactions;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** What every feature is built on: transactions, rows, events, time and new ids. */
public final class Domain {

  private final Database database;
  private final Clock clock;
  private final IdSource ids = new IdSource();
  private final List<DomainEventListener> listeners = new CopyOnWriteArrayList<>();

  public Domain(Transactions transactions, Dialect dialect, Clock clock) {
    this.database = new Database(transactions, dialect);
    this.clock = clock;
  }

  /** Now, in UTC and to the microsecond, as the database keeps it. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  public String newId() {
    return ids.next(clock.millis());
  }

  public <I extends Identifier> Domain idType(Class<I> type, Function<String, I> constructor) {
    database.register(type, constructor);
    return this;
  }

  public <M> Rows<M> rows(Class<M> mapper) {
    database.addMapper(mapper);
    return new Rows<>(database, mapper);
  }

  public <T> T inTransaction(Supplier<T> work) {
    return database.inTransaction(work);
  }

  /**
   * Refuses what asks a port while a transaction runs on this thread.
   *
   * @throws IllegalStateException saying what must be called outside of it; a mistake of the
   *     calling code, not a refusal by a rule
   */
  public void requireNoTransaction(String what) {
    if (database.isInTransaction()) {
      throw new IllegalStateException(
          what
              + " asks somebody outside of the database, and so must not run inside a transaction:"
              + " call it outside of inTransaction, delegates, listeners and @Transactional.");
    }
  }

  public <T> T withConnection(Function<Connection, T> work) {
    return database.withConnection(work);
  }

  /**
   * Runs work that may refuse after its first write: what it wrote is undone even where somebody
   * catches the refusal and commits the transaction it is part of.
   */
  public <T> T allOrNothing(Supplier<T> work) {
    return database.allOrNothing(work);
  }

  /**
   * Throws a failure on if the transaction that runs on this thread is lost by it: for whoever
   * passes by what failed and goes on with the rest.
   */
  public void requireNotLost(RuntimeException failure) {
    if (failure instanceof TransactionLost && database.isInTransaction()) {
      throw failure;
    }
  }

  public void run(Runnable work) {
    database.inTransaction(
        () -> {
          work.run();
          return Boolean.TRUE;
        });
  }

  /** Tells every listener, within the transaction. */
  public void publish(DomainEvent event) {
    for (DomainEventListener listener : listeners) {
      listener.on(event);
    }
  }

  public void listen(DomainEventListener listener) {
    listeners.add(listener);
  }

  /** Listens to one type of event. */
  public <E extends DomainEvent> void on(Class<E> type, java.util.function.Consumer<E> action) {
    listen(
        event -> {
          if (type.isInstance(event)) {
            action.accept(type.cast(event));
          }
        });
  }
}
