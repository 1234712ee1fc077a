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
import java.util.function.Supplier;
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
   * One row.
   *
   * @param <W> the wish
   */
  record Row<W extends Wish>(long line, Supplier<W> read) {

    /** What the row asks for, unless reading it is refused. */
    W wish() {
      return read.get();
    }
  }

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
    return report(true, rows, (place, wish) -> step.take(wish));
  }

  /**
   * Carries it out.
   *
   * @param sent all that was sent, by which a repetition is known; what can be read of it may
   *     change meanwhile
   */
  <W extends Wish> RowReport carryOut(
      Actor actor,
      @Nullable RequestKey key,
      Operation operation,
      List<?> sent,
      List<Row<W>> rows,
      Step<W> step) {
    if (key != null) {
      begin(actor, key, operation, sent);
    }
    return report(
        false,
        rows,
        (place, wish) ->
            keys.<@Nullable ExamCodeId>once(
                actor,
                key == null ? null : RequestKey.of(key + "#" + place),
                operation,
                wish.payload(),
                String::valueOf,
                ExamCodeId::of,
                () -> domain.allOrNothing(() -> step.take(wish))));
  }

  private void begin(Actor actor, RequestKey key, Operation operation, List<?> sent) {
    if (key.value().length() > LONGEST_KEY) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "The request key of a bulk command has at most %d characters.",
          LONGEST_KEY);
    }
    keys.once(actor, key, operation, sent, done -> done, done -> done, () -> "begun");
  }

  private interface Taking<W extends Wish> {
    @Nullable ExamCodeId take(int place, W wish);
  }

  private static <W extends Wish> RowReport report(
      boolean dryRun, List<Row<W>> rows, Taking<W> taking) {
    List<RowReport.Done> done = new ArrayList<>();
    List<RowReport.Problem> problems = new ArrayList<>();
    for (int place = 0; place < rows.size(); place++) {
      Row<W> row = rows.get(place);
      try {
        done.add(new RowReport.Done(row.line(), taking.take(place, row.wish())));
      } catch (Refusal refusal) {
        problems.add(
            new RowReport.Problem(
                row.line(), refusal.reason(), String.valueOf(refusal.getMessage())));
      }
    }
    return new RowReport(dryRun, done, problems);
  }
}
