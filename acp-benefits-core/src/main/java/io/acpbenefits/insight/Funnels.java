package io.acpbenefits.insight;

import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.insight.Funnel.Steps;
import io.acpbenefits.insight.FunnelMapper.FunnelRow;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How far codes and self-paid bookings have come, per exam and per level. */
final class Funnels {

  private final Domain domain;
  private final Rows<FunnelMapper> rows;

  Funnels(Domain domain) {
    this.domain = domain;
    this.rows = domain.rows(FunnelMapper.class);
  }

  Page<ExamFunnel> byExam(Scope scope, Instant from, Instant until, PageRequest page) {
    Limits.requirePeriod(from, until);
    return domain.inTransaction(
        () -> {
          List<FunnelRow> withCode =
              rows.get(
                  m ->
                      m.withCode(
                          scope.partner(),
                          scope.organization(),
                          from,
                          until,
                          page.afterOrStart(),
                          page.rowsToFetch()));
          List<FunnelRow> selfPaid =
              rows.get(
                  m ->
                      m.selfPaid(
                          scope.organization(),
                          from,
                          until,
                          page.afterOrStart(),
                          page.rowsToFetch()));
          Map<String, ExamFunnel> lines = new TreeMap<>();
          Stream.concat(
                  withCode.stream().map(Funnels::paidWithCode),
                  selfPaid.stream().map(Funnels::selfPaid))
              .forEach(line -> lines.merge(line.examId().value(), line, Funnels::together));
          return page.of(
              lines.values().stream().limit(page.rowsToFetch()).toList(),
              line -> line.examId().value());
        });
  }

  private static ExamFunnel paidWithCode(FunnelRow row) {
    return new ExamFunnel(
        row.examId(),
        row.level(),
        new Funnel(row.issued(), row.assigned(), steps(row), Steps.NONE));
  }

  private static ExamFunnel selfPaid(FunnelRow row) {
    return new ExamFunnel(row.examId(), row.level(), new Funnel(0, 0, Steps.NONE, steps(row)));
  }

  private static Steps steps(FunnelRow row) {
    return new Steps(row.booked(), row.sat(), row.passed(), row.bound());
  }

  private static ExamFunnel together(ExamFunnel one, ExamFunnel other) {
    return new ExamFunnel(one.examId(), one.level(), one.funnel().plus(other.funnel()));
  }

  List<LevelFunnel> byLevel(Scope scope, Instant from, Instant until) {
    Map<ExamLevel, Funnel> levels = new EnumMap<>(ExamLevel.class);
    new Pages<>(page -> byExam(scope, from, until, page))
        .forEach(line -> levels.merge(line.level(), line.funnel(), Funnel::plus));
    return levels.entrySet().stream().map(e -> new LevelFunnel(e.getKey(), e.getValue())).toList();
  }
}
