package io.acpbenefits.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** How PostgreSQL finds what is free among much that is not. */
@OnlyOn(value = Kind.POSTGRESQL, because = "the partial indexes are PostgreSQL's")
class PostgresPlansTest {

  private final CoreFixture it = new CoreFixture();

  private String plan(String query) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = it.database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery("EXPLAIN " + query)) {
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }

  @Test
  void aFreeCodeIsFoundByTheIndexOfTheFreeOnesAlreadyInOrder() throws SQLException {
    it.sql(
        """
        INSERT INTO acp_exam_code (code_id, partner_id, organization_id, exam_id, state,
          code_cipher, code_key_id, code_lookup, lookup_key_id, issued_at, expires_at, changed_at)
        SELECT 'c' || n, 'acme', '%s', 'cloud',
          CASE WHEN n %% 100 = 0 THEN 'ISSUED' ELSE 'REDEEMED' END, '\\x00', 'k', 'l' || n, 'k',
          now(), now() + interval '1 year', now()
        FROM generate_series(1, 20000) AS n"""
            .formatted(it.organization));
    it.sql("ANALYZE acp_exam_code");
    assertThat(
            plan(
                """
                SELECT code_id FROM acp_exam_code
                WHERE partner_id = 'acme' AND exam_id = 'cloud' AND state = 'ISSUED'
                  AND expires_at > TIMESTAMP '2026-03-01 09:00:00'
                ORDER BY expires_at, code_id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED"""))
        .contains("acp_exam_code_free")
        .doesNotContain("Sort");
  }

  @Test
  void codesOfTheStockAreFoundByTheIndexOfTheFreeOnesAlreadyInOrder() throws SQLException {
    it.sql(
        """
        INSERT INTO acp_stock_code (stock_id, exam_id, application_id, code_cipher, code_key_id,
          code_lookup, lookup_key_id, imported_at)
        SELECT 's' || n, 'cloud', CASE WHEN n % 100 = 0 THEN NULL ELSE 'a' || n END, '\\x00', 'k',
          'l' || n, 'k', now()
        FROM generate_series(1, 20000) AS n""");
    it.sql("ANALYZE acp_stock_code");
    assertThat(
            plan(
                """
                SELECT stock_id FROM acp_stock_code
                WHERE free_for = 'cloud'
                ORDER BY free_for, stock_id LIMIT 10 FOR UPDATE SKIP LOCKED"""))
        .contains("acp_stock_code_free")
        .doesNotContain("Sort");
  }
}
