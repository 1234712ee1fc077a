package io.acpbenefits.invitation;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class JoinRequestLifecycleTest {

  private record Asked(CoreFixture it, JoinRequestId id) {

    static Asked and(Consumer<Asked> then) {
      CoreFixture it = new CoreFixture();
      Asked asked = new Asked(it, it.request(it.ann).requestId());
      then.accept(asked);
      return asked;
    }

    JoinRequests requests() {
      return it.benefits.joinRequests();
    }

    void approve() {
      requests().approve(it.owner, id);
    }

    void reject() {
      requests().reject(it.owner, id);
    }

    void withdraw() {
      requests().withdraw(new Actor.Account(it.ann), id);
    }

    void expire() {
      it.clock.advance(Duration.ofDays(30));
      requests().expireIfDue(Actor.system(), id);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<JoinRequestState, Asked>(
            JoinRequestState.lifecycle(),
            asked -> asked.requests().get(Actor.system(), asked.id).state())
        .in(JoinRequestState.SUBMITTED, () -> Asked.and(asked -> {}))
        .in(JoinRequestState.APPROVED, () -> Asked.and(Asked::approve))
        .in(JoinRequestState.REJECTED, () -> Asked.and(Asked::reject))
        .in(JoinRequestState.WITHDRAWN, () -> Asked.and(Asked::withdraw))
        .in(JoinRequestState.EXPIRED, () -> Asked.and(Asked::expire))
        .refuses(Operation.APPROVE_JOIN_REQUEST, Asked::approve)
        .refuses(Operation.REJECT_JOIN_REQUEST, Asked::reject)
        .refuses(Operation.WITHDRAW_JOIN_REQUEST, Asked::withdraw)
        .ignores(Operation.EXPIRE_JOIN_REQUEST, Asked::expire)
        .everyPair();
  }
}
