package io.acpbenefits.examcode;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a bulk command, each row in a transaction of its own, or behind a savepoint of its
 * own where a transaction runs already: good rows stand, refused ones are reported.
 *
 * <p>With a request key the command is known by that key as a whole and each row by the key and its
 * place. Sent again, also after a crash half-way, rows that were done are not done again, and
 * refused ones are tried again.
 */
final class RowByRow {

  /** So that a command is not a way to fill the memory. */
  static final int MOST_ROWS = 10_000;

  /** Leaves room for the row's place behind it. */
  private static final int LONGEST_KEY = 180;

  /** What one row asks for. */
  interface Wish {

    /** All that makes a difference, see {@link RequestKeys#once}. */
    List<?> payload();
  }

  /**
   * One row: a wish, or what is wrong with it already.
   *
   * @param <W> the wish
   */
  record Row<W extends Wish>(long line, @Nullable W wish, @Nullable Refusal problem) {}

  /**
   * What is done for a row.
   *
   * @param <W> the wish
   */
  interface Step<W> {

    /** Does it, and tells with which code; or tells it without doing it. */
    @Nullable ExamCodeId take(W wish);
  }

  private final Domain domain;
  private final RequestKeys keys;

  RowByRow(Domain domain, RequestKeys keys) {
    this.domain = domain;
    this.keys = keys;
  }

  /** A row, unless making it is refused. */
  static <W extends Wish> Row<W> row(long line, Function<Long, W> parse) {
    try {
      return new Row<>(line, parse.apply(line), null);
    } catch (Refusal refusal) {
      return new Row<>(line, null, refusal);
    }
  }

  static void requireFew(int rows) {
    if (rows > MOST_ROWS) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "There are %d rows; at most %d can be taken at once.",
          rows,
          MOST_ROWS);
    }
  }

  <W extends Wish> RowReport tryOut(List<Row<W>> rows, Step<W> step) {
    return report(true, rows, (row, wish) -> step.take(wish));
  }

  <W extends Wish> RowReport carryOut(
      Actor actor, @Nullable RequestKey key, Operation operation, List<Row<W>> rows, Step<W> step) {
    if (key != null) {
      begin(actor, key, operation, rows);
    }
    return report(
        false,
        rows,
        (row, wish) ->
            keys.<@Nullable ExamCodeId>once(
                actor,
                key == null ? null : RequestKey.of(key + "#" + row.line()),
                operation,
                wish.payload(),
                String::valueOf,
                ExamCodeId::of,
                () -> domain.allOrNothing(() -> step.take(wish))));
  }

  private <W extends Wish> void begin(
      Actor actor, RequestKey key, Operation operation, List<Row<W>> rows) {
    if (key.value().length() > LONGEST_KEY) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "The request key of a bulk command has at most %d characters.",
          LONGEST_KEY);
    }
    List<Object> payload = new ArrayList<>();
    for (Row<W> row : rows) {
      W wish = row.wish();
      payload.add(row.line());
      payload.add(wish == null ? "unreadable" : wish.payload());
    }
    keys.once(actor, key, operation, payload, done -> done, done -> done, () -> "begun");
  }

  private interface Taking<W extends Wish> {
    @Nullable ExamCodeId take(Row<W> row, W wish);
  }

  private static <W extends Wish> RowReport report(
      boolean dryRun, List<Row<W>> rows, Taking<W> taking) {
    List<RowReport.Done> done = new ArrayList<>();
    List<RowReport.Problem> problems = new ArrayList<>();
    for (Row<W> row : rows) {
      try {
        W wish = row.wish();
        if (wish == null) {
          throw row.problem() == null ? new IllegalStateException("An empty row") : row.problem();
        }
        done.add(new RowReport.Done(row.line(), taking.take(row, wish)));
      } catch (Refusal refusal) {
        problems.add(
            new RowReport.Problem(
                row.line(), refusal.reason(), String.valueOf(refusal.getMessage())));
      }
    }
    return new RowReport(dryRun, done, problems);
  }
}
