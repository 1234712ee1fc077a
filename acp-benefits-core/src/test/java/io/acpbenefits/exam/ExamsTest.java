package io.acpbenefits.exam;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExamsTest {

  private final CoreFixture it = new CoreFixture();
  private final Exams exams = it.benefits.exams();

  private static Exam named(String id, String name) {
    return new Exam(ExamId.of(id), name, ExamLevel.ACE, null, null, null, null);
  }

  @Test
  void keepsEverythingThatTheCatalogueSays() {
    Exam exam =
        new Exam(
            ExamId.of("data"),
            "Big Data",
            ExamLevel.ACE,
            "ACE Big Data",
            "https://example.org/data.pdf",
            it.start,
            it.start.plusSeconds(1));
    exams.add(it.operator, exam);

    assertThat(exams.get(Actor.system(), exam.examId())).isEqualTo(exam);
    assertThat(exams.all(Actor.system()))
        .extracting(Exam::examId)
        .contains(it.cloud, it.security, exam.examId());
  }

  @Test
  void refusesAnIdOrANameThatIsTaken() {
    assertRefused(Reason.ALREADY_EXISTS, () -> exams.add(it.operator, named("cloud", "Other")));
    assertRefused(
        Reason.ALREADY_EXISTS, () -> exams.add(it.operator, named("x", " cloud\u00a0 COMPUTING ")));
    assertThat(exams.all(Actor.system())).hasSize(2);
  }

  @Test
  void findsAnExamByTheNameThatPeoplePaste() {
    for (String pasted :
        new String[] {"Cloud Computing", "\u00a0cloud   computing\t", "CLOUD\u00a0COMPUTING"}) {
      assertThat(exams.findByName(Actor.system(), pasted)).map(Exam::examId).contains(it.cloud);
    }
    assertThat(exams.findByName(Actor.system(), "CloudComputing")).isEmpty();
  }

  @Test
  void refusesAnAccountAsActor() {
    assertRefused(Reason.NOT_PERMITTED, () -> exams.add(it.owner, named("x", "X")));
  }

  @Test
  void refusesImpossibleNamesTimesAndLengths() {
    assertRefused(Reason.INVALID_INPUT, () -> named("x", " "));
    assertRefused(Reason.INVALID_INPUT, () -> named("x", "x".repeat(501)));
    assertRefused(
        Reason.INVALID_INPUT,
        () ->
            new Exam(
                it.cloud, "X", ExamLevel.ACP, null, null, it.start, it.start.minusNanos(1000)));
    assertRefused(
        Reason.INVALID_INPUT,
        () -> new Exam(it.cloud, "X", ExamLevel.ACP, "x".repeat(501), null, null, null));
    assertRefused(
        Reason.INVALID_INPUT,
        () -> new Exam(it.cloud, "X", ExamLevel.ACP, null, "x".repeat(2001), null, null));
  }

  @Test
  void knowsNoExamThatWasNeverAdded() {
    assertRefused(Reason.NOT_FOUND, () -> exams.get(Actor.system(), ExamId.of("x")));
    assertThat(exams.find(Actor.system(), ExamId.of("x"))).isEmpty();
  }

  @Test
  void goesOffSaleAndEndsAtExactlyTheNamedInstants() {
    Instant offSale = it.start.plusSeconds(10);
    Instant end = it.start.plusSeconds(20);
    Exam exam = exams.get(Actor.system(), it.retiringExam(offSale, end));

    exam.requireOnSale(offSale.minusNanos(1));
    assertRefused(Reason.EXAM_RETIRED, () -> exam.requireOnSale(offSale));
    exam.requireAlive(end.minusNanos(1));
    assertRefused(Reason.EXAM_RETIRED, () -> exam.requireAlive(end));
  }

  @Test
  void anExamWithoutEndOfSaleCanBeAppliedForUntilItsEnd() {
    Instant end = it.start.plusSeconds(20);
    Exam exam = new Exam(it.cloud, "X", ExamLevel.ACP, null, null, null, end);

    exam.requireOnSale(end.minusNanos(1));
    assertRefused(Reason.EXAM_RETIRED, () -> exam.requireOnSale(end));
  }
}
