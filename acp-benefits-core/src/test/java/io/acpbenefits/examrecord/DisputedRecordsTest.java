package io.acpbenefits.examrecord;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamRecords.Receipt;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that contradict, correct or take away what was said before, and what operators do. */
class DisputedRecordsTest {

  private static final IdPair IDS = new IdPair("C-1", "R-1");

  private final CoreFixture it = new CoreFixture();
  private final ExamRecords records = it.benefits.examRecords();
  private final Actor.Account ann = new Actor.Account(it.ann);
  private final List<DomainEvent> told = new ArrayList<>();

  private ExamRecordLine line(
      ExamRecordKind kind, ExamOutcome outcome, @Nullable String score, Instant takenAt) {
    return new ExamRecordLine(IDS, it.cloud, takenAt, outcome, score, null, kind);
  }

  private Receipt receive(ExamRecordKind kind, ExamOutcome outcome, @Nullable String score) {
    it.clock.advance(Duration.ofSeconds(1));
    return records.receive(it.operator, line(kind, outcome, score, it.start));
  }

  private Receipt result(ExamOutcome outcome, @Nullable String score) {
    return receive(ExamRecordKind.RESULT, outcome, score);
  }

  private Receipt correct(ExamOutcome outcome, @Nullable String score) {
    return receive(ExamRecordKind.CORRECTION, outcome, score);
  }

  private Receipt invalidate() {
    return receive(ExamRecordKind.INVALIDATION, ExamOutcome.NO_SHOW, null);
  }

  private ExamRecord known() {
    return records.standing(Actor.system(), IDS, it.cloud).orElseThrow();
  }

  /** What was ever said, in its order, as in {@code PASS 90 RECEIVED}. */
  private List<String> said() {
    return records.history(it.operator, anyId()).stream()
        .map(r -> r.outcome() + " " + r.score() + " " + r.state())
        .toList();
  }

  private ExamRecordId anyId() {
    return heldOnes().stream()
        .findFirst()
        .or(() -> records.standing(Actor.system(), IDS, it.cloud))
        .orElseThrow()
        .recordId();
  }

  private List<ExamRecord> heldOnes() {
    return records.held(it.operator, PageRequest.first(10)).items();
  }

  private ExamRecordId heldOne() {
    assertThat(heldOnes()).hasSize(1);
    return heldOnes().get(0).recordId();
  }

  private void listen() {
    it.benefits.addListener(
        event -> {
          if (event.getClass().getSimpleName().startsWith("ExamRecord")) {
            told.add(event);
          }
        });
  }

  @Test
  void aCorrectionWithAnotherOutcomeTakesThePlaceOfWhatStands() {
    result(ExamOutcome.PASS, "90");
    ExamRecordId first = known().recordId();
    listen();

    assertThat(correct(ExamOutcome.FAIL, "40")).isEqualTo(Receipt.CORRECTED);

    assertThat(said()).containsExactly("PASS 90 INVALIDATED", "FAIL 40 RECEIVED");
    assertThat(told)
        .containsExactly(
            new ExamRecordInvalidated(first, it.cloud, ExamRecordState.INVALIDATED),
            new ExamRecordReceived(known().recordId(), it.cloud, ExamOutcome.FAIL, null));
    assertThat(known().kind()).isEqualTo(ExamRecordKind.CORRECTION);
  }

  @Test
  void aCorrectionToAPassMakesTheCertificate() {
    result(ExamOutcome.FAIL, null);
    correct(ExamOutcome.PASS, null);
    assertThat(it.benefits.certificates().byRecord(Actor.system(), known().recordId())).isPresent();
  }

