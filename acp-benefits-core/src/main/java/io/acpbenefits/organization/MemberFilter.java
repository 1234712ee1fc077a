package io.acpbenefits.organization;

import org.jspecify.annotations.Nullable;

/**
 * Which memberships are asked for.
 *
 * @param role only with this role; null for all
 * @param state only in this state; null for all
 */
public record MemberFilter(@Nullable Role role, @Nullable MembershipState state) {

  /** All memberships, ended ones too. */
  public static final MemberFilter ALL = new MemberFilter(null, null);

  /** Those that are members now. */
  public static final MemberFilter ACTIVE = new MemberFilter(null, MembershipState.ACTIVE);

  /**
   * These, but only with one role.
   *
   * @param only the role
   * @return the filter
   */
  public MemberFilter as(Role only) {
    return new MemberFilter(only, state);
  }

  /**
   * These, but only in one state.
   *
   * @param only the state
   * @return the filter
   */
  public MemberFilter in(MembershipState only) {
    return new MemberFilter(role, only);
  }
}
