package io.acpbenefits.benefitcenter;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.secret.Vault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Benefit Center of the library's own: hands out codes from a stock in the database, first in,
 * first out, past those that somebody else has in hand; thread-safe. The stock's codes are
 * encrypted like any other.
 */
public final class EmbeddedBenefitCenter implements BenefitCenter {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final RequestKeys keys;
  private final Vault vault;
  private final ExamCodes codes;
  private final Rows<StockMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param keys what was asked for before
   * @param vault keeps the codes
   * @param codes what has become of them
   */
  public EmbeddedBenefitCenter(
      Domain domain, Access access, AuditLog log, RequestKeys keys, Vault vault, ExamCodes codes) {
    this.domain = domain;
    this.access = access;
    this.log = log;
    this.keys = keys;
    this.vault = vault;
    this.codes = codes;
    this.rows = domain.rows(StockMapper.class);
  }

  /**
   * Puts codes into the stock; one that is there already, for the same exam, is left alone.
   *
   * @param actor by default an operator or the system
   * @param exam for which exam they are
   * @param codes the codes
   * @return how many were new
   * @throws Refusal NOT_PERMITTED, or ALREADY_EXISTS if one is in stock for another exam; then none
   *     is imported
   */
  public int importStock(Actor actor, ExamId exam, List<CodeText> codes) {
    return importStock(actor, exam, codes, null);
  }

  /**
   * Puts codes into the stock, once for each request key.
   *
   * @param actor by default an operator or the system
   * @param exam for which exam they are
   * @param codes the codes
   * @param key the command's key, or null
   * @return how many were new when the command was first sent
   * @throws Refusal as without a key; REQUEST_KEY_REUSED
   */
  public int importStock(Actor actor, ExamId exam, List<CodeText> codes, @Nullable RequestKey key) {
    access.require(actor, Operation.IMPORT_STOCK, Subject.PROGRAMME);
    return keys.once(
        actor,
        key,
        Operation.IMPORT_STOCK,
        List.of(exam, codes.stream().map(CodeText::value).toList()),
        String::valueOf,
        Integer::valueOf,
        () ->
            domain.allOrNothing(
                () -> {
                  int added = 0;
                  for (CodeText code : codes) {
                    added += add(exam, code);
                  }
                  log.noted(actor, Operation.IMPORT_STOCK, exam, added + " codes were new.");
                  return added;
                }));
  }

  private int add(ExamId exam, CodeText code) {
    String lookup = vault.lookup(code.value());
    Optional<ExamId> known = rows.get(m -> m.examOf(lookup));
    if (known.isPresent()) {
      if (!known.get().equals(exam)) {
        throw Refusal.of(
            Reason.ALREADY_EXISTS,
            "The code %s is in stock for exam %s already.",
            code.masked(),
            known.get());
      }
      return 0;
    }
    String id = domain.newId();
    rows.one(
        m ->
            m.insert(
                id,
                exam,
                vault.seal(code.value(), "stock:" + id),
                lookup,
                vault.lookupKeyId(),
                domain.now()));
    return 1;
  }

  /**
   * Takes codes out of the stock, such as one that turns out to be a partner's already, so that no
   * application can be fulfilled with it. If it was handed out for an application that has not got
   * its codes yet, another one takes its place when that is tried again. What partners have stays
   * theirs.
   *
   * @param actor by default an operator or the system
   * @param exam for which exam they are in stock
   * @param codes the codes
   * @param why the reason, 1 to 500 characters and never a code; it goes to the audit
   * @return how many were there
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT
   */
  public int withdrawStock(Actor actor, ExamId exam, List<CodeText> codes, String why) {
    access.require(actor, Operation.WITHDRAW_STOCK, Subject.PROGRAMME);
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          int withdrawn = 0;
          for (CodeText code : codes) {
            withdrawn += rows.get(m -> m.withdraw(vault.lookup(code.value()), exam));
          }
          log.noted(actor, Operation.WITHDRAW_STOCK, exam, reason);
          return withdrawn;
        });
  }

  /**
   * Called by applications, which have asked for permission, outside of any transaction: it has one
   * of its own. Whoever asks at the same time takes other codes. If those do not suffice because
   * somebody has some in hand, it waits for what becomes of them: only then is it certain that
   * there are too few.
   */
  @Override
  public List<CodeText> handOut(String applicationId, ExamId exam, int quantity) {
    try {
      return handOut(applicationId, exam, quantity, StockMapper::claimFree);
    } catch (Refusal tooFew) {
      // What it has locked is free again, or two that have half of each other's would wait for
      // ever.
      return handOut(applicationId, exam, quantity, StockMapper::lockFree);
    }
  }

  /** How free codes are locked. */
  private interface Lock {
    List<StockMapper.StockRow> of(StockMapper mapper, ExamId exam, int quantity);
  }

  private List<CodeText> handOut(String applicationId, ExamId exam, int quantity, Lock lock) {
    return domain.allOrNothing(
        () -> {
          rows.insertIfMissing(m -> m.insertHandOut(applicationId));
          rows.get(m -> m.lockHandOut(applicationId));
          List<StockMapper.StockRow> earlier = rows.get(m -> m.handedOutFor(applicationId));
          int lacking = quantity - earlier.size();
          return Stream.concat(
                  earlier.stream(),
                  lacking > 0 ? take(applicationId, exam, lacking, lock).stream() : Stream.empty())
              .map(row -> new CodeText(vault.open(row.secret(), "stock:" + row.stockId())))
              .toList();
        });
  }

  private List<StockMapper.StockRow> take(
      String applicationId, ExamId exam, int quantity, Lock lock) {
    List<StockMapper.StockRow> free = rows.get(m -> lock.of(m, exam, quantity));
    if (free.size() < quantity) {
      throw Refusal.of(
          Reason.OUT_OF_STOCK,
          "The Benefit Center has %d codes for exam %s in stock, fewer than the %d asked for.",
          free.size(),
          exam,
          quantity);
    }
    free.forEach(row -> rows.one(m -> m.handOut(row.stockId(), applicationId)));
    return free;
  }

  /**
   * Called by applications. What was handed out for this one and never issued is in stock again;
   * what was issued, which is all or nothing, is not.
   */
  @Override
  public void giveBack(String applicationId) {
    domain.run(
        () -> {
          boolean asked = rows.get(m -> m.lockHandOut(applicationId)).isPresent();
          if (asked && codes.ofApplication(Actor.system(), applicationId).isEmpty()) {
            rows.get(m -> m.free(applicationId));
            rows.one(m -> m.deleteHandOut(applicationId));
          }
        });
  }

  /**
   * How many codes of an exam could be handed out now.
   *
   * @param actor by default an operator or the system
   * @param exam which exam
   * @return the count
   * @throws Refusal NOT_PERMITTED
   */
  public int free(Actor actor, ExamId exam) {
    access.require(actor, Operation.SEE_STOCK, Subject.PROGRAMME);
    return rows.get(m -> m.countFree(exam));
  }
}
