package io.acpbenefits.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.secret.KeyRing;
import org.junit.jupiter.api.Test;

class PartnersTest {

  private static final PartnerId ACME = PartnerId.of("acme");

  private final AcpBenefits benefits =
      AcpBenefits.on(TestDatabase.inMemory()).keys(KeyRing.ephemeral()).build();

  @Test
  void registersAPartnerAsActive() {
    Partner partner = benefits.partners().register(Actor.operator("olga"), ACME, "Acme", "gold");

    assertThat(partner.state()).isEqualTo(PartnerState.ACTIVE);
    assertThat(benefits.partners().get(ACME)).isEqualTo(partner);
    assertThat(benefits.partners().all()).containsExactly(partner);
  }

  @Test
  void refusesAnIdThatIsTaken() {
    benefits.partners().register(Actor.system(), ACME, "Acme", "gold");

    assertThatThrownBy(() -> benefits.partners().register(Actor.system(), ACME, "Other", "gold"))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.ALREADY_EXISTS));
  }

  @Test
  void refusesAnAccountAsActor() {
    assertThatThrownBy(
            () -> benefits.partners().register(Actor.account("ann"), ACME, "Acme", "gold"))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.NOT_PERMITTED));
    assertThat(benefits.partners().all()).isEmpty();
  }

  @Test
  void suspendsAndReinstates() {
    benefits.partners().register(Actor.system(), ACME, "Acme", "gold");
    benefits.partners().suspend(Actor.system(), ACME);
    assertThat(benefits.partners().get(ACME).state()).isEqualTo(PartnerState.SUSPENDED);
    benefits.partners().reinstate(Actor.system(), ACME);
    assertThat(benefits.partners().get(ACME).state()).isEqualTo(PartnerState.ACTIVE);
    assertThatThrownBy(() -> benefits.partners().reinstate(Actor.system(), ACME))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.ILLEGAL_STATE));
  }
}
