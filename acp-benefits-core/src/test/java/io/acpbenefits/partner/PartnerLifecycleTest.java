package io.acpbenefits.partner;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PartnerLifecycleTest {

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<PartnerState, CoreFixture>(
            PartnerState.lifecycle(),
            it -> it.benefits.partners().get(Actor.system(), it.acme).state())
        .in(PartnerState.ACTIVE, CoreFixture::new)
        .in(
            PartnerState.SUSPENDED,
            () -> {
              CoreFixture it = new CoreFixture();
              it.benefits.partners().suspend(it.operator, it.acme, "unpaid");
              return it;
            })
        .in(
            PartnerState.TERMINATED,
            () -> {
              CoreFixture it = new CoreFixture();
              it.benefits.partners().terminate(it.operator, it.acme, "left");
              return it;
            })
        .refuses(
            Operation.CHANGE_PARTNER,
            it -> it.benefits.partners().describe(it.operator, it.acme, "Acme", "silver"))
        .refuses(
            Operation.SUSPEND_PARTNER,
            it -> it.benefits.partners().suspend(it.operator, it.acme, "unpaid"))
        .refuses(
            Operation.REINSTATE_PARTNER,
            it -> it.benefits.partners().reinstate(it.operator, it.acme, "paid"))
        .refuses(
            Operation.TERMINATE_PARTNER,
            it -> it.benefits.partners().terminate(it.operator, it.acme, "left"))
        .everyPair();
  }
}
