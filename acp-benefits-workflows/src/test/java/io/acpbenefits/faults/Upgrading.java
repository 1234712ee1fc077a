package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;

import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.workflows.BenefitApplicationProcess;
import io.acpbenefits.workflows.CertificateBindingProcess;
import io.acpbenefits.workflows.InvitationToApprovalProcess;
import io.acpbenefits.workflows.KeptDiagrams;
import io.acpbenefits.workflows.Upgrades;

/**
 * Processes that have begun with an earlier diagram go on with the newest. They need a database to
 * themselves, where they decide which diagram others begin with.
 */
final class Upgrading {

  private Upgrading() {}

  static Story story() {
    return new Story("upgrading")
        .after(begunBefore())
        .then(
            "have the newest diagram of applications",
            w ->
                deploy(
                    w,
                    BenefitApplicationProcess.RESOURCE,
                    KeptDiagrams.newest(BenefitApplicationProcess.KEY)))
        .then("upgrade applications", w -> upgrade(w, BenefitApplicationProcess.KEY))
        .then(
            "have a later diagram of requests",
            w ->
                deploy(
                    w,
                    InvitationToApprovalProcess.RESOURCE,
                    KeptDiagrams.next(InvitationToApprovalProcess.KEY)))
        .then("upgrade requests", w -> upgrade(w, InvitationToApprovalProcess.KEY))
        .then(
            "have a later diagram of attempts",
            w ->
                deploy(
                    w,
                    CertificateBindingProcess.RESOURCE,
                    KeptDiagrams.next(CertificateBindingProcess.KEY)))
        .then("upgrade attempts", w -> upgrade(w, CertificateBindingProcess.KEY))
        .then("approve after the upgrade", w -> Stories.approve(w, 0))
        .then(
            "fulfilled",
            w -> Stories.until(w, () -> Stories.isIn(w, 0, BenefitApplicationState.FULFILLED)))
        .then(
            "approve ann after the upgrade",
            w -> w.benefits().joinRequests().approve(w.person("olga"), w.request("ann")))
        .then(
            "give up after the upgrade",
            w ->
                w.benefits()
                    .bindings()
                    .giveUp(w.person("dan"), Stories.binding(w, "dan").bindingId()));
  }

  private static Story begunBefore() {
    return new Story("begun before")
        .with(Unanswered.withStock())
        .then(
            "have the earlier diagram",
            w ->
                deploy(
                    w,
                    BenefitApplicationProcess.RESOURCE,
                    KeptDiagrams.kept(BenefitApplicationProcess.KEY, KeptDiagrams.FIRST)))
        .then("apply", w -> Stories.apply(w, 1, "1"))
        .then("request ann", w -> Stories.join(w, "p", "ann"))
        .then(
            "bind in vain",
            w -> w.benefits().bindings().submit(w.person("dan"), w.exam(), w.ids("dan")))
        .then(
            "ids are to be checked",
            w ->
                Stories.until(
                    w, () -> Stories.binding(w, "dan").state() == BindingState.CHECK_IDS));
  }

  private static void deploy(World w, String resource, String diagram) {
    w.engine()
        .processEngine()
        .getRepositoryService()
        .createDeployment()
        .name("another release")
        .addString(resource, diagram)
        .enableDuplicateFiltering(true)
        .deploy();
  }

  private static void upgrade(World w, String process) {
    w.engine().upgrades().perform(RITA, process, Upgrades.MOST_AT_ONCE, "a release");
  }
}
