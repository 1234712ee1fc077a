package io.acpbenefits.permission;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * What an operation is done to, as far as it matters for who may: whose organization it belongs to,
 * and whom it concerns.
 *
 * @param partner the partner whose organization's roles count, if that is known
 * @param organization the organization whose roles count, if that is known
 * @param account the person concerned; where neither partner nor organization is known, the roles
 *     count that the actor has in this person's present organization
 */
public record Subject(
    @Nullable Identifier partner, @Nullable Identifier organization, @Nullable AccountId account) {

  /** Something that belongs to no organization and concerns no person. */
  public static final Subject PROGRAMME = new Subject(null, null, null);

  /**
   * Something of a partner's.
   *
   * @param partner the partner's id
   * @return the subject
   */
  public static Subject ofPartner(Identifier partner) {
    return new Subject(partner, null, null);
  }

  /**
   * Something of an organization's.
   *
   * @param organization the organization's id
   * @return the subject
   */
  public static Subject ofOrganization(Identifier organization) {
    return new Subject(null, organization, null);
  }

  /**
   * Something of a person's.
   *
   * @param account who
   * @return the subject
   */
  public static Subject ofAccount(AccountId account) {
    return new Subject(null, null, account);
  }

  /**
   * This, concerning a person.
   *
   * @param who the person, if there is one
   * @return the subject
   */
  public Subject concerning(@Nullable AccountId who) {
    return new Subject(partner, organization, who);
  }
}
