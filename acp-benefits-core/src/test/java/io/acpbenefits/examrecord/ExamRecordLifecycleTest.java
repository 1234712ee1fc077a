package io.acpbenefits.examrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.registration.IdPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExamRecordLifecycleTest {

  private static final IdPair IDS = new IdPair("C-1", "R-1");

  /** A record that nothing contradicts; it was failed, so that nothing hangs on it. */
  private static final class Arrived {

    final CoreFixture it = new CoreFixture();
    final ExamRecords records = it.benefits.examRecords();
    final ExamRecordId id;

    Arrived() {
      it.record(IDS, ExamOutcome.FAIL);
      id = records.standing(Actor.system(), IDS, it.cloud).orElseThrow().recordId();
    }

    Arrived held() {
      records.hold(it.operator, id, "doubtful");
      return this;
    }

    Arrived invalidated() {
      records.invalidate(it.operator, id, "wrong");
      return this;
    }
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<ExamRecordState, Arrived>(
            ExamRecordState.lifecycle(), it -> it.records.get(it.it.operator, it.id).state())
        .in(ExamRecordState.RECEIVED, Arrived::new)
        .in(ExamRecordState.HELD, () -> new Arrived().held())
        .in(ExamRecordState.INVALIDATED, () -> new Arrived().invalidated())
        .refuses(Operation.HOLD_RECORD, Arrived::held)
        .refuses(
            Operation.RELEASE_RECORD, it -> it.records.release(it.it.operator, it.id, "genuine"))
        .refuses(Operation.INVALIDATE_RECORD, Arrived::invalidated)
        .everyPair();
  }

  @Test
  void everyTransitionIsInTheAuditAndTold() {
    Arrived arrived = new Arrived();
    List<DomainEvent> told = new ArrayList<>();
    arrived.it.benefits.addListener(told::add);
    arrived.held();
    arrived.records.release(arrived.it.operator, arrived.id, " genuine ");
    arrived.invalidated();

    assertThat(
            arrived
                .it
                .benefits
                .audit()
                .of(arrived.it.operator, arrived.id.value(), PageRequest.first(10))
                .items())
        .extracting(
            e -> e.operation() + " " + e.fromState() + ">" + e.toState(),
            e -> e.madeBy() + " " + e.why())
        .containsExactly(
            tuple("RECEIVE_RECORD null>RECEIVED", "system null"),
            tuple("HOLD_RECORD RECEIVED>HELD", "operator:otto doubtful"),
            tuple("RELEASE_RECORD HELD>RECEIVED", "operator:otto genuine"),
            tuple("INVALIDATE_RECORD RECEIVED>INVALIDATED", "operator:otto wrong"));
    assertThat(told)
        .filteredOn(event -> event.getClass().getSimpleName().startsWith("ExamRecord"))
        .containsExactly(
            new ExamRecordInvalidated(arrived.id, arrived.it.cloud, ExamRecordState.HELD),
            new ExamRecordReceived(arrived.id, arrived.it.cloud, ExamOutcome.FAIL, null),
            new ExamRecordInvalidated(arrived.id, arrived.it.cloud, ExamRecordState.INVALIDATED));
  }
}
