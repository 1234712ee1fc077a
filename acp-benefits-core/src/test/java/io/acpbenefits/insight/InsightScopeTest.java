package io.acpbenefits.insight;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Who may ask, and about whom. */
class InsightScopeTest {

  private static final PageRequest ALL = PageRequest.first(100);

  private final CoreFixture it = new CoreFixture();
  private final Insights insights = it.benefits.insights();

  /** Every question, asked by somebody about a partner. */
  private Map<String, BiConsumer<Actor, PartnerId>> questions() {
    Duration month = Duration.ofDays(30);
    OutputStream out = OutputStream.nullOutputStream();
    Map<String, BiConsumer<Actor, PartnerId>> all = new LinkedHashMap<>();
    all.put("tally", (a, p) -> insights.tally(a, p, ALL));
    all.put("tallyByLevel", (a, p) -> insights.tallyByLevel(a, p));
    all.put("whatIf", (a, p) -> insights.whatIf(a, p, WhatIf.NOTHING, ALL));
    all.put("whatIfByLevel", (a, p) -> insights.whatIfByLevel(a, p, WhatIf.NOTHING));
    all.put("expiringCodes", (a, p) -> insights.expiringCodes(a, p, month, 1, ALL));
    all.put("suggestions", (a, p) -> insights.suggestions(a, p, it.cloud, ALL));
    all.put("retiringCodes", (a, p) -> insights.retiringCodes(a, p, month, ALL));
    all.put("funnel", (a, p) -> insights.funnel(a, p, it.start, it.start.plusSeconds(1), ALL));
    all.put(
        "funnelByLevel", (a, p) -> insights.funnelByLevel(a, p, it.start, it.start.plusSeconds(1)));
    all.put("stuck", (a, p) -> insights.stuck(a, p, Patience.DEFAULT, ALL));
    all.put("csv", (a, p) -> insights.csv(a, p).tally(out));
    return all;
  }

  @Test
  void ownersManagersAndThePlatformMayAskAllOthersMayNot() {
    PartnerId beta = PartnerId.of("beta");
    Actor.Account bob = new Actor.Account(AccountId.of("bob"));
    it.partner(beta, bob.id());
    Actor.Account ann = it.member(it.ann);
    Actor.Account ben = it.member(it.ben);
    it.benefits.organizations().setRole(it.owner, it.organization, ben.id(), Role.MANAGER);
    questions()
        .forEach(
            (name, question) -> {
              for (Actor may : new Actor[] {it.owner, ben, it.operator, Actor.system()}) {
                question.accept(may, it.acme);
              }
              for (Actor mayNot : new Actor[] {ann, bob, Actor.account("zoe")}) {
                assertRefused(Reason.NOT_PERMITTED, () -> question.accept(mayNot, it.acme));
              }
              assertRefused(
                  Reason.NOT_FOUND, () -> question.accept(it.operator, PartnerId.of("none")));
              assertRefused(
                  Reason.NOT_PERMITTED, () -> question.accept(it.owner, PartnerId.of("none")));
            });
  }

  @Test
  void everyQuestionIsInTheTableAbove() {
    assertThat(
            Arrays.stream(Insights.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()))
                .map(Method::getName)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(questions().keySet());
  }

  @Test
  void nothingIsWrittenForSomebodyWhoMayNoLongerAsk() {
    Actor.Account ben = it.member(it.ben);
    it.benefits.organizations().setRole(it.owner, it.organization, ben.id(), Role.MANAGER);
    InsightsAsCsv csv = insights.csv(ben, it.acme);
    it.benefits.organizations().setRole(it.owner, it.organization, ben.id(), Role.MEMBER);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertRefused(Reason.NOT_PERMITTED, () -> csv.stuck(Patience.DEFAULT, out));
    assertRefused(Reason.NOT_PERMITTED, () -> csv.tallyByLevel(out));
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
