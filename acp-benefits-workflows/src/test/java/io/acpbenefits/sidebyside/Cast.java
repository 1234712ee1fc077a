package io.acpbenefits.sidebyside;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.IdPair;

/**
 * A partner, its people and its exam, found by any node by their names alone.
 *
 * @param benefits the node's library
 * @param name which no other cast has
 */
record Cast(AcpBenefits benefits, String name) {

  static final Actor RITA = Actor.operator("rita");
  static final PageRequest PAGE = PageRequest.first(100);

  private String named(String what) {
    return what + "-" + name;
  }

  PartnerId partner(String which) {
    return PartnerId.of(named(which));
  }

  ExamId exam() {
    return ExamId.of(named("exam"));
  }

  Actor.Account person(String who) {
    return Actor.account(named(who));
  }

  AccountId id(String who) {
    return person(who).id();
  }

  IdPair ids() {
    return new IdPair(named("C"), named("R"));
  }

  OrganizationId organization(String partner) {
    return benefits.organizations().ofPartner(RITA, partner(partner)).organizationId();
  }

  BenefitApplicationId application() {
    return benefits
        .applications()
        .ofPartner(RITA, partner("acme"), PAGE)
        .items()
        .get(0)
        .applicationId();
  }

  JoinRequestId request() {
    return benefits
        .joinRequests()
        .latest(RITA, organization("acme"), id("bea"))
        .orElseThrow()
        .requestId();
  }
}
