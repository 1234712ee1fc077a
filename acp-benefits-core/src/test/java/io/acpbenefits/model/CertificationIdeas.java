package io.acpbenefits.model;

import io.acpbenefits.model.Things.Binding;
import io.acpbenefits.model.Things.Certificate;
import io.acpbenefits.model.Things.ExamRecord;
import io.acpbenefits.model.Things.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

/** What can be done to certificates and their bindings, and the passing of time. */
final class CertificationIdeas extends Ideas {

  private final SittingIdeas sittings;

  CertificationIdeas(World world, Dice dice, People people, SittingIdeas sittings) {
    super(world, dice, people);
    this.sittings = sittings;
    bindings();
    certificates();
    idea(7, () -> passing(dice.aWhile()));
    maybe(5, () -> dice.anyOf(world.turningPoints()).map(this::upTo));
    idea(4, () -> Step.of(p -> p.time().settle()));
  }

  /** To the very instant at which something changes by itself, or as close to it as can be. */
  private Step upTo(Instant turningPoint) {
    Duration there = Duration.between(world.now, turningPoint);
    return passing(
        switch (dice.between(1, 4)) {
          case 1 -> there.minus(1, ChronoUnit.MICROS);
          case 2 -> there.plus(1, ChronoUnit.MICROS);
          default -> there;
        });
  }

  private static Step passing(Duration time) {
    return Step.of(p -> p.time().pass(time));
  }

  private void bindings() {
    idea(7, this::submission);
    onBinding(
        3,
        (b, id) -> {
          String account = people.self(b.account);
          Programme.Ids ids =
              dice.percent(50)
                  ? sittings.ids(b.account, b.exam)
                  : dice.anyOf(world.records).map(r -> r.ids).orElse(b.ids.swapped());
          return p -> p.certification().correct(account, id, ids);
        });
    onBinding(
        1,
        (b, id) -> {
          String who = dice.percent(80) ? people.self(b.account) : people.anyone();
          return p -> p.certification().giveUp(who, id);
        });
  }

  private Step submission() {
    Optional<ExamRecord> known = dice.anyOf(world.records);
    String candidate = known.map(r -> r.account).orElse(null);
    String account =
        candidate != null && dice.percent(60) ? people.self(candidate) : people.account();
    boolean recorded = known.isPresent() && dice.percent(60);
    String exam = recorded ? known.get().exam : people.exam();
    Programme.Ids ids = recorded ? known.get().ids : sittings.ids(account, exam);
    Programme.Ids told = dice.percent(4) ? ids.swapped() : ids;
    String id = called("binding");
    return Step.of(
        p -> p.certification().submit(id, account, exam, told),
        v -> v.bindings(account),
        v -> v.registrations(account, exam));
  }

  private void onBinding(int weight, Doing<Binding> act) {
    maybe(
        weight,
        () ->
            pick(world.bindings.values(), b -> b.state.equals("CHECK_IDS"))
                .map(
                    b -> {
                      String account = b.account;
                      return Step.of(act.to(b, orNowhere(b.id)), v -> v.bindings(account));
                    }));
  }

  private void certificates() {
    onCertificate(
        1,
        c -> c.state.equals("VALID"),
        (c, id) -> {
          String who = people.platform();
          return p -> p.certification().suspend(who, id);
        });
    onCertificate(
        2,
        c -> c.state.equals("SUSPENDED"),
        (c, id) -> {
          String who = people.platform();
          return p -> p.certification().reinstate(who, id);
        });
    onCertificate(
        1,
        c -> c.isOpen() && dice.percent(30),
        (c, id) -> {
          String who = people.platform();
          return p -> p.certification().revoke(who, id);
        });
    onCertificate(
        1,
        c -> c.state.equals("VALID") && c.account != null,
        (c, id) -> {
          String who = people.platform();
          String renewal = called("renewal");
          return p -> p.certification().renew(renewal, who, id);
        });
    idea(
        2,
        () -> {
          String partner = people.partner();
          String who = people.with(Role.MANAGER, partner);
          Instant at = dice.percent(50) ? null : dice.percent(5) ? ahead(1, 9) : ahead(-100, 0);
          return Step.of(p -> p.certification().tally(who, partner, at));
        });
  }

  private void onCertificate(int weight, Predicate<Certificate> fitting, Doing<Certificate> act) {
    maybe(
        weight,
        () ->
            pick(world.certificates.values(), fitting)
                .map(
                    c -> {
                      String partner = c.partner;
                      Step step = Step.of(act.to(c, orNowhere(c.id)));
                      return partner == null
                          ? step
                          : new Step(step.act(), java.util.List.of(v -> v.tally(partner)));
                    }));
  }
}
