package io.acpbenefits.examrecord;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import io.acpbenefits.examrecord.FeedMapper.Origin;
import io.acpbenefits.examrecord.FeedMapper.ProblemRow;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Some lines of a file or a source, taken together in the transaction that runs. */
final class FeedLines {

  private static final int MOST_CHARACTERS = 500;

  private static final Comparator<ExamRecordLine> BY_IDENTITY =
      Comparator.comparing((ExamRecordLine line) -> line.examId().value())
          .thenComparing(line -> line.ids().candidateId())
          .thenComparing(line -> line.ids().registrationId());

  private final Domain domain;
  private final Accounts accounts;
  private final RecordIntake intake;
  private final RecordStore store;
  private final Rows<FeedMapper> rows;

  FeedLines(Domain domain, Accounts accounts, RecordIntake intake, RecordStore store) {
    this.accounts = accounts;
    this.domain = domain.idType(FeedName.class, FeedName::new);
    this.intake = intake;
    this.store = store;
    this.rows = domain.rows(FeedMapper.class);
  }

  /** Each line behind a savepoint: what is refused is set aside, and the others stand. */
  FeedCounts take(
      Actor actor, Origin origin, FeedName name, long takenBefore, List<FeedLine> lines) {
    lockKeys(lines);
    lockAccounts(lines);
    FeedCounts counts = FeedCounts.NONE;
    long ordinal = takenBefore;
    for (FeedLine each : lines) {
      ordinal++;
      String problem;
      if (each instanceof FeedLine.Parsed parsed) {
        try {
          counts = counts.and(domain.allOrNothing(() -> intake.take(actor, parsed.line())));
          continue;
        } catch (Refusal refusal) {
          problem = String.valueOf(refusal.getMessage());
        }
      } else {
        problem = ((FeedLine.Unreadable) each).problem();
      }
      ProblemRow row =
          new ProblemRow(
              ordinal,
              each.number(),
              problem.substring(0, Math.min(problem.length(), MOST_CHARACTERS)));
      rows.one(m -> m.setAside(origin, name, row));
      counts = counts.andOneSetAside();
    }
    return counts;
  }

  /**
   * All pairs of ids before any account, and always in one order: two imports never wait in a ring.
   */
  private void lockKeys(List<FeedLine> lines) {
    lines.stream()
        .flatMap(line -> line instanceof FeedLine.Parsed p ? Stream.of(p.line()) : Stream.empty())
        .sorted(BY_IDENTITY)
        .forEach(line -> store.lockKey(line.ids(), line.examId()));
  }

  /**
   * Each line locks whomever it concerns when it is taken. If there are several, they are locked
   * here in the order that everybody keeps: two files about the same people would otherwise meet in
   * the middle. What changes between the look and the lock may still, and is then repeated.
   */
  private void lockAccounts(List<FeedLine> lines) {
    if (lines.size() > 1) {
      accounts.lockInOrder(
          Actor.system(),
          lines.stream()
              .flatMap(
                  line ->
                      line instanceof FeedLine.Parsed parsed
                          ? intake.concernedBy(parsed.line())
                          : Stream.empty()));
    }
  }

  Page<FeedReport.Problem> problems(Origin origin, FeedName name, PageRequest page) {
    Page<ProblemRow> found =
        page.of(
            rows.get(m -> m.problems(origin, name, ordinal(page), page.rowsToFetch())),
            row -> Long.toString(row.ordinal()));
    return new Page<>(found.items().stream().map(ProblemRow::told).toList(), found.next());
  }

  private static long ordinal(PageRequest page) {
    try {
      return page.after() == null ? 0 : Long.parseLong(Objects.requireNonNull(page.after()));
    } catch (NumberFormatException e) {
      throw new Refusal(
          Reason.INVALID_INPUT, "Pass what the page before returned as its next, unchanged.");
    }
  }

  Rows<FeedMapper> rows() {
    return rows;
  }
}
