package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;
import static io.acpbenefits.faults.World.day;

import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.Certificate;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeInterventions;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordFeed;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.invitation.InvitationFilter;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.LinkLimits;
import io.acpbenefits.organization.Role;
import io.acpbenefits.pearsonvue.Booking;
import io.acpbenefits.pearsonvue.CatalogueExam;
import io.acpbenefits.pearsonvue.Equipment;
import io.acpbenefits.pearsonvue.PearsonVueDesk;
import io.acpbenefits.pearsonvue.Price;
import io.acpbenefits.pearsonvue.Slot;
import io.acpbenefits.pearsonvue.SlotId;
import io.acpbenefits.pearsonvue.SlotSearch;
import io.acpbenefits.registration.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What is played, over and over, to be killed everywhere. */
final class Stories {

  /** Those that can be played beside any others, with nodes that keep trying. */
  static final List<Story> SIDE_BY_SIDE =
      List.of(
          codes(),
          review(),
          people(),
          movers(),
          exams(),
          bindings(),
          oversight(),
          booking(),
          Interventions.story(),
          TaskLists.story());

  /** Those of them that ask all ports for something. */
  static final List<Story> ASKING =
      SIDE_BY_SIDE.stream()
          .filter(story -> Set.of("codes", "bindings", "booking").contains(story.name()))
          .toList();

  /** Those that nodes play which give up soon, beside any others. */
  static final List<Story> GIVEN_UP =
      Stream.concat(
              Unanswered.stories().stream(),
              Stream.of(
                  OtherWays.codes(),
                  OtherWays.links(),
                  OtherWays.testCenters(),
                  Unkeyed.story(),
                  Unkeyed.bookings(),
                  OwnHands.story(),
                  OutOfStep.story()))
          .toList();

  /** Those that need a database each. */
  static final List<Story> ALONE = List.of(Days.story(), Sittings.story(), Upgrading.story());

  private static final List<Story> ALL =
      Stream.of(SIDE_BY_SIDE, GIVEN_UP, ALONE).flatMap(List::stream).toList();

  /** What a step says that waited in vain for something that comes by itself. */
  static final String NOT_YET = "It did not come about";

  /** What a refusal says that holds only until somebody else has finished the same. */
  static final String AT_WORK = "wait for the answer";

  static final PageRequest PAGE = PageRequest.first(100);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Stories() {}

  static Story named(String name) {
    return ALL.stream().filter(story -> story.name().equals(name)).findFirst().orElseThrow();
  }

  static boolean isAlone(String name) {
    return ALONE.stream().anyMatch(story -> story.name().equals(name));
  }

  /** A partner with an owner and an exam. */
  static Story partner() {
    return new Story("partner")
        .then("register partner", w -> register(w, "p"))
        .then("establish organization", w -> establish(w, "p", "olga"))
        .then("add exam", Stories::addExam);
  }

  private static void register(World w, String which) {
    w.benefits().partners().register(RITA, w.partner(which), "A partner", "gold");
  }

  private static void establish(World w, String which, String owner) {
    w.benefits().organizations().establish(RITA, w.partner(which), w.id(owner));
  }

  private static void addExam(World w) {
    w.benefits()
        .exams()
        .add(RITA, new Exam(w.exam(), "Exam " + w.name(), ExamLevel.ACP, null, null, null, null));
  }

  private static void grant(World w) {
    w.benefits()
        .quotas()
        .grant(RITA, w.partner(), ExamLevel.ACP, 20, day(-1), day(300), w.key("grant"));
  }

  static void stock(World w, String series, int codes) {
    w.counters()
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(RITA, w.exam(), w.texts(series, codes), w.key("stock-" + series));
  }

  static void apply(World w, int codes, String key) {
    w.benefits()
        .applications()
        .apply(w.person("olga"), w.partner(), w.exam(), codes, w.key("apply-" + key));
  }

  static void approve(World w, int application) {
    w.benefits().applications().approve(RITA, w.application(application).applicationId());
  }

  static Story withQuota() {
    return new Story("with quota").with(partner()).then("grant quota", Stories::grant);
  }

