package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.registration.IdPair;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an account wants the certificate of an exam.
 *
 * @param bindingId its id
 * @param accountId who
 * @param examId of which exam
 * @param candidateId as submitted or corrected last
 * @param registrationId likewise
 * @param state where it stands
 * @param reason why it is not bound, while it is not
 * @param submittedAt when it was submitted, in UTC
 * @param windowEndsAt when a record that has not come by then is looked for once more
 * @param tries how often it was looked for after the window
 * @param checkIdsSince since when its ids are to be checked, if they are
 * @param boundAt when it was bound
 * @param certificateId the certificate, once bound
 * @param organizationId the organization that it counts for, if for one
 */
public record CertificateBinding(
    BindingId bindingId,
    AccountId accountId,
    ExamId examId,
    String candidateId,
    String registrationId,
    BindingState state,
    @Nullable Reason reason,
    Instant submittedAt,
    Instant windowEndsAt,
    int tries,
    @Nullable Instant checkIdsSince,
    @Nullable Instant boundAt,
    @Nullable CertificateId certificateId,
    @Nullable OrganizationId organizationId) {

  /**
   * The ids as submitted or corrected last.
   *
   * @return the pair
   */
  public IdPair ids() {
    return new IdPair(candidateId, registrationId);
  }

  /**
   * Tells whether the certificate counts for an organization. Where a binding is bound and this is
   * false, people should be warned: the account was in no organization at that moment, which is for
   * ever.
   *
   * @return true once it is bound to a member of an organization
   */
  public boolean attributed() {
    return organizationId != null;
  }

  boolean isOpen() {
    return state == BindingState.AWAITING_DATA || state == BindingState.CHECK_IDS;
  }

  /** Waits, for these ids and until then. */
  CertificateBinding awaiting(IdPair ids, Instant windowEndsAt, int tries) {
    return new CertificateBinding(
        bindingId,
        accountId,
        examId,
        ids.candidateId(),
        ids.registrationId(),
        BindingState.AWAITING_DATA,
        Reason.RESULT_NOT_FOUND,
        submittedAt,
        windowEndsAt,
        tries,
        null,
        null,
        null,
        null);
  }

  CertificateBinding toCheck(Reason reason, Instant since) {
    return ended(BindingState.CHECK_IDS, reason, since);
  }

  CertificateBinding failed() {
    return ended(BindingState.FAILED, reason, checkIdsSince);
  }

  private CertificateBinding ended(
      BindingState state, @Nullable Reason reason, @Nullable Instant checkIdsSince) {
    return new CertificateBinding(
        bindingId,
        accountId,
        examId,
        candidateId,
        registrationId,
        state,
        reason,
        submittedAt,
        windowEndsAt,
        tries,
        checkIdsSince,
        null,
        null,
        null);
  }

  CertificateBinding bound(
      IdPair ids, CertificateId certificate, @Nullable OrganizationId organization, Instant at) {
    return new CertificateBinding(
        bindingId,
        accountId,
        examId,
        ids.candidateId(),
        ids.registrationId(),
        BindingState.BOUND,
        null,
        submittedAt,
        windowEndsAt,
        tries,
        checkIdsSince,
        at,
        certificate,
        organization);
  }

  /** Never shows the candidate's ids. */
  @Override
  public String toString() {
    return "CertificateBinding[" + bindingId + ", " + examId + ", " + state + "]";
  }
}
