package io.acpbenefits.certificate;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.HalfMatch;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person is told of a binding. */
class BindingExplanationTest {

  private static final IdPair IDS = new IdPair("Cand-1", "Reg-1");
  private static final IdPair SAME_CANDIDATE = new IdPair("Cand-1", "Reg-2");
  private static final IdPair SAME_REGISTRATION = new IdPair("Cand-2", "Reg-1");
  private static final String ALIKE =
      "A record that is late and an id that is mistyped look alike.";
  private static final String REGISTRATION_ID_MAY_BE = "the Registration ID may be mistyped";
  private static final String CANDIDATE_ID_MAY_BE = "the Candidate ID may be mistyped";

  private final CoreFixture it = new CoreFixture();
  private final Actor.Account ann = new Actor.Account(it.ann);
  private final Actor.Account ben = new Actor.Account(it.ben);

  private static BindingId submitted(CoreFixture on) {
    Actor.Account account = new Actor.Account(on.ann);
    return on.benefits.bindings().submit(account, on.cloud, IDS).bindingId();
  }

  private BindingId submitted() {
    return submitted(it);
  }

  private void theWindowPasses(BindingId id) {
    it.clock.advance(Duration.ofDays(3));
    it.benefits.bindings().lastTry(Actor.system(), id);
  }

  private List<String> told(BindingId id) {
    BindingExplanation explanation = it.benefits.bindings().explain(ann, id);
    assertThat(explanation.bindingId()).isEqualTo(id);
    assertThat(String.join(" ", explanation.sentences()))
        .doesNotContain("Cand-", "Reg-", "FAIL", it.ben.value());
    return explanation.sentences();
  }

  @Test
  void saysUntilWhenTheRecordIsWaitedFor() {
    assertThat(told(submitted()))
        .hasSize(2)
        .contains(ALIKE)
        .first()
        .asString()
        .contains("waited for until " + it.start.plus(Duration.ofDays(3)));
  }

  @Test
  void countsTheTriesThatAreLeft() {
    CoreFixture patient =
        new CoreFixture(
            Policies.DEFAULT.with(BindingPolicy.DEFAULT.withTries(3, Duration.ofDays(2))));
    BindingId id = submitted(patient);
    String end = "until " + patient.start.plus(Duration.ofDays(7));
    CertificateBindings theirs = patient.benefits.bindings();
    assertThat(theirs.explain(Actor.system(), id).sentences().get(0)).contains(end);

    patient.clock.advance(Duration.ofDays(3));
    theirs.lastTry(Actor.system(), id);
    assertThat(theirs.explain(Actor.system(), id).sentences().get(0)).contains(end);
  }

  @Test
  void saysUntilWhenIdsCanBeCorrected() {
    BindingId id = submitted();
    theWindowPasses(id);
    List<String> told = told(id);
    assertThat(told).hasSize(3).contains(ALIKE);
    assertThat(told.get(0)).contains("No exam record with these two ids was found in time");
    assertThat(told.get(1)).contains("corrected until " + it.start.plus(Duration.ofDays(33)));
  }

  @Test
  void hintsAtTheRegistrationIdWhereTheCandidateIdIsKnown() {
    BindingId id = submitted();
    it.record(SAME_CANDIDATE, ExamOutcome.FAIL);
    assertHints(id, REGISTRATION_ID_MAY_BE);
    theWindowPasses(id);
    assertHints(id, REGISTRATION_ID_MAY_BE);
  }

  @Test
  void hintsAtTheCandidateIdWhereTheRegistrationIdIsKnown() {
    BindingId id = submitted();
    it.record(SAME_REGISTRATION, ExamOutcome.PASS);
    assertHints(id, CANDIDATE_ID_MAY_BE);
    theWindowPasses(id);
    assertHints(id, CANDIDATE_ID_MAY_BE);
  }

