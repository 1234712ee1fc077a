package io.acpbenefits.insight;

import io.acpbenefits.certificate.Tally;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.insight.Funnel.Steps;
import io.acpbenefits.partner.PartnerId;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answers of {@link Insights} to one actor about one partner as CSV; thread-safe.
 *
 * <p>By RFC 4180: UTF-8 without byte order mark, a header, lines ended by CR and LF. A text that
 * begins, perhaps after blanks, with {@code = + - @}, a tab or a line break gets an apostrophe in
 * front of it, so that no spreadsheet takes it for a formula. Times are ISO-8601 instants in UTC.
 * Codes appear by their id, never with their text.
 *
 * <p>Rows are read page by page and written at once, so that memory stays the same however many
 * there are; each page is as of when it is read. The stream is flushed and stays open. What it
 * throws comes out as {@link java.io.UncheckedIOException}. Who may, and what is refused, is as for
 * the question itself, and is decided before the first byte.
 */
public final class InsightsAsCsv {

  private static final int SUGGESTIONS = 3;
  private static final List<String> FORECAST =
      List.of(
          "certificates_now",
          "people_now",
          "certificates_then",
          "people_then",
          "certificates_difference",
          "people_difference");
  private static final List<String> FUNNEL =
      List.of(
          "issued",
          "assigned",
          "booked_with_code",
          "sat_with_code",
          "passed_with_code",
          "bound_with_code",
          "booked_self_paid",
          "sat_self_paid",
          "passed_self_paid",
          "bound_self_paid");

  private final Insights insights;
  private final Exams exams;
  private final Actor actor;
  private final PartnerId partner;

  InsightsAsCsv(Insights insights, Exams exams, Actor actor, PartnerId partner) {
    this.insights = insights;
    this.actor = actor;
    this.partner = partner;
    this.exams = exams;
  }

  /**
   * {@link Insights#tally(Actor, PartnerId, PageRequest)}: {@code exam_id, exam_name, level,
   * certificates, people}.
   *
   * @param out where to; stays open
   */
  public void tally(OutputStream out) {
    tally(page -> insights.tally(actor, partner, page), out);
  }

  /**
   * {@link Insights#tally(Actor, PartnerId, Instant, PageRequest)}: {@code exam_id, exam_name,
   * level, certificates, people}.
   *
   * @param at as of when
   * @param out where to; stays open
   */
  public void tally(Instant at, OutputStream out) {
    tally(page -> insights.tally(actor, partner, at, page), out);
  }

  private void tally(Function<PageRequest, Page<Tally>> question, OutputStream out) {
    write(
        out,
        List.of("exam_id", "exam_name", "level", "certificates", "people"),
        question,
        line ->
            row(
                line.examId(),
                name(line.examId()),
                line.level(),
                line.certificates(),
                line.people()));
  }

  /**
   * {@link Insights#tallyByLevel(Actor, PartnerId)}: {@code level, certificates, people}.
   *
   * @param out where to; stays open
   */
  public void tallyByLevel(OutputStream out) {
    tallyByLevel(insights.tallyByLevel(actor, partner), out);
  }

  /**
   * {@link Insights#tallyByLevel(Actor, PartnerId, Instant)}: {@code level, certificates, people}.
   *
   * @param at as of when
   * @param out where to; stays open
   */
  public void tallyByLevel(Instant at, OutputStream out) {
    tallyByLevel(insights.tallyByLevel(actor, partner, at), out);
  }

  private static void tallyByLevel(List<LevelTally> lines, OutputStream out) {
    write(
        out,
        List.of("level", "certificates", "people"),
        lines,
        line -> row(line.level(), line.count().certificates(), line.count().people()));
  }

  /**
   * {@link Insights#whatIf}: {@code exam_id, exam_name, level}, then certificates and people as
   * they are ({@code _now}), as they would be ({@code _then}), and the difference.
   *
   * @param supposed what is supposed to happen
   * @param out where to; stays open
   */
  public void whatIf(WhatIf supposed, OutputStream out) {
    List<String> header = new ArrayList<>(List.of("exam_id", "exam_name", "level"));
    header.addAll(FORECAST);
    write(
        out,
        header,
        page -> insights.whatIf(actor, partner, supposed, page),
        line ->
            row(
                line.examId(),
                name(line.examId()),
                line.level(),
                line.now().certificates(),
                line.now().people(),
                line.then().certificates(),
                line.then().people(),
                line.difference().certificates(),
                line.difference().people()));
  }

  /**
   * {@link Insights#whatIfByLevel}: {@code level}, then certificates and people as they are ({@code
   * _now}), as they would be ({@code _then}), and the difference.
   *
   * @param supposed what is supposed to happen
   * @param out where to; stays open
   */
  public void whatIfByLevel(WhatIf supposed, OutputStream out) {
    List<String> header = new ArrayList<>(List.of("level"));
    header.addAll(FORECAST);
    write(
        out,
        header,
        insights.whatIfByLevel(actor, partner, supposed),
        line ->
            row(
                line.level(),
                line.now().certificates(),
                line.now().people(),
                line.then().certificates(),
                line.then().people(),
                line.difference().certificates(),
                line.difference().people()));
  }