  @Test
  void aCorrectionOfTheScoreKeepsTheRecordAndItsBoundCertificate() {
    result(ExamOutcome.PASS, "80");
    ExamRecord before = known();
    it.benefits.bindings().submit(ann, it.cloud, IDS);
    listen();

    assertThat(correct(ExamOutcome.PASS, "90")).isEqualTo(Receipt.CORRECTED);

    assertThat(known().recordId()).isEqualTo(before.recordId());
    assertThat(known())
        .extracting(ExamRecord::score, ExamRecord::kind, ExamRecord::accountId)
        .containsExactly("90", ExamRecordKind.CORRECTION, it.ann);
    assertThat(known().receivedAt()).isEqualTo(it.clock.instant());
    assertThat(said()).containsExactly("PASS 80 INVALIDATED", "PASS 90 RECEIVED");
    assertThat(records.history(it.operator, anyId()).get(0))
        .extracting(ExamRecord::receivedAt, ExamRecord::kind)
        .containsExactly(before.receivedAt(), ExamRecordKind.RESULT);
    assertThat(told)
        .containsExactly(new ExamRecordAmended(before.recordId(), it.cloud, ExamOutcome.PASS));
    assertThat(it.benefits.certificates().ofAccount(Actor.system(), it.ann)).hasSize(1);
    assertThat(it.number("SELECT COUNT(*) FROM acp_certificate")).isOne();
  }

  @Test
  void aCorrectionOfTheTimeAmendsToo() {
    result(ExamOutcome.FAIL, null);
    ExamRecordId id = known().recordId();
    Instant other = it.start.minusSeconds(60);
    assertThat(
            records.receive(
                it.operator, line(ExamRecordKind.CORRECTION, ExamOutcome.FAIL, null, other)))
        .isEqualTo(Receipt.CORRECTED);
    assertThat(known().takenAt()).isEqualTo(other);
    assertThat(known().recordId()).isEqualTo(id);
  }

  @Test
  void aCorrectionThatSaysTheSameIsARepeat() {
    result(ExamOutcome.PASS, "90");
    ExamRecord before = known();
    assertThat(correct(ExamOutcome.PASS, "90")).isEqualTo(Receipt.REPEATED);
    assertThat(known()).isEqualTo(before);
    correct(ExamOutcome.FAIL, "40");
    assertThat(correct(ExamOutcome.FAIL, "40")).isEqualTo(Receipt.REPEATED);
    assertThat(said()).hasSize(2);
  }

  @Test
  void aCorrectionWithoutAnythingBeforeStands() {
    assertThat(correct(ExamOutcome.PASS, null)).isEqualTo(Receipt.STORED);
    assertThat(known().state()).isEqualTo(ExamRecordState.RECEIVED);
    assertThat(it.number("SELECT COUNT(*) FROM acp_certificate")).isOne();
  }

  @Test
  void aCorrectionSettlesWhatWasHeld() {
    result(ExamOutcome.PASS, "90");
    result(ExamOutcome.FAIL, "40");
    assertThat(correct(ExamOutcome.FAIL, "40")).isEqualTo(Receipt.CORRECTED);
    assertThat(said())
        .containsExactly("PASS 90 INVALIDATED", "FAIL 40 INVALIDATED", "FAIL 40 RECEIVED");
    assertThat(heldOnes()).isEmpty();

    result(ExamOutcome.PASS, "91");
    assertThat(correct(ExamOutcome.FAIL, "41")).isEqualTo(Receipt.CORRECTED);
    assertThat(heldOnes()).isEmpty();
  }

  @Test
  void aCorrectionInheritsWhoseExamItWas() {
    ExamRegistrationId booking = book(IDS, Duration.ofDays(1));
    result(ExamOutcome.PASS, null);
    correct(ExamOutcome.FAIL, null);
    assertThat(known().accountId()).isEqualTo(it.ann);
    assertThat(it.benefits.registrations().get(ann, booking).state())
        .isEqualTo(ExamRegistrationState.DELIVERED);
  }