  @Test
  void hintsAtEitherWhereEachIsKnownWithAnother() {
    BindingId id = submitted();
    it.record(SAME_CANDIDATE, ExamOutcome.PASS);
    it.record(SAME_REGISTRATION, ExamOutcome.PASS);
    assertHints(id, "either may be mistyped");
  }

  private void assertHints(BindingId id, String hint) {
    List<String> told = told(id);
    assertThat(told).contains(ALIKE);
    assertThat(told.stream().filter(sentence -> sentence.contains("may be mistyped")))
        .singleElement()
        .asString()
        .contains(hint);
  }

  @Test
  void givesNoHintByRecordsThatDoNotStandOrAreOfAnotherExam() {
    BindingId ofCloud = submitted();
    BindingId ofSecurity =
        it.benefits.bindings().submit(ann, it.security, SAME_REGISTRATION).bindingId();
    it.record(SAME_CANDIDATE, ExamOutcome.PASS);
    it.sql("UPDATE acp_exam_record SET state = 'INVALIDATED'");
    assertThat(told(ofCloud)).hasSize(2);

    it.record(new IdPair("Cand-2", "Reg-2"), ExamOutcome.PASS);
    assertThat(told(ofSecurity)).hasSize(2);
  }

  @Test
  void saysThatIdsAreSwapped() {
    BindingId id = submitted();
    it.record(IDS.swapped(), ExamOutcome.PASS);
    assertThat(told(id)).hasSize(3).last().asString().contains("in each other's place");
    theWindowPasses(id);
    assertThat(told(id)).hasSize(4).last().asString().contains("in each other's place");
  }

  @Test
  void saysThatTheExamWasNotPassed() {
    BindingId id = submitted();
    it.record(IDS, ExamOutcome.FAIL);
    assertThat(told(id)).hasSize(3).first().asString().contains("not passed");
  }

  @Test
  void saysThatTheCertificateIsBoundAlreadyButNotToWhom() {
    BindingId first = it.benefits.bindings().submit(ben, it.cloud, IDS).bindingId();
    it.clock.advance(Duration.ofSeconds(1));
    BindingId second = submitted();
    it.record(IDS, ExamOutcome.PASS);
    assertThat(it.benefits.bindings().get(Actor.system(), first).state())
        .isEqualTo(BindingState.BOUND);
    assertThat(told(second)).first().asString().contains("bound to an account already");
  }

  @Test
  void saysOneSentenceOfWhatIsOver() {
    BindingId failed = submitted();
    theWindowPasses(failed);
    it.benefits.bindings().giveUp(ann, failed);
    assertThat(told(failed)).singleElement().asString().contains("given up");

    it.record(IDS, ExamOutcome.PASS);
    assertThat(told(submitted())).singleElement().asString().contains("to no organization");
    it.member(it.ann);
    it.record(SAME_CANDIDATE, ExamOutcome.PASS);
    BindingId counting = it.benefits.bindings().submit(ann, it.cloud, SAME_CANDIDATE).bindingId();
    assertThat(told(counting)).singleElement().asString().contains("to an organization");
  }

  @Test
  void idsThatWereErasedHintAtNothing() {
    it.record(SAME_REGISTRATION, ExamOutcome.PASS);
    assertThat(half(IDS)).isEqualTo(HalfMatch.REGISTRATION_ID);
    assertThat(half(SAME_REGISTRATION)).isEqualTo(HalfMatch.NONE);

    it.sql("UPDATE acp_exam_record SET candidate_id = 'erased', registration_id = 'hash'");
    assertThat(half(new IdPair("erased", "Reg-1"))).isEqualTo(HalfMatch.NONE);
  }

  private HalfMatch half(IdPair ids) {
    return it.benefits.examRecords().halfMatch(Actor.system(), ids, it.cloud);
  }

  @Test
  void tellsNobodyElse() {
    BindingId id = submitted();
    assertRefused(Reason.NOT_FOUND, () -> it.benefits.bindings().explain(ben, id));
    assertThat(it.benefits.bindings().explain(it.operator, id).sentences()).isNotEmpty();
  }
}
