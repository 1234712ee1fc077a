package io.acpbenefits.organization;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.invitation.LinkLimits;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OrganizationLifecycleTest {

  private static CoreFixture suspended() {
    CoreFixture it = new CoreFixture();
    it.benefits.organizations().suspend(it.operator, it.organization, "asked for");
    return it;
  }

  private static CoreFixture closed() {
    CoreFixture it = new CoreFixture();
    it.benefits.organizations().close(it.operator, it.organization, "asked for");
    return it;
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<OrganizationState, CoreFixture>(
            OrganizationState.lifecycle(),
            it -> it.benefits.organizations().get(Actor.system(), it.organization).state())
        .in(OrganizationState.ACTIVE, CoreFixture::new)
        .in(OrganizationState.SUSPENDED, OrganizationLifecycleTest::suspended)
        .in(OrganizationState.CLOSED, OrganizationLifecycleTest::closed)
        .refuses(
            Operation.SUSPEND_ORGANIZATION,
            it -> it.benefits.organizations().suspend(it.operator, it.organization, "unpaid"))
        .refuses(
            Operation.RESUME_ORGANIZATION,
            it -> it.benefits.organizations().resume(it.operator, it.organization, "paid"))
        .refuses(
            Operation.CLOSE_ORGANIZATION,
            it -> it.benefits.organizations().close(it.operator, it.organization, "left"))
        .refuses(
            Operation.ADMIT_MEMBER,
            it ->
                it.benefits
                    .organizations()
                    .admit(it.operator, it.organization, it.ann, Role.MEMBER))
        .refuses(
            Operation.INVITE,
            it -> it.benefits.invitations().invite(it.operator, it.organization, it.ann))
        .refuses(
            Operation.CREATE_LINK,
            it ->
                it.benefits.invitations().createLink(it.operator, it.organization, LinkLimits.NONE))
        .refuses(
            Operation.ROTATE_LINK,
            it -> it.benefits.invitations().rotateLink(it.operator, it.organization))
        .everyPair();
  }
}
