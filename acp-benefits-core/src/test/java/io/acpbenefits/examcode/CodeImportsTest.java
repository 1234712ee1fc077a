package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static io.acpbenefits.examcode.CodeFixture.TICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.AllPages;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.RowReport.Done;
import io.acpbenefits.examcode.RowReport.Problem;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.partner.PartnerId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeImportsTest {

  private final CodeFixture it = new CodeFixture();
  private final CodeImports imports = it.core.benefits.codeImports();
  private final Actor owner = it.core.owner;

  private RowReport details(String pasted) {
    return imports.details(owner, it.core.acme, pasted, false, null);
  }

  private RowReport csv(String text) {
    return csv(text.getBytes(StandardCharsets.UTF_8));
  }

  private RowReport csv(byte[] bytes) {
    return imports.csv(owner, it.core.acme, new ByteArrayInputStream(bytes), false, null);
  }

  private List<String> texts() {
    return AllPages.of(page -> it.codes.ofPartner(owner, it.core.acme, CodeFilter.ALL, page))
        .stream()
        .map(code -> code.examId() + " " + it.codes.reveal(owner, code.codeId()).value())
        .toList();
  }

  private static String numbered(int count, String format) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(format::formatted)
        .collect(Collectors.joining());
  }

  @Test
  void pastedDetailsBecomeIssuedCodesOfThePartnerWithoutQuota() {
    long consumed = it.core.onlyQuota().consumed();
    RowReport report = details("Cloud Computing [acpx7k2m9q] [ ACPX8L3N0R ]");

    assertThat(texts()).containsExactly("cloud ACPX7K2M9Q", "cloud ACPX8L3N0R");
    List<ExamCode> codes =
        AllPages.of(page -> it.codes.ofPartner(owner, it.core.acme, CodeFilter.ALL, page));
    assertThat(report)
        .isEqualTo(
            new RowReport(
                false,
                List.of(new Done(1, codes.get(0).codeId()), new Done(1, codes.get(1).codeId())),
                List.of()));
    assertThat(codes.get(0))
        .isEqualTo(
            new ExamCode(
                codes.get(0).codeId(),
                it.core.acme,
                it.core.organization,
                it.core.cloud,
                ExamCodeState.ISSUED,
                null,
                it.core.start,
                Instant.parse("2027-03-01T09:00:00Z"),
                null,
                null));
    assertThat(it.core.onlyQuota().consumed()).isEqualTo(consumed);
    assertThat(it.lastOf(codes.get(0).codeId()).operation()).isEqualTo(Operation.REVEAL_CODE);
    assertThat(
            it.core
                .benefits
                .audit()
                .of(it.core.operator, codes.get(0).codeId().value(), CodeFixture.ALL)
                .items()
                .get(0))
        .extracting(AuditEntry::operation, AuditEntry::toState, AuditEntry::madeBy)
        .containsExactly(Operation.IMPORT_CODES, "ISSUED", "account:olga");
    assertThat(it.core.assigned(it.core.ann).codeId()).isEqualTo(codes.get(0).codeId());
  }

  @Test
  void readsSeveralExamsOnSeveralLinesWithHeadingsAndSeparators() {
    RowReport report =
        details(
            """
            Issued Exam Codes
            cloud   computing [CODE1],[CODE2];
              [CODE3] ] , Cloud
            Security [CODE4]
            Issued: Cloud Computing [[CODE5]]
            """);

    assertThat(texts())
        .containsExactly(
            "cloud CODE1", "cloud CODE2", "cloud CODE3", "security CODE4", "cloud CODE5");
    assertThat(report.done()).extracting(Done::line).containsExactly(2L, 2L, 3L, 4L, 5L);
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void goodCodesStandAndBadOnesAreReportedWithTheirLine() {
    details("Cloud Computing [KNOWN-CODE]");
    RowReport report =
        details(
            """
            [CODE0]
            Cloud Computing [CODE1] [no code] []
            Basket Weaving [CODE2]
            Cloud Security [known-code] [CODE3] [Code1]""");

    assertThat(report.done()).extracting(Done::line).containsExactly(2L, 4L);
    assertThat(report.problems())
        .extracting(Problem::line, Problem::reason)
        .containsExactly(
            tuple(1L, Reason.NOT_FOUND),
            tuple(2L, Reason.INVALID_INPUT),
            tuple(2L, Reason.INVALID_INPUT),
            tuple(3L, Reason.NOT_FOUND),
            tuple(4L, Reason.ALREADY_EXISTS),
            tuple(4L, Reason.ALREADY_EXISTS));
    assertThat(report.problems().get(4).text())
        .isEqualTo("The exam code ••••CODE is known already.");
    assertThat(report.toString()).doesNotContain("KNOWN-CODE", "known-code");
    assertThat(texts()).containsExactly("cloud KNOWN-CODE", "cloud CODE1", "security CODE3");
  }

  @Test
  void whoseAKnownCodeIsStaysUntold() {
    details("Cloud Computing [MYCODE]");
    it.codes.issue(
        Actor.system(), it.beta, it.core.cloud, List.of(CodeText.parse("ITCODE")), "beta's");
    RowReport report = details("Cloud Computing [MYCODE] [ITCODE]");
    assertThat(report.problems())
        .extracting(Problem::text)
        .containsOnly("The exam code ••••ODE is known already.");
    assertThat(report.done()).isEmpty();
  }

  @Test
  void aDryRunReportsTheSameAndChangesNothing() {
    details("Cloud Computing [KNOWN]");
    it.told.clear();
    String text = "Cloud Computing [CODE1] [KNOWN] [x] Cloud Security [code1] [CODE2]";

    RowReport dry =
        imports.details(owner, it.core.acme, text, true, RequestKey.of("k".repeat(190)));

    assertThat(dry.dryRun()).isTrue();
    assertThat(dry.done()).containsExactly(new Done(1, null), new Done(1, null));
    assertThat(texts()).containsExactly("cloud KNOWN");
    assertThat(it.told).isEmpty();
    RowReport real = details(text);
    assertThat(real.dryRun()).isFalse();
    assertThat(real.problems()).isEqualTo(dry.problems()).hasSize(3);
    assertThat(real.done()).hasSize(2);
  }

  @Test
  void aTextWithoutBracketsOrWithAnOpenOneIsRefusedAsAWhole() {
    for (String text : List.of("", "Cloud Computing CODE1", "CODE1]")) {
      assertThat(refusal(() -> details(text)))
          .hasMessageContaining("in brackets")
          .extracting("reason")
          .isEqualTo(Reason.INVALID_INPUT);
    }
    assertThat(refusal(() -> details("Cloud Computing [CODE1]\nCloud Security [CODE2")))
        .hasMessageContaining("line 2")
        .extracting("reason")
        .isEqualTo(Reason.INVALID_INPUT);
    assertThat(texts()).isEmpty();
  }

  @Test
  void takesNoMoreThanItsLimitsAtOnce() {
    assertRefused(
        Reason.INVALID_INPUT, () -> details("Cloud Computing [CODE1]" + " ".repeat(999_978)));
    assertThat(details("Cloud Computing [CODE1]" + " ".repeat(999_977)).done()).hasSize(1);
    String most = "Cloud" + numbered(10_000, "[%d]");
    assertThat(imports.details(owner, it.core.acme, most, true, null).problems()).hasSize(10_000);
    assertRefused(
        Reason.INVALID_INPUT, () -> imports.details(owner, it.core.acme, most + "[x]", true, null));
  }

  @Test
  void readsCsvWithColumnsInAnyOrder() {
    RowReport report =
        csv(
            "\uFEFF Code ,EXAM_ID,expires_at\r\n[code1], cloud ,2026-05-01T00:00:00Z\r\n\"CODE2\",security,\r\n");
    assertThat(report.done()).extracting(Done::line).containsExactly(2L, 3L);
    assertThat(texts()).containsExactly("cloud CODE1", "security CODE2");
    assertThat(AllPages.of(page -> it.codes.ofPartner(owner, it.core.acme, CodeFilter.ALL, page)))
        .extracting(ExamCode::expiresAt)
        .containsExactly(
            Instant.parse("2026-05-01T00:00:00Z"), Instant.parse("2027-03-01T09:00:00Z"));
    assertThat(csv("exam_name,code\nCLOUD  computing,CODE3\n").done()).hasSize(1);
    assertThat(texts()).endsWith("cloud CODE3");
  }

  @Test
  void badRowsAreReportedWithLineReasonAndSentence() {
    RowReport report =
        csv(
            """
            exam_id,code,expires_at
            cloud,CODE1,tomorrow
            weaving,CODE2,
            ,CODE3,
            cloud,,
            cloud,CODE4
            cloud,CODE5,,x
            cloud,a b c d,

            cloud,CODE6,2026-03-01T09:00:00Z
            cloud,CODE7,2036-03-01T09:00:00.000001Z
            cloud,%s,
            cloud,CODE8,2026-03-01T09:00:00.000001Z
            cloud,code8,
            """
                .formatted("x".repeat(1001)));

    assertThat(report.done()).extracting(Done::line).containsExactly(13L);
    assertThat(report.problems())
        .extracting(Problem::line, Problem::reason)
        .containsExactly(
            tuple(2L, Reason.INVALID_INPUT),
            tuple(3L, Reason.NOT_FOUND),
            tuple(4L, Reason.NOT_FOUND),
            tuple(5L, Reason.INVALID_INPUT),
            tuple(6L, Reason.INVALID_INPUT),
            tuple(7L, Reason.INVALID_INPUT),
            tuple(8L, Reason.INVALID_INPUT),
            tuple(10L, Reason.CODE_EXPIRED),
            tuple(11L, Reason.INVALID_INPUT),
            tuple(12L, Reason.INVALID_INPUT),
            tuple(14L, Reason.ALREADY_EXISTS));
    assertThat(report.problems())
        .extracting(Problem::text)
        .contains(
            "expires_at: expected an ISO-8601 instant such as 2026-03-01T09:00:00Z.",
            "The column code has no value.",
            "Expected 3 cells as in the header, found 2.",
            "Expected 3 cells as in the header, found 4.",
            "The cell in column code has 1001 characters; at most 1000 are taken.");
    assertThat(texts()).containsExactly("cloud CODE8");
  }

  @Test
  void aCellHasUpTo1000Characters() {
    String head = "code,exam_name\nCODE1,";
    assertThat(csv(head + "x".repeat(1000)).problems())
        .extracting(Problem::reason)
        .containsExactly(Reason.NOT_FOUND);
    assertThat(csv(head + "x".repeat(1001)).problems())
        .extracting(Problem::reason)
        .containsExactly(Reason.INVALID_INPUT);
  }

  @Test
  void countsTheLinesInsideABracketToo() {
    assertThat(details("Cloud Computing [CO\nDE1] [CODE2]\n[CODE3]").problems())
        .extracting(Problem::line, Problem::reason)
        .containsExactly(tuple(1L, Reason.INVALID_INPUT));
    assertThat(details("Cloud Computing [CO\nDE1]\n[CODE4]").done())
        .extracting(Done::line)
        .containsExactly(3L);
  }

  @Test
  void anImportedCodeNeverOutlivesItsExam() {
    Instant end = it.core.in(Duration.ofDays(30));
    ExamId retiring = it.core.retiringExam(end, end);
    csv("exam_id,code,expires_at\nretiring,CODE1,2030-01-01T00:00:00Z\nretiring,CODE2,\n");
    assertThat(AllPages.of(page -> it.codes.ofPartner(owner, it.core.acme, CodeFilter.ALL, page)))
        .extracting(ExamCode::expiresAt)
        .containsExactly(end, end);
    it.core.clock.set(end);
    assertThat(csv("exam_id,code\n" + retiring + ",CODE3\n").problems())
        .extracting(Problem::reason)
        .containsExactly(Reason.EXAM_RETIRED);
    assertThat(details("Retiring [CODE3]").problems())
        .extracting(Problem::reason)
        .containsExactly(Reason.EXAM_RETIRED);
  }

  @Test
  void takesExpiryUpTo10YearsAhead() {
    csv("exam_id,code,expires_at\ncloud,CODE1,2036-03-01T09:00:00.0000009Z\n");
    assertThat(AllPages.of(page -> it.codes.ofPartner(owner, it.core.acme, CodeFilter.ALL, page)))
        .isEmpty();
    csv("exam_id,code,expires_at\ncloud,CODE1,2036-03-01T09:00:00Z\n");
    csv("exam_id,code,expires_at\ncloud,CODE2,2036-03-01T08:59:59.0000009Z\n");
    assertThat(AllPages.of(page -> it.codes.ofPartner(owner, it.core.acme, CodeFilter.ALL, page)))
        .extracting(ExamCode::expiresAt)
        .containsExactly(
            Instant.parse("2036-03-01T09:00:00Z"), Instant.parse("2036-03-01T08:59:59Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "code\nCODE1\n",
        "exam_id\ncloud\n",
        "exam_id,exam_name,code\ncloud,Cloud,CODE1\n",
        "exam_id,code,code\ncloud,CODE1,CODE1\n",
        "exam_id,code,expiry\ncloud,CODE1,\n",
        "exam_id,code\ncloud,\"CODE1\n"
      })
  void refusesAFileOfAnotherFormAsAWhole(String text) {
    assertRefused(Reason.INVALID_INPUT, () -> csv(text));
  }

  @Test
  void namesTheColumnsThatAreWrong() {
    assertThat(refusal(() -> csv("exam_id,code,expiry,exam_id\n")))
        .hasMessage(
            "The header must name each of [code], one of [exam_id, exam_name], and perhaps"
                + " [expires_at], each once; wrong are [exam_id, expiry].");
  }

  @Test
  void refusesAFileThatIsNotUtf8OrTooLarge() {
    assertThat(refusal(() -> csv("exam_id,code\ncloud,Ä\n".getBytes(StandardCharsets.ISO_8859_1))))
        .hasMessageContaining("UTF-8");
    byte[] head = "exam_id,code\ncloud,CODE1\n".getBytes(StandardCharsets.UTF_8);
    byte[] most = new byte[5 * 1024 * 1024];
    Arrays.fill(most, (byte) '\n');
    System.arraycopy(head, 0, most, 0, head.length);
    assertThat(csv(most).done()).hasSize(1);
    assertRefused(Reason.INVALID_INPUT, () -> csv(Arrays.copyOf(most, most.length + 1)));
  }

  @Test
  void takesUpTo10000Rows() {
    String most = "exam_id,code\n" + numbered(10_000, "x,%d\n");
    assertThat(csv(most).problems()).hasSize(10_000);
    assertRefused(Reason.INVALID_INPUT, () -> csv(most + "x,x\n"));
  }

  @Test
  void aFileThatCannotBeReadIsNoRefusal() {
    InputStream broken = InputStream.nullInputStream();
    try {
      broken.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThatThrownBy(() -> imports.csv(owner, it.core.acme, broken, false, null))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("could not be read")
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void sentAgainWithItsKeyItTakesInOnlyWhatWasRefusedBefore() {
    RequestKey key = RequestKey.of("k".repeat(180));
    String text = "Cloud Computing [CODE1] [CODE2]\nBasket Weaving [CODE3]";
    RowReport first = imports.details(owner, it.core.acme, text, false, key);
    assertThat(first.done()).hasSize(2);
    it.core.exam(ExamId.of("weaving"), "Basket Weaving", ExamLevel.ACP);

    RowReport second = imports.details(owner, it.core.acme, text, false, key);

    assertThat(second.done()).hasSize(3).containsAll(first.done());
    assertThat(texts()).containsExactly("cloud CODE1", "cloud CODE2", "weaving CODE3");
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> imports.details(owner, it.core.acme, text + "[CODE4]", false, key));
    assertRefused(
        Reason.INVALID_INPUT,
        () -> imports.details(owner, it.core.acme, text, false, RequestKey.of("k".repeat(181))));
    assertThat(texts()).hasSize(3);
  }

  @Test
  void sentAgainWithItsKeyItReportsTheSame() {
    RequestKey key = RequestKey.of("k");
    String text = "exam_id,code\ncloud,CODE1\ncloud,x\ncloud,CODE2\n";
    RowReport first =
        imports.csv(
            owner,
            it.core.acme,
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            false,
            key);
    RowReport second =
        imports.csv(
            owner,
            it.core.acme,
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            false,
            key);
    assertThat(second).isEqualTo(first);
    assertThat(second.done()).hasSize(2);
    assertThat(texts()).hasSize(2);
  }

  @Test
  void inATransactionThatRunsEachRowHasASavepoint() {
    RowReport report =
        it.core.benefits.inTransaction(() -> details("Cloud Computing [CODE1] [CODE1] [CODE2]"));
    assertThat(report.done()).hasSize(2);
    assertThat(texts()).containsExactly("cloud CODE1", "cloud CODE2");
  }

  @Test
  void ownersManagersAndThePlatformImportAtAnActivePartner() {
    for (Actor actor : List.of(it.ann, it.boss, Actor.account("stranger"))) {
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> imports.details(actor, it.core.acme, "Cloud Computing [CODE1]", true, null));
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> imports.csv(actor, it.core.acme, InputStream.nullInputStream(), true, null));
    }
    assertRefused(
        Reason.NOT_FOUND,
        () ->
            imports.details(
                it.core.operator, PartnerId.of("x"), "Cloud Computing [CODE1]", true, null));
    it.core.benefits.partners().suspend(it.core.operator, it.core.acme, "unpaid");
    assertRefused(Reason.PARTNER_SUSPENDED, () -> details("Cloud Computing [CODE1]"));
    it.core.benefits.partners().reinstate(it.core.operator, it.core.acme, "paid");
    imports.details(it.core.operator, it.core.acme, "Cloud Computing [CODE1]", false, null);
    assertThat(it.audited(Operation.IMPORT_CODES)).isOne();
  }

  @Test
  void anImportedCodeLivesUntilItsEndExactly() {
    csv("exam_id,code,expires_at\ncloud,CODE1,2026-05-01T00:00:00Z\n");
    ExamCodeId id =
        AllPages.of(page -> it.codes.ofPartner(owner, it.core.acme, CodeFilter.ALL, page))
            .get(0)
            .codeId();
    Instant end = Instant.parse("2026-05-01T00:00:00Z");
    it.core.clock.set(end.minus(TICK));
    assertThat(it.state(id)).isEqualTo(ExamCodeState.ISSUED);
    it.core.clock.set(end);
    assertThat(it.state(id)).isEqualTo(ExamCodeState.EXPIRED);
  }
}
