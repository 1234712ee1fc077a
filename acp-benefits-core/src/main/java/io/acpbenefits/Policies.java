package io.acpbenefits;

import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.certificate.BindingPolicy;
import io.acpbenefits.certificate.TallyPolicy;
import io.acpbenefits.erasure.RetentionPolicy;
import io.acpbenefits.examcode.CodePolicy;
import io.acpbenefits.invitation.InvitationPolicy;

/**
 * The rules that no source document settles, all in one place.
 *
 * @param application of applying for codes
 * @param code of exam codes
 * @param invitation of inviting and admitting
 * @param binding of binding certificates
 * @param tally of counting them
 * @param retention of how long personal data is kept
 */
public record Policies(
    ApplicationPolicy application,
    CodePolicy code,
    InvitationPolicy invitation,
    BindingPolicy binding,
    TallyPolicy tally,
    RetentionPolicy retention) {

  /** The defaults of each. */
  public static final Policies DEFAULT =
      new Policies(
          ApplicationPolicy.DEFAULT,
          CodePolicy.DEFAULT,
          InvitationPolicy.DEFAULT,
          BindingPolicy.DEFAULT,
          TallyPolicy.ACTIVE_MEMBERS,
          RetentionPolicy.DEFAULT);

  /**
   * These, with other rules of applying.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(ApplicationPolicy other) {
    return new Policies(other, code, invitation, binding, tally, retention);
  }

  /**
   * These, with other rules of exam codes.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(CodePolicy other) {
    return new Policies(application, other, invitation, binding, tally, retention);
  }

  /**
   * These, with other rules of inviting.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(InvitationPolicy other) {
    return new Policies(application, code, other, binding, tally, retention);
  }

  /**
   * These, with other rules of binding.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(BindingPolicy other) {
    return new Policies(application, code, invitation, other, tally, retention);
  }

  /**
   * These, with other rules of counting.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(TallyPolicy other) {
    return new Policies(application, code, invitation, binding, other, retention);
  }

  /**
   * These, with other times for keeping personal data.
   *
   * @param other the times
   * @return the policies
   */
  public Policies with(RetentionPolicy other) {
    return new Policies(application, code, invitation, binding, tally, other);
  }
}
