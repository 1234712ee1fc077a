package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;

import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.notification.NoticeState;
import io.acpbenefits.notification.QueuedNotice;
import io.acpbenefits.pearsonvue.ExamBookingRequest;
import io.acpbenefits.pearsonvue.ExamBookingRequestState;
import io.acpbenefits.pearsonvue.ExamBookingRequests;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.workflows.BenefitApplicationProcess;
import io.acpbenefits.workflows.ProcessIncident;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** What operators do after ports have not answered, and about processes that stand still. */
final class Unanswered {

  private static final String WHY = "looked into it";
  private static final PageRequest PAGE = PageRequest.first(500);
  private static final String NOTIFIER = "Notifier.send";
  private static final String BOOK = "PearsonVue.book";
  private static final String CHECK_OUT = "PearsonVue.checkout";
  private static final String CANCEL = "PearsonVue.cancel";
  static final String HAND_OUT = "BenefitCenter.handOut";
  private static final String NAME = "applicationId";
  private static final String TAKE_BACK = "BenefitCenter.giveBack";

  private Unanswered() {}

  static List<Story> stories() {
    return List.of(notices(), bookings(), giveBacks(), incidents());
  }

  static String id(World w, int application) {
    return w.application(application).applicationId().value();
  }

  private static void apply(World w, int application) {
    Stories.apply(w, 1, Integer.toString(application));
  }

  /** Nobody hears that the application was rejected. */
  private static Story notGiven(int application) {
    return new Story("not given")
        .then("apply", w -> apply(w, application))
        .then("notifier is silent", w -> w.outside().silence(NOTIFIER, id(w, application)))
        .then(
            "reject",
            w ->
                w.benefits()
                    .applications()
                    .reject(RITA, w.application(application).applicationId()))
        .then(
            "notice is given up",
            w ->
                Stories.until(
                    w,
                    () ->
                        notice(w, application)
                            .filter(found -> found.state() == NoticeState.GIVEN_UP)
                            .isPresent()));
  }

  private static Optional<QueuedNotice> notice(World w, int application) {
    return w.benefits().notices().stuck(RITA, PAGE).items().stream()
        .filter(found -> found.notice().subjectId().equals(id(w, application)))
        .findFirst();
  }

  private static Story notices() {
    return new Story("undelivered notices")
        .after(Stories.withQuota())
        .with(notGiven(0))
        .then("notifier takes it", w -> w.outside().answerAgain(NOTIFIER, id(w, 0)))
        .then(
            "retry notice",
            w ->
                notice(w, 0)
                    .ifPresent(found -> w.benefits().notices().retry(RITA, found.noticeId(), WHY)))
        .with(notGiven(1))
        .then(
            "discard notice",
            w ->
                notice(w, 1)
                    .ifPresent(
                        found -> w.benefits().notices().discard(RITA, found.noticeId(), WHY)));
  }

  /** What is asked for again by itself, whatever whoever asked first was told. */
  private static void inVain(Runnable command) {
    try {
      command.run();
    } catch (RuntimeException noAnswer) {
      return;
    }
    throw new IllegalStateException("It was answered");
  }

  private static void book(World w, String key) {
    w.benefits()
        .examBookings()
        .orElseThrow()
        .bookWithCode(w.person("ann"), w.exam(), null, Stories.slot(w, 0), w.key(key));
  }

  private static ExamBookingRequests requests(World w) {
    return w.benefits().examBookingRequests().orElseThrow();
  }

  private static Optional<ExamBookingRequest> asked(World w) {
    return requests(w).stuck(RITA, PAGE).items().stream()
        .filter(found -> found.accountId().equals(w.id("ann")))
        .findFirst();
  }

  private static boolean isGivenUp(World w) {
    return asked(w).filter(found -> found.state() == ExamBookingRequestState.GIVEN_UP).isPresent();
  }

  private static Story bookings() {
    String ann = "ann-";
    return new Story("unanswered bookings")
        .after(Stories.atPearsonVue())
        .then("no seat is kept", w -> w.outside().silence(BOOK, ann + w.name()))
        .then("book without an answer", w -> inVain(() -> book(w, "book-1")))
        .then("booking is refused", w -> Stories.until(w, () -> asked(w).isEmpty()))
        .then("seats are kept", w -> w.outside().answerAgain(BOOK, ann + w.name()))
        .then("nobody checks out", w -> w.outside().silence(CHECK_OUT, ann + w.name()))
        .then("book without a checkout", w -> inVain(() -> book(w, "book-2")))
        .then("booking is given up", w -> Stories.until(w, () -> isGivenUp(w)))
        .then("checkouts are taken", w -> w.outside().answerAgain(CHECK_OUT, ann + w.name()))
        .then(
            "retry booking",
            w -> asked(w).ifPresent(found -> requests(w).retry(RITA, found.requestId(), WHY)))
        .then(
            "booked",
            w ->
                Stories.until(
                    w,
                    () ->
                        w.registration("ann").state() == ExamRegistrationState.SCHEDULED
                            && asked(w).isEmpty()))
        .then("nobody cancels", w -> w.outside().silence(CANCEL, ann + w.name()))
        .then(
            "cancel without an answer",
            w ->
                inVain(
                    () ->
                        w.benefits()
                            .examBookings()
                            .orElseThrow()
                            .cancel(w.person("ann"), w.registration("ann").examRegistrationId())))
        .then("cancellation is given up", w -> Stories.until(w, () -> isGivenUp(w)))
        .then(
            "abandon booking",
            w -> asked(w).ifPresent(found -> requests(w).abandon(RITA, found.requestId(), WHY)));
  }

