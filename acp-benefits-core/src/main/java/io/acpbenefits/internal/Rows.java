package io.acpbenefits.internal;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rows of one aggregate, behind its mapper; every call joins the transaction that runs.
 *
 * @param <M> the mapper
 */
public final class Rows<M> {

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