  @Test
  void whatARecordConcludedStaysWhenItIsCorrectedToANoShow() {
    ExamCode code = it.assignedToAnn("CODE1");
    it.benefits
        .registrations()
        .registerWithCode(ann, it.cloud, null, Delivery.ONLINE, it.in(Duration.ofDays(1)), IDS);
    result(ExamOutcome.PASS, null);
    correct(ExamOutcome.NO_SHOW, null);
    assertThat(it.benefits.examCodes().get(Actor.system(), code.codeId()).state())
        .isEqualTo(ExamCodeState.REDEEMED);
    assertThat(it.benefits.registrations().of(ann, it.ann, it.cloud))
        .extracting(r -> r.state())
        .containsExactly(ExamRegistrationState.DELIVERED);
  }

  @Test
  void aCorrectionDoesNotConcludeABookingForALaterSitting() {
    result(ExamOutcome.PASS, "80");
    ExamRegistrationId next = book(IDS, Duration.ofDays(30));
    correct(ExamOutcome.FAIL, null);
    assertThat(it.benefits.registrations().get(ann, next).state())
        .isEqualTo(ExamRegistrationState.SCHEDULED);
    assertThat(known().accountId()).isEqualTo(it.ann);
  }

  @Test
  void aCorrectionThatComesFirstConcludesTheBooking() {
    ExamRegistrationId booking = book(IDS, Duration.ofHours(2));
    correct(ExamOutcome.FAIL, null);
    assertThat(it.benefits.registrations().get(ann, booking).state())
        .isEqualTo(ExamRegistrationState.DELIVERED);
  }

  private ExamRegistrationId book(IdPair ids, Duration ahead) {
    return it.benefits
        .registrations()
        .registerSelfPaid(ann, it.cloud, Delivery.ONLINE, it.in(ahead), ids)
        .examRegistrationId();
  }

  @Test
  void anInvalidationTakesAwayWhatStandsAndWhatIsHeld() {
    result(ExamOutcome.PASS, "90");
    ExamRecordId stood = known().recordId();
    result(ExamOutcome.FAIL, "40");
    ExamRecordId held = heldOne();
    listen();

    assertThat(invalidate()).isEqualTo(Receipt.INVALIDATED);

    assertThat(told)
        .containsExactly(
            new ExamRecordInvalidated(stood, it.cloud, ExamRecordState.INVALIDATED),
            new ExamRecordInvalidated(held, it.cloud, ExamRecordState.INVALIDATED));
    assertThat(known().state()).isEqualTo(ExamRecordState.INVALIDATED);
    assertThat(invalidate()).isEqualTo(Receipt.REPEATED);
    assertThat(told).hasSize(2);
  }

  @Test
  void aResultThatComesAfterItsInvalidationIsHeld() {
    assertThat(invalidate()).isEqualTo(Receipt.INVALIDATED);
    assertThat(invalidate()).isEqualTo(Receipt.REPEATED);
    assertThat(result(ExamOutcome.PASS, "90")).isEqualTo(Receipt.HELD);
    assertThat(result(ExamOutcome.PASS, "90")).isEqualTo(Receipt.REPEATED);
    assertThat(it.number("SELECT COUNT(*) FROM acp_certificate")).isZero();
    assertThat(records.standing(Actor.system(), IDS, it.cloud)).isEmpty();
  }

  @Test
  void noResultResurrectsAfterAnInvalidation() {
    result(ExamOutcome.PASS, "90");
    invalidate();
    assertThat(result(ExamOutcome.PASS, "90")).isEqualTo(Receipt.REPEATED);
    assertThat(known().state()).isEqualTo(ExamRecordState.INVALIDATED);
    assertThat(result(ExamOutcome.PASS, "91")).isEqualTo(Receipt.HELD);
  }

