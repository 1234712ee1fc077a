package io.acpbenefits.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of the previous release go on working while and after a schema file is applied. */
class ExpansionTest {

  /** How many files each part has in the first release; there is no node that has fewer. */
  private static final Map<Schema, Integer> FIRST_RELEASE =
      Map.of(Schema.CORE, 9, Schema.BENEFIT_CENTER, 1, Schema.PEARSON_VUE, 1);

  @Test
  void laterFilesOnlyAddUnlessTheirNamesSayWhoBearsThem() {
    FIRST_RELEASE.forEach(
        (part, files) -> {
          for (Dialect dialect : Dialect.values()) {
            part.migrations(dialect).stream()
                .filter(file -> file.version() > files)
                .filter(file -> SchemaMigration.neededBy(file.fileName()) == 0)
                .forEach(
                    file ->
                        assertThat(Expansion.notBorne(file.statements()))
                            .as("%s %s of %s", dialect, file.fileName(), part)
                            .isEmpty());
          }
        });
  }

  /** Whoever takes something away names a file that was there before. */
  @Test
  void namesTellOfEarlierFilesOnly() {
    for (Schema part : FIRST_RELEASE.keySet()) {
      assertThat(part.migrations(Dialect.H2))
          .allMatch(file -> SchemaMigration.neededBy(file.fileName()) < file.version());
    }
    assertThat(SchemaMigration.neededBy("V012__drop_names__from_V009.sql")).isEqualTo(9);
    assertThat(SchemaMigration.neededBy("V012__from_V009_on.sql")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE acp_new (new_id VARCHAR(36) NOT NULL)",
        "CREATE INDEX acp_old_by_name ON acp_old (name)",
        "ALTER TABLE acp_old ADD COLUMN note VARCHAR(200)",
        "ALTER TABLE acp_old ADD COLUMN amount DECIMAL(10, 2)",
        "alter table acp_old\n  add column times INTEGER DEFAULT 0 NOT NULL",
        "ALTER TABLE acp_old ADD COLUMN free_for VARCHAR(9) GENERATED ALWAYS AS"
            + " (CASE WHEN (a IS NOT NULL) THEN b END) STORED"
      })
  void whatOnlyAddsIsBorne(String sql) {
    assertThat(Expansion.notBorne(List.of(sql))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE acp_old ADD COLUMN note VARCHAR(200) NOT NULL",
        "ALTER TABLE acp_old ADD COLUMN note VARCHAR(200) UNIQUE",
        "ALTER TABLE acp_old ADD COLUMN note VARCHAR(9), DROP COLUMN name",
        "ALTER TABLE acp_old ADD CONSTRAINT acp_old_check CHECK (times > 0)",
        "ALTER TABLE acp_old ALTER COLUMN note SET NOT NULL",
        "ALTER TABLE acp_old RENAME TO acp_older",
        "ALTER TABLE acp_old DROP COLUMN name",
        "CREATE UNIQUE INDEX acp_old_one ON acp_old (name)",
        "UPDATE acp_old SET state = 'ASLEEP'",
        "INSERT INTO acp_old (name) VALUES ('x')",
        "DROP TABLE acp_old",
        "DROP INDEX acp_old_by_name"
      })
  void whatTakesAwayOrAsksForMoreIsNot(String sql) {
    assertThat(Expansion.notBorne(List.of(sql))).containsExactly(sql);
  }

  @Test
  void aTableOfTheSameFileIsNobodysYet() {
    assertThat(
            Expansion.notBorne(
                List.of(
                    "CREATE TABLE acp_new (new_id VARCHAR(36) NOT NULL)",
                    "CREATE UNIQUE INDEX acp_new_one ON acp_new (new_id)",
                    "ALTER TABLE acp_new ADD CONSTRAINT acp_new_check CHECK (new_id <> '')",
                    "INSERT INTO acp_new (new_id) VALUES ('x')")))
        .isEmpty();
  }

  @Test
  void theFilesOfTheFirstReleaseMakeTheirOwnTables() {
    List<String> statements = Schema.CORE.migrations(Dialect.H2).get(0).statements();
    assertThat(statements).isNotEmpty();
    assertThat(Expansion.notBorne(statements)).isEmpty();
  }
}
