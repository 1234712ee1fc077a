package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;

import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.invitation.LinkLimits;
import io.acpbenefits.organization.Role;

/** What people correct, take away, or do rarely. */
final class Interventions {

  private static final String WHY = "an inquiry";

  private Interventions() {}

  static Story story() {
    return new Story("interventions")
        .with(Stories.withCodes())
        .then(
            "describe partner",
            w -> w.benefits().partners().describe(RITA, w.partner(), "Another name", "silver"))
        .then("change exam", Interventions::changeExam)
        .then("import stock", w -> Stories.stock(w, "A", 3))
        .then(
            "withdraw stock",
            w ->
                w.counters()
                    .embeddedBenefitCenter()
                    .orElseThrow()
                    .withdrawStock(RITA, w.exam(), w.texts("A", 1), WHY))
        .with(invitations())
        .with(owners())
        .with(codes())
        .with(certificates())
        .then("revoke quota", w -> w.benefits().quotas().revoke(RITA, w.quota(), WHY))
        .then("apply retention", w -> w.benefits().erasures().applyRetention(RITA))
        .then(
            "close organization",
            w -> w.benefits().organizations().close(RITA, w.organization(), WHY));
  }

  private static void changeExam(World w) {
    w.benefits()
        .exams()
        .change(
            RITA,
            new Exam(
                w.exam(),
                "Exam " + w.name(),
                ExamLevel.ACP,
                "Professional",
                "https://example.org/exam",
                null,
                null));
  }

  private static Story invitations() {
    return new Story("invitations")
        .then(
            "create link",
            w ->
                w.benefits()
                    .invitations()
                    .createLink(w.person("olga"), w.organization(), LinkLimits.NONE))
        .then(
            "invite dora",
            w ->
                w.benefits().invitations().invite(w.person("olga"), w.organization(), w.id("dora")))
        .then(
            "resend",
            w -> w.benefits().invitations().resend(w.person("olga"), Stories.invited(w, "dora")))
        .then(
            "take back",
            w -> w.benefits().invitations().revoke(w.person("olga"), Stories.invited(w, "dora")));
  }

  private static Story owners() {
    return new Story("owners")
        .then(
            "transfer ownership",
            w ->
                w.benefits()
                    .organizations()
                    .transferOwnership(w.person("olga"), w.organization(), w.id("bob")))
        .then(
            "have it transferred back",
            w ->
                w.benefits()
                    .organizations()
                    .transferOwnership(RITA, w.organization(), w.id("bob"), w.id("olga")))
        .then(
            "make bob an owner",
            w ->
                w.benefits()
                    .organizations()
                    .setRole(w.person("olga"), w.organization(), w.id("bob"), Role.OWNER))
        .then(
            "remove bob, an owner",
            w ->
                w.benefits()
                    .organizations()
                    .remove(w.person("olga"), w.organization(), w.id("bob"), WHY))
        .then(
            "admit bob again",
            w ->
                w.benefits()
                    .organizations()
                    .admit(RITA, w.organization(), w.id("bob"), Role.MANAGER))
        .then(
            "remove bob again",
            w ->
                w.benefits()
                    .organizations()
                    .remove(w.person("olga"), w.organization(), w.id("bob"), WHY));
  }

  private static Story codes() {
    return new Story("codes")
        .then("assign ann", w -> Stories.assign(w, "ann", "1"))
        .then(
            "reveal",
            w ->
                w.openCode("ann")
                    .ifPresent(
                        code -> w.benefits().examCodes().reveal(w.person("ann"), code.codeId())))
        .then("register ann", w -> Stories.register(w, "ann", "1"))
        .then(
            "note ids",
            w ->
                w.benefits()
                    .registrations()
                    .noteIds(
                        w.person("ann"), w.registration("ann").examRegistrationId(), w.ids("ann")))
        .then("no show", w -> Stories.receive(w, "ann", ExamOutcome.NO_SHOW))
        .then(
            "reinstate code",
            w ->
                w.benefits()
                    .codeInterventions()
                    .reinstate(RITA, forfeited(w), "a letter of the test center", w.key("again")));
  }

  /** The only code that ann had and has lost, whatever has become of it. */
  private static ExamCodeId forfeited(World w) {
    return w
        .benefits()
        .examCodes()
        .ofPartner(RITA, w.partner(), CodeFilter.ALL.in(ExamCodeState.FORFEITED), Stories.PAGE)
        .items()
        .stream()
        .findFirst()
        .map(ExamCode::codeId)
        .orElseGet(() -> w.openCode("ann").orElseThrow().codeId());
  }

  private static Story certificates() {
    return new Story("certificates")
        .then("register cora", w -> Stories.selfPaid(w, "cora"))
        .then("pass", w -> Stories.receive(w, "cora", ExamOutcome.PASS))
        .then(
            "bind", w -> w.benefits().bindings().submit(w.person("cora"), w.exam(), w.ids("cora")))
        .then(
            "renew certificate",
            w ->
                w.benefits()
                    .certificates()
                    .renew(
                        RITA,
                        Stories.firstCertificate(w, "cora").certificateId(),
                        null,
                        WHY,
                        w.key("renew")))
        .then(
            "revoke certificate",
            w ->
                w.benefits()
                    .certificates()
                    .revoke(RITA, Stories.certificate(w, "cora").certificateId(), WHY));
  }
}
