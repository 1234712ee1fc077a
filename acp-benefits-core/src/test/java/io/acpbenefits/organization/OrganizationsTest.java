package io.acpbenefits.organization;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.assertViolates;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.partner.PartnerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class OrganizationsTest {

  private static final AccountId BOSS = AccountId.of("boss");

  private final CoreFixture it = new CoreFixture();
  private final Organizations organizations = it.benefits.organizations();
  private final PartnerId beta = PartnerId.of("beta");

  private List<Membership> members(MemberFilter filter) {
    return organizations.members(it.owner, it.organization, filter, PageRequest.first(10)).items();
  }

  private Role role(AccountId account) {
    return organizations.requireMember(Actor.system(), it.organization, account).role();
  }

  @Test
  void givesAPartnerOneOrganizationWithItsMainAccountAsOwner() {
    assertThat(organizations.ofPartner(Actor.system(), it.acme).organizationId())
        .isEqualTo(it.organization);
    assertThat(organizations.get(Actor.system(), it.organization).state())
        .isEqualTo(OrganizationState.ACTIVE);
    assertThat(members(MemberFilter.ALL))
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
    assertThat(members(MemberFilter.ALL))
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

    assertThat(members(MemberFilter.ALL))
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
    assertThat(role(it.ann)).isEqualTo(Role.MANAGER);
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> organizations.setRole(ann, it.organization, it.ann, Role.OWNER));
    assertRefused(
        Reason.NOT_A_MEMBER,
        () -> organizations.setRole(it.owner, it.organization, it.ben, Role.MANAGER));

    organizations.setRole(it.owner, it.organization, it.ann, Role.MEMBER);
    assertThat(role(it.ann)).isEqualTo(Role.MEMBER);
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

    assertViolates(
        "acp_membership_one_active",
        () ->
            it.sql(
                "INSERT INTO acp_membership (membership_id, organization_id, account_id,"
                    + " role, state, joined_at) VALUES ('m', '"
                    + other
                    + "', 'ann', 'MEMBER', 'ACTIVE', LOCALTIMESTAMP)"));
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

  @Test
  void listsMembersPageByPageByRoleAndByState() {
    it.member(it.ann);
    it.member(it.ben);
    organizations.setRole(it.owner, it.organization, it.ben, Role.MANAGER);
    organizations.remove(it.owner, it.organization, it.ann);

    PageRequest two = PageRequest.first(2);
    Page<Membership> first =
        organizations.members(it.owner, it.organization, MemberFilter.ALL, two);
    assertThat(first.items())
        .extracting(Membership::accountId)
        .containsExactly(it.owner.id(), it.ann);
    Page<Membership> second =
        organizations.members(
            it.owner, it.organization, MemberFilter.ALL, two.then(first.next().orElseThrow()));
    assertThat(second.items()).extracting(Membership::accountId).containsExactly(it.ben);
    assertThat(second.next()).isEmpty();

    assertThat(members(MemberFilter.ACTIVE))
        .extracting(Membership::accountId)
        .containsExactly(it.owner.id(), it.ben);
    assertThat(members(MemberFilter.ALL.as(Role.MEMBER)))
        .extracting(Membership::accountId)
        .containsExactly(it.ann);
    assertThat(members(MemberFilter.ALL.as(Role.MEMBER).in(MembershipState.ACTIVE))).isEmpty();
    assertThat(members(MemberFilter.ALL.in(MembershipState.REMOVED))).hasSize(1);
  }

  @Test
  void onlyOwnersAndManagersSeeWhoIsAMember() {
    Actor.Account ann = it.member(it.ann);
    Actor.Account ben = it.member(it.ben);
    organizations.setRole(it.owner, it.organization, it.ben, Role.MANAGER);
    Actor.Account stranger = new Actor.Account(BOSS);
    it.partner(beta, BOSS);
    PageRequest page = PageRequest.first(10);

    for (Actor actor : List.of(ann, stranger)) {
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> organizations.members(actor, it.organization, MemberFilter.ALL, page));
      assertThat(organizations.activeMembership(actor, it.ben)).isEmpty();
      assertThat(organizations.activeMembership(actor, it.owner.id())).isEmpty();
    }
    assertThat(organizations.members(ben, it.organization, MemberFilter.ALL, page).items())
        .hasSize(3);
    for (Actor actor : List.of(ann, ben, it.owner, it.operator)) {
      assertThat(organizations.activeMembership(actor, it.ann))
          .hasValueSatisfying(m -> assertThat(m.accountId()).isEqualTo(it.ann));
    }
  }

  @Test
  void anOrganizationIsSeenByItsMembersAndIsNoneForStrangers() {
    Actor.Account ann = it.member(it.ann);
    assertThat(organizations.get(ann, it.organization).partnerId()).isEqualTo(it.acme);
    assertThat(organizations.ofPartner(ann, it.acme).organizationId()).isEqualTo(it.organization);

    Actor.Account stranger = new Actor.Account(BOSS);
    Refusal hidden = refusal(() -> organizations.get(stranger, it.organization));
    assertThat(hidden.reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(hidden).hasMessage("There is no organization %s.", it.organization);
    assertThat(refusal(() -> organizations.get(it.operator, OrganizationId.of("x"))))
        .hasMessage("There is no organization x.");
    assertRefused(Reason.NOT_PERMITTED, () -> organizations.ofPartner(stranger, it.acme));
  }

  @Test
  void onlyThePlatformAdmitsWithoutARequestAndOnlyWhereThereIsAnOrganization() {
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> organizations.admit(it.owner, it.organization, it.ann, Role.MEMBER));
    assertRefused(
        Reason.NOT_FOUND,
        () -> organizations.admit(it.operator, OrganizationId.of("x"), it.ann, Role.MEMBER));

    Membership membership = organizations.admit(it.operator, it.organization, it.ann, Role.MANAGER);

    assertThat(membership)
        .isEqualTo(organizations.activeMembership(it.operator, it.ann).orElseThrow())
        .extracting(Membership::role, Membership::state, Membership::joinedAt)
        .containsExactly(Role.MANAGER, MembershipState.ACTIVE, it.start);
  }

  @Test
  void everyChangeIsToldAndRecordedWithWhoMadeIt() {
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);
    Actor.Account ann = it.member(it.ann);
    MembershipId id = members(MemberFilter.ACTIVE).get(1).membershipId();
    organizations.setRole(it.owner, it.organization, it.ann, Role.MANAGER);
    organizations.setRole(it.owner, it.organization, it.ann, Role.MANAGER);
    organizations.quit(ann);

    assertThat(events)
        .contains(
            new MembershipStarted(it.organization, it.ann),
            new RoleChanged(it.organization, it.ann, Role.MEMBER, Role.MANAGER),
            new MembershipEnded(it.organization, it.ann, MembershipState.LEFT));
    assertThat(it.benefits.audit().of(it.operator, id.value(), PageRequest.first(10)).items())
        .extracting(e -> e.operation() + " " + e.fromState() + " " + e.toState() + " " + e.madeBy())
        .containsExactly(
            "APPROVE_JOIN_REQUEST null ACTIVE operator:otto",
            "GRANT_ROLE MEMBER MANAGER account:olga",
            "QUIT_ORGANIZATION ACTIVE LEFT account:ann");
    assertThat(
            it.benefits
                .audit()
                .of(it.operator, it.organization.value(), PageRequest.first(10))
                .items())
        .extracting(e -> e.operation() + " " + e.fromState() + " " + e.toState() + " " + e.madeBy())
        .containsExactly("ESTABLISH_ORGANIZATION null ACTIVE system");
  }

  @Test
  void aSuspendedPartnerGetsNoOrganization() {
    it.benefits.partners().register(it.operator, beta, "Beta", "gold");
    it.benefits.partners().suspend(it.operator, beta, "asked for");
    assertRefused(Reason.PARTNER_SUSPENDED, () -> organizations.establish(it.operator, beta, BOSS));
  }
}
