package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AllPages;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Submitting a binding, and what arrives while it waits. */
class CertificateBindingsTest {

  private static final IdPair IDS = new IdPair("C-1", "R-1");
  private static final IdPair OTHER = new IdPair("C-2", "R-2");
  private static final Duration WINDOW = Duration.ofDays(3);

  private final CoreFixture it = new CoreFixture();
  private final CertificateBindings bindings = it.benefits.bindings();
  private final Actor.Account ann = new Actor.Account(it.ann);
  private final Actor.Account ben = new Actor.Account(it.ben);

  private CertificateBinding submit(Actor.Account actor, IdPair ids) {
    return bindings.submit(actor, it.cloud, ids);
  }

  private CertificateBinding now(CertificateBinding binding) {
    return bindings.get(Actor.system(), binding.bindingId());
  }

  private void assertBound(CertificateBinding binding) {
    assertThat(now(binding).state()).isEqualTo(BindingState.BOUND);
    assertThat(it.benefits.certificates().ofAccount(Actor.system(), binding.accountId()))
        .extracting(Certificate::certificateId)
        .contains(now(binding).certificateId());
  }

  @Test
  void theExactPairBindsAtOnce() {
    it.record(IDS, ExamOutcome.PASS);
    it.clock.advance(WINDOW);
    CertificateBinding bound = submit(ann, IDS);

    assertThat(bound).isEqualTo(now(bound));
    assertThat(bound.boundAt()).isEqualTo(it.clock.instant());
    assertThat(bound.reason()).isNull();
    assertBound(bound);
    assertThat(bindings.open(Actor.system(), it.ann, it.cloud)).isEmpty();
    assertThat(bound.toString()).doesNotContain("C-1", "R-1");
  }

  @Test
  void refusesWhatWasNotPassedAndLeavesNoBinding() {
    it.record(IDS, ExamOutcome.FAIL);
    it.record(OTHER, ExamOutcome.NO_SHOW);
    assertRefused(Reason.NOT_PASSED, () -> submit(ann, IDS));
    assertRefused(Reason.NOT_PASSED, () -> submit(ann, OTHER));
    assertThat(AllPages.of(page -> bindings.ofAccount(Actor.system(), it.ann, page))).isEmpty();
  }

  @Test
  void refusesAnotherAccountWithoutSayingWhoseItIs() {
    it.record(IDS, ExamOutcome.PASS);
    CertificateBinding bound = submit(ann, IDS);

    assertThat(refusal(() -> submit(ben, IDS)))
        .hasMessageMatching("(?U)(?!.*\\bann\\b).*")
        .hasMessageNotContaining(bound.bindingId().value())
        .extracting(r -> r.reason())
        .isEqualTo(Reason.ALREADY_BOUND);
    assertThat(AllPages.of(page -> bindings.ofAccount(Actor.system(), it.ben, page))).isEmpty();
    assertBound(bound);
  }

  @Test
  void repeatingOnesOwnSubmissionIsHarmless() {
    CertificateBinding waiting = submit(ann, IDS);
    it.clock.advance(Duration.ofDays(1));
    assertThat(submit(ann, IDS)).isEqualTo(waiting);
    it.record(IDS, ExamOutcome.PASS);
    CertificateBinding bound = now(waiting);
    assertThat(submit(ann, IDS)).isEqualTo(bound);
    assertThat(AllPages.of(page -> bindings.ofAccount(Actor.system(), it.ann, page)))
        .containsExactly(bound);
  }

  @Test
  void refusesAReversedPairUnlessTheExactOneIsKnownToo() {
    it.record(IDS.swapped(), ExamOutcome.PASS);
    assertRefused(Reason.IDS_SWAPPED, () -> submit(ann, IDS));
    assertThat(AllPages.of(page -> bindings.ofAccount(Actor.system(), it.ann, page))).isEmpty();

    it.record(IDS, ExamOutcome.PASS);
    assertBound(submit(ann, IDS));
  }

