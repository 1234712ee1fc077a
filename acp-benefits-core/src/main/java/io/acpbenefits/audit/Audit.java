package io.acpbenefits.audit;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Identifier;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Who did what; append-only and thread-safe. Every change of a state and every reveal of a code is
 * in it, written in the same transaction. It holds ids, never a code, a name or an e-mail.
 */
public final class Audit {

  private static final int MOST_CHARACTERS = 500;

  private final Access access;
  private final AuditLog log;
  private final Rows<AuditMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may read it
   * @param log where it is written
   */
  public Audit(Domain domain, Access access, AuditLog log) {
    this.access = access;
    this.log = log;
    this.rows = domain.rows(AuditMapper.class);
  }

  /**
   * Writes down that a person has intervened in what is not core's, such as a process. To be called
   * in the transaction of the intervention, before it.
   *
   * @param actor who; by default an operator or the system
   * @param operation what was done
   * @param subject to what
   * @param why the reason, 1 to 500 characters
   * @throws Refusal NOT_PERMITTED if the actor may not do that, INVALID_INPUT
   */
  public void intervened(Actor actor, Operation operation, Identifier subject, String why) {
    access.require(actor, operation, Subject.PROGRAMME);
    log.noted(actor, operation, subject, requireWhy(why));
  }

  /**
   * What was done to one thing.
   *
   * @param actor by default an operator or the system
   * @param subjectId the id of what it was done to
   * @param page which part
   * @return in the order in which it was done
   * @throws Refusal NOT_PERMITTED
   */
  public Page<AuditEntry> of(Actor actor, String subjectId, PageRequest page) {
    access.require(actor, Operation.SEE_AUDIT, Subject.PROGRAMME);
    return page.of(
        rows.get(m -> m.of(subjectId, page.afterOrStart(), page.rowsToFetch())),
        AuditEntry::entryId);
  }

  /**
   * Everything that was done.
   *
   * @param actor by default an operator or the system
   * @param operation only this, or null for all
   * @param page which part
   * @return in the order in which it was done
   * @throws Refusal NOT_PERMITTED
   */
  public Page<AuditEntry> all(Actor actor, @Nullable Operation operation, PageRequest page) {
    access.require(actor, Operation.SEE_AUDIT, Subject.PROGRAMME);
    return page.of(
        rows.get(m -> m.all(operation, page.afterOrStart(), page.rowsToFetch())),
        AuditEntry::entryId);
  }

  /**
   * Checks what an actor gives as reason, before the first write. Reasons are kept for ever, also
   * when an account is erased: they must hold neither personal data nor codes.
   *
   * @param why the reason
   * @return the reason, without blanks around it
   * @throws Refusal INVALID_INPUT unless it has 1 to 500 characters
   */
  public static String requireWhy(String why) {
    String text = why.strip();
    if (text.isEmpty() || text.length() > MOST_CHARACTERS) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "This needs a reason of 1 to %d characters; it goes to the record.",
          MOST_CHARACTERS);
    }
    return text;
  }
}
