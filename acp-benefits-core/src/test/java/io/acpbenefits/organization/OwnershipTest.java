package io.acpbenefits.organization;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnershipTest {

  private final CoreFixture it = new CoreFixture();
  private final Organizations organizations = it.benefits.organizations();
  private final Actor.Account ann = it.member(it.ann);
  private final Actor.Account ben = it.member(it.ben);

  private Role role(Actor.Account account) {
    return organizations.requireMember(Actor.system(), it.organization, account.id()).role();
  }

  private void grant(Actor.Account account, Role role) {
    organizations.setRole(it.operator, it.organization, account.id(), role);
  }

  private long owners() {
    return it.number(
        "SELECT COUNT(*) FROM acp_membership WHERE role = 'OWNER' AND state = 'ACTIVE'");
  }

  @Test
  void theOwnerBecomesManagerAndTheOtherOwner() {
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);

    organizations.transferOwnership(it.owner, it.organization, it.ann);

    assertThat(role(it.owner)).isEqualTo(Role.MANAGER);
    assertThat(role(ann)).isEqualTo(Role.OWNER);
    assertThat(events)
        .contains(
            new RoleChanged(it.organization, it.ann, Role.MEMBER, Role.OWNER),
            new RoleChanged(it.organization, it.owner.id(), Role.OWNER, Role.MANAGER));
    assertThat(
            it.benefits
                .audit()
                .all(it.operator, Operation.TRANSFER_OWNERSHIP, PageRequest.first(9))
                .items())
        .extracting(e -> e.fromState() + " " + e.toState() + " " + e.madeBy())
        .containsExactly("MEMBER OWNER account:olga", "OWNER MANAGER account:olga");
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> organizations.transferOwnership(it.owner, it.organization, it.ben));
  }

  @Test
  void thePlatformNamesWhoseOwnershipItHandsOver() {
    organizations.transferOwnership(it.operator, it.organization, it.owner.id(), it.ben);
    assertThat(role(ben)).isEqualTo(Role.OWNER);
    assertThat(role(it.owner)).isEqualTo(Role.MANAGER);
  }

  @Test
  void onlyFromAnOwnerToAMemberWhoIsNone() {
    grant(ben, Role.OWNER);
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> organizations.transferOwnership(it.owner, it.organization, it.ben));
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> organizations.transferOwnership(it.owner, it.organization, it.owner.id()));
    assertThat(
            refusal(
                () ->
                    organizations.transferOwnership(
                        it.operator, it.organization, it.ann, it.owner.id())))
        .hasMessageContaining("not from MEMBER to OWNER");
    grant(ben, Role.MANAGER);
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> organizations.transferOwnership(it.operator, it.organization, it.ann, it.ben));
    organizations.quit(ben);
    assertRefused(
        Reason.NOT_A_MEMBER,
        () -> organizations.transferOwnership(it.owner, it.organization, it.ben));
    assertRefused(
        Reason.NOT_A_MEMBER,
        () -> organizations.transferOwnership(it.operator, it.organization, it.ben, it.ann));
    assertThat(role(it.owner)).isEqualTo(Role.OWNER);
    assertThat(role(ann)).isEqualTo(Role.MEMBER);
  }

  @Test
  void managersNeitherHandOverNorRemoveOwnersNorGrantRoles() {
    grant(ann, Role.MANAGER);
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> organizations.transferOwnership(ann, it.organization, it.owner.id(), it.ann));
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> organizations.setRole(ann, it.organization, it.ben, Role.MANAGER));
    grant(ben, Role.OWNER);
    assertRefused(Reason.NOT_PERMITTED, () -> organizations.remove(ann, it.organization, it.ben));

    organizations.remove(it.owner, it.organization, it.ben);
    assertThat(
            it.benefits
                .audit()
                .all(it.operator, Operation.REMOVE_OWNER, PageRequest.first(9))
                .items())
        .singleElement()
        .satisfies(e -> assertThat(e.toState()).isEqualTo("REMOVED"));
  }

  @Test
  void managersRemovePlainMembersOnlyAndOwnersManagersToo() {
    grant(ann, Role.MANAGER);
    grant(ben, Role.MANAGER);
    assertRefused(Reason.NOT_PERMITTED, () -> organizations.remove(ann, it.organization, it.ben));
    assertThat(role(ben)).isEqualTo(Role.MANAGER);

    organizations.remove(it.owner, it.organization, it.ben);
    assertThat(removals(Operation.REMOVE_MANAGER)).containsExactly("REMOVED account:olga null");

    it.member(it.ben);
    organizations.remove(ann, it.organization, it.ben);
    assertThat(removals(Operation.REMOVE_MEMBER)).containsExactly("REMOVED account:ann null");
  }

  @Test
  void whyAMemberIsRemovedGoesToTheAudit() {
    for (String why : List.of("", "  ", "x".repeat(501))) {
      assertRefused(
          Reason.INVALID_INPUT, () -> organizations.remove(it.owner, it.organization, it.ann, why));
    }
    assertThat(role(ann)).isEqualTo(Role.MEMBER);

    organizations.remove(it.owner, it.organization, it.ann, " left the company ");
    assertThat(removals(Operation.REMOVE_MEMBER))
        .containsExactly("REMOVED account:olga left the company");
  }

  private List<String> removals(Operation operation) {
    return it.benefits.audit().all(it.operator, operation, PageRequest.first(9)).items().stream()
        .map(e -> e.toState() + " " + e.madeBy() + " " + e.why())
        .toList();
  }

  @Test
  void anOwnerMayMakeAnotherOneAndStepBack() {
    organizations.setRole(it.owner, it.organization, it.ann, Role.OWNER);
    organizations.setRole(ann, it.organization, it.owner.id(), Role.MEMBER);
    assertThat(role(it.owner)).isEqualTo(Role.MEMBER);
    assertRefused(
        Reason.LAST_OWNER, () -> organizations.setRole(ann, it.organization, it.ann, Role.MEMBER));
    organizations.setRole(ann, it.organization, it.ann, Role.OWNER);
  }

  @Test
  void handingOverWhileTheOtherQuitsNeverLeavesItWithoutAnOwner() throws Exception {
    for (int round = 0; round < 10; round++) {
      CoreFixture each = new CoreFixture();
      Organizations its = each.benefits.organizations();
      Actor.Account next = each.member(each.ann);
      List<Outcome> outcomes =
          Together.run(
              () -> its.transferOwnership(each.owner, each.organization, each.ann),
              () -> its.quit(next));
      assertThat(outcomes)
          .extracting(Outcome::name)
          .isIn(List.of("DONE", "LAST_OWNER"), List.of("NOT_A_MEMBER", "DONE"));
      assertThat(
              each.number(
                  "SELECT COUNT(*) FROM acp_membership WHERE role = 'OWNER' AND state = 'ACTIVE'"))
          .isOne();
    }
  }

  @Test
  void twoOwnersWhoHandOverToOneAndQuitAtOnceLeaveOne() throws Exception {
    for (int round = 0; round < 10; round++) {
      grant(it.owner, Role.OWNER);
      grant(ann, Role.OWNER);
      grant(ben, Role.MEMBER);
      Together.run(
          () -> organizations.transferOwnership(it.owner, it.organization, it.ben),
          () -> organizations.transferOwnership(ann, it.organization, it.ben),
          () -> organizations.setRole(it.owner, it.organization, it.ann, Role.MANAGER),
          () -> organizations.setRole(ann, it.organization, it.owner.id(), Role.MANAGER));
      assertThat(owners()).isPositive();
    }
  }

  @Test
  void twoOwnersWhoWithdrawEachOthersRoleAtOnceLeaveOne() throws Exception {
    for (int round = 0; round < 10; round++) {
      grant(it.owner, Role.OWNER);
      grant(ann, Role.OWNER);
      Together.run(
          () -> organizations.setRole(it.owner, it.organization, it.ann, Role.MANAGER),
          () -> organizations.setRole(ann, it.organization, it.owner.id(), Role.MANAGER));
      assertThat(owners()).isOne();
    }
  }
}
