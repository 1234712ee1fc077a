package io.acpbenefits.insight;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.insight.CodesMapper.CodeRow;
import io.acpbenefits.insight.CodesMapper.MemberRow;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Codes that will be lost unless somebody uses them, and who could. */
final class UnusedCodes {

  /** The most members that a code comes with; the whole list is a question of its own. */
  static final int MOST_SUGGESTIONS = 10;

  /** The reasons as {@link CodesMapper} numbers them. */
  private static final List<Because> RANKED =
      List.of(Because.TRY_AGAIN, Because.NO_CERTIFICATE_OF_LEVEL, Because.ANOTHER_EXAM);

  private final Domain domain;
  private final Exams exams;
  private final Rows<CodesMapper> rows;

  UnusedCodes(Domain domain, Exams exams) {
    this.domain = domain;
    this.exams = exams;
    this.rows = domain.rows(CodesMapper.class);
  }

  Page<ExpiringCode> expiring(Scope scope, Duration within, int suggestions, PageRequest page) {
    if (suggestions < 0 || suggestions > MOST_SUGGESTIONS) {
      throw Refusal.of(
          Reason.INVALID_INPUT, "A code comes with 0 to %d suggestions.", MOST_SUGGESTIONS);
    }
    Instant now = domain.now();
    Instant last = now.plus(Limits.requireSensible(within));
    Cursor after = Cursor.before(page, Instant.EPOCH, "");
    Page<CodeRow> codes =
        page.of(
            rows.get(
                m ->
                    m.expiring(
                        scope.partner(),
                        now,
                        last,
                        after.time(0),
                        after.text(1),
                        page.rowsToFetch())),
            row -> Cursor.of(row.expiresAt(), row.codeId()));
    Map<ExamId, List<Suggestion>> best = new HashMap<>();
    return new Page<>(
        codes.items().stream()
            .map(
                row ->
                    new ExpiringCode(
                        row.codeId(),
                        row.examId(),
                        row.examName(),
                        row.state(),
                        row.holder(),
                        row.expiresAt(),
                        row.state() == ExamCodeState.ISSUED && suggestions > 0
                            ? best.computeIfAbsent(
                                row.examId(),
                                exam ->
                                    suggestions(scope, exam, PageRequest.first(suggestions))
                                        .items())
                            : List.of()))
            .toList(),
        codes.next());
  }

  Page<Suggestion> suggestions(Scope scope, ExamId examId, PageRequest page) {
    Exam exam = exams.get(Actor.system(), examId);
    Instant now = domain.now();
    Instant end = exam.endOfLife();
    if (end != null && !now.isBefore(end)) {
      return page.of(List.of(), s -> "");
    }
    Cursor after = Cursor.before(page, 0, Instant.EPOCH, "");
    Page<MemberRow> members =
        page.of(
            rows.get(
                m ->
                    m.members(
                        scope.partner(),
                        scope.organization(),
                        examId,
                        exam.level(),
                        now,
                        after.named(0, Integer::parseInt),
                        after.time(1),
                        after.text(2),
                        page.rowsToFetch())),
            row -> Cursor.of(row.because(), row.memberSince(), row.member()));
    return new Page<>(
        members.items().stream()
            .map(row -> new Suggestion(row.member(), RANKED.get(row.because()), row.memberSince()))
            .toList(),
        members.next());
  }

  Page<RetiringCode> retiring(Scope scope, Duration within, PageRequest page) {
    Instant now = domain.now();
    Instant last = now.plus(Limits.requireSensible(within));
    // The id of the code comes first, because the host's id may hold anything.
    Cursor after = Cursor.before(page, "", "");
    Page<CodeRow> codes =
        page.of(
            rows.get(
                m ->
                    m.retiring(
                        scope.partner(),
                        now,
                        last,
                        after.text(1),
                        after.text(0),
                        page.rowsToFetch())),
            row -> Cursor.of(row.codeId(), row.examId()));
    return new Page<>(
        codes.items().stream()
            .map(
                row ->
                    new RetiringCode(
                        row.codeId(),
                        row.examId(),
                        row.examName(),
                        row.state(),
                        row.holder(),
                        row.expiresAt(),
                        row.endOfSale(),
                        row.endOfLife()))
            .toList(),
        codes.next());
  }
}
