package io.acpbenefits.examples.quickstart;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.certificate.BindingId;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examples.quickstart.input.Action;
import io.acpbenefits.examples.quickstart.input.JourneyRow;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.registration.Payment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each action of a journey asks of the library. */
final class Actions {

  private final AcpBenefits benefits;
  private final Played played;
  private final FeedRow feed;

  Actions(AcpBenefits benefits, Played played) {
    this.benefits = benefits;
    this.played = played;
    this.feed = new FeedRow(benefits, this::subject);
  }

  /**
   * Does what a row says.
   *
   * @throws Refusal if the library refuses; nothing was done then
   */
  Step perform(JourneyRow row) {
    return switch (row.action()) {
      case APPLY_FOR_CODES -> apply(row);
      case ROTATE_INVITATION_LINK -> rotate(row);
      case REQUEST_TO_JOIN -> request(row);
      case WITHDRAW_REQUEST -> withdraw(row);
      case APPROVE -> approve(row);
      case REJECT -> reject(row);
      case REMOVE_MEMBER -> remove(row);
      case QUIT_ORGANIZATION -> quit(row);
      case ASSIGN_CODE -> assign(row);
      case RETURN_CODE -> giveBack(row);
      case REGISTER_EXAM -> register(row);
      case RESCHEDULE_EXAM -> reschedule(row);
      case CANCEL_EXAM -> cancel(row);
      case EXAM_RECORD -> feed.receive(row);
      case BIND_CERTIFICATE -> bind(row);
      case CORRECT_BINDING -> correct(row);
      case ADVANCE -> Step.told(null, "Time has passed.");
    };
  }

  private Step apply(JourneyRow row) {
    return Step.on(
        benefits
            .applications()
            .apply(actor(row), partner(row), exam(row), Objects.requireNonNull(row.quantity()))
            .applicationId());
  }

  private Step rotate(JourneyRow row) {
    String link =
        benefits.invitations().rotateLink(actor(row), organization(row)).invitationId().value();
    return new Step(link, link, false, "The new link is in force, the old one revoked.");
  }

  private Step request(JourneyRow row) {
    InvitationId link =
        InvitationId.of(
            Optional.ofNullable(linkOf(row))
                .orElseThrow(
                    () ->
                        new Refusal(
                            Reason.NOT_FOUND, "The row that ref names has no invitation link.")));
    JoinRequest request =
        benefits
            .joinRequests()
            .submit(actor(row), benefits.invitations().token(Actor.system(), link), Map.of());
    return new Step(request.requestId().value(), link.value(), false, null);
  }

  /** The link that a request goes through, which is known even if the request is refused. */
  @Nullable String linkOf(JourneyRow row) {
    if (row.action() != Action.REQUEST_TO_JOIN) {
      return null;
    }
    if (row.ref() != null) {
      return played.row(row.ref()).map(PlayedRow::link).orElse(null);
    }
    Invitation current = benefits.invitations().currentLink(Actor.system(), organization(row));
    return current.invitationId().value();
  }

  private Step withdraw(JourneyRow row) {
    JoinRequest request =
        latestRequest(Actor.system(), row, row.account() == null ? row.actor() : row.account());
    benefits.joinRequests().withdraw(actor(row), request.requestId());
    return Step.on(request.requestId());
  }

  private Step approve(JourneyRow row) {
    JoinRequest request = latestRequest(actor(row), row, row.account());
    benefits.joinRequests().approve(actor(row), request.requestId());
    return Step.told(request.requestId(), "The applicant is a member now.");
  }

  private Step reject(JourneyRow row) {
    JoinRequest request = latestRequest(actor(row), row, row.account());
    benefits.joinRequests().reject(actor(row), request.requestId());
    return Step.told(request.requestId(), "The applicant was told no.");
  }

  private JoinRequest latestRequest(Actor actor, JourneyRow row, @Nullable String account) {
    return benefits
        .joinRequests()
        .latest(actor, organization(row), AccountId.of(Objects.requireNonNull(account)))
        .orElseThrow(
            () -> new Refusal(Reason.NOT_FOUND, "This account has not asked to join here."));
  }

  private Step remove(JourneyRow row) {
    benefits.organizations().remove(actor(row), organization(row), account(row));
    return Step.told(null, "The member was removed; assigned codes went back to the partner.");
  }

  private Step quit(JourneyRow row) {
    Actor.Account actor = actor(row);
    if (row.partnerId() != null) {
      benefits.organizations().requireMember(Actor.system(), organization(row), actor.id());
    }
    benefits.organizations().quit(actor);
    return Step.told(null, "The member has left; assigned codes went back to the partner.");
  }

  private Step assign(JourneyRow row) {
    ExamCode code = benefits.examCodes().assign(actor(row), partner(row), exam(row), account(row));
    return Step.told(code.codeId(), "The code can be used until " + code.expiresAt() + ".");
  }

