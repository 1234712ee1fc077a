package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What time does to a binding: the last try, correcting, giving up, lapsing. */
class BindingsInTimeTest {

  private static final IdPair IDS = new IdPair("C-1", "R-1");
  private static final IdPair OTHER = new IdPair("C-2", "R-2");
  private static final Duration WINDOW = Duration.ofDays(3);
  private static final Duration TO_CORRECT = Duration.ofDays(30);
  private static final Duration TICK = Duration.ofNanos(1000);

  private final CoreFixture it = new CoreFixture();
  private final CertificateBindings bindings = it.benefits.bindings();
  private final Actor.Account ann = new Actor.Account(it.ann);
  private final Actor.Account ben = new Actor.Account(it.ben);

  private CertificateBinding toCheck() {
    CertificateBinding binding = bindings.submit(ann, it.cloud, IDS);
    it.clock.advance(WINDOW);
    return bindings.lastTry(Actor.system(), binding.bindingId());
  }

  private static void assertIs(CertificateBinding binding, BindingState state, Reason reason) {
    assertThat(binding)
        .extracting(CertificateBinding::state, CertificateBinding::reason)
        .containsExactly(state, reason);
  }

  private CertificateBinding now(CertificateBinding binding) {
    return bindings.get(Actor.system(), binding.bindingId());
  }

  @Test
  void theLastTryComesExactlyWhenTheWindowIsOver() {
    CertificateBinding binding = bindings.submit(ann, it.cloud, IDS);
    it.clock.advance(WINDOW.minus(TICK));
    assertThat(bindings.lastTry(Actor.system(), binding.bindingId())).isEqualTo(binding);
    assertThat(bindings.settleDue()).isZero();

    it.clock.advance(TICK);
    CertificateBinding tried = bindings.lastTry(Actor.system(), binding.bindingId());
    assertIs(tried, BindingState.CHECK_IDS, Reason.RESULT_NOT_FOUND);
    assertThat(tried.checkIdsSince()).isEqualTo(it.clock.instant());
    assertThat(bindings.lastTry(Actor.system(), binding.bindingId())).isEqualTo(tried);
  }

  @Test
  void settlingDoesTheLastTryAndTheLapseOnceEach() {
    CertificateBinding binding = bindings.submit(ann, it.cloud, IDS);
    it.clock.advance(WINDOW);
    assertThat(bindings.settleDue()).isOne();
    assertThat(bindings.settleDue()).isZero();
    assertIs(now(binding), BindingState.CHECK_IDS, Reason.RESULT_NOT_FOUND);

    it.clock.advance(TO_CORRECT);
    assertThat(bindings.settleDue()).isOne();
    assertThat(bindings.settleDue()).isZero();
    assertIs(now(binding), BindingState.FAILED, Reason.RESULT_NOT_FOUND);
  }

  @Test
  void theLastTrySaysSoIfTheReversedPairHasArrivedMeanwhile() {
    CertificateBinding binding = bindings.submit(ann, it.cloud, IDS);
    it.record(IDS.swapped(), ExamOutcome.PASS);
    it.clock.advance(WINDOW);
    assertIs(
        bindings.lastTry(Actor.system(), binding.bindingId()),
        BindingState.CHECK_IDS,
        Reason.IDS_SWAPPED);
  }

  @Test
  void aPolicyMayTryMoreOften() {
    CoreFixture patient =
        new CoreFixture(
            Policies.DEFAULT.with(new BindingPolicy(WINDOW, 3, Duration.ofDays(2), TO_CORRECT)));
    CertificateBindings theirs = patient.benefits.bindings();
    CertificateBinding binding = theirs.submit(ann, patient.cloud, IDS);

    patient.clock.advance(WINDOW);
    for (int tries = 1; tries <= 2; tries++) {
      CertificateBinding waits = theirs.lastTry(Actor.system(), binding.bindingId());
      assertIs(waits, BindingState.AWAITING_DATA, Reason.RESULT_NOT_FOUND);
      assertThat(waits.tries()).isEqualTo(tries);
      assertThat(waits.windowEndsAt()).isEqualTo(patient.in(Duration.ofDays(2)));
      patient.clock.advance(Duration.ofDays(2).minus(TICK));
      assertThat(theirs.lastTry(Actor.system(), binding.bindingId())).isEqualTo(waits);
      patient.clock.advance(TICK);
    }
    assertIs(
        theirs.lastTry(Actor.system(), binding.bindingId()),
        BindingState.CHECK_IDS,
        Reason.RESULT_NOT_FOUND);
  }

  @Test
  void aLateRecordBindsWhileTheIdsAreToBeChecked() {
    CertificateBinding binding = toCheck();
    it.clock.advance(Duration.ofDays(20));
    it.record(IDS, ExamOutcome.PASS);
    assertThat(now(binding).state()).isEqualTo(BindingState.BOUND);
    assertThat(now(binding).boundAt()).isEqualTo(it.clock.instant());
    assertRefused(Reason.ILLEGAL_STATE, () -> bindings.correct(ann, binding.bindingId(), OTHER));
    assertRefused(Reason.ILLEGAL_STATE, () -> bindings.giveUp(ann, binding.bindingId()));
  }