  static Story withCodes() {
    return new Story("with codes")
        .with(withQuota())
        .then(
            "issue codes",
            w ->
                w.benefits()
                    .codeImports()
                    .details(RITA, w.partner(), pasted(w), false, w.key("import")))
        .with(members());
  }

  static Story members() {
    return new Story("members")
        .then(
            "admit ann",
            w ->
                w.benefits()
                    .organizations()
                    .admit(RITA, w.organization(), w.id("ann"), Role.MEMBER))
        .then(
            "admit bob",
            w ->
                w.benefits()
                    .organizations()
                    .admit(RITA, w.organization(), w.id("bob"), Role.MEMBER));
  }

  private static String pasted(World w) {
    StringBuilder text = new StringBuilder();
    w.texts("IMP", 5)
        .forEach(
            code ->
                text.append("Exam ")
                    .append(w.name())
                    .append(" [")
                    .append(code.value())
                    .append("]\n"));
    return text.toString();
  }

  private static Story codes() {
    return new Story("codes")
        .with(withQuota())
        .then("adjust quota", w -> adjust(w))
        .then("import stock", w -> stock(w, "A", 3))
        .then("apply", w -> apply(w, 2, "1"))
        .then("approve", w -> approve(w, 0))
        .then("fulfilled", w -> until(w, () -> isIn(w, 0, BenefitApplicationState.FULFILLED)))
        .then("apply for too many", w -> apply(w, 3, "2"))
        .then("approve too many", w -> approve(w, 1))
        .then(
            "out of stock",
            w -> until(w, () -> isIn(w, 1, BenefitApplicationState.FULFILMENT_FAILED)))
        .then("import more stock", w -> stock(w, "B", 4))
        .then(
            "retry", w -> w.benefits().applications().retry(RITA, w.application(1).applicationId()))
        .then("fulfilled later", w -> until(w, () -> isIn(w, 1, BenefitApplicationState.FULFILLED)))
        .then("apply in vain", w -> apply(w, 6, "3"))
        .then("approve in vain", w -> approve(w, 2))
        .then(
            "out of stock again",
            w -> until(w, () -> isIn(w, 2, BenefitApplicationState.FULFILMENT_FAILED)))
        .then(
            "cancel",
            w ->
                w.benefits()
                    .applications()
                    .cancel(w.person("olga"), w.application(2).applicationId()));
  }

  private static void adjust(World w) {
    w.benefits().quotas().adjust(RITA, w.quota(), 3, "asked for more", w.key("adjust"));
  }

  static boolean isIn(World w, int application, BenefitApplicationState state) {
    return w.application(application).state() == state;
  }

  /** Waits for what time or a process brings. */
  static void until(World w, BooleanSupplier there) {
    w.noted().stepAside();
    until(w.meanwhile(), there);
  }

  /** Does something now and then until something is the case. */
  static void until(Runnable meanwhile, BooleanSupplier there) {
    Instant late = Instant.now().plus(PATIENCE);
    while (!there.getAsBoolean()) {
      if (Instant.now().isAfter(late)) {
        throw new IllegalStateException(NOT_YET);
      }
      meanwhile.run();
      Node.pause();
    }
  }

  private static Story review() {
    return new Story("review")
        .with(withQuota())
        .then("apply", w -> apply(w, 2, "1"))
        .then(
            "recall",
            w ->
                w.benefits()
                    .applications()
                    .recall(w.person("olga"), w.application(0).applicationId()))
        .then(
            "revise",
            w ->
                w.benefits()
                    .applications()
                    .revise(
                        w.person("olga"),
                        w.application(0).applicationId(),
                        w.exam(),
                        4,
                        w.key("revise")))
        .then(
            "submit",
            w ->
                w.benefits()
                    .applications()
                    .submit(w.person("olga"), w.application(0).applicationId(), w.key("submit")))
        .then(
            "require action",
            w -> w.benefits().applications().requireAction(RITA, w.application(0).applicationId()))
        .then(
            "submit again",
            w ->
                w.benefits()
                    .applications()
                    .submit(w.person("olga"), w.application(0).applicationId(), w.key("again")))
        .then(
            "reject",
            w -> w.benefits().applications().reject(RITA, w.application(0).applicationId()))
        .then("apply anew", w -> apply(w, 3, "2"))
        .then(
            "cancel in review",
            w ->
                w.benefits()
                    .applications()
                    .cancel(w.person("olga"), w.application(1).applicationId()));
  }

