package io.acpbenefits.model;

import io.acpbenefits.model.Things.Code;
import io.acpbenefits.model.Things.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** What can be done to exam codes. */
final class CodeIdeas extends Ideas {

  CodeIdeas(World world, Dice dice, People people) {
    super(world, dice, people);
    maybe(
        9,
        () -> {
          Optional<Code> free = pick(world.codes.values(), c -> c.state.equals("ISSUED"));
          return free.isEmpty() && dice.percent(90)
              ? Optional.empty()
              : Optional.of(assignment(free));
        });
    onCode(
        2,
        c -> c.state.equals("ISSUED"),
        (c, code) -> {
          String who = people.with(Role.MANAGER, c.partner);
          String account = people.member(c.partner);
          return p -> p.codes().assignThis(who, code, account);
        });
    onCode(
        2,
        c -> c.state.equals("ASSIGNED"),
        (c, code) -> {
          String who = holderOrManager(c);
          return p -> p.codes().giveBack(who, code);
        });
    onCode(
        1,
        c -> true,
        (c, code) -> {
          String who = holderOrManager(c);
          return p -> p.codes().reveal(who, code);
        });
    interventions();
  }

  private Step assignment(Optional<Code> free) {
    String partner = free.map(c -> c.partner).orElseGet(people::partner);
    String exam = free.map(c -> c.exam).orElseGet(people::exam);
    String who = people.with(Role.MANAGER, partner);
    String account = people.member(partner);
    String key = key();
    return Step.of(p -> p.codes().assign(who, partner, exam, account, key), v -> v.codes(partner));
  }

  private void interventions() {
    onCode(
        3,
        c -> c.state.equals("FORFEITED"),
        (c, code) -> {
          String who = people.platform();
          return p -> p.codes().reinstate(who, code);
        });
    onCode(
        1,
        c -> c.isUnused() || c.state.equals("FORFEITED"),
        (c, code) -> {
          String who = people.platform();
          Instant until = c.expires.plus(Duration.ofDays(dice.between(-10, 200)));
          return p -> p.codes().extend(who, code, until);
        });
    onCode(
        1,
        c -> c.isUnused() && dice.percent(50),
        (c, code) -> {
          String who = people.platform();
          return p -> p.codes().revoke(who, code);
        });
    Predicate<Code> waiting =
        c -> c.state.equals("RESERVED") && (c.holderLeft || world.isOver(c.reservedUntil));
    onCode(
        2,
        waiting,
        (c, code) -> {
          String who = people.with(Role.MANAGER, c.partner);
          return p -> p.codes().release(who, code);
        });
    onCode(
        2,
        waiting,
        (c, code) -> {
          String who = people.with(Role.MANAGER, c.partner);
          boolean revoke = dice.percent(50);
          return p -> p.codes().decide(who, code, revoke);
        });
    idea(
        1,
        () -> {
          String partner = people.partner();
          String who = people.with(Role.MANAGER, partner);
          return Step.of(p -> p.codes().toDecide(who, partner));
        });
  }

  private String holderOrManager(Code code) {
    String holder = code.holder;
    return holder != null && dice.percent(60)
        ? people.self(holder)
        : people.with(Role.MANAGER, code.partner);
  }

  private void onCode(int weight, Predicate<Code> fitting, Doing<Code> act) {
    maybe(
        weight,
        () ->
            pick(world.codes.values(), fitting)
                .map(
                    c -> {
                      String partner = c.partner;
                      return Step.of(act.to(c, orNowhere(c.text)), v -> v.codes(partner));
                    }));
  }
}
