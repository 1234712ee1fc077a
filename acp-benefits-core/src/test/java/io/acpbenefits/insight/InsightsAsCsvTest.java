package io.acpbenefits.insight;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.acpbenefits.AllPages;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.IdPair;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InsightsAsCsvTest {

  /**
   * An account's and an exam's name as somebody might choose them to harm whoever opens the file.
   */
  private static final AccountId HOSTILE = AccountId.of("=HYPERLINK(\"http://x\",\"a\")");

  private static final ExamId PLUS = ExamId.of("+plus");

  private final CoreFixture it = new CoreFixture();

  private String csv(Consumer<OutputStream> export) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export.accept(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private InsightsAsCsv as() {
    return it.benefits.insights().csv(it.owner, it.acme);
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  private void hostileExam() {
    it.benefits
        .exams()
        .add(
            it.operator,
            new Exam(
                PLUS,
                "  @SUM(1,2) \"Größe\"",
                ExamLevel.ACE,
                null,
                null,
                it.in(Duration.ofDays(9)),
                it.in(Duration.ofDays(10))));
  }

  private void certificate(AccountId account, ExamId exam, String candidate) {
    IdPair ids = new IdPair(candidate, "R");
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(ids, exam, it.clock.instant(), ExamOutcome.PASS, null, null));
    it.benefits.bindings().submit(new Actor.Account(account), exam, ids);
  }

  @Test
  void tallyAndWhatIf() {
    hostileExam();
    it.member(it.ann);
    it.member(HOSTILE);
    certificate(it.ann, it.cloud, "C-1");
    certificate(it.ann, PLUS, "C-2");
    certificate(HOSTILE, PLUS, "C-3");

    assertThat(csv(as()::tally))
        .isEqualTo(
            lines(
                "exam_id,exam_name,level,certificates,people",
                "'+plus,\"'  @SUM(1,2) \"\"Größe\"\"\",ACE,2,2",
                "cloud,Cloud Computing,ACP,1,1"));
    assertThat(csv(out -> as().tally(it.start, out))).isEqualTo(csv(as()::tally));
    assertThat(csv(out -> as().tally(it.start.minusSeconds(1), out)))
        .isEqualTo(lines("exam_id,exam_name,level,certificates,people"));
    assertThat(csv(out -> as().tallyByLevel(it.start, out))).isEqualTo(csv(as()::tallyByLevel));
    assertThat(csv(as()::tallyByLevel))
        .isEqualTo(lines("level,certificates,people", "ACP,1,1", "ACE,2,2"));
    WhatIf supposed = WhatIf.NOTHING.leaves(it.ann).passes(HOSTILE, it.security);
    assertThat(csv(out -> as().whatIf(supposed, out)))
        .isEqualTo(
            lines(
                "exam_id,exam_name,level,certificates_now,people_now,certificates_then,people_then,"
                    + "certificates_difference,people_difference",
                "'+plus,\"'  @SUM(1,2) \"\"Größe\"\"\",ACE,2,2,1,1,-1,-1",
                "cloud,Cloud Computing,ACP,1,1,0,0,-1,-1",
                "security,Cloud Security,ACP,0,0,1,1,1,1"));
    assertThat(csv(out -> as().whatIfByLevel(supposed, out)))
        .isEqualTo(
            lines(
                "level,certificates_now,people_now,certificates_then,people_then,"
                    + "certificates_difference,people_difference",
                "ACP,1,1,1,1,0,0",
                "ACE,2,2,1,1,-1,-1"));
  }

  @Test
  void codesAndSuggestions() {
    hostileExam();
    it.quota(ExamLevel.ACE, 5);
    it.member(HOSTILE);
    it.codes(PLUS, "SECRET-1", "SECRET-2");
    var codes =
        AllPages.of(
            page -> it.benefits.examCodes().ofPartner(it.owner, it.acme, CodeFilter.ALL, page));
    var assigned = it.benefits.examCodes().assign(it.owner, it.acme, PLUS, HOSTILE).codeId();
    var issued = codes.stream().filter(c -> !c.codeId().equals(assigned)).findFirst().orElseThrow();
    String name = "\"'  @SUM(1,2) \"\"Größe\"\"\"";
    String hostile = "\"'=HYPERLINK(\"\"http://x\"\",\"\"a\"\")\"";

    String expiring = csv(out -> as().expiringCodes(Duration.ofDays(30), out));
    assertThat(expiring.lines().skip(1))
        .containsExactlyInAnyOrder(
            assigned + ",'+plus," + name + ",ASSIGNED," + hostile + ",2026-03-11T09:00:00Z,,,",
            issued.codeId() + ",'+plus," + name + ",ISSUED,,2026-03-11T09:00:00Z,olga,,");
    assertThat(expiring)
        .startsWith(
            "code_id,exam_id,exam_name,state,holder,expires_at,suggestion_1,suggestion_2,"
                + "suggestion_3\r\n")
        .doesNotContain("SECRET");
    String retiring = csv(out -> as().retiringCodes(Duration.ofDays(30), out));
    assertThat(retiring.lines())
        .hasSize(3)
        .contains(
            "code_id,exam_id,exam_name,state,holder,expires_at,end_of_sale,end_of_life",
            issued.codeId()
                + ",'+plus,"
                + name
                + ",ISSUED,,2026-03-11T09:00:00Z,2026-03-10T09:00:00Z,2026-03-11T09:00:00Z");
    assertThat(retiring).doesNotContain("SECRET");
    assertThat(csv(out -> as().suggestions(it.cloud, out)))
        .isEqualTo(
            lines(
                "rank,member,because,member_since",
                "1," + hostile + ",NO_CERTIFICATE_OF_LEVEL,2026-03-01T09:00:00Z",
                "2,olga,NO_CERTIFICATE_OF_LEVEL,2026-03-01T09:00:00Z"));
  }

  @Test
  void funnel() {
    it.assignedToAnn("SECRET-1");
    it.benefits
        .registrations()
        .registerSelfPaid(
            new Actor.Account(it.ann), it.cloud, Delivery.ONLINE, it.in(Duration.ofDays(1)), null);
    String counts =
        "issued,assigned,booked_with_code,sat_with_code,passed_with_code,bound_with_code,"
            + "booked_self_paid,sat_self_paid,passed_self_paid,bound_self_paid";
    assertThat(csv(out -> as().funnel(it.start, it.in(Duration.ofDays(1)), out)))
        .isEqualTo(
            lines(
                "exam_id,exam_name,level," + counts,
                "cloud,Cloud Computing,ACP,1,1,0,0,0,0,1,0,0,0"));
    assertThat(csv(out -> as().funnelByLevel(it.start, it.in(Duration.ofDays(1)), out)))
        .isEqualTo(lines("level," + counts, "ACP,1,1,0,0,0,0,1,0,0,0"));
  }

  @Test
  void stuckPeople() {
    var request = it.request(HOSTILE);
    it.clock.advance(Duration.ofDays(7));
    assertThat(csv(out -> as().stuck(Patience.DEFAULT, out)))
        .isEqualTo(
            lines(
                "kind,person,exam_id,thing_id,since,until,taken_by,next_step",
                "JOIN_REQUEST_OVERDUE,\"'=HYPERLINK(\"\"http://x\"\",\"\"a\"\")\",,"
                    + request.requestId()
                    + ",2026-03-01T09:00:00Z,2026-03-31T09:00:00Z,OWNER,"
                    + "Approve or reject the join request. It ends at 2026-03-31T09:00:00Z."));
  }

  @Test
  void goesOnBehindThePageThatIsReadAtATime() {
    it.quota(ExamLevel.ACP, 2000);
    it.codes(IntStream.range(0, 703).mapToObj(i -> "CODE-" + i).toArray(String[]::new));
    String text = csv(out -> as().expiringCodes(Duration.ofDays(400), out));
    List<CsvRecord> rows = CsvReader.builder().ofCsvRecord(text).stream().toList();
    assertThat(rows).hasSize(704);
    assertThat(rows.stream().map(row -> row.getField(0)).distinct()).hasSize(704);
  }

  /** What is not read yet when the first bytes are written can still be taken away. */
  @Test
  void writesAPageBeforeItReadsTheNext() {
    it.quota(ExamLevel.ACP, 2000);
    it.codes(IntStream.range(0, 703).mapToObj(i -> "CODE-" + i).toArray(String[]::new));
    ByteArrayOutputStream written =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int from, int length) {
            if (size() == 0) {
              it.sql("UPDATE acp_exam_code SET state = 'REVOKED'");
            }
            super.write(bytes, from, length);
          }
        };
    as().expiringCodes(Duration.ofDays(400), written);
    assertThat(written.toString(StandardCharsets.UTF_8).lines()).hasSize(501);
  }
}