  static void join(World w, String partner, String who) {
    w.benefits()
        .joinRequests()
        .submit(
            w.person(who),
            w.benefits().invitations().copyLink(RITA, w.organization(partner)),
            Map.of());
  }

  private static Story people() {
    return new Story("people")
        .with(partner())
        .then(
            "invite ann",
            w -> w.benefits().invitations().invite(w.person("olga"), w.organization(), w.id("ann")))
        .then(
            "decline", w -> w.benefits().invitations().decline(w.person("ann"), invited(w, "ann")))
        .then("request ann", w -> join(w, "p", "ann"))
        .then(
            "approve ann",
            w -> w.benefits().joinRequests().approve(w.person("olga"), w.request("ann")))
        .then("request bob", w -> join(w, "p", "bob"))
        .then(
            "reject bob",
            w -> w.benefits().joinRequests().reject(w.person("olga"), w.request("bob")))
        .then("request cora", w -> join(w, "p", "cora"))
        .then(
            "withdraw cora",
            w -> w.benefits().joinRequests().withdraw(w.person("cora"), w.request("cora")))
        .then(
            "rotate link",
            w -> w.benefits().invitations().rotateLink(w.person("olga"), w.organization()))
        .then(
            "limit link",
            w ->
                w.benefits()
                    .invitations()
                    .changeLimits(
                        w.person("olga"),
                        w.benefits()
                            .invitations()
                            .currentLink(w.person("olga"), w.organization())
                            .invitationId(),
                        LinkLimits.NONE.withMaximumUses(1)))
        .then("request dan", w -> join(w, "p", "dan"))
        .then(
            "approve dan",
            w -> w.benefits().joinRequests().approve(w.person("olga"), w.request("dan")))
        .then(
            "make ann a manager",
            w ->
                w.benefits()
                    .organizations()
                    .setRole(w.person("olga"), w.organization(), w.id("ann"), Role.MANAGER));
  }

  /** The one that somebody got, whatever has become of it. */
  static InvitationId invited(World w, String who) {
    return w
        .benefits()
        .invitations()
        .list(RITA, w.organization(), InvitationFilter.ALL, PAGE)
        .items()
        .stream()
        .filter(found -> w.id(who).equals(found.invitedAccount()))
        .findFirst()
        .orElseThrow()
        .invitationId();
  }

  static Story otherPartner() {
    return new Story("other partner")
        .then("register other partner", w -> register(w, "q"))
        .then("establish other organization", w -> establish(w, "q", "olav"));
  }

  private static Story movers() {
    return new Story("movers")
        .with(partner())
        .with(otherPartner())
        .then(
            "invite ann",
            w -> w.benefits().invitations().invite(w.person("olga"), w.organization(), w.id("ann")))
        .then(
            "answer",
            w ->
                w.benefits()
                    .joinRequests()
                    .submit(
                        w.person("ann"),
                        w.benefits().invitations().token(w.person("olga"), invited(w, "ann")),
                        Map.of()))
        .then(
            "approve ann, who was invited",
            w -> w.benefits().joinRequests().approve(w.person("olga"), w.request("ann")))
        .then("request elsewhere", w -> join(w, "q", "ann"))
        .then("quit", w -> w.benefits().organizations().quit(w.person("ann")))
        .then(
            "approve elsewhere",
            w -> w.benefits().joinRequests().approve(w.person("olav"), w.request("q", "ann")))
        .then(
            "remove",
            w ->
                w.benefits()
                    .organizations()
                    .remove(w.person("olav"), w.organization("q"), w.id("ann")))
        .then(
            "erase",
            w -> w.benefits().erasures().erase(RITA, w.id("ann"), "asked for by the person"));
  }