  /**
   * {@link Insights#expiringCodes}: {@code code_id, exam_id, exam_name, state, holder, expires_at,
   * suggestion_1, suggestion_2, suggestion_3}.
   *
   * @param within how soon, 0 to 3,660 days
   * @param out where to; stays open
   */
  public void expiringCodes(Duration within, OutputStream out) {
    write(
        out,
        List.of(
            "code_id",
            "exam_id",
            "exam_name",
            "state",
            "holder",
            "expires_at",
            "suggestion_1",
            "suggestion_2",
            "suggestion_3"),
        page -> insights.expiringCodes(actor, partner, within, SUGGESTIONS, page),
        code -> {
          List<@Nullable Object> cells =
              row(
                  code.codeId(),
                  code.examId(),
                  code.examName(),
                  code.state(),
                  code.holder(),
                  code.expiresAt());
          for (int number = 0; number < SUGGESTIONS; number++) {
            boolean there = number < code.suggestions().size();
            cells.add(there ? code.suggestions().get(number).member() : null);
          }
          return cells;
        });
  }

  /**
   * {@link Insights#suggestions}: {@code rank, member, because, member_since}.
   *
   * @param exam for which exam
   * @param out where to; stays open
   */
  public void suggestions(ExamId exam, OutputStream out) {
    AtomicLong rank = new AtomicLong();
    write(
        out,
        List.of("rank", "member", "because", "member_since"),
        page -> insights.suggestions(actor, partner, exam, page),
        suggestion ->
            row(
                rank.incrementAndGet(),
                suggestion.member(),
                suggestion.because(),
                suggestion.memberSince()));
  }

  /**
   * {@link Insights#retiringCodes}: {@code code_id, exam_id, exam_name, state, holder, expires_at,
   * end_of_sale, end_of_life}.
   *
   * @param within how soon the exam retires, 0 to 3,660 days
   * @param out where to; stays open
   */
  public void retiringCodes(Duration within, OutputStream out) {
    write(
        out,
        List.of(
            "code_id",
            "exam_id",
            "exam_name",
            "state",
            "holder",
            "expires_at",
            "end_of_sale",
            "end_of_life"),
        page -> insights.retiringCodes(actor, partner, within, page),
        code ->
            row(
                code.codeId(),
                code.examId(),
                code.examName(),
                code.state(),
                code.holder(),
                code.expiresAt(),
                code.endOfSale(),
                code.endOfLife()));
  }

  /**
   * {@link Insights#funnel}: {@code exam_id, exam_name, level, issued, assigned}, then booked, sat,
   * passed and bound with a code ({@code _with_code}) and self-paid ({@code _self_paid}).
   *
   * @param from where the period begins
   * @param until where it ends, itself excluded
   * @param out where to; stays open
   */
  public void funnel(Instant from, Instant until, OutputStream out) {
    List<String> header = new ArrayList<>(List.of("exam_id", "exam_name", "level"));
    header.addAll(FUNNEL);
    write(
        out,
        header,
        page -> insights.funnel(actor, partner, from, until, page),
        line -> {
          List<@Nullable Object> cells = row(line.examId(), name(line.examId()), line.level());
          cells.addAll(counts(line.funnel()));
          return cells;
        });
  }

  /**
   * {@link Insights#funnelByLevel}: {@code level, issued, assigned}, then booked, sat, passed and
   * bound with a code ({@code _with_code}) and self-paid ({@code _self_paid}).
   *
   * @param from where the period begins
   * @param until where it ends, itself excluded
   * @param out where to; stays open
   */
  public void funnelByLevel(Instant from, Instant until, OutputStream out) {
    List<String> header = new ArrayList<>(List.of("level"));
    header.addAll(FUNNEL);
    write(
        out,
        header,
        insights.funnelByLevel(actor, partner, from, until),
        line -> {
          List<@Nullable Object> cells = row(line.level());
          cells.addAll(counts(line.funnel()));
          return cells;
        });
  }

  /**
   * {@link Insights#stuck}: {@code kind, person, exam_id, thing_id, since, until, taken_by,
   * next_step}.
   *
   * @param patience for how long something may rest
   * @param out where to; stays open
   */
  public void stuck(Patience patience, OutputStream out) {
    write(
        out,
        List.of("kind", "person", "exam_id", "thing_id", "since", "until", "taken_by", "next_step"),
        page -> insights.stuck(actor, partner, patience, page),
        stuck ->
            row(
                stuck.kind(),
                stuck.person(),
                stuck.examId(),
                stuck.thingId(),
                stuck.since(),
                stuck.until(),
                stuck.takenBy(),
                stuck.nextStep()));
  }

  private static List<Long> counts(Funnel funnel) {
    Steps code = funnel.withCode();
    Steps self = funnel.selfPaid();
    return List.of(
        funnel.issued(),
        funnel.assigned(),
        code.booked(),
        code.sat(),
        code.passed(),
        code.bound(),
        self.booked(),
        self.sat(),
        self.passed(),
        self.bound());
  }

  private String name(ExamId exam) {
    return exams.find(Actor.system(), exam).map(Exam::name).orElse("");
  }

  private static List<@Nullable Object> row(@Nullable Object... cells) {
    return new ArrayList<>(Arrays.asList(cells));
  }

  private static <T> void write(
      OutputStream out,
      List<String> header,
      Function<PageRequest, Page<T>> question,
      Function<T, List<@Nullable Object>> cells) {
    Pages<T> pages = new Pages<>(question);
    CsvExport export = new CsvExport(out, header);
    pages.forEach(item -> export.row(cells.apply(item)));
    export.finish();
  }

  private static <T> void write(
      OutputStream out,
      List<String> header,
      List<T> lines,
      Function<T, List<@Nullable Object>> cells) {
    CsvExport export = new CsvExport(out, header);
    lines.forEach(line -> export.row(cells.apply(line)));
    export.finish();
  }
}
