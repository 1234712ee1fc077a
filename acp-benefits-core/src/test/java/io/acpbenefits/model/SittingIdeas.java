package io.acpbenefits.model;

import io.acpbenefits.model.Things.Binding;
import io.acpbenefits.model.Things.Code;
import io.acpbenefits.model.Things.ExamRecord;
import io.acpbenefits.model.Things.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can be booked, sat and recorded. */
final class SittingIdeas extends Ideas {

  SittingIdeas(World world, Dice dice, People people) {
    super(world, dice, people);
    bookings();
    records();
  }

  private void bookings() {
    maybe(
        9,
        () -> {
          Optional<Code> assigned = pick(world.codes.values(), c -> c.state.equals("ASSIGNED"));
          return assigned.isEmpty() && dice.percent(90)
              ? Optional.empty()
              : Optional.of(booking(assigned));
        });
    idea(
        2,
        () -> {
          String account = people.account();
          String exam = people.exam();
          Instant appointment = appointment();
          Programme.Ids ids = dice.percent(60) ? ids(account, exam) : null;
          String id = called("registration");
          return Step.of(
              p -> p.sittings().bookSelfPaid(id, account, exam, appointment, ids),
              v -> v.registrations(account, exam));
        });
    Predicate<Registration> upcoming = r -> r.isScheduled() && !r.appointment.isBefore(world.now);
    onRegistration(
        2,
        upcoming,
        (r, id) -> {
          String who = people.self(r.account);
          Instant appointment = appointment();
          return p -> p.sittings().reschedule(who, id, appointment);
        });
    onRegistration(
        2,
        upcoming,
        (r, id) -> {
          String who = people.self(r.account);
          return p -> p.sittings().cancel(who, id);
        });
    onRegistration(
        1,
        r -> r.isScheduled(),
        (r, id) -> {
          String who = dice.percent(70) ? people.self(r.account) : people.anyone();
          Programme.Ids ids = ids(r.account, r.exam);
          return p -> p.sittings().noteIds(who, id, ids);
        });
    onRegistration(
        1,
        r -> r.isScheduled() && r.appointment.isBefore(world.now),
        (r, id) -> {
          String who = people.platform();
          return p -> p.sittings().markNoShow(who, id);
        });
  }

  private Step booking(Optional<Code> assigned) {
    String account = assigned.map(c -> c.holder).map(people::self).orElseGet(people::account);
    String exam = assigned.isPresent() && dice.percent(94) ? assigned.get().exam : people.exam();
    String code = assigned.isPresent() && dice.percent(40) ? orNowhere(assigned.get().text) : null;
    Instant appointment = appointment();
    Programme.Ids ids = dice.percent(50) ? ids(account, exam) : null;
    String id = called("registration");
    return Step.of(
        p -> p.sittings().book(id, account, exam, code, appointment, ids),
        v -> v.registrations(account, exam));
  }

