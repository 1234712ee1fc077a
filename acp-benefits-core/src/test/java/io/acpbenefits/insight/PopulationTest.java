package io.acpbenefits.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.certificate.CertificateId;
import io.acpbenefits.certificate.TallyPolicy;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.insight.NaiveAnswers.Stuck;
import io.acpbenefits.insight.Population.Earned;
import io.acpbenefits.insight.Population.Member;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every question is answered twice, by the library and by going through lists, over thousands of
 * random rows, which no test changes; {@code -Dinsight.seed} replays another population than the
 * usual one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PopulationTest {

  private static final long SEED = Long.getLong("insight.seed", 20260301L);
  private static final List<Duration> TIMES =
      List.of(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(30), Duration.ofDays(400));

  private final CoreFixture it = new CoreFixture();
  private final Population all =
      new Population(it, it.partner(PartnerId.of("beta"), AccountId.of("bob")).value(), SEED);
  private Random random = new Random(SEED);

  @BeforeEach
  void replays() {
    random = new Random(SEED);
  }

  private Insights ask() {
    return it.benefits.insights();
  }

  private NaiveAnswers naive(String partner) {
    return new NaiveAnswers(all, partner, it.start, false);
  }

  /** All pages, each of a random size; none is empty but a single one, none is too long. */
  private <T> List<T> whole(Function<PageRequest, Page<T>> question) {
    List<T> found = new ArrayList<>();
    int size = 1 + random.nextInt(60);
    Page<T> page = question.apply(PageRequest.first(size));
    found.addAll(page.items());
    Optional<String> next = page.next();
    while (next.isPresent()) {
      assertThat(page.items()).hasSize(size);
      size = 1 + random.nextInt(60);
      page = question.apply(new PageRequest(next.get(), size));
      assertThat(page.items()).isNotEmpty();
      found.addAll(page.items());
      next = page.next();
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource(TallyPolicy.class)
  void tallyAndWhatIf(TallyPolicy policy) {
    Insights ask =
        AcpBenefits.on(it.database)
            .keys(it.keys)
            .clock(it.clock)
            .policies(Policies.DEFAULT.with(policy))
            .build()
            .insights();
    for (String name : List.of(Population.ACME, Population.BETA)) {
      PartnerId partner = PartnerId.of(name);
      NaiveAnswers naive = new NaiveAnswers(all, name, it.start, policy == TallyPolicy.LEAVERS_TOO);
      assertThat(naive.tally()).hasSizeGreaterThan(3);
      assertThat(whole(page -> ask.tally(it.operator, partner, page))).isEqualTo(naive.tally());
      assertThat(ask.tallyByLevel(it.operator, partner)).isEqualTo(naive.tallyByLevel());
      for (int days = 0; days < 400; days += 37) {
        Instant at = it.start.minus(Duration.ofDays(days));
        assertThat(whole(page -> ask.tally(it.operator, partner, at, page)))
            .as("at %s", at)
            .isEqualTo(naive.tally(at));
        assertThat(ask.tallyByLevel(it.operator, partner, at))
            .as("at %s", at)
            .isEqualTo(naive.tallyByLevel(at));
      }
      for (int round = 0; round < 20; round++) {
        WhatIf supposed = supposed(name);
        assertThat(whole(page -> ask.whatIf(it.operator, partner, supposed, page)))
            .as("%s", supposed)
            .isEqualTo(naive.whatIf(supposed));
        assertThat(ask.whatIfByLevel(it.operator, partner, supposed))
            .as("%s", supposed)
            .isEqualTo(naive.whatIfByLevel(supposed));
      }
    }
  }

  private WhatIf supposed(String partner) {
    List<AccountId> members =
        all.members.stream()
            .filter(m -> m.active() && m.org().equals(all.org(partner)))
            .map(Member::account)
            .map(AccountId::of)
            .toList();
    List<Earned> attributed =
        all.certificates.stream().filter(k -> all.org(partner).equals(k.org())).toList();
    List<Exam> alive =
        all.exams.stream()
            .filter(e -> e.endOfLife() == null || it.start.isBefore(e.endOfLife()))
            .toList();
    WhatIf supposed = WhatIf.NOTHING;
    for (int i = random.nextInt(10); i > 0; i--) {
      supposed =
          switch (random.nextInt(3)) {
            case 0 -> supposed.leaves(any(members));
            case 1 -> supposed.expires(CertificateId.of(any(attributed).id()));
            default -> supposed.passes(any(members), any(alive).examId());
          };
    }
    return supposed;
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @Test
  void codesThatExpireOrRetire() {
    for (String name : List.of(Population.ACME, Population.BETA)) {
      PartnerId partner = PartnerId.of(name);
      for (Duration within : TIMES) {
        assertThat(
                whole(page -> ask().expiringCodes(it.operator, partner, within, 0, page)).stream()
                    .map(code -> code.codeId().value()))
            .isEqualTo(naive(name).expiringCodes(within));
        assertThat(
                whole(page -> ask().retiringCodes(it.operator, partner, within, page)).stream()
                    .map(code -> code.codeId().value()))
            .isEqualTo(naive(name).retiringCodes(within));
      }
      assertThat(naive(name).expiringCodes(TIMES.get(3))).hasSizeGreaterThan(70);
      assertThat(naive(name).retiringCodes(TIMES.get(0))).hasSizeGreaterThan(20);
    }
  }

  @Test
  void suggestionsForEveryExam() {
    Set<Because> reasons = EnumSet.noneOf(Because.class);
    for (String name : List.of(Population.ACME, Population.BETA)) {
      PartnerId partner = PartnerId.of(name);
      Map<ExamId, List<Suggestion>> best = new HashMap<>();
      for (Exam exam : all.exams) {
        List<Suggestion> naive = naive(name).suggestions(exam.examId().value());
        best.put(exam.examId(), naive.stream().limit(4).toList());
        naive.forEach(s -> reasons.add(s.because()));
        assertThat(whole(page -> ask().suggestions(it.operator, partner, exam.examId(), page)))
            .isEqualTo(naive);
      }
      for (ExpiringCode code :
          whole(page -> ask().expiringCodes(it.operator, partner, TIMES.get(3), 4, page))) {
        assertThat(code.suggestions())
            .isEqualTo(code.state() == ExamCodeState.ISSUED ? best.get(code.examId()) : List.of());
      }
    }
    assertThat(reasons).containsExactly(Because.values());
  }

  @Test
  void funnels() {
    for (String name : List.of(Population.ACME, Population.BETA)) {
      PartnerId partner = PartnerId.of(name);
      for (int days : List.of(1, 30, 200, 400)) {
        Instant from = it.start.minus(Duration.ofDays(days));
        Instant until = it.start.minus(Duration.ofDays(days / 4));
        List<ExamFunnel> lines =
            whole(page -> ask().funnel(it.operator, partner, from, until, page));
        assertThat(lines).isEqualTo(naive(name).funnel(from, until));
        assertThat(ask().funnelByLevel(it.operator, partner, from, until))
            .isEqualTo(
                lines.stream()
                    .collect(
                        Collectors.groupingBy(
                            ExamFunnel::level,
                            java.util.TreeMap::new,
                            Collectors.reducing(Funnel.NONE, ExamFunnel::funnel, Funnel::plus)))
                    .entrySet()
                    .stream()
                    .map(e -> new LevelFunnel(e.getKey(), e.getValue()))
                    .toList());
        lines.forEach(line -> assertNarrows(line.funnel()));
      }
    }
  }

  private static void assertNarrows(Funnel funnel) {
    assertThat(funnel.issued()).isGreaterThanOrEqualTo(funnel.assigned());
    assertThat(funnel.assigned()).isGreaterThanOrEqualTo(funnel.withCode().booked());
    for (Funnel.Steps steps : List.of(funnel.withCode(), funnel.selfPaid(), funnel.all())) {
      assertThat(steps.booked()).isGreaterThanOrEqualTo(steps.sat());
      assertThat(steps.sat()).isGreaterThanOrEqualTo(steps.passed());
      assertThat(steps.passed()).isGreaterThanOrEqualTo(steps.bound());
    }
  }

  @Test
  void stuckPeople() {
    Set<StuckPerson.Kind> kinds = EnumSet.noneOf(StuckPerson.Kind.class);
    for (String name : List.of(Population.ACME, Population.BETA)) {
      PartnerId partner = PartnerId.of(name);
      for (Duration time : TIMES) {
        Patience patience = new Patience(time, time.dividedBy(2), time.dividedBy(10));
        List<Stuck> naive = naive(name).stuck(patience);
        naive.forEach(stuck -> kinds.add(stuck.kind()));
        assertThat(
                whole(page -> ask().stuck(it.operator, partner, patience, page)).stream()
                    .map(Stuck::of))
            .isEqualTo(naive);
      }
    }
    assertThat(kinds).containsExactly(StuckPerson.Kind.values());
  }
}