  private Step giveBack(JourneyRow row) {
    ExamCodeId code =
        row.ref() != null ? ExamCodeId.of(requireSubject(row.ref())) : heldCode(row).codeId();
    benefits.examCodes().giveBack(actor(row), code);
    return Step.told(code, "The code went back to the partner.");
  }

  private ExamCode heldCode(JourneyRow row) {
    AccountId holder = row.account() == null ? actor(row).id() : account(row);
    return benefits
        .examCodes()
        .openCode(Actor.system(), holder, exam(row))
        .orElseThrow(
            () ->
                Refusal.of(
                    Reason.NO_CODE_AVAILABLE,
                    "No code for exam %s is assigned to this account.",
                    exam(row)));
  }

  private Step register(JourneyRow row) {
    Delivery delivery = Delivery.valueOf(Objects.requireNonNull(row.delivery()).name());
    ExamRegistration registration =
        row.payment() == io.acpbenefits.examples.quickstart.input.Payment.CODE
            ? benefits
                .registrations()
                .registerWithCode(
                    actor(row),
                    exam(row),
                    codeOf(row),
                    delivery,
                    Objects.requireNonNull(row.appointment()),
                    ids(row))
            : benefits
                .registrations()
                .registerSelfPaid(
                    actor(row),
                    exam(row),
                    delivery,
                    Objects.requireNonNull(row.appointment()),
                    ids(row));
    String price = registration.payment() == Payment.CODE ? "paid with a code" : "self-paid";
    return Step.told(
        registration.examRegistrationId(),
        "Booked for " + registration.appointment() + ", " + price + ".");
  }

  private @Nullable ExamCodeId codeOf(JourneyRow row) {
    if (row.ref() == null) {
      return null;
    }
    return subject(row.ref())
        .map(ExamCodeId::of)
        .orElseThrow(
            () ->
                new Refusal(Reason.NO_CODE_AVAILABLE, "The row that ref names assigned no code."));
  }

  private Step reschedule(JourneyRow row) {
    ExamRegistration moved =
        benefits
            .registrations()
            .reschedule(actor(row), registration(row), Objects.requireNonNull(row.appointment()));
    return Step.told(moved.examRegistrationId(), "Moved to " + moved.appointment() + ".");
  }

  private Step cancel(JourneyRow row) {
    ExamRegistration canceled = benefits.registrations().cancel(actor(row), registration(row));
    return Step.told(
        canceled.examRegistrationId(),
        switch (canceled.state()) {
          case CANCELED -> "Canceled in time.";
          case LATE_CANCELED -> "Canceled too late: a code that paid for it is forfeited.";
          case SCHEDULED, DELIVERED, NO_SHOW -> "It is " + canceled.state() + ".";
        });
  }

  private Step bind(JourneyRow row) {
    IdPair pair = Objects.requireNonNull(ids(row));
    return Step.on(benefits.bindings().submit(actor(row), exam(row), pair).bindingId());
  }

  private Step correct(JourneyRow row) {
    BindingId id = BindingId.of(requireSubject(Objects.requireNonNull(row.ref())));
    IdPair pair = Objects.requireNonNull(ids(row));
    return Step.on(benefits.bindings().correct(actor(row), id, pair).bindingId());
  }

  private ExamRegistrationId registration(JourneyRow row) {
    return ExamRegistrationId.of(requireSubject(Objects.requireNonNull(row.ref())));
  }

  private String requireSubject(String ref) {
    return subject(ref)
        .orElseThrow(
            () ->
                Refusal.of(
                    Reason.NOT_FOUND,
                    "Row %s, which ref names, was refused: it made nothing.",
                    ref));
  }

  /** What an earlier row made; a refused correction leads on to what it wanted to correct. */
  private Optional<String> subject(String ref) {
    Optional<PlayedRow> row = played.row(ref);
    Optional<String> own = row.map(PlayedRow::subject);
    return own.or(
        () ->
            row.filter(refused -> refused.action().equals(Action.CORRECT_BINDING.word()))
                .map(PlayedRow::ref)
                .flatMap(this::subject));
  }

  private static @Nullable IdPair ids(JourneyRow row) {
    return row.candidateId() == null || row.registrationId() == null
        ? null
        : new IdPair(row.candidateId(), row.registrationId());
  }

  private OrganizationId organization(JourneyRow row) {
    return benefits.organizations().ofPartner(Actor.system(), partner(row)).organizationId();
  }

  private static Actor.Account actor(JourneyRow row) {
    return new Actor.Account(AccountId.of(Objects.requireNonNull(row.actor())));
  }

  private static AccountId account(JourneyRow row) {
    return AccountId.of(Objects.requireNonNull(row.account()));
  }

  private static PartnerId partner(JourneyRow row) {
    return PartnerId.of(Objects.requireNonNull(row.partnerId()));
  }

  private static ExamId exam(JourneyRow row) {
    return ExamId.of(Objects.requireNonNull(row.examId()));
  }
}