  private void onRegistration(
      int weight, Predicate<Registration> fitting, Doing<Registration> act) {
    maybe(
        weight,
        () ->
            pick(world.registrations.values(), fitting)
                .map(
                    r -> {
                      String account = r.account;
                      String exam = r.exam;
                      List<Step.View> touched = new ArrayList<>();
                      touched.add(v -> v.registrations(account, exam));
                      if (r.code != null) {
                        String partner = r.code.partner;
                        touched.add(v -> v.codes(partner));
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
  Programme.Ids ids(String account, String exam) {
    String whose = dice.percent(93) ? account : people.account();
    Programme.Ids own =
        new Programme.Ids("C-" + whose + "-" + exam + (dice.percent(75) ? "" : "-2"), "R-" + whose);
    return dice.percent(5) ? own.swapped() : own;
  }

  private void records() {
    maybe(8, () -> Optional.of(fresh()));
    maybe(3, () -> dice.anyOf(world.records).map(this::again));
    onRecord(
        1,
        r -> r.state.equals("RECEIVED"),
        (r, id) -> {
          String who = people.platform();
          return p -> p.sittings().hold(who, id);
        });
    onRecord(
        3,
        r -> r.state.equals("HELD"),
        (r, id) -> {
          String who = people.platform();
          boolean instead = dice.percent(40);
          return p -> p.sittings().release(who, id, instead);
        });
    onRecord(
        1,
        r -> !r.state.equals("INVALIDATED"),
        (r, id) -> {
          String who = people.platform();
          return p -> p.sittings().invalidate(who, id);
        });
  }

  private void onRecord(int weight, Predicate<ExamRecord> fitting, Doing<ExamRecord> act) {
    maybe(
        weight,
        () ->
            pick(world.records.stream().filter(r -> !r.id.isEmpty()).toList(), fitting)
                .map(r -> new Step(act.to(r, orNowhere(r.id)), concerning(r.ids, r.exam, r.code))));
  }

  /** The same line once more, or something else about the same sitting. */
  private Step again(ExamRecord known) {
    String kind =
        dice.percent(40)
            ? known.kind
            : dice.oneOf("RESULT", "CORRECTION", "CORRECTION", "INVALIDATION");
    String outcome = dice.percent(70) ? known.outcome : outcome();
    Instant taken = dice.percent(80) ? known.taken : known.taken.plus(Duration.ofHours(1));
    String score = dice.percent(80) ? known.score : "700";
    String voucher = known.code != null && dice.percent(50) ? known.code.text : null;
    return receive(kind, known.ids, known.exam, taken, outcome, score, voucher);
  }

  /** Mostly the record of something booked, else one out of the blue. */
  private Step fresh() {
    Optional<Registration> booked =
        dice.anyOf(
            world.registrations.values().stream()
                .filter(r -> r.isScheduled() && r.appointment.isBefore(world.now))
                .toList());
    Instant nearly = world.now.minus(Duration.ofHours(dice.between(0, 100)));
    String score = dice.percent(50) ? String.valueOf(dice.between(300, 900)) : null;
    String kind = dice.percent(94) ? "RESULT" : dice.oneOf("CORRECTION", "INVALIDATION");
    if (booked.isPresent() && dice.percent(80)) {
      Registration sat = booked.get();
      Programme.Ids own = sat.ids;
      return receive(
          kind,
          own != null && dice.percent(90) ? own : ids(sat.account, sat.exam),
          sat.exam,
          dice.percent(80) ? sat.appointment : nearly,
          outcome(),
          score,
          sat.code != null && dice.percent(60) ? sat.code.text : null);
    }
    String account = people.account();
    Optional<Code> held = pick(world.codes.values(), c -> account.equals(c.holder));
    String exam = held.isPresent() && dice.percent(80) ? held.get().exam : people.exam();
    String voucher = held.isPresent() && dice.percent(30) ? held.get().text : null;
    return receive(kind, ids(account, exam), exam, nearly, outcome(), score, voucher);
  }

  private String outcome() {
    return dice.oneOf("PASS", "PASS", "PASS", "PASS", "PASS", "FAIL", "FAIL", "NO_SHOW");
  }

  private Step receive(
      String kind,
      Programme.Ids ids,
      String exam,
      Instant taken,
      String outcome,
      @Nullable String score,
      @Nullable String voucher) {
    String id = called("record");
    String who = people.platform();
    Code code = voucher == null ? null : world.codes.get(voucher);
    return new Step(
        p -> p.sittings().receive(id, who, kind, ids, exam, taken, outcome, score, voucher),
        concerning(ids, exam, code));
  }

  private List<Step.View> concerning(Programme.Ids ids, String exam, @Nullable Code code) {
    List<Step.View> touched = new ArrayList<>();
    if (code != null) {
      String partner = code.partner;
      touched.add(v -> v.codes(partner));
    }
    for (Binding waiting : world.bindings.values()) {
      if (waiting.ids.equals(ids) && waiting.exam.equals(exam)) {
        String account = waiting.account;
        touched.add(v -> v.bindings(account));
      }
    }
    return touched;
  }
}
