package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;

import io.acpbenefits.common.PageRequest;
import io.acpbenefits.workflows.InvitationToApprovalProcess;
import io.acpbenefits.workflows.ProcessIncident;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;

/** Jobs that fail, since somebody has damaged what their processes are about, and are given up. */
final class FailedJobs {

  private static final String WHY = "looked into it";
  private static final PageRequest PAGE = PageRequest.first(100);
  private static final String NAME = "invitationId";
  private static final List<String> INVITED = List.of("gwen", "gill", "gabi");

  private FailedJobs() {}

  /** Their next timer will fail. */
  static Story damaged() {
    Story story = new Story("damaged invitations");
    for (String who : INVITED) {
      story
          .then(
              "invite " + who,
              w -> w.benefits().invitations().invite(w.person("olga"), w.organization(), w.id(who)))
          .then("damage the invitation of " + who, w -> damage(w, who));
    }
    return story;
  }

  private static String invitation(World w, String who) {
    return Stories.invited(w, who).value();
  }

  /**
   * A job that has failed before, and whose node dies, is tried again after a while only; until
   * then the process of an invitation that was taken back is still there.
   */
  private static void damage(World w, String who) {
    w.outside().damage(invitation(w, who));
    String instance = instance(w, who);
    w.changeEngine(engine -> engine.getRuntimeService().setVariable(instance, NAME, "damaged"));
  }

  private static String instance(World w, String who) {
    return w.engine()
        .processEngine()
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(invitation(w, who), InvitationToApprovalProcess.KEY)
        .singleResult()
        .getId();
  }

  /** What operators do about them. */
  static Story mended() {
    return new Story("mended invitations")
        .then(
            "jobs fail",
            w -> Stories.until(w, () -> INVITED.stream().allMatch(who -> hasFailed(w, who))))
        .then("stop trying jobs", w -> INVITED.forEach(who -> stopTrying(w, who)))
        .then(
            "correct incident of a job",
            w ->
                incident(w, "gwen")
                    .ifPresent(
                        found ->
                            w.engine()
                                .incidents()
                                .correct(
                                    RITA, found.id(), Map.of(NAME, invitation(w, "gwen")), WHY)))
        .then(
            "put the name of a job's process right",
            w -> OutOfStep.resolve(w, InvitationToApprovalProcess.KEY, invitation(w, "gill")))
        .then(
            "retry incident of a job",
            w ->
                incident(w, "gill")
                    .ifPresent(found -> w.engine().incidents().retry(RITA, found.id(), WHY)))
        .then(
            "cancel incident of a job",
            w ->
                incident(w, "gabi")
                    .ifPresent(found -> w.engine().incidents().cancel(RITA, found.id(), WHY)));
  }

  private static Stream<Job> failed(World w, String who) {
    return management(w)
        .createJobQuery()
        .processInstanceId(instance(w, who))
        .withException()
        .list()
        .stream();
  }

  private static ManagementService management(World w) {
    return w.engine().processEngine().getManagementService();
  }

  private static boolean hasFailed(World w, String who) {
    return failed(w, who).findAny().isPresent();
  }

  private static void stopTrying(World w, String who) {
    w.changeEngine(
        engine ->
            failed(w, who)
                .forEach(job -> engine.getManagementService().setJobRetries(job.getId(), 0)));
  }

  private static Optional<ProcessIncident> incident(World w, String who) {
    String invitation = invitation(w, who);
    return w.engine().incidents().open(RITA, PAGE).items().stream()
        .filter(found -> found.businessKey().equals(invitation))
        .findFirst();
  }
}