  static void assign(World w, String who, String key) {
    w.benefits()
        .examCodes()
        .assign(w.person("olga"), w.partner(), w.exam(), w.id(who), w.key("assign-" + key));
  }

  static void register(World w, String who, String key) {
    w.benefits()
        .registrations()
        .registerWithCode(
            w.person(who),
            w.exam(),
            null,
            Delivery.TEST_CENTER,
            day(10),
            null,
            w.key("register-" + key));
  }

  static void receive(World w, String who, ExamOutcome outcome) {
    w.benefits().examRecords().receive(RITA, line(w, who, outcome));
  }

  static ExamRecordLine line(World w, String who, ExamOutcome outcome) {
    return new ExamRecordLine(w.ids(who), w.exam(), day(10), outcome, null, null);
  }

  private static Story exams() {
    return new Story("exams")
        .with(withCodes())
        .then("assign ann", w -> assign(w, "ann", "1"))
        .then("register ann", w -> register(w, "ann", "1"))
        .then(
            "reschedule",
            w ->
                w.benefits()
                    .registrations()
                    .reschedule(
                        w.person("ann"), w.registration("ann").examRegistrationId(), day(11)))
        .then(
            "note ids",
            w ->
                w.benefits()
                    .registrations()
                    .noteIds(
                        w.person("ann"), w.registration("ann").examRegistrationId(), w.ids("ann")))
        .then("pass", w -> receive(w, "ann", ExamOutcome.PASS))
        .then("bind", w -> w.benefits().bindings().submit(w.person("ann"), w.exam(), w.ids("ann")))
        .then(
            "assign in bulk",
            w ->
                w.benefits()
                    .bulkAssignments()
                    .assign(
                        w.person("olga"),
                        w.partner(),
                        w.exam(),
                        List.of(w.id("ann"), w.id("bob")),
                        false,
                        w.key("bulk")))
        .then(
            "give back",
            w ->
                w.benefits()
                    .bulkAssignments()
                    .giveBack(
                        w.person("olga"),
                        w.partner(),
                        w.exam(),
                        List.of(w.id("ann")),
                        false,
                        w.key("bulk-back")))
        .then("register bob", w -> register(w, "bob", "2"))
        .then(
            "cancel",
            w ->
                w.benefits()
                    .registrations()
                    .cancel(w.person("bob"), w.registration("bob").examRegistrationId()))
        .then("register bob again", w -> register(w, "bob", "3"))
        .then(
            "note ids of bob",
            w ->
                w.benefits()
                    .registrations()
                    .noteIds(
                        RITA, w.registration("bob").examRegistrationId(), w.ids("bob"), "by mail"))
        .then("import a feed", Stories::importFeed);
  }

  private static void importFeed(World w) {
    ExamRecordFeed feed =
        lines -> {
          lines.accept(new ExamRecordFeed.FeedLine.Parsed(1, line(w, "bob", ExamOutcome.FAIL)));
          lines.accept(new ExamRecordFeed.FeedLine.Parsed(2, line(w, "zoe", ExamOutcome.PASS)));
        };
    w.benefits().examRecords().importFrom(RITA, FeedName.of("feed-" + w.name()), feed);
  }

  static CertificateBinding binding(World w, String who) {
    return w.latest(
        w.benefits().bindings().ofAccount(RITA, w.id(who), PAGE).items(),
        found -> found.bindingId().value());
  }

  static void selfPaid(World w, String who) {
    w.benefits()
        .registrations()
        .registerSelfPaid(
            w.person(who),
            w.exam(),
            Delivery.TEST_CENTER,
            day(10),
            w.ids(who),
            w.key("self-" + who));
  }

