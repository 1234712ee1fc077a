package io.acpbenefits.model;

import io.acpbenefits.model.Things.Application;
import io.acpbenefits.model.Things.Quota;
import io.acpbenefits.model.Things.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What can be done to partners, exams, quotas and benefit applications. */
final class BenefitIdeas extends Ideas {

  private interface QuotaAct {
    String on(Programme.Benefits benefits, String who, String quota);
  }

  private interface ApplicationAct {
    String on(Programme.Benefits benefits, String who, String application);
  }

  private int stocked;

  BenefitIdeas(World world, Dice dice, People people) {
    super(world, dice, people);
    partners();
    quotas();
    applications();
  }

  Step stock(String exam, int count) {
    List<String> codes =
        IntStream.range(0, count)
            .mapToObj(i -> exam.toUpperCase(Locale.ROOT) + (1000 + stocked++))
            .toList();
    return Step.of(p -> p.benefits().stock(Programme.OPERATOR, exam, codes));
  }

  private void partners() {
    idea(
        1,
        () -> {
          String who = people.platform();
          String partner = people.partner();
          return Step.of(p -> p.benefits().suspend(who, partner), v -> v.partner(partner));
        });
    maybe(
        4,
        () ->
            pick(world.partners.values(), p -> p.state.equals("SUSPENDED"))
                .map(
                    found -> {
                      String who = people.platform();
                      String partner = orNowhere(found.id);
                      return Step.of(
                          p -> p.benefits().reinstate(who, partner), v -> v.partner(partner));
                    }));
    maybe(
        1,
        () -> {
          String who = dice.percent(30) ? people.platform() : people.account();
          String partner = people.partner();
          return dice.percent(70)
              ? Optional.empty()
              : Optional.of(
                  Step.of(
                      p -> p.benefits().terminate(who, partner),
                      v -> v.partner(partner),
                      v -> v.quotas(partner),
                      v -> v.applications(partner),
                      v -> v.codes(partner),
                      v -> v.members(partner),
                      v -> v.invitations(partner),
                      v -> v.requests(partner)));
        });
    idea(1, () -> stock(dice.oneOf(List.copyOf(world.exams.keySet())), dice.between(1, 5)));
    idea(
        1,
        () -> {
          String who = people.platform();
          String exam = people.exam();
          Instant sale = dice.percent(50) ? null : ahead(dice.percent(10) ? -10 : 30, 200);
          Instant life =
              dice.percent(50)
                  ? null
                  : (sale == null ? world.now : sale).plus(Duration.ofDays(dice.between(0, 300)));
          return Step.of(p -> p.benefits().changeExam(who, exam, sale, life));
        });
  }

  private void quotas() {
    idea(
        2,
        () -> {
          String who = people.platform();
          String partner = people.partner();
          String level = dice.oneOf("ACP", "ACP", "ACE");
          long quantity = dice.between(dice.percent(10) ? 0 : 1, 9);
          Instant from = dice.percent(50) ? world.now : ahead(-30, 90);
          Instant until = from.plus(Duration.ofDays(dice.between(dice.percent(5) ? 0 : 1, 365)));
          String id = called("quota");
          String key = key();
          return Step.of(
              p -> p.benefits().grant(id, who, partner, level, quantity, from, until, key),
              v -> v.quotas(partner));
        });
    maybe(
        1,
        () -> {
          long by = dice.between(-5, 5);
          return pick(world.quotas.values(), q -> !q.hasEnded())
              .map(q -> onQuota(q, (b, who, id) -> b.adjust(who, id, by)));
        });
    onQuota(1, q -> q.state.equals("ACTIVE"), (b, who, id) -> b.suspendQuota(who, id));
    onQuota(2, q -> q.state.equals("SUSPENDED"), (b, who, id) -> b.resumeQuota(who, id));
    onQuota(1, q -> !q.hasEnded() && dice.percent(40), (b, who, id) -> b.revokeQuota(who, id));
  }

  private void onQuota(int weight, Predicate<Quota> fitting, QuotaAct act) {
    maybe(weight, () -> pick(world.quotas.values(), fitting).map(q -> onQuota(q, act)));
  }

  private Step onQuota(Quota quota, QuotaAct act) {
    String who = people.platform();
    String id = orNowhere(quota.id);
    String partner = quota.partner;
    return Step.of(p -> act.on(p.benefits(), who, id), v -> v.quotas(partner));
  }

  private void applications() {
    idea(
        4,
        () -> {
          String partner = people.partner();
          String who = people.with(Role.MANAGER, partner);
          String exam = dice.percent(60) ? "cloud" : people.exam();
          int quantity = dice.between(dice.percent(5) ? 0 : 1, dice.percent(10) ? 12 : 3);
          String id = called("application");
          boolean draft = dice.percent(30);
          String key = key();
          return Step.of(
              p ->
                  draft
                      ? p.benefits().draft(id, who, partner, exam, quantity)
                      : p.benefits().apply(id, who, partner, exam, quantity, key),
              v -> v.applications(partner),
              v -> v.quotas(partner));
        });
    Predicate<Application> reviewed = a -> a.state.equals("IN_REVIEW");
    Predicate<Application> approved =
        a -> a.state.startsWith("APP") || a.state.equals("FULFILLING");
    Predicate<Application> drafted =
        a -> a.state.equals("DRAFT") || a.state.equals("ACTION_REQUIRED");
    maybe(
        2,
        () -> {
          String exam = dice.percent(50) ? "cloud" : people.exam();
          int quantity = dice.between(dice.percent(5) ? 0 : 1, dice.percent(20) ? 9 : 3);
          String key = key();
          return onApplication(
              drafted, Role.MANAGER, (b, who, id) -> b.revise(who, id, exam, quantity, key));
        });
    onApplication(3, drafted, Role.MANAGER, (b, who, id) -> b.submit(who, id));
    onApplication(1, reviewed, Role.MANAGER, (b, who, id) -> b.recall(who, id));
    onApplication(5, reviewed, null, (b, who, id) -> b.approve(who, id));
    onApplication(1, reviewed, null, (b, who, id) -> b.requireAction(who, id));
    onApplication(1, reviewed, null, (b, who, id) -> b.reject(who, id));
    onApplication(9, approved, null, (b, who, id) -> b.fulfil(who, id));
    onApplication(2, approved, null, (b, who, id) -> b.postpone(who, id));
    onApplication(4, a -> a.state.equals("FULFILLING"), null, (b, who, id) -> b.giveUp(who, id));
    onApplication(
        5, a -> a.state.equals("FULFILMENT_FAILED"), null, (b, who, id) -> b.retry(who, id));
    onApplication(
        1, a -> !a.state.equals("FULFILLED"), Role.MANAGER, (b, who, id) -> b.cancel(who, id));
  }

  private void onApplication(
      int weight, Predicate<Application> fitting, @Nullable Role role, ApplicationAct act) {
    maybe(weight, () -> onApplication(fitting, role, act));
  }

  private Optional<Step> onApplication(
      Predicate<Application> fitting, @Nullable Role role, ApplicationAct act) {
    return pick(world.applications.values(), fitting)
        .map(
            a -> {
              String partner = a.partner;
              String who = role == null ? people.platform() : people.with(role, partner);
              String id = orNowhere(a.id);
              return Step.of(
                  p -> act.on(p.benefits(), who, id),
                  v -> v.applications(partner),
                  v -> v.quotas(partner),
                  v -> v.codes(partner));
            });
  }
}