  @Test
  void idsAloneOrForAnotherExamAreNoMatch() {
    it.record(IDS, ExamOutcome.PASS);
    for (IdPair half : List.of(new IdPair("C-1", "R-9"), new IdPair("C-9", "R-1"))) {
      assertThat(submit(ann, half).state()).isEqualTo(BindingState.AWAITING_DATA);
    }
    assertThat(bindings.submit(ann, it.security, IDS).state())
        .isEqualTo(BindingState.AWAITING_DATA);
    assertRefused(Reason.NOT_FOUND, () -> bindings.submit(ann, ExamId.of("x"), IDS));
  }

  @Test
  void aWaitingBindingIsBoundTheMomentTheRecordArrives() {
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);
    CertificateBinding waiting = submit(ann, IDS);
    assertThat(waiting)
        .extracting(CertificateBinding::state, CertificateBinding::reason)
        .containsExactly(BindingState.AWAITING_DATA, Reason.RESULT_NOT_FOUND);

    it.record(IDS, ExamOutcome.PASS);

    assertBound(waiting);
    assertThat(events)
        .filteredOn(BindingChanged.class::isInstance)
        .containsExactly(
            new BindingChanged(
                waiting.bindingId(), it.ann, it.cloud, null, BindingState.AWAITING_DATA, null),
            new BindingChanged(
                waiting.bindingId(),
                it.ann,
                it.cloud,
                BindingState.AWAITING_DATA,
                BindingState.BOUND,
                null));
  }

  @Test
  void aFailRecordForAWaitingPairHasItsIdsChecked() {
    CertificateBinding waiting = submit(ann, IDS);
    it.record(IDS, ExamOutcome.FAIL);
    assertThat(now(waiting))
        .extracting(
            CertificateBinding::state,
            CertificateBinding::reason,
            CertificateBinding::checkIdsSince)
        .containsExactly(BindingState.CHECK_IDS, Reason.NOT_PASSED, it.start);
  }

  @Test
  void ofTwoWhoWaitForTheSamePairTheFirstGetsIt() {
    CertificateBinding first = submit(ben, IDS);
    CertificateBinding second = submit(ann, IDS);

    it.record(IDS, ExamOutcome.PASS);

    assertBound(first);
    assertThat(now(second))
        .extracting(CertificateBinding::state, CertificateBinding::reason)
        .containsExactly(BindingState.CHECK_IDS, Reason.ALREADY_BOUND);
    assertThat(it.benefits.certificates().ofAccount(Actor.system(), it.ann)).isEmpty();
  }

  @Test
  void otherIdsTakeThePlaceOfThoseThatWait() {
    CertificateBinding waiting = submit(ann, IDS);
    it.clock.advance(Duration.ofDays(1));
    CertificateBinding moved = submit(ann, OTHER);
    assertThat(moved.bindingId()).isEqualTo(waiting.bindingId());
    assertThat(moved.windowEndsAt()).isEqualTo(it.in(WINDOW));

    it.record(IDS, ExamOutcome.PASS);
    assertThat(now(waiting).state()).isEqualTo(BindingState.AWAITING_DATA);
    it.record(OTHER, ExamOutcome.PASS);
    assertBound(waiting);
    assertThat(now(waiting).ids()).isEqualTo(OTHER);
  }

  @Test
  void aRefusedResubmissionLeavesTheWaitingBindingAsItIs() {
    CertificateBinding waiting = submit(ann, IDS);
    it.record(OTHER, ExamOutcome.FAIL);
    assertRefused(Reason.NOT_PASSED, () -> submit(ann, OTHER));
    assertRefused(Reason.IDS_SWAPPED, () -> submit(ann, OTHER.swapped()));
    assertThat(now(waiting)).isEqualTo(waiting);
  }

  @Test
  void theWindowCountsFromTheSubmissionIfNothingIsBooked() {
    it.clock.advance(Duration.ofHours(5));
    assertThat(submit(ann, IDS).windowEndsAt()).isEqualTo(it.in(WINDOW));
  }

  @Test
  void theWindowCountsFromTheLastAppointmentThatPassedElseFromTheNext() {
    Instant first = it.in(Duration.ofDays(2));
    Instant second = it.in(Duration.ofDays(9));
    for (Instant appointment : List.of(second, first)) {
      it.benefits
          .registrations()
          .registerSelfPaid(ann, it.cloud, Delivery.ONLINE, appointment, null);
    }
    assertThat(submit(ann, IDS).windowEndsAt()).isEqualTo(first.plus(WINDOW));
    it.clock.set(second.minusNanos(1000));
    assertThat(submit(ann, OTHER).windowEndsAt()).isEqualTo(first.plus(WINDOW));
    it.clock.set(second);
    assertThat(submit(ann, IDS).windowEndsAt()).isEqualTo(second.plus(WINDOW));
  }

  @Test
  void bindingConcludesTheBookingAndRedeemsTheCodeBehindIt() {
    ExamCode code = it.assignedToAnn("CODE1");
    ExamRegistration booked =
        it.benefits
            .registrations()
            .registerWithCode(
                ann, it.cloud, null, Delivery.ONLINE, it.in(Duration.ofDays(1)), null);
    it.clock.advance(Duration.ofDays(1));
    it.record(IDS, ExamOutcome.PASS);
    assertThat(it.benefits.candidacies().of(Actor.system(), it.ann, it.cloud).state())
        .isEqualTo(Candidacy.State.UNDER_WAY);

    submit(ann, IDS);

    assertThat(it.benefits.registrations().get(Actor.system(), booked.examRegistrationId()).state())
        .isEqualTo(ExamRegistrationState.DELIVERED);
    assertThat(it.benefits.examCodes().get(Actor.system(), code.codeId()).state())
        .isEqualTo(ExamCodeState.REDEEMED);
    assertThat(it.benefits.candidacies().of(Actor.system(), it.ann, it.cloud).state())
        .isEqualTo(Candidacy.State.OVER);
  }

  @Test
  void bindingRedeemsAnAssignedCodeThatWasNeverBooked() {
    ExamCode code = it.assignedToAnn("CODE1");
    CertificateBinding waiting = submit(ann, IDS);
    assertThat(it.benefits.candidacies().of(Actor.system(), it.ann, it.cloud))
        .isEqualTo(new Candidacy(Candidacy.State.BINDING_SUBMITTED, waiting.bindingId()));
    it.record(IDS, ExamOutcome.PASS);
    assertThat(it.benefits.examCodes().get(Actor.system(), code.codeId()).state())
        .isEqualTo(ExamCodeState.REDEEMED);
  }

  @Test
  void bindingLeavesALaterBookingForAnotherSittingAlone() {
    it.record(IDS, ExamOutcome.PASS);
    ExamRegistration later =
        it.benefits
            .registrations()
            .registerSelfPaid(
                ann, it.cloud, Delivery.ONLINE, it.in(Duration.ofDays(1).plusSeconds(1)), null);
    submit(ann, IDS);
    assertThat(it.benefits.registrations().get(Actor.system(), later.examRegistrationId()).state())
        .isEqualTo(ExamRegistrationState.SCHEDULED);
  }

  @Test
  void knowsNoBindingThatWasNeverSubmitted() {
    BindingId id = BindingId.of("x");
    assertRefused(Reason.NOT_FOUND, () -> bindings.get(Actor.system(), id));
    assertRefused(Reason.NOT_FOUND, () -> bindings.match(Actor.system(), id));
    assertRefused(Reason.NOT_FOUND, () -> bindings.lastTry(Actor.system(), id));
    assertRefused(Reason.NOT_FOUND, () -> bindings.correct(ann, id, IDS));
  }
}
