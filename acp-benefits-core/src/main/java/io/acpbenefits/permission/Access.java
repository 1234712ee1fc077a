package io.acpbenefits.permission;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Identifier;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.common.Who;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The check that every operation begins with; thread-safe. Roles are asked for at that moment,
 * never remembered.
 */
public final class Access {

  private final Permissions permissions;
  private final Rows<AccessMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param permissions the table
   */
  public Access(Domain domain, Permissions permissions) {
    domain.idType(AccountId.class, AccountId::new);
    this.permissions = permissions;
    this.rows = domain.rows(AccessMapper.class);
  }

  /**
   * Tells whether the actor may.
   *
   * @param actor who
   * @param operation what
   * @param subject to what
   * @return true if the operation would not be refused with NOT_PERMITTED
   */
  public boolean allows(Actor actor, Operation operation, Subject subject) {
    return allows(actor, permissions.of(operation), subject);
  }

  /**
   * Refuses unless the actor may.
   *
   * @param actor who
   * @param operation what
   * @param subject to what
   * @throws Refusal NOT_PERMITTED, saying who may
   */
  public void require(Actor actor, Operation operation, Subject subject) {
    if (!allows(actor, operation, subject)) {
      throw notPermitted(operation);
    }
  }

  /**
   * Refuses unless the actor may, without giving away to strangers that there is such a thing.
   *
   * @param actor who
   * @param operation what
   * @param subject to what
   * @param hidden what strangers are told, which is what they are told of a thing that is not there
   * @throws Refusal NOT_PERMITTED for members of the organization and the person concerned; for all
   *     other accounts whatever {@code hidden} makes
   */
  public void require(Actor actor, Operation operation, Subject subject, Supplier<Refusal> hidden) {
    if (!allows(actor, operation, subject)) {
      boolean stranger =
          actor instanceof Actor.Account self
              && !self.id().equals(subject.account())
              && roleOf(self.id(), subject).isEmpty();
      throw stranger ? hidden.get() : notPermitted(operation);
    }
  }

  private boolean allows(Actor actor, Set<Who> permitted, Subject subject) {
    if (!(actor instanceof Actor.Account self)) {
      return permitted.contains(actor instanceof Actor.Operator ? Who.OPERATOR : Who.SYSTEM);
    }
    boolean itself = permitted.contains(Who.SELF) && self.id().equals(subject.account());
    return itself
        || permitted.contains(Who.ANYONE)
        || roleOf(self.id(), subject).filter(permitted::contains).isPresent();
  }

  private Optional<Who> roleOf(AccountId account, Subject subject) {
    Identifier organization = subject.organization();
    Identifier partner = subject.partner();
    @Nullable AccountId colleague = subject.account();
    if (organization != null) {
      return rows.get(m -> m.roleIn(account, organization.value()));
    }
    if (partner != null) {
      return rows.get(m -> m.roleAt(account, partner.value()));
    }
    return colleague == null ? Optional.empty() : rows.get(m -> m.roleBeside(account, colleague));
  }

  private Refusal notPermitted(Operation operation) {
    return Refusal.of(
        Reason.NOT_PERMITTED,
        "Not permitted to %s: this takes one of %s.",
        operation.words(),
        permissions.of(operation));
  }

  /**
   * The table.
   *
   * @return what this checks against
   */
  public Permissions permissions() {
    return permissions;
  }
}
