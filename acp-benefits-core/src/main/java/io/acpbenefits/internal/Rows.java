package io.acpbenefits.internal;

import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ibatis.exceptions.PersistenceException;

/**
 * The rows of one aggregate, behind its mapper; every call joins the transaction that runs.
 *
 * @param <M> the mapper
 */
public final class Rows<M> {

  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;
  private final Class<M> mapper;

  Rows(Database database, Class<M> mapper) {
    this.database = database;
    this.mapper = mapper;
  }

  public <T> T get(Function<M, T> query) {
    return database.call(mapper, query);
  }

  public void run(Consumer<M> statement) {
    database.call(
        mapper,
        m -> {
          statement.accept(m);
          return Boolean.TRUE;
        });
  }

  /**
   * Inserts a row unless another transaction is inserting the same one: then waits until that one
   * has ended. The row is there afterwards.
   *
   * @param insert an insert that ends with <code>${ifMissing}</code>
   * @return whether this call inserted it
   */
  public boolean insertIfMissing(Function<M, Integer> insert) {
    if (database.passesOverWhatIsThere()) {
      return get(insert) == 1;
    }
    try {
      // Behind a savepoint, because on some databases a failed statement spoils the transaction.
      return database.allOrNothing(() -> get(insert)) == 1;
    } catch (PersistenceException e) {
      if (!(e.getCause() instanceof SQLException cause)
          || !UNIQUE_VIOLATION.equals(cause.getSQLState())) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Runs a statement that must hit exactly one row; anything else means that the row was changed
   * behind the library's back, and rolls back.
   */
  public void one(Function<M, Integer> statement) {
    int hit = get(statement);
    if (hit != 1) {
      throw new IllegalStateException(
          mapper.getSimpleName() + " changed " + hit + " rows where it must change one");
    }
  }
}
