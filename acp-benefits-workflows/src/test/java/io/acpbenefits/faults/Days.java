package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;
import static io.acpbenefits.faults.World.day;

import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.invitation.LinkLimits;
import io.acpbenefits.organization.Role;

/** What the passing of days brings about. It needs a database to itself. */
final class Days {

  private static final String WHY = "nobody has come";

  private Days() {}

  static Story story() {
    return new Story("days")
        .after(Stories.withCodes())
        .after(beginnings())
        .then("a week passes", w -> w.passing().accept(8))
        .with(FailedJobs.mended())
        .then("three weeks pass", w -> w.passing().accept(22))
        .then("settle after three weeks", w -> w.benefits().settleDue())
        .then(
            "release code",
            w ->
                w.openCode("bob")
                    .ifPresent(
                        code -> w.benefits().codeInterventions().release(RITA, code.codeId(), WHY)))
        .then("two months pass", w -> w.passing().accept(62))
        .then(
            "recalculate quota",
            w -> w.benefits().quotaRecalculation().recalculate(RITA, w.partner()))
        .then("settle quotas", w -> w.benefits().quotas().settleDue())
        .then("begin quotas", w -> w.benefits().quotaRecalculation().settleDue())
        .then("settle codes", w -> w.benefits().examCodes().settleDue())
        .then("settle invitations", w -> w.benefits().invitations().settleDue())
        .then("settle requests", w -> w.benefits().joinRequests().settleDue())
        .then("settle certificates", w -> w.benefits().certificates().settleDue())
        .then("settle bindings", w -> w.benefits().bindings().settleDue())
        .then("settle after two months", w -> w.benefits().settleDue())
        .then("reach another tier", w -> describe(w, "diamond"));
  }

  private static void describe(World w, String tier) {
    w.benefits().partners().describe(RITA, w.partner(), "A partner", tier);
  }

  private static ExamId ending(World w) {
    return ExamId.of("ending-" + w.name());
  }

  private static void addEndingExam(World w) {
    w.benefits()
        .exams()
        .add(
            RITA,
            new Exam(ending(w), "Ending " + w.name(), ExamLevel.ACP, null, null, day(39), day(40)));
  }

  private static void importEndingCodes(World w) {
    String pasted = "Ending %s [%s]%n".formatted(w.name(), w.texts("END", 1).get(0).value());
    w.benefits().codeImports().details(RITA, w.partner(), pasted, false, w.key("import-ending"));
  }

  private static Story beginnings() {
    return new Story("beginnings")
        .then("reach a tier", w -> describe(w, "platinum"))
        .then(
            "grant quota for later",
            w ->
                w.benefits()
                    .quotas()
                    .grant(RITA, w.partner(), ExamLevel.ACE, 7, day(20), day(30), w.key("later")))
        .then("add ending exam", Days::addEndingExam)
        .then("issue codes that end", Days::importEndingCodes)
        .then(
            "create link that ends",
            w ->
                w.benefits()
                    .invitations()
                    .createLink(
                        w.person("olga"), w.organization(), LinkLimits.NONE.withExpiresAt(day(30))))
        .then(
            "invite gus",
            w -> w.benefits().invitations().invite(w.person("olga"), w.organization(), w.id("gus")))
        .with(FailedJobs.damaged())
        .then("request hal", w -> Stories.join(w, "p", "hal"))
        .then("request jim", w -> Stories.join(w, "p", "jim"))
        .then(
            "lose the process of jim's request",
            w -> OutOfStep.lose(w, "joinRequestId", w.request("jim").value()))
        .with(Stories.otherPartner())
        .then("request of a member elsewhere", w -> Stories.join(w, "q", "ann"))
        .then("import stock", w -> Stories.stock(w, "A", 1))
        .with(Unanswered.handedOutInVain(0))
        .then("apply", w -> Stories.apply(w, 1, "1"))
        .then("assign bob", w -> Stories.assign(w, "bob", "1"))
        .then("register bob", w -> Stories.register(w, "bob", "1"))
        .then("register cora", w -> Stories.selfPaid(w, "cora"))
        .then("pass", w -> Stories.receive(w, "cora", ExamOutcome.PASS))
        .then(
            "bind", w -> w.benefits().bindings().submit(w.person("cora"), w.exam(), w.ids("cora")))
        .then(
            "bind in vain",
            w -> w.benefits().bindings().submit(w.person("dan"), w.exam(), w.ids("dan")))
        .then(
            "ids are to be checked",
            w ->
                Stories.until(w, () -> Stories.binding(w, "dan").state() == BindingState.CHECK_IDS))
        .then(
            "bind in vain, too",
            w -> w.benefits().bindings().submit(w.person("lea"), w.exam(), w.ids("lea")))
        .then(
            "ids of lea are to be checked",
            w ->
                Stories.until(w, () -> Stories.binding(w, "lea").state() == BindingState.CHECK_IDS))
        .then(
            "lose the process of lea's attempt",
            w -> OutOfStep.lose(w, "bindingId", Stories.binding(w, "lea").bindingId().value()))
        .then(
            "admit eva",
            w ->
                w.benefits()
                    .organizations()
                    .admit(RITA, w.organization(), w.id("eva"), Role.MEMBER))
        .then(
            "remove eva",
            w ->
                w.benefits()
                    .organizations()
                    .remove(w.person("olga"), w.organization(), w.id("eva")));
  }
}
