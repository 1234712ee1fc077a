package io.acpbenefits.pearsonvue;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.registration.Delivery;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CandidatesTest {

  private final PearsonVueFixture at = new PearsonVueFixture();
  private final Actor.Account cleo = Actor.account("cleo");

  @Test
  void aProfileShowsTheRegistrationIdWhichIsOnePerCandidate() {
    CandidateProfile opened = at.vue.openAccount(cleo, "Cleo Example", "cleo@example.org");

    assertThat(at.vue.profile(cleo)).isEqualTo(opened);
    assertThat(opened.registrationId()).matches("R\\d{12}");
    assertThat(opened.name()).isEqualTo("Cleo Example");
    assertThat(opened.email()).isEqualTo("cleo@example.org");
    assertThat(opened.openedAt()).isEqualTo(at.it.start);
    assertThat(opened.registrationId()).isNotEqualTo(at.vue.profile(at.ann).registrationId());
    assertThat(opened.toString()).doesNotContain("Cleo", "cleo", opened.registrationId());
  }

  @Test
  void oneAccountHasOneProfile() {
    assertRefused(Reason.ALREADY_EXISTS, () -> at.vue.openAccount(at.ann, "Ann", "a@example.org"));
    assertThat(at.vue.profile(at.ann).name()).isEqualTo("Ann Example");
  }

  @Test
  void openingTwiceAtOnceMakesOneProfile() throws Exception {
    assertThat(
            Together.run(
                () -> at.vue.openAccount(cleo, "Cleo", "one@example.org"),
                () -> at.vue.openAccount(cleo, "Cleo", "two@example.org")))
        .containsExactlyInAnyOrder(new Outcome("DONE"), new Outcome("ALREADY_EXISTS"));
  }

  @Test
  void refusesContactsThatCannotBe() {
    assertRefused(Reason.INVALID_INPUT, () -> at.vue.openAccount(cleo, " ", "c@example.org"));
    assertRefused(Reason.INVALID_INPUT, () -> at.vue.openAccount(cleo, "Cleo", ""));
    assertRefused(Reason.INVALID_INPUT, () -> at.vue.openAccount(cleo, "C\nleo", "c@example.org"));
    assertRefused(Reason.INVALID_INPUT, () -> at.vue.openAccount(cleo, "Cleo", "c".repeat(255)));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.profile(cleo));
  }

  @Test
  void nothingCanBeDoneWithoutAnExamAccount() {
    SlotId slot = at.slot(7).slotId();
    assertRefused(Reason.NOT_FOUND, () -> at.vue.book(cleo, at.cloud, slot));
    assertRefused(Reason.NOT_FOUND, () -> at.vue.checkEquipment(cleo, PearsonVueFixture.FIT));
  }

  @Test
  void everyLackOfTheEquipmentIsNamed() {
    EquipmentCheck check = at.vue.checkEquipment(at.ann, new Equipment(false, false, 5));

    assertThat(check.passed()).isFalse();
    assertThat(check.passedUntil()).isNull();
    assertThat(check.problems())
        .containsExactly(
            "There is no camera.",
            "There is no microphone.",
            "The connection has 5 Mbit/s; it must have 6 at least.");
    assertThat(at.vue.checkEquipment(at.ann, new Equipment(true, true, 6)).problems()).isEmpty();
  }

  @Test
  void anOnlineExamIsBookedOnlyWhileTheLastCheckHolds() {
    Slot online = at.desk.addOnlineSlot(at.operator, at.it.in(Duration.ofDays(60)), 10);
    assertRefused(Reason.ILLEGAL_STATE, () -> at.held(at.ann, online));

    EquipmentCheck passed = at.vue.checkEquipment(at.ann, PearsonVueFixture.FIT);
    assertThat(passed.passedUntil()).isEqualTo(at.it.in(Duration.ofDays(30)));
    at.vue.checkEquipment(at.ann, new Equipment(false, true, 20));
    assertRefused(Reason.ILLEGAL_STATE, () -> at.held(at.ann, online));

    at.vue.checkEquipment(at.ann, PearsonVueFixture.FIT);
    at.it.clock.advance(Duration.ofDays(30).plusNanos(1000));
    assertRefused(Reason.ILLEGAL_STATE, () -> at.held(at.ann, online));
    at.it.clock.advance(Duration.ofNanos(-1000));
    assertThat(at.held(at.ann, online).delivery()).isEqualTo(Delivery.ONLINE);
  }
}
