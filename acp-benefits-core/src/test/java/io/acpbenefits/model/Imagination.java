package io.acpbenefits.model;

import io.acpbenefits.model.World.Application;
import io.acpbenefits.model.World.Binding;
import io.acpbenefits.model.World.Code;
import io.acpbenefits.model.World.ExamRecord;
import io.acpbenefits.model.World.Invitation;
import io.acpbenefits.model.World.Registration;
import io.acpbenefits.model.World.Request;
import io.acpbenefits.model.World.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Thinks of what somebody could do next, as things stand: mostly what makes sense, now and then
 * what must be refused.
 */
final class Imagination {

  /** Something to do, or nothing if there is nothing to do it to. */
  private record Idea(int weight, Supplier<Optional<Step>> step) {}

  private final World world;
  private final Dice dice;
  private final People people;
  private final List<Idea> ideas = new ArrayList<>();
  private int number;
  private int stocked;

  Imagination(World world, Dice dice) {
    this.world = world;
    this.dice = dice;
    this.people = new People(world, dice);
    benefits();
    codes();
    academy();
    sittings();
    certification();
    time();
  }

  /** How a sequence begins: two or three partners with something to work with. */
  List<Step> beginnings() {
    List<Step> steps = new ArrayList<>();
    steps.add(exam("cloud", "ACP", null, null));
    steps.add(exam("security", dice.oneOf("ACP", "ACE"), null, null));
    Instant sale = World.START.plus(Duration.ofDays(dice.between(20, 200)));
    Instant life = sale.plus(Duration.ofDays(dice.between(0, 100)));
    steps.add(exam("retiring", "ACP", sale, dice.percent(80) ? life : null));
    for (String exam : List.of("cloud", "security", "retiring")) {
      List<String> codes = newCodes(exam, dice.between(3, 8));
      steps.add(Step.of(p -> p.benefits().stock(Programme.OPERATOR, exam, codes)));
    }
    List<String> partners = List.of("acme", "beta", "coda").subList(0, dice.between(2, 3));
    List<String> accounts = new ArrayList<>(People.ACCOUNTS);
    for (String partner : partners) {
      steps.add(Step.of(p -> p.benefits().register(Programme.OPERATOR, partner, "gold")));
      String owner = accounts.remove(0);
      steps.add(Step.of(p -> p.academy().establish(Programme.OPERATOR, partner, owner)));
      for (String role : List.of("MANAGER", "MEMBER")) {
        String account = accounts.remove(0);
        steps.add(Step.of(p -> p.academy().admit(partner, account, role)));
      }
      int granted = dice.between(3, 12);
      Instant until = World.START.plus(Duration.ofDays(dice.between(60, 400)));
      steps.add(
          Step.of(
              p ->
                  p.benefits()
                      .grant(
                          "quota-" + partner,
                          Programme.OPERATOR,
                          partner,
                          "ACP",
                          granted,
                          World.START,
                          until)));
    }
    return steps;
  }

  private static Step exam(
      String id, String level, @Nullable Instant sale, @Nullable Instant life) {
    return Step.of(p -> p.benefits().addExam(Programme.OPERATOR, id, level, sale, life));
  }

