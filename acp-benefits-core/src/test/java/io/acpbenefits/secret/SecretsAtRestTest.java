package io.acpbenefits.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.AllPages;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.registration.IdPair;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SecretsAtRestTest {

  private final CoreFixture it = new CoreFixture();

  /** Every cell of every table as text; of bytes, each is one character. */
  private List<String> everyCell() throws SQLException {
    List<String> cells = new ArrayList<>();
    try (Connection connection = it.database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : tables(connection)) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              Object cell = rows.getObject(column);
              if (cell instanceof byte[] bytes) {
                cells.add(new String(bytes, StandardCharsets.ISO_8859_1));
              } else if (cell != null) {
                cells.add(cell.toString());
              }
            }
          }
        }
      }
    }
    return cells;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(),
                connection.getSchema(),
                "%",
                new String[] {"TABLE", "BASE TABLE"})) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME");
        if (name.toLowerCase(Locale.ROOT).startsWith("acp_")) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private void useEveryFeatureThatTouchesACode() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("ISSUED-SECRET", "USED-SECRET");
    it.stock("INSTOCK-SECRET");
    it.member(it.ann);
    ExamCode code = it.assigned(it.ann);
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(
                new IdPair("C-1", "R-1"),
                it.cloud,
                it.start,
                ExamOutcome.PASS,
                "90",
                it.benefits.examCodes().reveal(it.owner, code.codeId())));
    it.benefits.invitations().rotateLink(it.owner, it.organization);
    it.benefits.invitations().invite(it.owner, it.organization, it.ben);
  }

  @Test
  void noTableHoldsACodeOrATokenInTheClear() throws SQLException {
    String firstToken = it.benefits.invitations().copyLink(it.owner, it.organization).value();
    useEveryFeatureThatTouchesACode();
    String secondToken = it.benefits.invitations().copyLink(it.owner, it.organization).value();

    List<String> cells = everyCell();
    assertThat(cells).contains("cloud", "acme", "REDEEMED").hasSizeGreaterThan(100);
    for (String secret :
        List.of("INSTOCK-SECRET", "ISSUED-SECRET", "USED-SECRET", firstToken, secondToken)) {
      assertThat(cells).noneMatch(cell -> has(cell, secret));
    }
  }

  private static boolean has(String cell, String secret) {
    return cell.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT));
  }

  @Test
  void theStockAndTheIssuedCodeNeverHaveTheSameCipher() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("CODE1", "CODE2");
    assertThat(
            it.number(
                "SELECT COUNT(DISTINCT c) FROM (SELECT code_cipher c FROM acp_stock_code"
                    + " UNION ALL SELECT code_cipher FROM acp_exam_code) ciphers"))
        .isEqualTo(4);
  }

  @Test
  void aCipherCopiedToAnotherRowDoesNotOpenThere() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("CODE1", "CODE2");
    List<ExamCode> codes =
        AllPages.of(
            page -> it.benefits.examCodes().ofPartner(it.owner, it.acme, CodeFilter.ALL, page));
    String from = codes.get(0).codeId().value();
    it.sql(
        "UPDATE acp_exam_code SET code_cipher = (SELECT code_cipher FROM acp_exam_code WHERE"
            + " code_id = '%s')".formatted(from));

    assertThat(it.benefits.examCodes().reveal(it.owner, codes.get(0).codeId()).value())
        .isEqualTo("CODE1");
    assertThatThrownBy(() -> it.benefits.examCodes().reveal(it.owner, codes.get(1).codeId()))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("could not be decrypted");
  }

  @Test
  void aWrongKeyFileIsSaidClearly() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("CODE1");
    ExamCode code =
        AllPages.of(
                page -> it.benefits.examCodes().ofPartner(it.owner, it.acme, CodeFilter.ALL, page))
            .get(0);
    AcpBenefits other =
        AcpBenefits.on(it.database).keys(KeyRing.ephemeral()).clock(it.clock).build();

    assertThatThrownBy(() -> other.examCodes().reveal(it.owner, code.codeId()))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("the key file is not the one it was made with");
    assertThatThrownBy(() -> other.invitations().copyLink(it.owner, it.organization))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("the key file is not the one it was made with");
  }
}