  @Test
  void correctedIdsBindIfTheirRecordIsKnown() {
    it.record(OTHER, ExamOutcome.PASS);
    CertificateBinding binding = toCheck();
    CertificateBinding bound = bindings.correct(ann, binding.bindingId(), OTHER);
    assertThat(bound.state()).isEqualTo(BindingState.BOUND);
    assertThat(bound.ids()).isEqualTo(OTHER);
    assertThat(now(binding)).isEqualTo(bound);
  }

  @Test
  void correctedIdsWaitAnewIfTheirRecordIsNot() {
    CertificateBinding binding = toCheck();
    CertificateBinding waits = bindings.correct(ann, binding.bindingId(), OTHER);
    assertIs(waits, BindingState.AWAITING_DATA, Reason.RESULT_NOT_FOUND);
    assertThat(waits.windowEndsAt()).isEqualTo(it.in(WINDOW));
    assertThat(waits.checkIdsSince()).isNull();
    it.record(OTHER, ExamOutcome.PASS);
    assertThat(now(binding).state()).isEqualTo(BindingState.BOUND);
  }

  @Test
  void aRefusedCorrectionLeavesTheBindingAsItIs() {
    IdPair bens = new IdPair("C-3", "R-3");
    it.record(OTHER, ExamOutcome.FAIL);
    it.record(bens, ExamOutcome.PASS);
    bindings.submit(ben, it.cloud, bens);
    CertificateBinding binding = toCheck();

    BindingId id = binding.bindingId();
    assertRefused(Reason.NOT_PASSED, () -> bindings.correct(ann, id, OTHER));
    assertRefused(Reason.IDS_SWAPPED, () -> bindings.correct(ann, id, OTHER.swapped()));
    assertRefused(Reason.ALREADY_BOUND, () -> bindings.correct(ann, id, bens));
    assertThat(now(binding)).isEqualTo(binding);
  }

  @Test
  void onlyTheOwnBindingIsCorrectedOrGivenUpAndOnlyInCheckIds() {
    CertificateBinding waiting = bindings.submit(ann, it.cloud, IDS);
    BindingId id = waiting.bindingId();
    assertRefused(Reason.ILLEGAL_STATE, () -> bindings.correct(ann, id, OTHER));
    assertRefused(Reason.ILLEGAL_STATE, () -> bindings.giveUp(ann, id));
    assertRefused(Reason.NOT_FOUND, () -> bindings.correct(ben, id, OTHER));
    assertRefused(Reason.NOT_FOUND, () -> bindings.giveUp(ben, id));
    assertThat(now(waiting)).isEqualTo(waiting);
  }

  @Test
  void whatWasGivenUpIsFinalAndTryingAgainIsANewSubmission() {
    CertificateBinding binding = toCheck();
    bindings.giveUp(ann, binding.bindingId());
    assertIs(now(binding), BindingState.FAILED, Reason.RESULT_NOT_FOUND);
    assertRefused(Reason.ILLEGAL_STATE, () -> bindings.giveUp(ann, binding.bindingId()));

    it.record(IDS, ExamOutcome.PASS);
    assertThat(now(binding).state()).isEqualTo(BindingState.FAILED);
    assertThat(bindings.match(Actor.system(), binding.bindingId()).state())
        .isEqualTo(BindingState.FAILED);
    CertificateBinding again = bindings.submit(ann, it.cloud, IDS);
    assertThat(again.state()).isEqualTo(BindingState.BOUND);
    assertThat(again.bindingId()).isNotEqualTo(binding.bindingId());
  }

  @Test
  void lapsesAfterExactly30Days() {
    CertificateBinding binding = toCheck();
    it.clock.advance(TO_CORRECT.minus(TICK));
    assertThat(bindings.lapseIfDue(Actor.system(), binding.bindingId())).isEqualTo(binding);
    assertThat(bindings.settleDue()).isZero();

    it.clock.advance(TICK);
    CertificateBinding failed = bindings.lapseIfDue(Actor.system(), binding.bindingId());
    assertIs(failed, BindingState.FAILED, Reason.RESULT_NOT_FOUND);
    assertThat(bindings.lapseIfDue(Actor.system(), binding.bindingId())).isEqualTo(failed);
  }

  @Test
  void matchingAgainChangesNothingUntilTheRecordIsThere() {
    CertificateBinding binding = bindings.submit(ann, it.cloud, IDS);
    assertThat(bindings.match(Actor.system(), binding.bindingId())).isEqualTo(binding);
    it.record(IDS, ExamOutcome.PASS);
    assertThat(bindings.match(Actor.system(), binding.bindingId())).isEqualTo(now(binding));
  }
}
