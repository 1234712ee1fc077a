package io.acpbenefits.organization;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Ann's membership; that it has ended is said as NOT_A_MEMBER. */
class MembershipLifecycleTest {

  private static final Set<Reason> NO_MEMBER = Set.of(Reason.NOT_A_MEMBER);

  private static CoreFixture active() {
    CoreFixture it = new CoreFixture();
    it.member(it.ann);
    return it;
  }

  private static CoreFixture left() {
    CoreFixture it = new CoreFixture();
    it.benefits.organizations().quit(it.member(it.ann));
    return it;
  }

  private static CoreFixture removed() {
    CoreFixture it = active();
    it.benefits.organizations().remove(it.owner, it.organization, it.ann);
    return it;
  }

  private static MembershipState state(CoreFixture it) {
    return it
        .benefits
        .organizations()
        .members(it.operator, it.organization, MemberFilter.ALL, PageRequest.first(10))
        .items()
        .stream()
        .filter(membership -> membership.accountId().equals(it.ann))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<MembershipState, CoreFixture>(
            MembershipState.lifecycle(), MembershipLifecycleTest::state)
        .in(MembershipState.ACTIVE, MembershipLifecycleTest::active)
        .in(MembershipState.LEFT, MembershipLifecycleTest::left)
        .in(MembershipState.REMOVED, MembershipLifecycleTest::removed)
        .refusesWith(
            NO_MEMBER,
            Operation.GRANT_ROLE,
            it ->
                it.benefits
                    .organizations()
                    .setRole(it.owner, it.organization, it.ann, Role.MANAGER))
        .refusesWith(
            NO_MEMBER,
            Operation.TRANSFER_OWNERSHIP,
            it -> it.benefits.organizations().transferOwnership(it.owner, it.organization, it.ann))
        .refusesWith(
            NO_MEMBER,
            Operation.QUIT_ORGANIZATION,
            it -> it.benefits.organizations().quit(new Actor.Account(it.ann)))
        .refusesWith(
            NO_MEMBER,
            Operation.REMOVE_MEMBER,
            it -> it.benefits.organizations().remove(it.owner, it.organization, it.ann))
        .refusesWith(
            NO_MEMBER,
            Operation.REMOVE_MANAGER,
            it -> {
              it.benefits.organizations().setRole(it.owner, it.organization, it.ann, Role.MANAGER);
              it.benefits.organizations().remove(it.owner, it.organization, it.ann);
            })
        .refusesWith(
            NO_MEMBER,
            Operation.REMOVE_OWNER,
            it -> {
              it.benefits.organizations().setRole(it.owner, it.organization, it.ann, Role.OWNER);
              it.benefits.organizations().remove(it.owner, it.organization, it.ann);
            })
        .ignores(
            Operation.CLOSE_ORGANIZATION,
            it -> it.benefits.organizations().close(it.operator, it.organization, "asked for"))
        .everyPair();
  }
}