  @Test
  void noResultResurrectsAfterACorrection() {
    result(ExamOutcome.PASS, "90");
    correct(ExamOutcome.FAIL, "40");
    assertThat(result(ExamOutcome.PASS, "90")).isEqualTo(Receipt.REPEATED);
    assertThat(result(ExamOutcome.PASS, "95")).isEqualTo(Receipt.HELD);
    assertThat(known().outcome()).isEqualTo(ExamOutcome.FAIL);
  }

  @Test
  void whatAnOperatorHeldIsNotPushedAsideByALateResult() {
    result(ExamOutcome.PASS, "90");
    records.hold(it.operator, known().recordId(), "doubtful");
    assertThat(result(ExamOutcome.PASS, "90")).isEqualTo(Receipt.REPEATED);
    assertThat(result(ExamOutcome.FAIL, "40")).isEqualTo(Receipt.HELD);
    assertThat(heldOnes()).hasSize(2);
    assertThat(records.standing(Actor.system(), IDS, it.cloud)).isEmpty();
  }

  @Test
  void aCorrectionAfterAnInvalidationStands() {
    result(ExamOutcome.PASS, "90");
    invalidate();
    assertThat(correct(ExamOutcome.PASS, "90")).isEqualTo(Receipt.CORRECTED);
    assertThat(known().state()).isEqualTo(ExamRecordState.RECEIVED);
  }

  @Test
  void aCorrectionMayLeadBackToWhatTheResultSaid() {
    result(ExamOutcome.PASS, "90");
    correct(ExamOutcome.FAIL, "40");
    assertThat(correct(ExamOutcome.PASS, "90")).isEqualTo(Receipt.CORRECTED);
    assertThat(known().outcome()).isEqualTo(ExamOutcome.PASS);
  }

  @Test
  void anOldCorrectionReadAgainIsHeldAndAskedAboutOnce() {
    result(ExamOutcome.PASS, "90");
    correct(ExamOutcome.FAIL, "40");
    correct(ExamOutcome.PASS, "91");
    assertThat(correct(ExamOutcome.FAIL, "40")).isEqualTo(Receipt.HELD);
    assertThat(correct(ExamOutcome.FAIL, "40")).isEqualTo(Receipt.REPEATED);
    assertThat(known().outcome()).isEqualTo(ExamOutcome.PASS);

    records.standInstead(it.operator, heldOne(), "confirmed");
    assertThat(known().outcome()).isEqualTo(ExamOutcome.FAIL);
  }

  @Test
  void anOldInvalidationReadAgainIsHeldAndCannotStand() {
    result(ExamOutcome.PASS, "90");
    invalidate();
    correct(ExamOutcome.PASS, "91");
    assertThat(invalidate()).isEqualTo(Receipt.HELD);
    assertThat(invalidate()).isEqualTo(Receipt.REPEATED);
    assertThat(known()).extracting(ExamRecord::score).isEqualTo("91");

    ExamRecordId doubt = heldOne();
    assertThat(refusal(() -> records.release(it.operator, doubt, "so")).reason())
        .isEqualTo(Reason.ILLEGAL_STATE);
    assertRefused(Reason.ILLEGAL_STATE, () -> records.standInstead(it.operator, doubt, "so"));
    assertThat(known()).extracting(ExamRecord::score).isEqualTo("91");
    records.invalidate(it.operator, doubt, "an old file");
    assertThat(heldOnes()).isEmpty();
  }

  @Test
  void releasingIsRefusedWhileAnotherRecordStands() {
    result(ExamOutcome.PASS, "90");
    ExamRecordId stands = known().recordId();
    result(ExamOutcome.FAIL, "40");
    ExamRecordId held = heldOne();

    assertThat(refusal(() -> records.release(it.operator, held, "genuine")))
        .hasMessageContaining("hold or invalidate that one first");
    records.hold(it.operator, stands, "wrong");
    assertThat(records.release(it.operator, held, "genuine").state())
        .isEqualTo(ExamRecordState.RECEIVED);
    assertThat(known().recordId()).isEqualTo(held);
    assertThat(heldOne()).isEqualTo(stands);
  }

