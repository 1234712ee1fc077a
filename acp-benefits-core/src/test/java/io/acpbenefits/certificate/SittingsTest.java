package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Who;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.permission.Permissions;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a binding tells about the sitting behind it: which booking it was, and where it stands. */
class SittingsTest {

  private static final IdPair IDS = new IdPair("C-1", "R-1");
  private static final IdPair OTHER = new IdPair("C-2", "R-2");

  private final CoreFixture it = new CoreFixture();
  private final CertificateBindings bindings = it.benefits.bindings();
  private final Actor.Account ann = new Actor.Account(it.ann);

  private ExamRegistration booked(Instant appointment) {
    return it.benefits
        .registrations()
        .registerSelfPaid(ann, it.cloud, Delivery.ONLINE, appointment, null);
  }

  private ExamRegistrationState now(ExamRegistration registration) {
    return it.benefits
        .registrations()
        .get(Actor.system(), registration.examRegistrationId())
        .state();
  }

  private ExamCodeState now(ExamCode code) {
    return it.benefits.examCodes().get(Actor.system(), code.codeId()).state();
  }

  private Candidacy.State candidacy() {
    return it.benefits.candidacies().of(Actor.system(), it.ann, it.cloud).state();
  }

  @Test
  void ofTwoBookingsTheOneNearestToTheRecordIsConcluded() {
    ExamRegistration early = booked(it.in(Duration.ofHours(1)));
    ExamRegistration near = booked(it.in(Duration.ofHours(10)));
    ExamRegistration late = booked(it.in(Duration.ofHours(30)));
    it.clock.advance(Duration.ofHours(11));
    it.record(IDS, ExamOutcome.PASS);

    bindings.submit(ann, it.cloud, IDS);

    assertThat(now(near)).isEqualTo(ExamRegistrationState.DELIVERED);
    assertThat(now(early)).isEqualTo(ExamRegistrationState.SCHEDULED);
    assertThat(now(late)).isEqualTo(ExamRegistrationState.SCHEDULED);
  }

  @Test
  void aBookingWithOtherIdsWasAnotherSitting() {
    ExamRegistration others = booked(it.in(Duration.ofHours(1)));
    it.benefits.registrations().noteIds(ann, others.examRegistrationId(), OTHER);
    it.clock.advance(Duration.ofHours(2));
    it.record(IDS, ExamOutcome.PASS);

    bindings.submit(ann, it.cloud, IDS);

    assertThat(now(others)).isEqualTo(ExamRegistrationState.SCHEDULED);
  }

  @Test
  void aBookingThatIsOverAlreadyIsNotConcludedAgain() {
    ExamRegistration absent = booked(it.in(Duration.ofHours(1)));
    it.clock.advance(Duration.ofHours(2));
    it.benefits
        .registrations()
        .markNoShow(it.operator, absent.examRegistrationId(), "The center says so.");
    it.record(IDS, ExamOutcome.PASS);

    bindings.submit(ann, it.cloud, IDS);

    assertThat(now(absent)).isEqualTo(ExamRegistrationState.NO_SHOW);
  }

  @Test
  void aCodeIsNotRedeemedByASittingThatWasBookedWithoutIt() {
    ExamRegistration paid = booked(it.in(Duration.ofHours(1)));
    it.clock.advance(Duration.ofHours(2));
    ExamCode code = it.assignedToAnn("CODE1");
    it.record(IDS, ExamOutcome.PASS);

    bindings.submit(ann, it.cloud, IDS);

    assertThat(now(paid)).isEqualTo(ExamRegistrationState.DELIVERED);
    assertThat(now(code)).isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void theCandidacyAsksToBindOnlyWhileAPassedCertificateIsFree() {
    assertThat(candidacy()).isEqualTo(Candidacy.State.OVER);
    booked(it.in(Duration.ofHours(1)));
    assertThat(candidacy()).isEqualTo(Candidacy.State.UNDER_WAY);
    it.benefits
        .registrations()
        .noteIds(
            ann,
            it.benefits
                .registrations()
                .of(Actor.system(), it.ann, it.cloud)
                .get(0)
                .examRegistrationId(),
            IDS);
    it.clock.advance(Duration.ofHours(2));
    it.record(IDS, ExamOutcome.PASS);
    assertThat(candidacy()).isEqualTo(Candidacy.State.PASSED);

    bindings.submit(ann, it.cloud, IDS);

    assertThat(candidacy()).isEqualTo(Candidacy.State.OVER);
  }

  @Test
  void aFailedSittingLeavesNothingToBind() {
    ExamRegistration sat = booked(it.in(Duration.ofHours(1)));
    it.benefits.registrations().noteIds(ann, sat.examRegistrationId(), IDS);
    it.clock.advance(Duration.ofHours(2));
    it.record(IDS, ExamOutcome.FAIL);
    assertThat(candidacy()).isEqualTo(Candidacy.State.OVER);
  }

  @Test
  void correctingTheIdsOfAnOpenBindingIsInTheAuditWithWhoDidIt() {
    it.record(IDS, ExamOutcome.PASS);
    CertificateBinding open = bindings.submit(ann, it.cloud, OTHER);
    it.clock.advance(Duration.ofDays(3));
    bindings.lastTry(Actor.system(), open.bindingId());

    bindings.correct(ann, open.bindingId(), IDS);

    assertThat(
            it.benefits
                .audit()
                .of(Actor.system(), open.bindingId().value(), PageRequest.first(10))
                .items())
        .filteredOn(entry -> entry.operation() == Operation.CORRECT_BINDING)
        .extracting(AuditEntry::fromState, AuditEntry::toState)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                BindingState.CHECK_IDS.name(), BindingState.AWAITING_DATA.name()));
  }

  @Test
  void aHostMayTakeSubmittingAway() {
    CoreFixture strict =
        new CoreFixture(
            builder ->
                builder.permissions(
                    Permissions.DEFAULT.allow(Operation.SUBMIT_BINDING, Who.OPERATOR)));
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> strict.benefits.bindings().submit(new Actor.Account(strict.ann), strict.cloud, IDS));
  }
}