  private static Story bindings() {
    return new Story("bindings")
        .then("add exam", Stories::addExam)
        .then("register ann", w -> selfPaid(w, "ann"))
        .then(
            "bind early",
            w -> w.benefits().bindings().submit(w.person("ann"), w.exam(), w.ids("ann")))
        .then("pass, which is awaited", w -> receive(w, "ann", ExamOutcome.PASS))
        .then(
            "bind wrongly",
            w -> w.benefits().bindings().submit(w.person("bob"), w.exam(), w.ids("nobody")))
        .then(
            "window is over",
            w -> until(w, () -> binding(w, "bob").state() == BindingState.CHECK_IDS))
        .then("pass of bob", w -> receive(w, "bob", ExamOutcome.PASS))
        .then(
            "correct",
            w ->
                w.benefits()
                    .bindings()
                    .correct(w.person("bob"), binding(w, "bob").bindingId(), w.ids("bob")))
        .then("register fay", w -> selfPaid(w, "fay"))
        .then(
            "bind before the pull",
            w -> w.benefits().bindings().submit(w.person("fay"), w.exam(), w.ids("fay")))
        .then("pass of fay", w -> w.results().add(line(w, "fay", ExamOutcome.PASS)))
        .then("pulled", w -> until(w, () -> binding(w, "fay").state() == BindingState.BOUND))
        .then(
            "bind in vain",
            w -> w.benefits().bindings().submit(w.person("cora"), w.exam(), w.ids("cora")))
        .then(
            "window is over again",
            w -> until(w, () -> binding(w, "cora").state() == BindingState.CHECK_IDS))
        .then(
            "give up",
            w -> w.benefits().bindings().giveUp(w.person("cora"), binding(w, "cora").bindingId()))
        .then("register dan", w -> selfPaid(w, "dan"))
        .then("fail", w -> receive(w, "dan", ExamOutcome.FAIL))
        .then("register eva", w -> selfPaid(w, "eva"))
        .then(
            "cancel of eva",
            w ->
                w.benefits()
                    .registrations()
                    .cancel(w.person("eva"), w.registration("eva").examRegistrationId()));
  }

  static Certificate certificate(World w, String who) {
    return w.latest(
        w.benefits().certificates().ofAccount(RITA, w.id(who)),
        found -> found.certificateId().value());
  }

  /** Which whoever renews it again means, although there is another by then. */
  static Certificate firstCertificate(World w, String who) {
    return w.first(
        w.benefits().certificates().ofAccount(RITA, w.id(who)),
        found -> found.certificateId().value());
  }

  private static ExamRecordId record(World w, String who) {
    return certificate(w, who).recordId();
  }

  private static Story oversight() {
    String why = "an inquiry";
    return new Story("oversight")
        .with(withCodes())
        .then("suspend partner", w -> w.benefits().partners().suspend(RITA, w.partner(), why))
        .then("reinstate partner", w -> w.benefits().partners().reinstate(RITA, w.partner(), why))
        .then("suspend quota", w -> w.benefits().quotas().suspend(RITA, w.quota(), why))
        .then("resume quota", w -> w.benefits().quotas().resume(RITA, w.quota(), why))
        .then("assign ann", w -> assign(w, "ann", "1"))
        .then(
            "extend",
            w ->
                w.benefits()
                    .codeInterventions()
                    .extend(
                        RITA,
                        w.openCode("ann").orElseThrow().codeId(),
                        day(500),
                        why,
                        w.key("extend")))
        .then(
            "revoke code",
            w ->
                w.openCode("ann")
                    .ifPresent(
                        code -> w.benefits().codeInterventions().revoke(RITA, code.codeId(), why)))
        .then("assign bob", w -> assign(w, "bob", "2"))
        .then("register bob", w -> register(w, "bob", "1"))
        .then(
            "remove bob",
            w ->
                w.benefits()
                    .organizations()
                    .remove(w.person("olga"), w.organization(), w.id("bob")))
        .then(
            "decide",
            w ->
                w.openCode("bob")
                    .ifPresent(
                        code ->
                            w.benefits()
                                .codeInterventions()
                                .decide(
                                    w.person("olga"),
                                    code.codeId(),
                                    CodeInterventions.Decision.REVOKE,
                                    why)))
        .then("register cora", w -> selfPaid(w, "cora"))
        .then("pass", w -> receive(w, "cora", ExamOutcome.PASS))
        .then(
            "bind", w -> w.benefits().bindings().submit(w.person("cora"), w.exam(), w.ids("cora")))
        .then(
            "suspend certificate",
            w ->
                w.benefits()
                    .certificates()
                    .suspend(RITA, certificate(w, "cora").certificateId(), why))
        .then(
            "reinstate certificate",
            w ->
                w.benefits()
                    .certificates()
                    .reinstate(RITA, certificate(w, "cora").certificateId(), why))
        .then("hold record", w -> w.benefits().examRecords().hold(RITA, record(w, "cora"), why))
        .then(
            "release record", w -> w.benefits().examRecords().release(RITA, record(w, "cora"), why))
        .then(
            "invalidate", w -> w.benefits().examRecords().invalidate(RITA, record(w, "cora"), why))
        .then(
            "suspend organization",
            w -> w.benefits().organizations().suspend(RITA, w.organization(), why))
        .then(
            "resume organization",
            w -> w.benefits().organizations().resume(RITA, w.organization(), why))
        .then("settle", w -> w.benefits().settleDue())
        .then("terminate partner", w -> w.benefits().partners().terminate(RITA, w.partner(), why));
  }

