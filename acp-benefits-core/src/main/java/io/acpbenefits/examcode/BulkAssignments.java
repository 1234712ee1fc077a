package io.acpbenefits.examcode;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.RowByRow.Row;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Assigns and takes back codes of many members at once; thread-safe.
 *
 * <p>Each row stands or falls by itself: in a transaction of its own, or behind a savepoint where a
 * transaction runs already. A dry run locks and changes nothing, and takes into account what the
 * rows before would have done. At most 10,000 rows at a time.
 *
 * <p>A CSV file (RFC 4180, UTF-8 with or without a byte order mark, at most 5 MiB with cells of at
 * most 1,000 characters) has a header that names {@code account_id} and either {@code exam_id} or
 * {@code exam_name}.
 *
 * <p>With a request key, of at most 180 characters, rows that were done are not done again when the
 * same command is sent again; refused ones are tried again.
 */
public final class BulkAssignments {

  /** One member and exam. */
  private record Pair(PartnerId partner, ExamId exam, AccountId account) implements RowByRow.Wish {
    @Override
    public List<?> payload() {
      return List.of(partner, exam, account);
    }
  }

  /** What was sent, and the rows in it. */
  private record Sent(List<?> payload, List<Row<Pair>> rows) {}

  private final Access access;
  private final Exams exams;
  private final ExamCodes codes;
  private final RowByRow rowByRow;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param keys what was asked for before
   * @param exams what codes fit
   * @param codes the codes
   */
  public BulkAssignments(
      Domain domain, Access access, RequestKeys keys, Exams exams, ExamCodes codes) {
    this.access = access;
    this.exams = exams;
    this.codes = codes;
    this.rowByRow = new RowByRow(domain, keys);
  }

  /**
   * Assigns a code of one exam to each of some members, see {@link ExamCodes#assign}.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose codes
   * @param exam for which exam
   * @param accounts to which members
   * @param dryRun whether only to report what would come of it
   * @param key the command's key, or null; a dry run needs none
   * @return what came of each member, by its place in the list. Problems are the refusals of {@link
   *     ExamCodes#assign}
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT for too many, REQUEST_KEY_REUSED; then nothing was
   *     assigned
   */
  public RowReport assign(
      Actor actor,
      PartnerId partner,
      ExamId exam,
      List<AccountId> accounts,
      boolean dryRun,
      @Nullable RequestKey key) {
    access.require(actor, Operation.ASSIGN_CODE, Subject.ofPartner(partner));
    return assign(actor, list(partner, exam, accounts), dryRun, key);
  }

  /**
   * Assigns a code to each pair of member and exam in a CSV file.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose codes
   * @param csv the file; read, not closed
   * @param dryRun whether only to report what would come of it
   * @param key the command's key, or null; a dry run needs none
   * @return what came of each row. Problems are the refusals of {@link ExamCodes#assign}, and
   *     INVALID_INPUT for a cell
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT if it is no such file, REQUEST_KEY_REUSED; then
   *     nothing was assigned
   */
  public RowReport assign(
      Actor actor, PartnerId partner, InputStream csv, boolean dryRun, @Nullable RequestKey key) {
    access.require(actor, Operation.ASSIGN_CODE, Subject.ofPartner(partner));
    return assign(actor, file(partner, csv), dryRun, key);
  }

  private RowReport assign(Actor actor, Sent sent, boolean dryRun, @Nullable RequestKey key) {
    if (dryRun) {
      Set<Pair> served = new HashSet<>();
      Map<ExamId, Integer> taken = new HashMap<>();
      return rowByRow.tryOut(sent.rows(), pair -> wouldAssign(pair, served, taken));
    }
    return rowByRow.carryOut(
        actor,
        key,
        Operation.ASSIGN_CODE,
        sent.payload(),
        sent.rows(),
        pair -> codes.assign(actor, pair.partner(), pair.exam(), pair.account()).codeId());
  }

  private ExamCodeId wouldAssign(Pair pair, Set<Pair> served, Map<ExamId, Integer> taken) {
    codes.rules().requireOpen(pair.partner(), pair.exam());
    codes.rules().requireCandidate(pair.partner(), pair.exam(), pair.account());
    if (served.contains(pair)) {
      throw Refusal.of(
          Reason.CODE_ALREADY_HELD, "This member gets a code for exam %s already.", pair.exam());
    }
    int skip = taken.getOrDefault(pair.exam(), 0);
    ExamCode free =
        codes
            .store()
            .nextFree(pair.partner(), pair.exam(), skip)
            .orElseThrow(() -> AssignmentRules.noneLeft(pair.partner(), pair.exam()));
    served.add(pair);
    taken.put(pair.exam(), skip + 1);
    return free.codeId();
  }