  @Test
  void oneRecordStandsInsteadOfAnotherInOneGo() {
    result(ExamOutcome.FAIL, "40");
    ExamRecordId stands = known().recordId();
    result(ExamOutcome.PASS, "90");
    ExamRecordId held = heldOne();
    listen();

    records.standInstead(it.operator, held, "confirmed by phone");

    assertThat(told)
        .containsExactly(
            new ExamRecordInvalidated(stands, it.cloud, ExamRecordState.INVALIDATED),
            new ExamRecordReceived(held, it.cloud, ExamOutcome.PASS, null));
    assertThat(it.benefits.certificates().byRecord(Actor.system(), held)).isPresent();
    assertThat(it.benefits.audit().of(it.operator, stands.value(), PageRequest.first(5)).items())
        .last()
        .extracting(entry -> entry.why())
        .isEqualTo("confirmed by phone");
    assertRefused(Reason.ILLEGAL_STATE, () -> records.standInstead(it.operator, held, "again"));
  }

  @Test
  void standingInsteadOfNothingIsReleasing() {
    result(ExamOutcome.FAIL, "40");
    ExamRecordId id = known().recordId();
    records.hold(it.operator, id, "doubtful");
    records.standInstead(it.operator, id, "genuine");
    assertThat(known().recordId()).isEqualTo(id);
  }

  @Test
  void aReleasedRecordConcludesTheBookingAndTheCodeItNamed() {
    ExamCode code = it.assignedToAnn("CODE1");
    ExamRegistrationId booking =
        it.benefits
            .registrations()
            .registerWithCode(
                ann, it.cloud, null, Delivery.ONLINE, it.in(Duration.ofHours(1)), null)
            .examRegistrationId();
    invalidate();
    records.receive(
        it.operator,
        new ExamRecordLine(
            IDS,
            it.cloud,
            it.start,
            ExamOutcome.PASS,
            null,
            it.benefits.examCodes().reveal(ann, code.codeId())));
    assertThat(it.benefits.registrations().get(ann, booking).state())
        .isEqualTo(ExamRegistrationState.SCHEDULED);

    records.release(it.operator, heldOne(), "genuine");

    assertThat(known())
        .extracting(ExamRecord::accountId, ExamRecord::codeId)
        .containsExactly(it.ann, code.codeId());
    assertThat(it.benefits.registrations().get(ann, booking).state())
        .isEqualTo(ExamRegistrationState.DELIVERED);
    assertThat(it.benefits.examCodes().get(Actor.system(), code.codeId()).state())
        .isEqualTo(ExamCodeState.REDEEMED);
  }

