package io.acpbenefits.examrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.examrecord.FeedReport.Problem;
import io.acpbenefits.registration.IdPair;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvExamRecordFeedTest {

  private static final String HEADER = "candidate_id,registration_id,exam_id,taken_at,outcome";
  private static final String TIME = "2026-03-01T09:00:00Z";

  private final CoreFixture it = new CoreFixture();
  private int files;

  private FeedReport read(String csv) {
    return read(new CsvExamRecordFeed(new StringReader(csv)));
  }

  private FeedReport read(ExamRecordFeed feed) {
    FeedName name = FeedName.of("file-" + ++files);
    return it.benefits.examRecords().importFrom(Actor.system(), name, feed);
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
    assertThat(
            read("\uFEFF" + HEADER + "\n\"C,1\", R-1 ,cloud, " + TIME + " ,\"PASS\"\n")
                .counts()
                .stored())
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
            text -> assertThat(text).contains("not in the catalogue").doesNotContain("unknown"),
            text -> assertThat(text).contains("taken_at", "ISO-8601"),
            text -> assertThat(text).contains("outcome", "PASS, FAIL, NO_SHOW"),
            text -> assertThat(text).contains("expected 6 fields", "found 3"),
            text -> assertThat(text).contains("expected 6 fields", "found 7"),
            text -> assertThat(text).contains("score", "50"),
            text -> assertThat(text).contains("Candidate ID"));
    assertThat(report.counts().stored()).isEqualTo(2);
    assertThat(report.counts().repeated()).isOne();
    assertThat(report.counts().held()).isOne();
  }

  @Test
  void neverShowsABadVoucherCode() {
    FeedReport report =
        read(HEADER + ",voucher_code\nC-1,R-1,cloud," + TIME + ",PASS,SECRET CODE\n");
    assertThat(report.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).doesNotContain("SECRET"));
    assertThat(report.counts().stored()).isZero();
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
  void neverShowsTheFirstLineOfAFileWithoutAHeader() {
    assertThatThrownBy(() -> read("C-1,R-1,cloud," + TIME + ",PASS\n"))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("5 unknown columns, at the places [1, 2, 3, 4, 5]")
        .hasMessageNotContaining("C-1");
  }

  @Test
  void setsALineAsideWhoseBytesAreNotUtf8() {
    byte[] latin =
        (HEADER + "\nC-\u00e9,R-1,cloud," + TIME + ",PASS\nC-2,R-2,cloud," + TIME + ",PASS\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    FeedReport report = read(new CsvExamRecordFeed(new ByteArrayInputStream(latin)));

    assertThat(report.problems())
        .containsExactly(
            new Problem(
                2, "candidate_id: has characters that are not UTF-8; save the file as UTF-8"));
    assertThat(report.counts().stored()).isOne();
    assertThat(stored("C-2", "R-2").outcome()).isEqualTo(ExamOutcome.PASS);
  }

  @Test
  void readsBytesAsUtf8WithAByteOrderMark() {
    byte[] bytes =
        ("\uFEFF" + HEADER + "\nC-\u00e9,R-1,cloud," + TIME + ",PASS\n")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(read(new CsvExamRecordFeed(new ByteArrayInputStream(bytes))).counts().stored())
        .isOne();
    assertThat(stored("C-\u00e9", "R-1").outcome()).isEqualTo(ExamOutcome.PASS);
  }

  @Test
  void aCellHasAThousandCharactersAtMost() {
    FeedReport report =
        read(
            HEADER
                + ",voucher_code\n"
                + row("C-1,R-1", "x".repeat(1000))
                + row("C-2,R-2", "x".repeat(1001))
                + row("C-3,R-3", ""));
    assertThat(report.problems())
        .extracting(Problem::text)
        .satisfiesExactly(
            text -> assertThat(text).contains("4 to 64"),
            text ->
                assertThat(text)
                    .isEqualTo("voucher_code: expected at most 1000 characters, found 1001"));
    assertThat(report.counts().stored()).isOne();
  }

  private static String row(String ids, String voucher) {
    return ids + ",cloud," + TIME + ",PASS," + voucher + "\n";
  }

  @Test
  void whatALineTooLongComesAfterStands() {
    FeedName name = FeedName.of("long");
    assertThatThrownBy(
            () ->
                it.benefits
                    .examRecords()
                    .importFrom(
                        it.operator,
                        name,
                        new CsvExamRecordFeed(
                            new StringReader(
                                HEADER
                                    + "\nC-1,R-1,cloud,"
                                    + TIME
                                    + ",PASS\n\""
                                    + "x".repeat(300_000)))))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("262144");
    assertThat(it.benefits.examRecords().imported(it.operator, name))
        .get()
        .extracting(FeedImport::state, FeedImport::lastLine, i -> i.counts().stored())
        .containsExactly(FeedState.STOPPED, 2L, 1L);
  }

  @Test
  void readsCorrectionsAndInvalidations() {
    FeedReport report =
        read(
            HEADER
                + ",kind\nC-1,R-1,cloud,"
                + TIME
                + ",FAIL,RESULT\nC-1,R-1,cloud,"
                + TIME
                + ",PASS,CORRECTION\nC-2,R-2,cloud,"
                + TIME
                + ",PASS,\nC-2,R-2,cloud,"
                + TIME
                + ",,INVALIDATION\nC-3,R-3,cloud,"
                + TIME
                + ",,CORRECTION\nC-4,R-4,cloud,"
                + TIME
                + ",PASS,MAYBE\n");
    assertThat(report.counts()).isEqualTo(new FeedCounts(2, 1, 1, 0, 0, 2));
    assertThat(report.problems())
        .extracting(Problem::text)
        .satisfiesExactly(
            text -> assertThat(text).contains("outcome", "PASS, FAIL, NO_SHOW"),
            text -> assertThat(text).contains("kind", "RESULT, CORRECTION, INVALIDATION"));
    assertThat(stored("C-1", "R-1").outcome()).isEqualTo(ExamOutcome.PASS);
    assertThat(stored("C-2", "R-2").state()).isEqualTo(ExamRecordState.INVALIDATED);
  }

  @Test
  void aTimeThatNoDatabaseKeepsIsAProblemOfItsLine() {
    FeedReport report =
        read(
            HEADER
                + "\nC-1,R-1,cloud,+1000000000-12-31T00:00:00Z,PASS"
                + "\nC-2,R-2,cloud,1899-12-31T23:59:59Z,PASS"
                + "\nC-3,R-3,cloud,1900-01-01T00:00:00Z,PASS"
                + "\nC-4,R-4,cloud,9998-12-31T23:59:59Z,PASS"
                + "\nC-5,R-5,cloud,9999-01-01T00:00:00Z,PASS\n");
    assertThat(report.problems()).extracting(Problem::line).containsExactly(2L, 3L, 6L);
    assertThat(report.counts().stored()).isEqualTo(2);
  }

  @Test
  void aFileWithAHeaderOnlyBringsNothing() {
    assertThat(read(HEADER + "\n")).isEqualTo(new FeedReport(FeedCounts.NONE, List.of()));
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