  static PearsonVueDesk desk(World w) {
    return w.counters().embeddedPearsonVue().orElseThrow().desk();
  }

  /** The slot of a time, free or taken by whoever asks for it again. */
  static SlotId slot(World w, int which) {
    Instant time = slotTime(w, which);
    return w
        .counters()
        .embeddedPearsonVue()
        .orElseThrow()
        .freeSlots(w.person("ann"), SlotSearch.online(w.exam(), time, time.plusSeconds(1)), PAGE)
        .items()
        .stream()
        .map(Slot::slotId)
        .findFirst()
        .orElseGet(() -> booked(w).slotId());
  }

  private static Booking booked(World w) {
    return w.latest(
        w.counters().embeddedPearsonVue().orElseThrow().history(w.person("ann"), PAGE).items(),
        found -> found.bookingId().value());
  }

  /** A time that no other world has. */
  private static Instant slotTime(World w, int which) {
    return day(20 + which).plusSeconds(Math.floorMod(w.name().hashCode(), 80_000));
  }

  private static void addSlot(World w, int which) {
    desk(w).addOnlineSlot(RITA, slotTime(w, which), 30);
  }

  /** Ann has a code and may book. */
  static Story atPearsonVue() {
    return new Story("at Pearson VUE")
        .with(withCodes())
        .then(
            "offer",
            w ->
                desk(w)
                    .offer(
                        RITA,
                        new CatalogueExam(
                            w.exam(), "Exam " + w.name(), Price.of("100", "USD"), null)))
        .then(
            "register vouchers",
            w -> desk(w).registerVouchers(RITA, w.exam(), w.texts("IMP", 5), day(400)))
        .then("add slot", w -> addSlot(w, 0))
        .then("add another slot", w -> addSlot(w, 1))
        .then(
            "open account",
            w ->
                w.benefits()
                    .pearsonVue()
                    .orElseThrow()
                    .openAccount(w.person("ann"), "Ann", "ann@example.org"))
        .then(
            "check equipment",
            w ->
                w.benefits()
                    .pearsonVue()
                    .orElseThrow()
                    .checkEquipment(w.person("ann"), new Equipment(true, true, 100)))
        .then("assign ann", w -> assign(w, "ann", "1"));
  }

  private static Story booking() {
    return new Story("booking")
        .with(atPearsonVue())
        .then(
            "book",
            w ->
                w.benefits()
                    .examBookings()
                    .orElseThrow()
                    .bookWithCode(w.person("ann"), w.exam(), null, slot(w, 0), w.key("book")))
        .then(
            "move",
            w ->
                w.benefits()
                    .examBookings()
                    .orElseThrow()
                    .reschedule(
                        w.person("ann"), w.registration("ann").examRegistrationId(), slot(w, 1)))
        .then(
            "cancel",
            w ->
                w.benefits()
                    .examBookings()
                    .orElseThrow()
                    .cancel(w.person("ann"), w.registration("ann").examRegistrationId()))
        .then(
            "book self-paid",
            w ->
                w.benefits()
                    .examBookings()
                    .orElseThrow()
                    .bookSelfPaid(w.person("ann"), w.exam(), slot(w, 0), w.key("book-self")));
  }
}
