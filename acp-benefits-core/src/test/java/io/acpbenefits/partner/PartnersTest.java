package io.acpbenefits.partner;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AllPages;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartnersTest {

  private static final PartnerId BETA = PartnerId.of("beta");

  private final CoreFixture it = new CoreFixture();
  private final Partners partners = it.benefits.partners();

  @Test
  void registersAPartnerAsActive() {
    Partner partner = partners.register(it.operator, BETA, "Beta", "silver");

    assertThat(partner.state()).isEqualTo(PartnerState.ACTIVE);
    assertThat(partners.get(Actor.system(), BETA)).isEqualTo(partner);
    assertThat(AllPages.of(page -> partners.all(Actor.system(), page)))
        .extracting(Partner::partnerId)
        .containsExactly(it.acme, BETA);
  }

  @Test
  void refusesAnIdThatIsTaken() {
    assertRefused(
        Reason.ALREADY_EXISTS, () -> partners.register(it.operator, it.acme, "Other", "gold"));
    assertThat(partners.get(Actor.system(), it.acme).name()).isEqualTo("Partner acme");
  }

  @Test
  void refusesAnAccountAsActor() {
    assertRefused(Reason.NOT_PERMITTED, () -> partners.register(it.owner, BETA, "Beta", "gold"));
    assertRefused(Reason.NOT_PERMITTED, () -> partners.suspend(it.owner, it.acme, "asked for"));
    assertRefused(Reason.NOT_PERMITTED, () -> partners.reinstate(it.owner, it.acme, "asked for"));
    assertThat(partners.find(Actor.system(), BETA)).isEmpty();
    assertThat(partners.get(Actor.system(), it.acme).state()).isEqualTo(PartnerState.ACTIVE);
  }

  @Test
  void refusesNamesAndTiersOfImpossibleLength() {
    for (String name : new String[] {"", "  ", "x".repeat(501)}) {
      assertRefused(Reason.INVALID_INPUT, () -> partners.register(it.operator, BETA, name, "gold"));
    }
    for (String tier : new String[] {"", "\t", "x".repeat(201)}) {
      assertRefused(Reason.INVALID_INPUT, () -> partners.register(it.operator, BETA, "Beta", tier));
    }
    partners.register(it.operator, BETA, "x".repeat(500), "x".repeat(200));
  }

  @Test
  void refusesIdsThatAreBlankPaddedTooLongOrHaveControlCharacters() {
    for (String id : new String[] {"", " ", " beta", "beta ", "be\nta", "x".repeat(201)}) {
      assertRefused(Reason.INVALID_INPUT, () -> PartnerId.of(id));
    }
    assertThat(PartnerId.of("x".repeat(200)).value()).hasSize(200);
    assertRefused(Reason.INVALID_INPUT, () -> Actor.operator("x".repeat(201)));
  }

  @Test
  void suspendsAndReinstates() {
    partners.suspend(it.operator, it.acme, "asked for");
    assertThat(partners.get(Actor.system(), it.acme).state()).isEqualTo(PartnerState.SUSPENDED);

    partners.reinstate(it.operator, it.acme, "asked for");
    assertThat(partners.get(Actor.system(), it.acme).state()).isEqualTo(PartnerState.ACTIVE);
  }

  @Test
  void refusesATransitionThatDoesNotExistAndNamesTheStates() {
    assertThat(refusal(() -> partners.reinstate(it.operator, it.acme, "asked for")))
        .hasMessageContaining("ACTIVE")
        .hasMessageContaining("SUSPENDED");
    assertRefused(
        Reason.ILLEGAL_STATE, () -> partners.reinstate(it.operator, it.acme, "asked for"));
    partners.suspend(it.operator, it.acme, "asked for");
    assertRefused(Reason.ILLEGAL_STATE, () -> partners.suspend(it.operator, it.acme, "asked for"));
  }

  @Test
  void listsPartnersPageByPageToThePlatformOnly() {
    partners.register(it.operator, BETA, "Beta", "gold");
    Page<Partner> first = partners.all(it.operator, PageRequest.first(1));
    assertThat(first.items()).extracting(Partner::partnerId).containsExactly(it.acme);
    Page<Partner> second =
        partners.all(Actor.system(), PageRequest.first(1).then(first.next().orElseThrow()));
    assertThat(second.items()).extracting(Partner::partnerId).containsExactly(BETA);
    assertThat(second.next()).isEmpty();
    assertRefused(Reason.NOT_PERMITTED, () -> partners.all(it.owner, PageRequest.first(1)));
  }

  @Test
  void knowsNoPartnerThatWasNeverRegistered() {
    assertRefused(Reason.NOT_FOUND, () -> partners.get(Actor.system(), BETA));
    assertRefused(Reason.NOT_FOUND, () -> partners.suspend(it.operator, BETA, "asked for"));
    assertRefused(Reason.NOT_FOUND, () -> partners.lock(Actor.system(), BETA));
  }

  @Test
  void aSuspendedPartnerNeitherAppliesNorInvitesNorAdmits() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("CODE1");
    it.member(it.ben);
    var request = it.request(it.ann);
    var token = it.benefits.invitations().copyLink(it.owner, it.organization);
    partners.suspend(it.operator, it.acme, "asked for");

    assertRefused(
        Reason.PARTNER_SUSPENDED,
        () -> it.benefits.applications().apply(it.owner, it.acme, it.cloud, 1));
    assertRefused(Reason.PARTNER_SUSPENDED, () -> it.assigned(it.ben));
    assertRefused(
        Reason.PARTNER_SUSPENDED,
        () -> it.benefits.joinRequests().approve(it.owner, request.requestId()));
    assertRefused(
        Reason.PARTNER_SUSPENDED,
        () -> it.benefits.joinRequests().submit(Actor.account("cat"), token, Map.of()));
    assertRefused(
        Reason.PARTNER_SUSPENDED,
        () -> it.benefits.invitations().invite(it.owner, it.organization, it.ann));
    assertRefused(
        Reason.PARTNER_SUSPENDED,
        () -> it.benefits.invitations().rotateLink(it.owner, it.organization));

    partners.reinstate(it.operator, it.acme, "asked for");
    it.benefits.joinRequests().approve(it.owner, request.requestId());
  }
}