  static Story applied(int application) {
    return new Story("applied").then("apply", w -> apply(w, application));
  }

  /** Codes were handed out for it, of which nobody heard before it was canceled. */
  static Story handedOutInVain(int application) {
    return new Story("handed out in vain")
        .with(applied(application))
        .then(
            "Benefit Center is not heard",
            w -> w.outside().loseAnswers(HAND_OUT, id(w, application)))
        .then("approve without an answer", w -> Stories.approve(w, application))
        .then("no codes come", w -> Stories.until(w, () -> hasFailed(w, application)))
        .then(
            "cancel",
            w ->
                w.benefits()
                    .applications()
                    .cancel(w.person("olga"), w.application(application).applicationId()));
  }

  /** It was approved, and the Benefit Center does not answer. */
  static Story unanswered(int application) {
    return new Story("unanswered").with(applied(application)).with(approvedInVain(application));
  }

  static Story approvedInVain(int application) {
    return new Story("approved in vain")
        .then(
            "Benefit Center is silent",
            w -> {
              w.outside().silence(HAND_OUT, id(w, application));
              w.outside().silence(TAKE_BACK, id(w, application));
            })
        .then("approve without an answer", w -> Stories.approve(w, application))
        .then("no codes come", w -> Stories.until(w, () -> hasFailed(w, application)));
  }

  static boolean hasFailed(World w, int application) {
    return tasks(w, application).stream().anyMatch(task -> task.getErrorMessage() != null);
  }

  private static List<ExternalTask> tasks(World w, int application) {
    return w.engine()
        .processEngine()
        .getExternalTaskService()
        .createExternalTaskQuery()
        .processInstanceId(instance(w, application).orElseThrow())
        .list();
  }

  static void answer(World w, int application) {
    w.outside().answerAgain(HAND_OUT, id(w, application));
    w.outside().answerAgain(TAKE_BACK, id(w, application));
  }

  private static Story canceled(int application) {
    return new Story("canceled")
        .with(unanswered(application))
        .then(
            "cancel without an answer",
            w ->
                w.benefits()
                    .applications()
                    .cancel(w.person("olga"), w.application(application).applicationId()));
  }

  private static boolean isNotTakenBack(World w, int application) {
    return w.benefits().giveBacks().stuck(RITA, PAGE).items().stream()
        .anyMatch(found -> found.applicationId().value().equals(id(w, application)));
  }

  private static void retryGiveBack(World w, int application) {
    w.benefits().giveBacks().retry(RITA, w.application(application).applicationId(), WHY);
  }

  private static Story giveBacks() {
    return new Story("codes not taken back")
        .after(Stories.withQuota())
        .with(canceled(0))
        .then("retry give-back in vain", w -> retryGiveBack(w, 0))
        .then("nothing is taken back", w -> Stories.until(w, () -> isNotTakenBack(w, 0)))
        .then(
            "settle give-back",
            w -> w.benefits().giveBacks().settle(RITA, w.application(0).applicationId(), WHY))
        .with(canceled(1))
        .then("Benefit Center takes back", w -> answer(w, 1))
        .then("retry give-back", w -> retryGiveBack(w, 1));
  }

  /** An operator takes its last tries away, which makes it an incident. */
  private static void stopTrying(World w, int application) {
    w.changeEngine(
        engine ->
            tasks(w, application)
                .forEach(task -> engine.getExternalTaskService().setRetries(task.getId(), 0)));
  }

  private static Optional<String> instance(World w, int application) {
    return Optional.ofNullable(
            w.engine()
                .processEngine()
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(id(w, application), BenefitApplicationProcess.KEY)
                .singleResult())
        .map(ProcessInstance::getId);
  }

  private static Optional<ProcessIncident> incident(World w, int application) {
    return w.engine().incidents().open(RITA, PAGE).items().stream()
        .filter(found -> found.businessKey().equals(id(w, application)))
        .findFirst();
  }

  static Story withStock() {
    return new Story("with stock")
        .with(Stories.withQuota())
        .then("import stock", w -> Stories.stock(w, "A", 3));
  }

  private static Story standingStill(int application) {
    return new Story("standing still")
        .with(unanswered(application))
        .then("stop trying", w -> stopTrying(w, application));
  }

  private static Story fulfilled(int application) {
    return new Story("fulfilled")
        .then(
            "fulfilled after all",
            w ->
                Stories.until(
                    w, () -> Stories.isIn(w, application, BenefitApplicationState.FULFILLED)));
  }

  private static Story incidents() {
    return new Story("incidents")
        .after(withStock())
        .with(standingStill(0))
        .then("Benefit Center answers", w -> answer(w, 0))
        .then(
            "retry incident",
            w ->
                incident(w, 0)
                    .ifPresent(found -> w.engine().incidents().retry(RITA, found.id(), WHY)))
        .with(fulfilled(0))
        .with(standingStill(1))
        .then("damage a variable", w -> damage(w, 1))
        .then("Benefit Center answers", w -> answer(w, 1))
        .then("correct incident", w -> correct(w, 1))
        .with(fulfilled(1))
        .with(standingStill(2))
        .then(
            "cancel incident",
            w ->
                incident(w, 2)
                    .ifPresent(found -> w.engine().incidents().cancel(RITA, found.id(), WHY)));
  }

  private static void correct(World w, int application) {
    incident(w, application)
        .ifPresent(
            found ->
                w.engine()
                    .incidents()
                    .correct(RITA, found.id(), Map.of(NAME, id(w, application)), WHY));
  }

  static void damage(World w, int application) {
    String instance = instance(w, application).orElseThrow();
    w.changeEngine(engine -> engine.getRuntimeService().setVariable(instance, NAME, "damaged"));
  }
}
