package io.acpbenefits.invitation;

import org.jspecify.annotations.Nullable;

/**
 * Which invitations are asked for.
 *
 * @param kind only of this kind; null for both
 * @param state only in this state at the present instant; null for all
 */
public record InvitationFilter(@Nullable InvitationKind kind, @Nullable InvitationState state) {

  /** All links and personal invitations, ended ones too. */
  public static final InvitationFilter ALL = new InvitationFilter(null, null);

  /** The personal invitations that wait for their answer. */
  public static final InvitationFilter PENDING =
      new InvitationFilter(InvitationKind.PERSONAL, InvitationState.PENDING);

  /** The links that can be used. */
  public static final InvitationFilter LINKS =
      new InvitationFilter(InvitationKind.LINK, InvitationState.ACTIVE);
}
