package io.acpbenefits;

import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.certificate.BindingPolicy;
import io.acpbenefits.certificate.CertificatePolicy;
import io.acpbenefits.certificate.TallyPolicy;
import io.acpbenefits.erasure.RetentionPolicy;
import io.acpbenefits.examcode.CodePolicy;
import io.acpbenefits.invitation.InvitationPolicy;
import io.acpbenefits.notification.NoticePolicy;
import io.acpbenefits.quota.QuotaPolicy;

/**
 * The rules that no source document settles, all in one place.
 *
 * @param application of applying for codes
 * @param code of exam codes
 * @param invitation of inviting and admitting
 * @param binding of binding certificates
 * @param tally of counting them
 * @param certificate of their validity
 * @param retention of how long personal data is kept
 * @param quota of how many codes a partner may have
 * @param notice of sending notices
 */
public record Policies(
    ApplicationPolicy application,
    CodePolicy code,
    InvitationPolicy invitation,
    BindingPolicy binding,
    TallyPolicy tally,
    CertificatePolicy certificate,
    RetentionPolicy retention,
    QuotaPolicy quota,
    NoticePolicy notice) {

  /** The defaults of each. */
  public static final Policies DEFAULT =
      new Policies(
          ApplicationPolicy.DEFAULT,
          CodePolicy.DEFAULT,
          InvitationPolicy.DEFAULT,
          BindingPolicy.DEFAULT,
          TallyPolicy.ACTIVE_MEMBERS,
          CertificatePolicy.DEFAULT,
          RetentionPolicy.DEFAULT,
          QuotaPolicy.EXPLICIT_GRANTS,
          NoticePolicy.DEFAULT);

  /**
   * These, with other rules of applying.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(ApplicationPolicy other) {
    return new Policies(
        other, code, invitation, binding, tally, certificate, retention, quota, notice);
  }

  /**
   * These, with other rules of exam codes.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(CodePolicy other) {
    return new Policies(
        application, other, invitation, binding, tally, certificate, retention, quota, notice);
  }

  /**
   * These, with other rules of inviting.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(InvitationPolicy other) {
    return new Policies(
        application, code, other, binding, tally, certificate, retention, quota, notice);
  }

  /**
   * These, with other rules of binding.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(BindingPolicy other) {
    return new Policies(
        application, code, invitation, other, tally, certificate, retention, quota, notice);
  }

  /**
   * These, with other rules of counting.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(TallyPolicy other) {
    return new Policies(
        application, code, invitation, binding, other, certificate, retention, quota, notice);
  }

  /**
   * These, with other rules of validity.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(CertificatePolicy other) {
    return new Policies(
        application, code, invitation, binding, tally, other, retention, quota, notice);
  }

  /**
   * These, with other times for keeping personal data.
   *
   * @param other the times
   * @return the policies
   */
  public Policies with(RetentionPolicy other) {
    return new Policies(
        application, code, invitation, binding, tally, certificate, other, quota, notice);
  }

  /**
   * These, with other rules of how many codes a partner may have.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(QuotaPolicy other) {
    return new Policies(
        application, code, invitation, binding, tally, certificate, retention, other, notice);
  }

  /**
   * These, with other rules of sending notices.
   *
   * @param other the rules
   * @return the policies
   */
  public Policies with(NoticePolicy other) {
    return new Policies(
        application, code, invitation, binding, tally, certificate, retention, quota, other);
  }
}
