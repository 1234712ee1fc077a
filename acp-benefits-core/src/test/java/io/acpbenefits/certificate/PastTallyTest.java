package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What counted then, and totals over exams. */
class PastTallyTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final CertificateFixture it = new CertificateFixture();
  private final Certificates certificates = it.certificates;

  private long countedAt(Instant at) {
    return certificates.tally(it.core.owner, it.core.acme, at).stream()
        .mapToLong(Tally::certificates)
        .sum();
  }

  private Instant nextDay(Runnable step) {
    it.core.clock.advance(DAY);
    step.run();
    return it.core.clock.instant();
  }

  @Test
  void eachChangeCountsFromItsInstantOn() {
    it.core.member(it.core.ann);
    List<Certificate> one = new ArrayList<>();
    Map<Instant, Long> counted = new LinkedHashMap<>();
    counted.put(nextDay(() -> one.add(it.bound(it.ann))), 1L);
    CertificateId id = one.get(0).certificateId();
    Actor operator = it.core.operator;
    counted.put(nextDay(() -> certificates.suspend(operator, id, "doubt")), 0L);
    counted.put(nextDay(() -> certificates.reinstate(operator, id, "cleared")), 1L);
    counted.put(nextDay(() -> it.benefits.organizations().quit(it.ann)), 0L);
    counted.put(nextDay(() -> it.core.member(it.core.ann, it.betas)), 0L);
    counted.put(nextDay(() -> it.benefits.organizations().quit(it.ann)), 0L);
    counted.put(nextDay(() -> it.core.member(it.core.ann)), 1L);
    List<Certificate> renewal = new ArrayList<>();
    counted.put(nextDay(() -> renewal.add(certificates.renew(operator, id, "due"))), 1L);
    CertificateId renewed = renewal.get(0).certificateId();
    counted.put(nextDay(() -> certificates.revoke(operator, renewed, "fraud")), 0L);

    long before = 0;
    for (Map.Entry<Instant, Long> change : counted.entrySet()) {
      assertThat(countedAt(change.getKey().minus(CertificateFixture.TICK))).isEqualTo(before);
      assertThat(countedAt(change.getKey())).isEqualTo(change.getValue());
      before = change.getValue();
    }
  }

  @Test
  void whatWasEarnedBeforeCountsFromItsBindingOn() {
    it.core.member(it.core.ann);
    IdPair ids = it.nextIds();
    it.core.record(ids, ExamOutcome.PASS);
    Instant bound = nextDay(() -> it.bindings.submit(it.ann, it.core.cloud, ids));
    assertThat(countedAt(bound.minus(CertificateFixture.TICK))).isZero();
    assertThat(countedAt(bound)).isOne();
  }

  @Test
  void ofSeveralChangesAtOneInstantTheLastHolds() {
    CertificateId id = it.counting().certificateId();
    Actor operator = it.core.operator;
    certificates.suspend(operator, id, "doubt");
    assertThat(countedAt(it.core.start)).isZero();
    certificates.reinstate(operator, id, "cleared");
    assertThat(countedAt(it.core.start)).isOne();
    certificates.revoke(operator, id, "fraud");
    assertThat(countedAt(it.core.start)).isZero();
  }

  @Test
  void whatHasExpiredCountedUntilItsEndWhetherOrNotThatIsWritten() {
    Instant end = Objects.requireNonNull(it.counting().validUntil());
    it.core.clock.set(end.plus(DAY));
    for (int settled = 0; settled < 2; settled++) {
      assertThat(countedAt(end.minus(CertificateFixture.TICK))).isOne();
      assertThat(countedAt(end)).isZero();
      certificates.settleDue();
    }
  }

  @Test
  void leaversCountedWhereThePolicySaysSo() {
    CertificateFixture keeping =
        new CertificateFixture(CertificateFixture.POLICIES.with(TallyPolicy.LEAVERS_TOO));
    keeping.counting();
    keeping.core.clock.advance(DAY);
    keeping.benefits.organizations().quit(keeping.ann);
    for (Instant at : List.of(keeping.core.start, keeping.core.clock.instant())) {
      assertThat(keeping.certificates.tally(keeping.core.owner, keeping.core.acme, at)).hasSize(1);
    }
    assertThat(
            keeping.certificates.tally(
                keeping.core.owner, keeping.core.acme, keeping.core.start.minusNanos(1000)))
        .isEmpty();
    assertThat(keeping.certificates.total(keeping.core.owner, keeping.core.acme, ExamLevel.ACP))
        .isEqualTo(new TallyTotal(keeping.core.acme, ExamLevel.ACP, 1, 1));
  }

  @Test
  void theFutureIsNotKnown() {
    assertThat(countedAt(it.core.start)).isZero();
    assertRefused(Reason.INVALID_INPUT, () -> countedAt(it.core.start.plusNanos(1000)));
    assertRefused(
        Reason.NOT_FOUND,
        () -> certificates.tally(it.core.operator, PartnerId.of("none"), it.core.start));
  }

  @Test
  void aTotalCountsEachPersonOnceWhateverTheExams() {
    it.core.member(it.core.ann);
    it.core.member(it.core.ben);
    it.bound(it.ann);
    it.bound(it.ben);
    bind(it, it.ann, it.core.security);
    ExamId expert = ExamId.of("expert");
    it.core.exam(expert, "Expert", ExamLevel.ACE);
    bind(it, it.ann, expert);

    assertThat(certificates.tally(it.core.owner, it.core.acme))
        .containsExactly(
            new Tally(it.core.acme, it.core.cloud, ExamLevel.ACP, 2, 2),
            new Tally(it.core.acme, expert, ExamLevel.ACE, 1, 1),
            new Tally(it.core.acme, it.core.security, ExamLevel.ACP, 1, 1));
    assertThat(certificates.tally(it.core.owner, it.core.acme, it.core.start))
        .isEqualTo(certificates.tally(it.core.owner, it.core.acme));
    assertThat(certificates.total(it.core.owner, it.core.acme, ExamLevel.ACP))
        .isEqualTo(new TallyTotal(it.core.acme, ExamLevel.ACP, 3, 2))
        .isEqualTo(certificates.counting(Actor.system(), it.core.acme, ExamLevel.ACP));
    assertThat(certificates.counting(Actor.system(), it.core.acme, ExamLevel.ACE))
        .isEqualTo(new TallyTotal(it.core.acme, ExamLevel.ACE, 1, 1));
    assertThat(certificates.counting(Actor.system(), it.beta, ExamLevel.ACP).certificates())
        .isZero();
  }

  private static void bind(CertificateFixture on, Actor.Account account, ExamId exam) {
    IdPair ids = on.nextIds();
    on.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(ids, exam, on.core.clock.instant(), ExamOutcome.PASS, null, null));
    on.bindings.submit(account, exam, ids);
  }

  /**
   * Random histories: what the live tally said at each instant is what is computed for it later.
   * The seed is in the message of a failure.
   */
  @ParameterizedTest
  @EnumSource(TallyPolicy.class)
  void whatCountedThenIsWhatTheLiveTallySaidThen(TallyPolicy policy) {
    long counted = 0;
    for (long seed = 1; seed <= 8; seed++) {
      History history = new History(seed, policy);
      for (int step = 0; step < 45; step++) {
        history.step();
      }
      counted += history.assertRemembered();
    }
    assertThat(counted).as("instants at which something counted").isGreaterThan(60);
  }

  private static final class History {

    private final long seed;
    private final Random random;
    private final CertificateFixture on;
    private final List<Actor.Account> people = new ArrayList<>();
    private final List<CertificateId> known = new ArrayList<>();
    private final Map<Instant, List<Tally>> acmes = new LinkedHashMap<>();
    private final Map<Instant, List<Tally>> betas = new LinkedHashMap<>();

    History(long seed, TallyPolicy policy) {
      this.seed = seed;
      this.random = new Random(seed);
      this.on = new CertificateFixture(CertificateFixture.POLICIES.with(policy));
      for (int i = 0; i < 4; i++) {
        people.add(new Actor.Account(AccountId.of("person-" + i)));
      }
    }

    void step() {
      Actor.Account person = people.get(random.nextInt(people.size()));
      switch (random.nextInt(8)) {
        case 0, 1 -> bindOrSo(person);
        case 2, 3 -> joinOrQuit(person);
        case 4 -> on.benefits.settleDue();
        default -> change();
      }
      remember();
      // Several things often happen at one instant; sometimes so long passes that much expires.
      switch (random.nextInt(6)) {
        case 0 -> {}
        case 1 -> on.core.clock.advance(Duration.ofDays(random.nextInt(400)));
        default -> on.core.clock.advance(Duration.ofHours(random.nextInt(50)));
      }
      remember();
    }

    /** The last word on an instant is what was said after all that happened at it. */
    private void remember() {
      Instant now = on.core.clock.instant();
      acmes.put(now, on.certificates.tally(on.core.operator, on.core.acme));
      betas.put(now, on.certificates.tally(on.core.operator, on.beta));
    }

    private void bindOrSo(Actor.Account person) {
      ExamId exam = random.nextBoolean() ? on.core.cloud : on.core.security;
      bind(on, person, exam);
      List<Certificate> theirs = on.certificates.ofAccount(person, person.id());
      known.add(theirs.get(theirs.size() - 1).certificateId());
    }

    private void joinOrQuit(Actor.Account person) {
      if (on.benefits.organizations().activeMembership(Actor.system(), person.id()).isPresent()) {
        on.benefits.organizations().quit(person);
      } else {
        on.core.member(person.id(), random.nextBoolean() ? on.core.organization : on.betas);
      }
    }

    private void change() {
      if (known.isEmpty()) {
        return;
      }
      CertificateId id = known.get(random.nextInt(known.size()));
      Actor operator = on.core.operator;
      switch (on.now(id).state()) {
        case VALID -> {
          switch (random.nextInt(3)) {
            case 0 -> on.certificates.suspend(operator, id, "random");
            case 1 -> known.add(on.certificates.renew(operator, id, "random").certificateId());
            default -> on.certificates.revoke(operator, id, "random");
          }
        }
        case SUSPENDED -> on.certificates.reinstate(operator, id, "random");
        case EXPIRED, REVOKED, SUPERSEDED -> on.benefits.settleDue();
      }
    }

    long assertRemembered() {
      acmes.forEach((at, tally) -> assertSaid(on.core.acme, at, tally));
      betas.forEach((at, tally) -> assertSaid(on.beta, at, tally));
      return acmes.values().stream().filter(tally -> !tally.isEmpty()).count();
    }

    private void assertSaid(PartnerId partner, Instant at, List<Tally> said) {
      assertThat(on.certificates.tally(on.core.operator, partner, at))
          .as("tally of %s at %s, seed %d", partner, at, seed)
          .isEqualTo(said);
    }
  }
}
