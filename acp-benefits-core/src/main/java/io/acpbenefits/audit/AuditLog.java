package io.acpbenefits.audit;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Identifier;
import io.acpbenefits.common.Operation;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import org.jspecify.annotations.Nullable;

/** The writing side of the audit, for the features; thread-safe. */
public final class AuditLog {

  private final Domain domain;
  private final Rows<AuditMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   */
  public AuditLog(Domain domain) {
    this.domain = domain;
    this.rows = domain.rows(AuditMapper.class);
  }

  /**
   * Notes a change of state, and tells of it.
   *
   * @param actor who
   * @param operation what was done
   * @param subject to what
   * @param from the state before; null if it was not there
   * @param to the state afterwards
   * @param why the reason that the actor gave, already checked, if any
   */
  public void changed(
      Actor actor,
      Operation operation,
      Identifier subject,
      @Nullable Enum<?> from,
      Enum<?> to,
      @Nullable String why) {
    append(actor, operation, subject, from, to, why);
  }

  /**
   * Notes something that changes no state.
   *
   * @param actor who
   * @param operation what was done
   * @param subject to what
   * @param why the reason that the actor gave, already checked, if any
   */
  public void noted(Actor actor, Operation operation, Identifier subject, @Nullable String why) {
    append(actor, operation, subject, null, null, why);
  }

  private void append(
      Actor actor,
      Operation operation,
      Identifier subject,
      @Nullable Enum<?> from,
      @Nullable Enum<?> to,
      @Nullable String why) {
    AuditEntry entry =
        new AuditEntry(
            domain.newId(),
            operation,
            subject.value(),
            from == null ? null : from.name(),
            to == null ? null : to.name(),
            domain.now(),
            actor.toString(),
            why);
    rows.one(m -> m.append(entry));
    domain.publish(entry);
  }
}