  private List<String> newCodes(String exam, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> exam.toUpperCase(java.util.Locale.ROOT) + (1000 + stocked++))
        .toList();
  }

  /** The next step; what it makes is called by its number. */
  Step next() {
    number++;
    int all = ideas.stream().mapToInt(Idea::weight).sum();
    while (true) {
      int hit = dice.between(1, all);
      for (Idea idea : ideas) {
        hit -= idea.weight();
        if (hit <= 0) {
          Optional<Step> step = idea.step().get();
          if (step.isPresent()) {
            return step.get();
          }
          break;
        }
      }
    }
  }

  private void idea(int weight, Supplier<Optional<Step>> step) {
    ideas.add(new Idea(weight, step));
  }

  private String called(String kind) {
    return kind + number;
  }

  private void benefits() {
    idea(
        2,
        () -> {
          String who = people.platform();
          String partner = people.partner();
          boolean suspend = dice.percent(40);
          return Optional.of(
              suspend
                  ? Step.of(p -> p.benefits().suspend(who, partner), v -> v.partner(partner))
                  : Step.of(p -> p.benefits().reinstate(who, partner), v -> v.partner(partner)));
        });
    idea(
        2,
        () -> {
          String who = people.platform();
          String partner = people.partner();
          String level = dice.oneOf("ACP", "ACP", "ACE");
          long quantity = dice.between(dice.percent(10) ? 0 : 1, 9);
          Instant from =
              world.now.plus(Duration.ofDays(dice.percent(50) ? 0 : dice.between(-30, 90)));
          Instant until = from.plus(Duration.ofDays(dice.between(dice.percent(5) ? 0 : 1, 365)));
          String id = called("quota");
          return Optional.of(
              Step.of(
                  p -> p.benefits().grant(id, who, partner, level, quantity, from, until),
                  v -> v.quotas(partner)));
        });
    idea(
        1,
        () -> {
          String exam = dice.oneOf(List.copyOf(world.exams.keySet()));
          List<String> codes = newCodes(exam, dice.between(1, 5));
          return Optional.of(Step.of(p -> p.benefits().stock(Programme.OPERATOR, exam, codes)));
        });
    idea(
        4,
        () -> {
          String partner = people.partner();
          String who = people.with(Role.MANAGER, partner);
          String exam = people.exam();
          int quantity = dice.between(dice.percent(5) ? 0 : 1, dice.percent(10) ? 12 : 3);
          String id = called("application");
          boolean draft = dice.percent(30);
          return Optional.of(
              Step.of(
                  p ->
                      draft
                          ? p.benefits().draft(id, who, partner, exam, quantity)
                          : p.benefits().apply(id, who, partner, exam, quantity),
                  v -> v.applications(partner),
                  v -> v.quotas(partner)));
        });
    onApplication(
        3,
        a -> a.state.equals("DRAFT") || a.state.equals("ACTION_REQUIRED"),
        Role.MANAGER,
        (p, who, id) -> p.submit(who, id));
    onApplication(1, a -> a.state.equals("IN_REVIEW"), Role.MANAGER, (p, w, id) -> p.recall(w, id));
    onApplication(4, a -> a.state.equals("IN_REVIEW"), null, (p, who, id) -> p.approve(who, id));
    onApplication(1, a -> a.state.equals("IN_REVIEW"), null, (p, w, id) -> p.requireAction(w, id));
    onApplication(1, a -> a.state.equals("IN_REVIEW"), null, (p, who, id) -> p.reject(who, id));
    onApplication(
        8,
        a -> a.state.startsWith("APP") || a.state.equals("FULFILLING"),
        null,
        (p, who, id) -> p.fulfil(who, id));
    onApplication(
        1,
        a -> a.state.startsWith("APP") || a.state.equals("FULFILLING"),
        null,
        (p, who, id) -> p.postpone(who, id));
    onApplication(1, a -> a.state.equals("FULFILLING"), null, (p, who, id) -> p.giveUp(who, id));
    onApplication(1, a -> a.state.equals("FULFILMENT_FAILED"), null, (p, w, id) -> p.retry(w, id));
    onApplication(
        1, a -> !a.state.equals("FULFILLED"), Role.MANAGER, (p, w, id) -> p.cancel(w, id));
  }

  /** What somebody does to an application. */
  private interface ApplicationAct {
    String on(Programme.Benefits programme, String who, String application);
  }

  private void onApplication(
      int weight, Predicate<Application> fitting, @Nullable Role role, ApplicationAct act) {
    idea(
        weight,
        () ->
            pick(world.applications.values(), fitting)
                .map(
                    a -> {
                      String who = role == null ? people.platform() : people.with(role, a.partner);
                      String id = orNowhere(a.id);
                      return Step.of(
                          p -> act.on(p.benefits(), who, id),
                          v -> v.applications(a.partner),
                          v -> v.quotas(a.partner),
                          v -> v.codes(a.partner));
                    }));
  }

  /** Something that fits, now and then anything at all. */
  private <T> Optional<T> pick(java.util.Collection<T> things, Predicate<T> fitting) {
    List<T> fit = things.stream().filter(fitting).toList();
    return dice.anyOf(dice.percent(8) ? things : fit);
  }

  private String orNowhere(String handle) {
    return dice.percent(1) ? World.NOWHERE : handle;
  }

  private void codes() {
    idea(
        7,
        () -> {
          String partner = people.partner();
          String who = people.with(Role.MANAGER, partner);
          Optional<Code> free =
              pick(
                  world.codes.values(), c -> c.partner.equals(partner) && c.state.equals("ISSUED"));
          String exam = free.map(c -> c.exam).orElseGet(people::exam);
          String account = people.member(partner);
          return Optional.of(
              Step.of(p -> p.codes().assign(who, partner, exam, account), v -> v.codes(partner)));
        });
    idea(
        2,
        () ->
            pick(world.codes.values(), c -> c.state.equals("ASSIGNED"))
                .map(
                    c -> {
                      String who = holderOrManager(c);
                      String code = orNowhere(c.text);
                      return Step.of(p -> p.codes().giveBack(who, code), v -> v.codes(c.partner));
                    }));
    idea(
        1,
        () ->
            pick(world.codes.values(), c -> true)
                .map(
                    c -> {
                      String who = holderOrManager(c);
                      String code = orNowhere(c.text);
                      return Step.of(p -> p.codes().reveal(who, code));
                    }));
  }

  private String holderOrManager(Code code) {
    String holder = code.holder;
    return holder != null && dice.percent(60)
        ? people.self(holder)
        : people.with(Role.MANAGER, code.partner);
  }

  private void academy() {
    idea(
        1,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.OWNER, partner);
          String account = people.member(partner);
          String role = dice.oneOf(World.Role.values()).name();
          return Optional.of(
              Step.of(
                  p -> p.academy().setRole(who, partner, account, role), v -> v.members(partner)));
        });
    idea(
        2,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          String account = people.member(partner);
          return Optional.of(
              Step.of(
                  p -> p.academy().remove(who, partner, account),
                  v -> v.members(partner),
                  v -> v.codes(partner)));
        });
    idea(
        2,
        () -> {
          String account = people.account();
          String partner = world.membership(account).map(m -> m.partner).orElse("acme");
          return Optional.of(
              Step.of(
                  p -> p.academy().quit(account),
                  v -> v.members(partner),
                  v -> v.codes(partner),
                  v -> v.requests(partner)));
        });
    idea(
        1,
        () -> {
          String partner = people.organization();
          String account = people.outsider();
          String role = dice.oneOf("MEMBER", "MANAGER");
          return Optional.of(
              Step.of(p -> p.academy().admit(partner, account, role), v -> v.members(partner)));
        });
    idea(
        1,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          return Optional.of(Step.of(p -> p.academy().copyLink(who, partner)));
        });
    idea(
        1,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          String id = called("link");
          return Optional.of(
              Step.of(p -> p.academy().rotateLink(id, who, partner), v -> v.invitations(partner)));
        });
    idea(
        2,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          String account = people.outsider();
          String id = called("invitation");
          return Optional.of(
              Step.of(
                  p -> p.academy().invite(id, who, partner, account), v -> v.invitations(partner)));
        });
    onInvitation(
        1,
        i -> i.state.equals("PENDING"),
        (i, id) -> {
          String account = people.self(i.account == null ? people.account() : i.account);
          return p -> p.academy().decline(account, id);
        });
    onInvitation(
        1,
        i -> i.state.equals("PENDING") || dice.percent(20),
        (i, id) -> {
          String who = people.with(Role.MANAGER, i.partner);
          return p -> p.academy().revoke(who, id);
        });
    onInvitation(
        7,
        i -> i.state.equals("PENDING") || i.state.equals("ACTIVE"),
        (i, id) -> {
          String invited = i.account;
          String account = invited == null ? people.outsider() : people.self(invited);
          String request = called("request");
          return p -> p.academy().ask(request, account, id);
        });
    onRequest(
        8,
        (r, id) -> {
          String who = people.with(Role.OWNER, r.partner);
          return p -> p.academy().approve(who, id);
        });
    onRequest(
        1,
        (r, id) -> {
          String who = people.with(Role.OWNER, r.partner);
          return p -> p.academy().reject(who, id);
        });
    onRequest(
        1,
        (r, id) -> {
          String account = people.self(r.account);
          return p -> p.academy().withdraw(account, id);
        });
    idea(
        1,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          return Optional.of(Step.of(p -> p.academy().applicants(who, partner)));
        });
  }

  /** What somebody does to a thing with a handle. */
  private interface Doing<T> {
    java.util.function.Function<Programme, String> to(T thing, String handle);
  }

  private void onInvitation(int weight, Predicate<Invitation> fitting, Doing<Invitation> act) {
    idea(
        weight,
        () ->
            pick(world.invitations.values(), fitting)
                .map(i -> Step.of(act.to(i, orNowhere(i.id)), v -> v.invitations(i.partner))));
  }

  private void onRequest(int weight, Doing<Request> act) {
    idea(
        weight,
        () ->
            pick(world.requests.values(), r -> r.state.equals("SUBMITTED"))
                .map(
                    r ->
                        Step.of(
                            act.to(r, orNowhere(r.id)),
                            v -> v.members(r.partner),
                            v -> v.requests(r.partner))));
  }

  private void sittings() {
    idea(
        6,
        () -> {
          Optional<Code> assigned = pick(world.codes.values(), c -> c.state.equals("ASSIGNED"));
          String account = assigned.map(c -> c.holder).map(people::self).orElseGet(people::account);
          String exam =
              assigned.isPresent() && dice.percent(94) ? assigned.get().exam : people.exam();
          String code =
              assigned.isPresent() && dice.percent(40) ? orNowhere(assigned.get().text) : null;
          Instant appointment = appointment();
          Programme.Ids ids = dice.percent(50) ? ids(account, exam) : null;
          String id = called("registration");
          return Optional.of(
              Step.of(
                  p -> p.sittings().book(id, account, exam, code, appointment, ids),
                  v -> v.registrations(account, exam)));
        });
    idea(
        2,
        () -> {
          String account = people.account();
          String exam = people.exam();
          Instant appointment = appointment();
          Programme.Ids ids = dice.percent(60) ? ids(account, exam) : null;
          String id = called("registration");
          return Optional.of(
              Step.of(
                  p -> p.sittings().bookSelfPaid(id, account, exam, appointment, ids),
                  v -> v.registrations(account, exam)));
        });
    onRegistration(
        2,
        (r, id) -> {
          String account = people.self(r.account);
          Instant appointment = appointment();
          return p -> p.sittings().reschedule(account, id, appointment);
        });
    onRegistration(
        2,
        (r, id) -> {
          String account = people.self(r.account);
          return p -> p.sittings().cancel(account, id);
        });
    onRegistration(
        1,
        (r, id) -> {
          String who = dice.percent(70) ? people.self(r.account) : people.anyone();
          Programme.Ids ids = ids(r.account, r.exam);
          return p -> p.sittings().noteIds(who, id, ids);
        });
    idea(8, this::record);
  }

  private void onRegistration(int weight, Doing<Registration> act) {
    idea(
        weight,
        () ->
            pick(world.registrations.values(), r -> r.isScheduled())
                .map(
                    r -> {
                      List<Step.View> touched = new ArrayList<>();
                      touched.add(v -> v.registrations(r.account, r.exam));
                      Code code = r.code;
                      if (code != null) {
                        touched.add(v -> v.codes(code.partner));
                      }
                      return new Step(act.to(r, orNowhere(r.id)), touched);
                    }));
  }

  private Instant appointment() {
    return world.now.plus(
        dice.percent(5)
            ? Duration.ofHours(-dice.between(1, 100))
            : Duration.ofHours(dice.between(0, dice.percent(10) ? 9000 : 500)));
  }

  /** Mostly a person's own ids for an exam; now and then somebody else's, or in the wrong order. */
  private Programme.Ids ids(String account, String exam) {
    String whose = dice.percent(93) ? account : people.account();
    Programme.Ids own =
        new Programme.Ids("C-" + whose + "-" + exam + (dice.percent(75) ? "" : "-2"), "R-" + whose);
    return dice.percent(5) ? own.swapped() : own;
  }

  /**
   * Mostly the record of something booked; else one out of the blue, or one that has come before.
   */
  private Optional<Step> record() {
    Optional<ExamRecord> known = dice.anyOf(world.records.values());
    if (known.isPresent() && dice.percent(15)) {
      ExamRecord again = known.get();
      String outcome = dice.percent(70) ? again.outcome : outcome();
      return Optional.of(
          receive(again.ids, again.exam, again.taken, outcome, again.score, again.voucher));
    }
    Optional<Registration> booked =
        dice.anyOf(
            world.registrations.values().stream()
                .filter(r -> r.isScheduled() && r.appointment.isBefore(world.now))
                .toList());
    Instant nearly = world.now.minus(Duration.ofHours(dice.between(0, 100)));
    String score = dice.percent(50) ? String.valueOf(dice.between(300, 900)) : null;
    if (booked.isPresent() && dice.percent(80)) {
      Registration sat = booked.get();
      Programme.Ids own = sat.ids;
      String voucher = sat.code != null && dice.percent(60) ? sat.code.text : null;
      return Optional.of(
          receive(
              own != null && dice.percent(90) ? own : ids(sat.account, sat.exam),
              sat.exam,
              dice.percent(80) ? sat.appointment : nearly,
              outcome(),
              score,
              voucher));
    }
    String account = people.account();
    Optional<Code> held = pick(world.codes.values(), c -> account.equals(c.holder));
    String exam = held.isPresent() && dice.percent(80) ? held.get().exam : people.exam();
    String voucher = held.isPresent() && dice.percent(30) ? held.get().text : null;
    return Optional.of(receive(ids(account, exam), exam, nearly, outcome(), score, voucher));
  }

  private String outcome() {
    return dice.oneOf("PASS", "PASS", "PASS", "PASS", "PASS", "FAIL", "FAIL", "NO_SHOW");
  }

  private Step receive(
      Programme.Ids ids,
      String exam,
      Instant taken,
      String outcome,
      @Nullable String score,
      @Nullable String voucher) {
    String id = called("record");
    String who = dice.oneOf(Programme.OPERATOR, Programme.SYSTEM);
    Code code = voucher == null ? null : world.codes.get(voucher);
    List<Step.View> touched = new ArrayList<>();
    if (code != null) {
      touched.add(v -> v.codes(code.partner));
    }
    for (Binding waiting : world.bindings.values()) {
      if (waiting.isOpen() && waiting.ids.equals(ids)) {
        touched.add(v -> v.bindings(waiting.account));
      }
    }
    return new Step(
        p -> p.sittings().receive(id, who, ids, exam, taken, outcome, score, voucher), touched);
  }

  private void certification() {
    idea(
        6,
        () -> {
          Optional<ExamRecord> known = dice.anyOf(world.records.values());
          String account =
              known.map(r -> r.account).isPresent() && dice.percent(60)
                  ? people.self(World.text(known.get().account))
                  : people.account();
          boolean passed = known.isPresent() && dice.percent(60);
          String exam = passed ? known.get().exam : people.exam();
          Programme.Ids ids = passed ? known.get().ids : ids(account, exam);
          Programme.Ids told = dice.percent(4) ? ids.swapped() : ids;
          String id = called("binding");
          return Optional.of(
              Step.of(
                  p -> p.certification().submit(id, account, exam, told),
                  v -> v.bindings(account),
                  v -> v.registrations(account, exam)));
        });
    onBinding(
        3,
        (b, id) -> {
          String account = people.self(b.account);
          Programme.Ids ids =
              dice.percent(50)
                  ? ids(b.account, b.exam)
                  : dice.anyOf(world.records.values()).map(r -> r.ids).orElse(b.ids.swapped());
          return p -> p.certification().correct(account, id, ids);
        });
    onBinding(
        1,
        (b, id) -> {
          String who = dice.percent(80) ? people.self(b.account) : people.anyone();
          return p -> p.certification().giveUp(who, id);
        });
    idea(
        2,
        () -> {
          String partner = people.partner();
          String who = people.with(Role.MANAGER, partner);
          return Optional.of(Step.of(p -> p.certification().tally(who, partner)));
        });
  }

  private void onBinding(int weight, Doing<Binding> act) {
    idea(
        weight,
        () ->
            pick(world.bindings.values(), b -> b.state.equals("CHECK_IDS"))
                .map(b -> Step.of(act.to(b, orNowhere(b.id)), v -> v.bindings(b.account))));
  }

  private void time() {
    idea(
        9,
        () -> {
          Duration time = dice.aWhile();
          return Optional.of(Step.of(p -> p.time().pass(time)));
        });
    idea(4, () -> Optional.of(Step.of(p -> p.time().settle())));
  }
}
