package io.acpbenefits.common;

import org.jspecify.annotations.Nullable;

/**
 * Who does something. No operation is without one.
 *
 * <p>What an actor may do follows from its kind and, for accounts, from the role that the account
 * has in the organization concerned at that moment.
 */
public sealed interface Actor {

  /**
   * A person with an academy account.
   *
   * @param id the account
   */
  record Account(AccountId id) implements Actor {
    @Override
    public String toString() {
      return "account:" + id;
    }
  }

  /**
   * A person who runs the platform; may do what owners may, for every organization.
   *
   * @param name who, for the records; checked like an id
   */
  record Operator(String name) implements Actor {
    /** Checks the name, see {@link Identifier#checked}. */
    public Operator {
      Identifier.checked("operator", name);
    }

    @Override
    public String toString() {
      return "operator:" + name;
    }
  }

  /**
   * The library itself: timers, processes, feeds. What asks for just this actor is a step inside
   * other operations, which have asked for permission.
   */
  record Library() implements Actor {
    @Override
    public String toString() {
      return "system";
    }
  }

  /**
   * An account as actor.
   *
   * @param id the account's id
   * @return the actor
   */
  static Account account(String id) {
    return new Account(AccountId.of(id));
  }

  /**
   * An account as actor.
   *
   * @param id the account
   * @return the actor
   */
  static Account account(AccountId id) {
    return new Account(id);
  }

  /**
   * A platform operator as actor.
   *
   * @param name who, for the records
   * @return the actor
   */
  static Actor operator(String name) {
    return new Operator(name);
  }

  /**
   * The library itself as actor.
   *
   * @return the actor
   */
  static Library system() {
    return new Library();
  }

  /**
   * Tells whether this is the account.
   *
   * @param account the account
   * @return true if this actor is that account
   */
  default boolean is(@Nullable AccountId account) {
    return this instanceof Account self && self.id().equals(account);
  }
}
