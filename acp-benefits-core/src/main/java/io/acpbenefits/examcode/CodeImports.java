package io.acpbenefits.examcode;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.RowByRow.Row;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes in codes that a partner has already, from the real Benefit Center; thread-safe.
 *
 * <p>They are then issued codes of that partner like any others, but took no quota here: they were
 * taken from the quota there. Each row stands or falls by itself: in a transaction of its own, or
 * behind a savepoint where a transaction runs already. A code is known or not ignoring case; whose
 * a known code is, is never told. At most 10,000 codes at a time.
 *
 * <p>Source: "How to find the issued ACP/ACE Exam Code in the Benefit Center".
 */
public final class CodeImports {

  /** One code to take in. */
  private record Imported(PartnerId partner, Exam exam, CodeText text, @Nullable Instant expiresAt)
      implements RowByRow.Wish {
    @Override
    public List<?> payload() {
      return List.of(partner, exam.examId(), text.value(), String.valueOf(expiresAt));
    }
  }

  private final Domain domain;
  private final Access access;
  private final Partners partners;
  private final Exams exams;
  private final ExamCodes codes;
  private final RowByRow rowByRow;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param keys what was asked for before
   * @param partners whose codes these are
   * @param exams what they fit
   * @param codes where they go
   */
  public CodeImports(
      Domain domain,
      Access access,
      RequestKeys keys,
      Partners partners,
      Exams exams,
      ExamCodes codes) {
    this.domain = domain;
    this.access = access;
    this.partners = partners;
    this.exams = exams;
    this.codes = codes;
    this.rowByRow = new RowByRow(domain, keys);
  }

  /**
   * Takes in the details of Benefit Change Records as they are pasted: {@code Exam name [CODE]
   * [CODE]}, for one exam or several, on one line or several. The texts in brackets are the codes;
   * the exam is found by the name before them, ignoring case and how many blanks there are.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose codes
   * @param pasted the text, at most 1,000,000 characters
   * @param dryRun whether only to report what would come of it
   * @param key the command's key of at most 180 characters, or null; a dry run needs none
   * @return what came of each code. Problems: NOT_FOUND for the exam, EXAM_RETIRED, INVALID_INPUT
   *     for the code, ALREADY_EXISTS
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, PARTNER_SUSPENDED, INVALID_INPUT if there is nothing
   *     in brackets or too much, REQUEST_KEY_REUSED; then nothing was taken in
   */
  public RowReport details(
      Actor actor, PartnerId partner, String pasted, boolean dryRun, @Nullable RequestKey key) {
    requireOpen(actor, partner);
    List<Row<Imported>> rows =
        PastedDetails.read(pasted).stream()
            .map(found -> new Row<>(found.line(), () -> read(partner, found)))
            .toList();
    return take(actor, List.of(partner, pasted), rows, dryRun, key);
  }

  /**
   * Takes in a CSV file (RFC 4180, UTF-8 with or without a byte order mark) whose header names
   * {@code code}, either {@code exam_id} or {@code exam_name}, and perhaps {@code expires_at}, in
   * any order. Times are ISO-8601 instants after now and at most 10 years ahead; without one the
   * code lives as long as the policy says, and never longer than its exam.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose codes
   * @param csv the file, at most 5 MiB with cells of at most 1,000 characters; read, not closed
   * @param dryRun whether only to report what would come of it
   * @param key the command's key of at most 180 characters, or null; a dry run needs none
   * @return what came of each row. Problems: NOT_FOUND for the exam, EXAM_RETIRED, INVALID_INPUT
   *     for a cell, CODE_EXPIRED, ALREADY_EXISTS
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, PARTNER_SUSPENDED, INVALID_INPUT if it is no such
   *     file, REQUEST_KEY_REUSED; then nothing was taken in
   */
  public RowReport csv(
      Actor actor, PartnerId partner, InputStream csv, boolean dryRun, @Nullable RequestKey key) {
    requireOpen(actor, partner);
    CsvUpload upload = CsvUpload.read(csv, Set.of("code"), Set.of("expires_at"));
    List<Row<Imported>> rows =
        upload.lines().stream()
            .map(line -> new Row<>(line.number(), () -> read(partner, line)))
            .toList();
    return take(actor, List.of(partner, upload.content()), rows, dryRun, key);
  }

  private void requireOpen(Actor actor, PartnerId partner) {
    access.require(actor, Operation.IMPORT_CODES, Subject.ofPartner(partner));
    partners.get(Actor.system(), partner).requireActive();
  }

  private Imported read(PartnerId partner, PastedDetails.Bracketed found) {
    CodeText text = CodeText.parse(found.code());
    return imported(partner, byName(found.names()), text, null);
  }

  private Imported read(PartnerId partner, CsvUpload.Line line) {
    CodeText text = CodeText.parse(line.required("code"));
    Instant expiresAt = line.optional("expires_at").map(this::instant).orElse(null);
    return imported(partner, exam(exams, line), text, expiresAt);
  }

  private Instant instant(String cell) {
    try {
      Instant end = Instant.parse(cell);
      if (end.isAfter(CodeInterventions.farthest(domain.now()))) {
        throw new Refusal(Reason.INVALID_INPUT, "expires_at: more than 10 years ahead.");
      }
      return end.truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeParseException e) {
      throw new Refusal(
          Reason.INVALID_INPUT,
          "expires_at: expected an ISO-8601 instant such as 2026-03-01T09:00:00Z.");
    }
  }

  private Imported imported(
      PartnerId partner, Exam exam, CodeText text, @Nullable Instant expiresAt) {
    exam.requireAlive(domain.now());
    if (expiresAt != null && !expiresAt.isAfter(domain.now())) {
      throw Refusal.of(Reason.CODE_EXPIRED, "The exam code expired at %s.", expiresAt);
    }
    return new Imported(partner, exam, text, expiresAt);
  }

  private Exam byName(List<String> names) {
    return names.stream()
        .flatMap(name -> exams.findByName(Actor.system(), name).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.NOT_FOUND,
                    "There is no exam with the name that stands before the bracket."));
  }

  /** The exam that a row names, by id or by name. */
  static Exam exam(Exams exams, CsvUpload.Line line) {
    return line.optional("exam_id")
        .map(id -> exams.get(Actor.system(), ExamId.of(id)))
        .or(() -> line.optional("exam_name").flatMap(n -> exams.findByName(Actor.system(), n)))
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.NOT_FOUND, "There is no exam with this name, or none is named."));
  }

  private RowReport take(
      Actor actor,
      List<?> sent,
      List<Row<Imported>> rows,
      boolean dryRun,
      @Nullable RequestKey key) {
    if (dryRun) {
      Set<CodeText> seen = new HashSet<>();
      return rowByRow.tryOut(
          rows,
          wish -> {
            codes.store().requireUnknown(wish.text());
            if (!seen.add(wish.text())) {
              throw CodeStore.known(wish.text());
            }
            return null;
          });
    }
    return rowByRow.carryOut(
        actor,
        key,
        Operation.IMPORT_CODES,
        sent,
        rows,
        wish ->
            codes
                .add(
                    actor,
                    Operation.IMPORT_CODES,
                    wish.partner(),
                    wish.exam().examId(),
                    wish.text(),
                    wish.expiresAt(),
                    null)
                .codeId());
  }
}
