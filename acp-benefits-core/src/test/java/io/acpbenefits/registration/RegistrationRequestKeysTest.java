package io.acpbenefits.registration;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.idempotency.RequestKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A booking that is sent twice is made once. */
class RegistrationRequestKeysTest {

  private static final IdPair IDS = new IdPair("C-1", "R-1");
  private static final RequestKey KEY = RequestKey.of("booking-1");

  private final CoreFixture it = new CoreFixture();
  private final ExamRegistrations registrations = it.benefits.registrations();
  private final Actor.Account ann = new Actor.Account(it.ann);
  private final Instant appointment = it.in(Duration.ofDays(7));

  private ExamRegistration selfPaid(
      Actor.Account who, ExamId exam, Delivery delivery, Instant at, @Nullable IdPair ids) {
    return registrations.registerSelfPaid(who, exam, delivery, at, ids, KEY);
  }

  private ExamRegistration withCode() {
    return registrations.registerWithCode(
        ann, it.cloud, null, Delivery.ONLINE, appointment, IDS, KEY);
  }

  @Test
  void theSameBookingReturnsTheFirst() {
    it.assignedToAnn("CODE1");
    ExamRegistration first = withCode();
    assertThat(withCode()).isEqualTo(first);
    assertThat(registrations.of(ann, it.ann, it.cloud)).containsExactly(first);
  }

  @Test
  void aRefusedBookingMayBeSentAgain() {
    assertRefused(Reason.NO_CODE_AVAILABLE, this::withCode);
    it.assignedToAnn("CODE1");
    assertThat(withCode().state()).isEqualTo(ExamRegistrationState.SCHEDULED);
  }

  @Test
  void anythingElseUnderTheSameKeyIsRefused() {
    ExamRegistration first = selfPaid(ann, it.cloud, Delivery.ONLINE, appointment, IDS);
    assertThat(selfPaid(ann, it.cloud, Delivery.ONLINE, appointment, IDS)).isEqualTo(first);

    Reason reused = Reason.REQUEST_KEY_REUSED;
    assertRefused(reused, () -> selfPaid(ann, it.security, Delivery.ONLINE, appointment, IDS));
    assertRefused(reused, () -> selfPaid(ann, it.cloud, Delivery.TEST_CENTER, appointment, IDS));
    assertRefused(
        reused, () -> selfPaid(ann, it.cloud, Delivery.ONLINE, appointment.plusSeconds(1), IDS));
    assertRefused(reused, () -> selfPaid(ann, it.cloud, Delivery.ONLINE, appointment, null));
    assertRefused(
        reused,
        () -> selfPaid(ann, it.cloud, Delivery.ONLINE, appointment, new IdPair("C-2", "R-1")));
    assertRefused(
        reused,
        () -> selfPaid(ann, it.cloud, Delivery.ONLINE, appointment, new IdPair("C-1", "R-2")));
    it.assignedToAnn("CODE1");
    assertRefused(reused, this::withCode);
    assertThat(registrations.of(ann, it.ann, it.cloud)).containsExactly(first);
  }

  @Test
  void keysBelongToTheirActor() {
    selfPaid(ann, it.cloud, Delivery.ONLINE, appointment, IDS);
    Actor.Account ben = new Actor.Account(it.ben);
    assertThat(selfPaid(ben, it.cloud, Delivery.ONLINE, appointment, IDS).accountId())
        .isEqualTo(it.ben);
  }

  @Test
  void withoutAKeyEachBookingIsOneOfItsOwn() {
    registrations.registerSelfPaid(ann, it.cloud, Delivery.ONLINE, appointment, IDS);
    registrations.registerSelfPaid(ann, it.cloud, Delivery.ONLINE, appointment, IDS);
    assertThat(registrations.of(ann, it.ann, it.cloud)).hasSize(2);
  }
}
