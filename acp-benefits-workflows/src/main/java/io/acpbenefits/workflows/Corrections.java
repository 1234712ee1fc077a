package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.certificate.BindingId;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.invitation.JoinRequestId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which variables of a process somebody may put right, and what fits them: those that name what the
 * process is about in core. All others the steps copy from core each time, so that a retry puts
 * them right by itself.
 */
final class Corrections {

  private static final Map<String, Map<String, Check>> ALLOWED =
      Map.of(
          BenefitApplicationProcess.KEY,
          Map.of(BenefitApplicationProcess.APPLICATION_ID, (core, key, id) -> id.equals(key)),
          InvitationToApprovalProcess.KEY,
          Map.of(
              InvitationToApprovalProcess.INVITATION_ID,
              Corrections::isInvitation,
              InvitationToApprovalProcess.REQUEST_ID,
              (core, key, id) -> id.equals(key)),
          CertificateBindingProcess.KEY,
          Map.of(
              CertificateBindingProcess.ACCOUNT_KEY,
              (core, key, account) -> key.startsWith(account + ":"),
              CertificateBindingProcess.EXAM_ID,
              (core, key, exam) -> key.endsWith(":" + exam),
              CertificateBindingProcess.BINDING_ID,
              Corrections::isBinding));

  /** Whether a value fits the business key of a process. */
  @FunctionalInterface
  private interface Check {
    boolean fits(AcpBenefits core, String businessKey, String value);
  }

  private Corrections() {}

  static void require(
      AcpBenefits core, String process, String businessKey, Map<String, Object> variables) {
    Map<String, Check> allowed = ALLOWED.getOrDefault(process, Map.of());
    if (variables.isEmpty()) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "Name at least one variable to correct: %s.",
          new TreeMap<>(allowed).keySet());
    }
    variables.forEach(
        (name, value) -> {
          Check check = allowed.get(name);
          if (check == null) {
            throw Refusal.of(
                Reason.INVALID_INPUT,
                "The variable '%s' of %s cannot be corrected, only %s: all others are copied from core"
                    + " by the steps, so correct it there and retry.",
                name,
                process,
                new TreeMap<>(allowed).keySet());
          }
          if (!(value instanceof String text) || !check.fits(core, businessKey, text)) {
            throw Refusal.of(
                Reason.INVALID_INPUT,
                "The variable '%s' takes a text that names what %s is about; this does not.",
                name,
                businessKey);
          }
        });
  }

  /** The business key is the invitation's until a request answers it, and then the request's. */
  private static boolean isInvitation(AcpBenefits core, String businessKey, String id) {
    try {
      return id.equals(businessKey)
          || core.joinRequests()
              .get(Actor.system(), JoinRequestId.of(businessKey))
              .invitationId()
              .value()
              .equals(id);
    } catch (Refusal none) {
      return false;
    }
  }

  static boolean isBinding(AcpBenefits core, String businessKey, Object id) {
    if (!(id instanceof String text)) {
      return false;
    }
    try {
      CertificateBinding binding = core.bindings().get(Actor.system(), BindingId.of(text));
      String account = core.accounts().lock(Actor.system(), binding.accountId());
      return businessKey.equals(account + ":" + binding.examId());
    } catch (Refusal none) {
      return false;
    }
  }
}