  /**
   * Takes back the assigned code of one exam from each of some members, see {@link
   * ExamCodes#giveBack}.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose codes
   * @param exam for which exam
   * @param accounts from which members
   * @param dryRun whether only to report what would come of it
   * @param key the command's key, or null; a dry run needs none
   * @return what came of each member, by its place in the list. Problems: NO_CODE_AVAILABLE if the
   *     member holds no open code for the exam, ILLEGAL_STATE if it is booked
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT for too many, REQUEST_KEY_REUSED; then nothing was
   *     taken back
   */
  public RowReport giveBack(
      Actor actor,
      PartnerId partner,
      ExamId exam,
      List<AccountId> accounts,
      boolean dryRun,
      @Nullable RequestKey key) {
    access.require(actor, Operation.RETURN_CODE, Subject.ofPartner(partner));
    return giveBack(actor, list(partner, exam, accounts), dryRun, key);
  }

  /**
   * Takes back the assigned code of each pair of member and exam in a CSV file.
   *
   * @param actor by default an owner, a manager or the platform
   * @param partner whose codes
   * @param csv the file; read, not closed
   * @param dryRun whether only to report what would come of it
   * @param key the command's key, or null; a dry run needs none
   * @return what came of each row. Problems: NO_CODE_AVAILABLE if the member holds no open code for
   *     the exam, ILLEGAL_STATE if it is booked, INVALID_INPUT for a cell
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT if it is no such file, REQUEST_KEY_REUSED; then
   *     nothing was taken back
   */
  public RowReport giveBack(
      Actor actor, PartnerId partner, InputStream csv, boolean dryRun, @Nullable RequestKey key) {
    access.require(actor, Operation.RETURN_CODE, Subject.ofPartner(partner));
    return giveBack(actor, file(partner, csv), dryRun, key);
  }

  private RowReport giveBack(Actor actor, Sent sent, boolean dryRun, @Nullable RequestKey key) {
    if (dryRun) {
      Set<Pair> served = new HashSet<>();
      return rowByRow.tryOut(
          sent.rows(),
          pair -> {
            ExamCode held = held(pair);
            codes.store().require(Operation.RETURN_CODE, held);
            if (!served.add(pair)) {
              throw nothingHeld(pair);
            }
            return held.codeId();
          });
    }
    return rowByRow.carryOut(
        actor,
        key,
        Operation.RETURN_CODE,
        sent.payload(),
        sent.rows(),
        pair -> codes.giveBack(actor, held(pair).codeId()).codeId());
  }

  private ExamCode held(Pair pair) {
    return codes
        .rules()
        .openCode(pair.partner(), pair.exam(), pair.account())
        .orElseThrow(() -> nothingHeld(pair));
  }

  private static Refusal nothingHeld(Pair pair) {
    return Refusal.of(
        Reason.NO_CODE_AVAILABLE, "This member holds no open code for exam %s.", pair.exam());
  }

  private static Sent list(PartnerId partner, ExamId exam, List<AccountId> accounts) {
    RowByRow.requireFew(accounts.size());
    List<Row<Pair>> rows =
        IntStream.range(0, accounts.size())
            .mapToObj(
                place -> new Row<>(place + 1L, () -> new Pair(partner, exam, accounts.get(place))))
            .toList();
    return new Sent(List.of(partner, exam, List.copyOf(accounts)), rows);
  }

  private Sent file(PartnerId partner, InputStream csv) {
    CsvUpload upload = CsvUpload.read(csv, Set.of("account_id"), Set.of());
    List<Row<Pair>> rows =
        upload.lines().stream()
            .map(line -> new Row<>(line.number(), () -> read(partner, line)))
            .toList();
    return new Sent(List.of(partner, upload.content()), rows);
  }

  private Pair read(PartnerId partner, CsvUpload.Line line) {
    return new Pair(
        partner, CodeImports.exam(exams, line).examId(), AccountId.of(line.required("account_id")));
  }
}