  @Test
  void interventionsNeedAReasonAndAnOperator() {
    it.member(it.ann);
    it.member(it.ben);
    book(IDS, Duration.ofDays(1));
    result(ExamOutcome.FAIL, null);
    ExamRecordId id = known().recordId();
    assertRefused(Reason.INVALID_INPUT, () -> records.hold(it.operator, id, " "));
    assertRefused(Reason.INVALID_INPUT, () -> records.invalidate(it.operator, id, ""));
    assertRefused(Reason.NOT_PERMITTED, () -> records.hold(ann, id, "x"));
    assertRefused(Reason.NOT_PERMITTED, () -> records.hold(it.owner, id, "x"));
    Actor stranger = Actor.account("zoe");
    assertRefused(Reason.NOT_FOUND, () -> records.hold(stranger, id, "x"));
    assertRefused(Reason.NOT_FOUND, () -> records.invalidate(stranger, id, "x"));
    assertRefused(Reason.NOT_FOUND, () -> records.release(stranger, id, "x"));
    assertRefused(Reason.NOT_PERMITTED, () -> records.standInstead(stranger, id, "x"));
    assertRefused(Reason.NOT_FOUND, () -> records.get(stranger, id));
    assertRefused(Reason.NOT_FOUND, () -> records.history(stranger, id));
    assertRefused(Reason.NOT_PERMITTED, () -> records.get(ann, id));
    assertRefused(Reason.NOT_PERMITTED, () -> records.of(ann, it.ann, it.cloud));
    assertRefused(Reason.NOT_PERMITTED, () -> records.held(ann, PageRequest.first(1)));
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> records.receive(ann, line(ExamRecordKind.RESULT, ExamOutcome.PASS, null, it.start)));
    records.hold(it.operator, id, "doubtful");
    assertRefused(Reason.INVALID_INPUT, () -> records.release(it.operator, id, " "));
    assertRefused(Reason.INVALID_INPUT, () -> records.standInstead(it.operator, id, " "));
    assertThat(record(id).state()).isEqualTo(ExamRecordState.HELD);
  }

  private ExamRecord record(ExamRecordId id) {
    return records.get(it.operator, id);
  }

  @Test
  void onceItIsKnownWhoseExamItWasThatHoldsForAllThatWasSaidOfIt() {
    result(ExamOutcome.PASS, "80");
    result(ExamOutcome.FAIL, "40");
    correct(ExamOutcome.PASS, "90");
    assertThat(records.history(it.operator, anyId()))
        .extracting(ExamRecord::accountId)
        .containsOnlyNulls();
    it.benefits.bindings().submit(ann, it.cloud, IDS);
    result(ExamOutcome.FAIL, "41");
    invalidate();
    assertThat(records.history(it.operator, anyId()))
        .hasSize(5)
        .extracting(ExamRecord::accountId)
        .containsOnly(it.ann);
  }

  @Test
  void whatIsInDoubtDoesNotSayWhoseExamItWas() {
    ExamCode code = it.assignedToAnn("CODE1");
    result(ExamOutcome.PASS, "80");
    records.receive(
        it.operator,
        new ExamRecordLine(
            IDS,
            it.cloud,
            it.start,
            ExamOutcome.FAIL,
            null,
            it.benefits.examCodes().reveal(ann, code.codeId())));
    assertThat(known().accountId()).isNull();
    assertThat(heldOnes()).extracting(ExamRecord::accountId).containsExactly(it.ann);
    correct(ExamOutcome.PASS, "81");
    assertThat(known().accountId()).isNull();
  }

  @Test
  void whatComesAfterTheIdsWereErasedStillBelongsToWhatCameBefore() {
    result(ExamOutcome.PASS, "90");
    it.benefits.bindings().submit(ann, it.cloud, IDS);
    it.benefits.erasures().erase(it.operator, it.ann, "asked for");

    assertThat(result(ExamOutcome.PASS, "90")).isEqualTo(Receipt.REPEATED);
    assertThat(result(ExamOutcome.FAIL, "40")).isEqualTo(Receipt.HELD);
    assertThat(correct(ExamOutcome.FAIL, "41")).isEqualTo(Receipt.CORRECTED);

    assertThat(known().outcome()).isEqualTo(ExamOutcome.FAIL);
    assertThat(said()).hasSize(3);
    assertThat(it.number("SELECT COUNT(*) FROM acp_exam_record WHERE candidate_id = 'C-1'"))
        .isZero();
  }

  @Test
  void heldRecordsComePageByPage() {
    result(ExamOutcome.PASS, "90");
    for (int score = 1; score <= 3; score++) {
      result(ExamOutcome.FAIL, "" + score);
    }
    Page<ExamRecord> first = records.held(it.operator, PageRequest.first(2));
    Page<ExamRecord> second =
        records.held(it.operator, PageRequest.first(2).then(first.next().orElseThrow()));
    assertThat(first.items()).extracting(ExamRecord::score).containsExactly("1", "2");
    assertThat(second.items()).extracting(ExamRecord::score).containsExactly("3");
    assertThat(second.next()).isEmpty();
  }
}
