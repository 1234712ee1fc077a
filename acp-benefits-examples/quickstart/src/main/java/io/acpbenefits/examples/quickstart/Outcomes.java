package io.acpbenefits.examples.quickstart;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplication;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.certificate.BindingId;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examples.quickstart.input.JourneyRow;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.organization.OrganizationId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How accepted rows stand once every job of their instant has run. */
final class Outcomes {

  private static final String DONE = "DONE";
  private static final String WAITING = "WAITING";

  private final AcpBenefits benefits;

  Outcomes(AcpBenefits benefits) {
    this.benefits = benefits;
  }

  PlayedRow conclude(JourneyRow row, PlayedRow accepted) {
    return switch (row.action()) {
      case APPLY_FOR_CODES -> application(accepted);
      case REQUEST_TO_JOIN -> request(accepted);
      case BIND_CERTIFICATE, CORRECT_BINDING -> binding(accepted);
      case ROTATE_INVITATION_LINK,
          WITHDRAW_REQUEST,
          APPROVE,
          REJECT,
          REMOVE_MEMBER,
          QUIT_ORGANIZATION,
          ASSIGN_CODE,
          RETURN_CODE,
          REGISTER_EXAM,
          RESCHEDULE_EXAM,
          CANCEL_EXAM,
          EXAM_RECORD,
          ADVANCE ->
          done(accepted, accepted.detail() == null ? "" : accepted.detail());
    };
  }

  private PlayedRow application(PlayedRow row) {
    BenefitApplication application =
        benefits.applications().get(Actor.system(), BenefitApplicationId.of(subject(row)));
    if (application.state() == BenefitApplicationState.FULFILLED) {
      return done(
          row,
          application.quantity() == 1
              ? "1 code was issued."
              : application.quantity() + " codes were issued.");
    }
    return waiting(
        row,
        application.reason(),
        "The application is %s; its quota stays held until the codes come."
            .formatted(application.state()));
  }

  private PlayedRow request(PlayedRow row) {
    JoinRequest request =
        benefits.joinRequests().get(Actor.system(), JoinRequestId.of(subject(row)));
    return request.waiting()
        ? waiting(
            row,
            Reason.MEMBER_ELSEWHERE,
            "The account has to leave its other organization by " + request.expiresAt() + ".")
        : done(row, "The owner decides by " + request.expiresAt() + ".");
  }

  private PlayedRow binding(PlayedRow row) {
    CertificateBinding binding =
        benefits.bindings().get(Actor.system(), BindingId.of(subject(row)));
    if (binding.state() == BindingState.BOUND) {
      OrganizationId organization = binding.organizationId();
      return done(
          row,
          organization == null
              ? "Bound, but the account is in no organization: it counts for none."
              : "Bound; it counts for partner "
                  + benefits.organizations().get(Actor.system(), organization).partnerId()
                  + ".");
    }
    return waiting(
        row,
        binding.reason(),
        binding.state() == BindingState.AWAITING_DATA
            ? "Waits for the exam record until %s; it may be late, or an id may be mistyped."
                .formatted(binding.windowEndsAt())
            : "No exam record with these ids; check both and correct them.");
  }

  private static String subject(PlayedRow row) {
    return Objects.requireNonNull(row.subject());
  }

  private static PlayedRow done(PlayedRow row, String detail) {
    return PlayedRows.concluded(row, DONE, null, detail);
  }

  private static PlayedRow waiting(PlayedRow row, @Nullable Reason reason, String detail) {
    return PlayedRows.concluded(row, WAITING, reason == null ? null : reason.name(), detail);
  }
}
