package io.acpbenefits.examcode;

import static io.acpbenefits.examcode.ExamCodeState.ASSIGNED;
import static io.acpbenefits.examcode.ExamCodeState.EXPIRED;
import static io.acpbenefits.examcode.ExamCodeState.FORFEITED;
import static io.acpbenefits.examcode.ExamCodeState.ISSUED;
import static io.acpbenefits.examcode.ExamCodeState.REDEEMED;
import static io.acpbenefits.examcode.ExamCodeState.RESERVED;
import static io.acpbenefits.examcode.ExamCodeState.REVOKED;

import io.acpbenefits.Lifecycle;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ExamCodeLifecycleTest {

  private static final Duration WEEK = Duration.ofDays(7);

  private record Held(CodeFixture it, ExamCodeId id) {

    static Held in(Function<CodeFixture, ExamCodeId> arrangement) {
      CodeFixture it = new CodeFixture();
      return new Held(it, arrangement.apply(it));
    }
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<ExamCodeState, Held>(
            ExamCodeState.lifecycle(), held -> held.it().state(held.id()))
        .in(ISSUED, () -> Held.in(it -> it.issued("CODE1")))
        .in(ASSIGNED, () -> Held.in(it -> it.assigned("CODE1")))
        .in(
            RESERVED,
            () ->
                Held.in(
                    it -> {
                      ExamCodeId id = it.reserved("CODE1");
                      it.after(Duration.ofDays(10));
                      return id;
                    }))
        .in(
            REDEEMED,
            () ->
                Held.in(
                    it -> {
                      ExamCodeId id = it.assigned("CODE1");
                      it.use().redeem(id);
                      return id;
                    }))
        .in(FORFEITED, () -> Held.in(it -> it.forfeited("CODE1")))
        .in(
            EXPIRED,
            () ->
                Held.in(
                    it -> {
                      ExamCodeId id = it.assigned("CODE1");
                      it.core.clock.set(it.get(id).expiresAt());
                      return id;
                    }))
        .in(
            REVOKED,
            () ->
                Held.in(
                    it -> {
                      ExamCodeId id = it.assigned("CODE1");
                      it.interventions.revoke(it.core.operator, id, "stolen");
                      return id;
                    }))
        .refuses(
            Operation.ASSIGN_CODE,
            held -> held.it().codes.assign(held.it().core.owner, held.id(), held.it().core.ben))
        .refuses(
            Operation.RETURN_CODE,
            held -> held.it().codes.giveBack(held.it().core.owner, held.id()))
        .refuses(
            Operation.RESERVE_CODE,
            held ->
                held.it()
                    .use()
                    .reserve(
                        held.it().core.ann,
                        held.id(),
                        held.it().core.cloud,
                        held.it().core.in(WEEK),
                        held.it().core.in(WEEK)))
        .refuses(
            Operation.MOVE_RESERVATION,
            held ->
                held.it()
                    .use()
                    .extendReservation(held.id(), held.it().core.in(WEEK), held.it().core.in(WEEK)))
        .ignores(Operation.FREE_CODE, held -> held.it().use().free(held.id()))
        .ignores(Operation.REDEEM_CODE, held -> held.it().use().redeem(held.id()))
        .ignores(Operation.FORFEIT_CODE, held -> held.it().use().forfeit(held.id()))
        .refuses(
            Operation.RELEASE_CODE,
            held -> held.it().interventions.release(held.it().core.owner, held.id(), "never sat"))
        .refuses(
            Operation.DECIDE_CODE,
            held ->
                held.it()
                    .interventions
                    .decide(
                        held.it().core.owner,
                        held.id(),
                        CodeInterventions.Decision.REVOKE,
                        "never sat"))
        .refuses(
            Operation.REINSTATE_CODE,
            held ->
                held.it()
                    .interventions
                    .reinstate(held.it().core.operator, held.id(), "a doctor's note"))
        .refuses(
            Operation.EXTEND_CODE,
            held ->
                held.it()
                    .interventions
                    .extend(
                        held.it().core.operator,
                        held.id(),
                        held.it().get(held.id()).expiresAt().plus(WEEK),
                        "the test centre was closed"))
        .ignores(
            Operation.EXPIRE_CODE,
            held -> {
              held.it().after(Duration.ofDays(400));
              held.it().codes.settleDue();
            })
        .refuses(
            Operation.REVOKE_CODE,
            held -> held.it().interventions.revoke(held.it().core.operator, held.id(), "stolen"))
        .withReasons(ExamCodeLifecycleTest::told)
        .everyPair();
  }

  /** Of a code that nobody holds its would-be holder learns nothing, not even the state. */
  private static Reason told(ExamCodeState state, Operation operation) {
    if (state == ISSUED && operation == Operation.RESERVE_CODE) {
      return Reason.NOT_FOUND;
    }
    return state == EXPIRED ? Reason.CODE_EXPIRED : Reason.ILLEGAL_STATE;
  }
}
