package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;
import static io.acpbenefits.faults.World.day;

import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.pearsonvue.ExamBookings;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistrationState;
import java.util.stream.Stream;

/** What is done without a request key, so that whoever does not know how it ended looks first. */
final class Unkeyed {

  private static final String WHY = "asked for";

  private Unkeyed() {}

  static Story story() {
    return new Story("without request keys")
        .after(Stories.partner())
        .after(Stories.members())
        .with(quotas())
        .with(applications())
        .with(codes())
        .with(certificates());
  }

  private static Story quotas() {
    return new Story("quotas").then("grant quota", Unkeyed::grant).then("adjust", Unkeyed::adjust);
  }

  private static void grant(World w) {
    if (w.benefits().quotas().ofPartner(RITA, w.partner()).isEmpty()) {
      w.benefits().quotas().grant(RITA, w.partner(), ExamLevel.ACP, 20, day(-1), day(300));
    }
  }

  private static void adjust(World w) {
    if (w.benefits().quotas().get(RITA, w.quota()).granted() == 20) {
      w.benefits().quotas().adjust(RITA, w.quota(), 3, WHY);
    }
  }

  private static Story applications() {
    return new Story("applications")
        .then("import stock", Unkeyed::importStock)
        .then("apply", Unkeyed::apply)
        .then(
            "recall",
            w ->
                w.benefits()
                    .applications()
                    .recall(w.person("olga"), w.application(0).applicationId()))
        .then("revise", Unkeyed::revise)
        .then("submit", Unkeyed::submit)
        .then("approve", w -> Stories.approve(w, 0))
        .then(
            "fulfilled",
            w -> Stories.until(w, () -> Stories.isIn(w, 0, BenefitApplicationState.FULFILLED)));
  }

  private static void importStock(World w) {
    var center = w.counters().embeddedBenefitCenter().orElseThrow();
    if (center.free(RITA, w.exam()) == 0) {
      center.importStock(RITA, w.exam(), w.texts("A", 3));
    }
  }

  private static void apply(World w) {
    var applications = w.benefits().applications();
    if (applications.ofPartner(RITA, w.partner(), Stories.PAGE).items().isEmpty()) {
      applications.apply(w.person("olga"), w.partner(), w.exam(), 1);
    }
  }

  private static void revise(World w) {
    var application = w.application(0);
    if (application.quantity() == 1) {
      w.benefits()
          .applications()
          .revise(w.person("olga"), application.applicationId(), w.exam(), 2);
    }
  }

  private static void submit(World w) {
    var application = w.application(0);
    if (application.state() == BenefitApplicationState.DRAFT) {
      w.benefits().applications().submit(w.person("olga"), application.applicationId());
    }
  }

  private static Story codes() {
    return new Story("codes")
        .then("assign ann", Unkeyed::assign)
        .then(
            "extend",
            w ->
                w.benefits()
                    .codeInterventions()
                    .extend(RITA, w.openCode("ann").orElseThrow().codeId(), day(500), WHY))
        .then("register ann", Unkeyed::register)
        .then("no show", w -> Stories.receive(w, "ann", ExamOutcome.NO_SHOW))
        .then(
            "reinstate code",
            w ->
                codes(w, ExamCodeState.FORFEITED)
                    .forEach(
                        code ->
                            w.benefits().codeInterventions().reinstate(RITA, code.codeId(), WHY)))
        .then("assign a particular code", Unkeyed::assignParticular);
  }

  private static Stream<ExamCode> codes(World w, ExamCodeState state) {
    return w
        .benefits()
        .examCodes()
        .ofPartner(RITA, w.partner(), CodeFilter.ALL.in(state), Stories.PAGE)
        .items()
        .stream();
  }

  private static void assign(World w) {
    if (w.openCode("ann").isEmpty()) {
      w.benefits().examCodes().assign(w.person("olga"), w.partner(), w.exam(), w.id("ann"));
    }
  }

  private static void assignParticular(World w) {
    if (w.openCode("bob").isEmpty()) {
      ExamCode free = codes(w, ExamCodeState.ISSUED).findFirst().orElseThrow();
      w.benefits().examCodes().assign(w.person("olga"), free.codeId(), w.id("bob"));
    }
  }

  private static boolean isRegistered(World w, String who) {
    return !w.benefits().registrations().of(RITA, w.id(who), w.exam()).isEmpty();
  }

  private static void register(World w) {
    if (!isRegistered(w, "ann")) {
      w.benefits()
          .registrations()
          .registerWithCode(
              w.person("ann"), w.exam(), null, Delivery.TEST_CENTER, day(10), w.ids("ann"));
    }
  }

  private static Story certificates() {
    return new Story("certificates")
        .then("register cora", Unkeyed::registerSelfPaid)
        .then("pass", w -> Stories.receive(w, "cora", ExamOutcome.PASS))
        .then(
            "bind", w -> w.benefits().bindings().submit(w.person("cora"), w.exam(), w.ids("cora")))
        .then("renew certificate", Unkeyed::renew);
  }

  private static void registerSelfPaid(World w) {
    if (!isRegistered(w, "cora")) {
      w.benefits()
          .registrations()
          .registerSelfPaid(
              w.person("cora"), w.exam(), Delivery.TEST_CENTER, day(10), w.ids("cora"));
    }
  }

  private static void renew(World w) {
    var certificates = w.benefits().certificates();
    if (certificates.ofAccount(RITA, w.id("cora")).size() == 1) {
      certificates.renew(RITA, Stories.certificate(w, "cora").certificateId(), WHY);
    }
  }

  /** At Pearson VUE, which shows the Candidate ID later. */
  static Story bookings() {
    String ids = "PearsonVue.candidateId";
    return new Story("bookings without request keys")
        .after(Stories.atPearsonVue())
        .then("no ids are shown", w -> w.outside().silence(ids, w.id("ann").value()))
        .then("book", Unkeyed::book)
        .then("ids are shown", w -> w.outside().answerAgain(ids, w.id("ann").value()))
        .then(
            "note ids that are shown",
            w -> bookings(w).noteIds(w.person("ann"), w.registration("ann").examRegistrationId()))
        .then(
            "cancel",
            w -> bookings(w).cancel(w.person("ann"), w.registration("ann").examRegistrationId()))
        .then("book self-paid", Unkeyed::bookSelfPaid);
  }

  private static ExamBookings bookings(World w) {
    return w.benefits().examBookings().orElseThrow();
  }

  private static void book(World w) {
    if (!isRegistered(w, "ann")) {
      bookings(w).bookWithCode(w.person("ann"), w.exam(), null, Stories.slot(w, 0));
    }
  }

  private static void bookSelfPaid(World w) {
    if (w.registration("ann").state() != ExamRegistrationState.SCHEDULED) {
      bookings(w).bookSelfPaid(w.person("ann"), w.exam(), Stories.slot(w, 0));
    }
  }
}
