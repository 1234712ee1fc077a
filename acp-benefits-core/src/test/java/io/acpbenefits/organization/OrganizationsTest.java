package io.acpbenefits.organization;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.partner.PartnerId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class OrganizationsTest {

  private static final AccountId BOSS = AccountId.of("boss");

  private final CoreFixture it = new CoreFixture();
  private final Organizations organizations = it.benefits.organizations();
  private final PartnerId beta = PartnerId.of("beta");

  @Test
  void givesAPartnerOneOrganizationWithItsMainAccountAsOwner() {
    assertThat(organizations.ofPartner(Actor.system(), it.acme).organizationId())
        .isEqualTo(it.organization);
    assertThat(organizations.get(Actor.system(), it.organization).state())
        .isEqualTo(OrganizationState.ACTIVE);
    assertThat(organizations.members(Actor.system(), it.organization))
        .singleElement()
        .extracting(Membership::accountId, Membership::role)
        .containsExactly(it.owner.id(), Role.OWNER);
    assertRefused(Reason.ALREADY_EXISTS, () -> organizations.establish(it.operator, it.acme, BOSS));
  }

  @Test
  void refusesToEstablishForAnAccountNobodyOrAMemberElsewhere() {
    it.benefits.partners().register(it.operator, beta, "Beta", "gold");
    assertRefused(Reason.NOT_PERMITTED, () -> organizations.establish(it.owner, beta, BOSS));
    assertRefused(
        Reason.NOT_FOUND, () -> organizations.establish(it.operator, PartnerId.of("x"), BOSS));
    assertRefused(
        Reason.MEMBER_ELSEWHERE, () -> organizations.establish(it.operator, beta, it.owner.id()));
    assertRefused(Reason.NOT_FOUND, () -> organizations.ofPartner(Actor.system(), beta));
    assertRefused(
        Reason.NOT_FOUND, () -> organizations.get(Actor.system(), OrganizationId.of("x")));
  }

  @Test
  void aMemberQuitsOnce() {
    Actor.Account ann = it.member(it.ann);
    organizations.quit(ann);

    assertThat(organizations.activeMembership(Actor.system(), it.ann)).isEmpty();
    assertThat(organizations.members(Actor.system(), it.organization))
        .filteredOn(m -> m.accountId().equals(it.ann))
        .singleElement()
        .extracting(Membership::state, Membership::endedAt)
        .containsExactly(MembershipState.LEFT, it.start);
    assertRefused(Reason.NOT_A_MEMBER, () -> organizations.quit(ann));
  }

  @Test
  void aManagerRemovesMembersButNoOwner() {
    Actor.Account ann = it.member(it.ann);
    it.member(it.ben);
    organizations.setRole(it.owner, it.organization, it.ann, Role.MANAGER);

    organizations.remove(ann, it.organization, it.ben);

    assertThat(organizations.members(Actor.system(), it.organization))
        .extracting(Membership::state)
        .containsExactly(MembershipState.ACTIVE, MembershipState.ACTIVE, MembershipState.REMOVED);
    assertRefused(
        Reason.NOT_PERMITTED, () -> organizations.remove(ann, it.organization, it.owner.id()));
  }

  @Test
  void refusesToRemoveForMembersAndOutsidersAndOfNonMembers() {
    Actor.Account ann = it.member(it.ann);
    assertRefused(
        Reason.NOT_PERMITTED, () -> organizations.remove(ann, it.organization, it.owner.id()));
    OrganizationId other = it.partner(beta, BOSS);
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> organizations.remove(new Actor.Account(BOSS), it.organization, it.ann));
    assertRefused(Reason.NOT_A_MEMBER, () -> organizations.remove(it.owner, it.organization, BOSS));
    assertRefused(Reason.NOT_A_MEMBER, () -> organizations.remove(it.operator, other, it.ann));
    assertThat(organizations.activeMembership(Actor.system(), it.ann)).isPresent();
  }

  @Test
  void isNeverWithoutAnOwner() {
    assertRefused(Reason.LAST_OWNER, () -> organizations.quit(it.owner));
    assertRefused(
        Reason.LAST_OWNER, () -> organizations.remove(it.operator, it.organization, it.owner.id()));
    assertRefused(
        Reason.LAST_OWNER,
        () -> organizations.setRole(it.owner, it.organization, it.owner.id(), Role.MANAGER));

    it.member(it.ann);
    organizations.setRole(it.owner, it.organization, it.ann, Role.OWNER);
    organizations.quit(it.owner);
    assertRefused(Reason.LAST_OWNER, () -> organizations.quit(new Actor.Account(it.ann)));
  }

  @Test
  void twoLastOwnersWhoQuitAtOnceLeaveOne() throws Exception {
    Actor.Account ann = it.member(it.ann);
    organizations.setRole(it.owner, it.organization, it.ann, Role.OWNER);

    assertThat(Together.run(() -> organizations.quit(it.owner), () -> organizations.quit(ann)))
        .extracting(Outcome::name)
        .containsExactlyInAnyOrder("DONE", "LAST_OWNER");
  }

  @Test
  void onlyOwnersGrantAndWithdrawRoles() {
    Actor.Account ann = it.member(it.ann);
    organizations.setRole(it.owner, it.organization, it.ann, Role.MANAGER);
    assertThat(organizations.hasRole(ann, it.organization, Role.MANAGER)).isTrue();
    assertThat(organizations.hasRole(ann, it.organization, Role.OWNER)).isFalse();
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> organizations.setRole(ann, it.organization, it.ann, Role.OWNER));
    assertRefused(
        Reason.NOT_A_MEMBER,
        () -> organizations.setRole(it.owner, it.organization, it.ben, Role.MANAGER));

    organizations.setRole(it.owner, it.organization, it.ann, Role.MEMBER);
    assertThat(organizations.hasRole(ann, it.organization, Role.MANAGER)).isFalse();
  }

  @Test
  void whoHasLeftHasNoRoleAnyMore() {
    Actor.Account ann = it.member(it.ann);
    organizations.setRole(it.owner, it.organization, it.ann, Role.MANAGER);
    organizations.quit(ann);

    assertRefused(
        Reason.NOT_PERMITTED, () -> it.benefits.invitations().copyLink(ann, it.organization));
    assertRefused(
        Reason.NOT_A_MEMBER,
        () -> organizations.requireMember(Actor.system(), it.organization, it.ann));
  }

  @Test
  void refusesASecondMembershipHereAndElsewhereWithoutSayingWhere() {
    it.member(it.ann);
    OrganizationId other = it.partner(beta, BOSS);

    assertRefused(
        Reason.ALREADY_A_MEMBER,
        () -> organizations.admit(Actor.system(), it.organization, it.ann, Role.MEMBER));
    Refusal elsewhere =
        refusal(() -> organizations.admit(Actor.system(), other, it.ann, Role.MEMBER));
    assertThat(elsewhere.reason()).isEqualTo(Reason.MEMBER_ELSEWHERE);
    assertThat(elsewhere.getMessage())
        .doesNotContainIgnoringCase("acme")
        .doesNotContain(it.organization.value());
  }

  @Test
  void theDatabaseItselfKeepsAnAccountFromTwoActiveMemberships() {
    it.member(it.ann);
    OrganizationId other = it.partner(beta, BOSS);

    assertThat(
            catchThrowable(
                () ->
                    it.sql(
                        "INSERT INTO acp_membership (membership_id, organization_id, account_id,"
                            + " role, state, joined_at) VALUES ('m', '"
                            + other
                            + "', 'ann', 'MEMBER', 'ACTIVE', LOCALTIMESTAMP)")))
        .hasStackTraceContaining("ACP_MEMBERSHIP_ONE_ACTIVE");
  }

  @Test
  void anAccountHasOneKeyForEverWhoeverMeetsItFirst() throws Exception {
    Accounts accounts = it.benefits.accounts();
    for (int round = 0; round < 20; round++) {
      AccountId cat = AccountId.of("cat-" + round);
      Set<String> keys = ConcurrentHashMap.newKeySet();
      Runnable meet = () -> keys.add(accounts.lock(Actor.system(), cat));
      assertThat(Together.run(meet, meet, meet)).containsOnly(new Outcome("DONE"));
      assertThat(keys).hasSize(1).noneMatch(key -> key.contains("cat"));
      assertThat(accounts.byKey(Actor.system(), keys.iterator().next())).isEqualTo(cat);
    }
    assertRefused(Reason.NOT_FOUND, () -> accounts.byKey(Actor.system(), "x"));
  }
}
