package io.acpbenefits.examrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.examrecord.FeedReport.Problem;
import io.acpbenefits.registration.IdPair;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvExamRecordFeedTest {

  private static final String HEADER = "candidate_id,registration_id,exam_id,taken_at,outcome";
  private static final String TIME = "2026-03-01T09:00:00Z";

  private final CoreFixture it = new CoreFixture();

  private FeedReport read(String csv) {
    return it.benefits
        .examRecords()
        .importFrom(Actor.system(), new CsvExamRecordFeed(new StringReader(csv)));
  }

  private ExamRecord stored(String candidateId, String registrationId) {
    return it.benefits
        .examRecords()
        .standing(Actor.system(), new IdPair(candidateId, registrationId), it.cloud)
        .orElseThrow();
  }

  @Test
  void readsColumnsInAnyOrderWithAndWithoutTheOptionalOnes() {
    read(HEADER + "\nC-1,R-1,cloud," + TIME + ",PASS\n");
    read(
        "score,outcome,voucher_code,exam_id,registration_id,taken_at,candidate_id\r\n"
            + "88,FAIL,,cloud,R-2,"
            + TIME
            + ",C-2\r\n");

    assertThat(stored("C-1", "R-1"))
        .extracting(ExamRecord::outcome, ExamRecord::score, ExamRecord::takenAt)
        .containsExactly(ExamOutcome.PASS, null, it.start);
    assertThat(stored("C-2", "R-2"))
        .extracting(ExamRecord::outcome, ExamRecord::score)
        .containsExactly(ExamOutcome.FAIL, "88");
  }

  @Test
  void takesAByteOrderMarkQuotesAndBlanksAroundValues() {
    assertThat(read("\uFEFF" + HEADER + "\n\"C,1\", R-1 ,cloud, " + TIME + " ,\"PASS\"\n").stored())
        .isOne();
    assertThat(stored("C,1", "R-1").outcome()).isEqualTo(ExamOutcome.PASS);
  }

  @Test
  void setsBadLinesAsideByTheirNumberWhileGoodOnesStand() {
    FeedReport report =
        read(
            String.join(
                "\n",
                HEADER + ",score",
                "C-1,R-1,cloud," + TIME + ",PASS,",
                ",R-2,cloud," + TIME + ",PASS,",
                "C-3,R-3,unknown," + TIME + ",PASS,",
                "C-4,R-4,cloud,yesterday,PASS,",
                "C-5,R-5,cloud," + TIME + ",PASSED,",
                "C-6,R-6,cloud",
                "C-7,R-7,cloud," + TIME + ",PASS,90,extra",
                "C-8,R-8,cloud," + TIME + ",PASS," + "9".repeat(51),
                "\"C-9\nC-9\",R-9,cloud," + TIME + ",PASS,",
                "C-1,R-1,cloud," + TIME + ",PASS,",
                "C-1,R-1,cloud," + TIME + ",FAIL,",
                "C-10,R-10,cloud," + TIME + ",NO_SHOW,",
                ""));

    assertThat(report.problems())
        .extracting(Problem::line)
        .containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(report.problems())
        .extracting(Problem::text)
        .satisfiesExactly(
            text -> assertThat(text).contains("Candidate ID"),
            text -> assertThat(text).contains("unknown"),
            text -> assertThat(text).contains("taken_at", "ISO-8601"),
            text -> assertThat(text).contains("outcome", "PASS, FAIL, NO_SHOW"),
            text -> assertThat(text).contains("expected 6 fields", "found 3"),
            text -> assertThat(text).contains("expected 6 fields", "found 7"),
            text -> assertThat(text).contains("score"),
            text -> assertThat(text).contains("Candidate ID"));
    assertThat(report.stored()).isEqualTo(2);
    assertThat(report.repeated()).isOne();
    assertThat(report.held()).isOne();
  }

  @Test
  void neverShowsABadVoucherCode() {
    FeedReport report =
        read(HEADER + ",voucher_code\nC-1,R-1,cloud," + TIME + ",PASS,SECRET CODE\n");
    assertThat(report.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).doesNotContain("SECRET"));
    assertThat(report.stored()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "candidate_id,registration_id,exam_id,taken_at\n",
        HEADER + ",colour\nC-1,R-1,cloud," + TIME + ",PASS,red\n",
        HEADER + ",outcome\nC-1,R-1,cloud," + TIME + ",PASS,PASS\n",
        "Candidate_id,registration_id,exam_id,taken_at,outcome\nC-1,R-1,cloud," + TIME + ",PASS\n",
      })
  void refusesAFileWithoutExactlyTheKnownColumns(String csv) {
    assertThatThrownBy(() -> read(csv))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("column");
    assertThat(it.number("SELECT COUNT(*) FROM acp_exam_record")).isZero();
  }

  @Test
  void aFileWithAHeaderOnlyBringsNothing() {
    assertThat(read(HEADER + "\n")).isEqualTo(new FeedReport(0, 0, 0, List.of()));
  }

  @Test
  void refusesAFileThatIsNotCsv() {
    assertThatThrownBy(() -> read(HEADER + "\n\"C-1"))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("not CSV");
    assertThatThrownBy(() -> read(HEADER + "\n" + "x".repeat(1_000_000)))
        .isInstanceOf(BenefitsException.class);
  }
}
