package io.acpbenefits.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.TestDatabase.Kind;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.KeyRing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

class SchemaTest {

  private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T09:00:00Z"), ZoneOffset.UTC);
  private final DataSource database = TestDatabase.empty();

  private void apply(SchemaMode mode) {
    Schema.CORE.apply(database, mode, clock);
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  private SQLException failureOf(String statement) {
    try {
      sql(statement);
    } catch (SQLException e) {
      return e;
    }
    throw new AssertionError("was done: " + statement);
  }

  private long number(DataSource from, String query) throws SQLException {
    try (Connection connection = from.getConnection();
        Statement run = connection.createStatement();
        var rows = run.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  @OnlyOn(value = Kind.H2, because = "a release of H2, 2.4.240, forgot what a column may hold")
  void theLibraryWorksOnWhenTheConnectionsThatMadeTheTablesAreClosed() {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    JdbcConnectionPool first = JdbcConnectionPool.create(url, "sa", "");
    Schema.CORE.apply(first, SchemaMode.MIGRATE, clock);
    first.dispose();
    JdbcConnectionPool second = JdbcConnectionPool.create(url, "sa", "");
    AcpBenefits benefits = AcpBenefits.on(second).keys(KeyRing.ephemeral()).build();

    benefits.partners().register(Actor.system(), PartnerId.of("acme"), "Acme", "gold");

    assertThat(benefits.partners().get(Actor.system(), PartnerId.of("acme")).name())
        .isEqualTo("Acme");
    second.dispose();
  }

  private long tables() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return number(
          database,
          "SELECT COUNT(*) FROM information_schema.tables"
              + " WHERE LOWER(table_name) LIKE 'acp@_%' ESCAPE '@'"
              + " AND table_schema = '%s'".formatted(TestDatabase.schema(connection)));
    }
  }

  @Test
  void migratesOnceHoweverOftenItIsStarted() throws SQLException {
    apply(SchemaMode.MIGRATE);
    long tables = tables();
    sql("INSERT INTO acp_partner VALUES ('p', 'P', 'gold', 'ACTIVE', LOCALTIMESTAMP)");
    apply(SchemaMode.MIGRATE);

    assertThat(tables()).isEqualTo(tables).isGreaterThan(10);
    assertThat(number(database, "SELECT COUNT(*) FROM acp_schema_version"))
        .isEqualTo(Schema.CORE.fileNames().size());
    assertThat(number(database, "SELECT COUNT(*) FROM acp_partner")).isOne();
    assertThat(
            number(
                database,
                "SELECT COUNT(*) FROM acp_schema_version"
                    + " WHERE applied_at = TIMESTAMP '2026-03-01 09:00:00'"))
        .isEqualTo(Schema.CORE.fileNames().size());
  }

  @Test
  void eachPartHasItsOwnVersions() throws SQLException {
    Schema.BENEFIT_CENTER.apply(database, SchemaMode.MIGRATE, clock);
    assertThatThrownBy(() -> apply(SchemaMode.VALIDATE))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("lacks schema file V001__partners_quotas_exams.sql of 'core'");
    apply(SchemaMode.MIGRATE);
    apply(SchemaMode.VALIDATE);
    Schema.BENEFIT_CENTER.apply(database, SchemaMode.VALIDATE, clock);
  }

  @Test
  void nodesThatStartTogetherMigrateOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      DataSource shared = TestDatabase.empty();
      Runnable start = () -> Schema.CORE.apply(shared, SchemaMode.MIGRATE, clock);
      assertThat(Together.run(start, start)).containsOnly(new Outcome("DONE"));
      assertThat(number(shared, "SELECT COUNT(*) FROM acp_schema_version"))
          .isEqualTo(Schema.CORE.fileNames().size());
    }
  }

  @Test
  void whatNoTwoNodesMayDoIsDoneByOneAfterTheOther() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    Runnable start =
        () ->
            assertThat(
                    Schema.oneNodeAtATime(
                        database,
                        () -> {
                          int found = inside.incrementAndGet();
                          // Makes its tables meanwhile, for which there is a lock of its own.
                          Schema.CORE.apply(database, SchemaMode.MIGRATE, clock);
                          inside.decrementAndGet();
                          return found;
                        }))
                .isOne();

    assertThat(Together.run(start, start, start)).containsOnly(new Outcome("DONE"));
  }

  @Test
  void whatWasToBeGivenBackBeforeIsOwedSinceThen() throws SQLException {
    List<String> earlier = Schema.CORE.fileNames();
    earlier = earlier.subList(0, earlier.indexOf("V009__give_backs.sql"));
    new Schema("core", earlier).apply(database, SchemaMode.MIGRATE, clock);
    sql("INSERT INTO acp_partner VALUES ('p', 'P', 'gold', 'ACTIVE', LOCALTIMESTAMP)");
    sql("INSERT INTO acp_exam (exam_id, name, name_key, level) VALUES ('e', 'E', 'e', 'ACP')");
    for (String id : List.of("asked", "owed")) {
      sql(
          "INSERT INTO acp_application (application_id, partner_id, exam_id, quantity, state,"
              + " created_at, created_by, attempts)"
              + " VALUES ('%s', 'p', 'e', 1, 'CANCELED', LOCALTIMESTAMP, 'x', 0)".formatted(id));
      sql(
          "INSERT INTO acp_hand_out (application_id, answer_by, give_back_at, attempts)"
              + " VALUES ('%s', LOCALTIMESTAMP, %s, 0)"
                  .formatted(id, id.equals("owed") ? "LOCALTIMESTAMP" : "NULL"));
    }

    apply(SchemaMode.MIGRATE);

    assertThat(
            number(
                database,
                "SELECT COUNT(*) FROM acp_hand_out WHERE owed_since = give_back_at"
                    + " AND application_id = 'owed'"))
        .isOne();
    assertThat(number(database, "SELECT COUNT(*) FROM acp_hand_out WHERE owed_since IS NULL"))
        .isOne();
  }

  @Test
  void saysWhichFileFailed() {
    Schema broken = new Schema("broken", List.of("V001__sound.sql", "V002__half.sql"));
    assertThatThrownBy(() -> broken.apply(database, SchemaMode.MIGRATE, clock))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("V002__half.sql of 'broken'")
        .hasMessageFindingMatch("(?i)acp_second_half");
  }

  @Test
  @OnlyOn(value = Kind.POSTGRESQL, because = "the others commit each definition")
  void aFileThatFailsLeavesNothingAndWhatWasThereBeforeStays() throws SQLException {
    Schema sound = new Schema("broken", List.of("V001__sound.sql"));
    Schema broken = new Schema("broken", List.of("V001__sound.sql", "V002__half.sql"));
    assertThatThrownBy(() -> broken.apply(database, SchemaMode.MIGRATE, clock))
        .isInstanceOf(BenefitsException.class);
    assertThat(tables()).isZero();

    sound.apply(database, SchemaMode.MIGRATE, clock);
    assertThatThrownBy(() -> broken.apply(database, SchemaMode.MIGRATE, clock))
        .isInstanceOf(BenefitsException.class);
    sound.apply(database, SchemaMode.VALIDATE, clock);
    assertThat(number(database, "SELECT COUNT(*) FROM acp_sound")).isZero();
    assertThat(tables()).isEqualTo(2);
  }

  @Test
  @OnlyOn(
      value = {Kind.H2, Kind.MARIADB},
      because = "PostgreSQL takes definitions back")
  void aFileThatFailsHalfWayIsGoneOnWithOnceTheCauseIsRemoved() throws SQLException {
    Schema broken = new Schema("broken", List.of("V001__sound.sql", "V002__half.sql"));
    assertThatThrownBy(() -> broken.apply(database, SchemaMode.MIGRATE, clock))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("V002__half.sql of 'broken'")
        .hasMessageContaining("statement 2 of 2 failed")
        .hasMessageContaining("start again");
    assertThat(number(database, "SELECT COUNT(*) FROM acp_first_half")).isZero();

    sql("CREATE TABLE acp_second_half (half_id VARCHAR(36) NOT NULL)");
    broken.apply(database, SchemaMode.MIGRATE, clock);
    broken.apply(database, SchemaMode.MIGRATE, clock);

    assertThat(number(database, "SELECT COUNT(*) FROM acp_second_half")).isOne();
    assertThat(number(database, "SELECT COUNT(*) FROM acp_schema_version")).isEqualTo(2);
  }

  /** A node that dies there has made a table, and has not said so. */
  @Test
  @OnlyOn(
      value = {Kind.H2, Kind.MARIADB},
      because = "PostgreSQL takes definitions back")
  void aNodeThatDiedBehindADefinitionIsFollowedByOneThatMeetsIt() throws SQLException {
    apply(SchemaMode.MIGRATE);
    long tables = tables();
    for (int done : new int[] {0, 3}) {
      String file = " WHERE part = 'core' AND version = 1";
      sql("DELETE FROM acp_schema_version" + file);
      sql("UPDATE acp_schema_step SET done = " + done + file);
      Throwable thrown = catchThrowable(() -> apply(SchemaMode.MIGRATE));
      // What stands is passed over only where a node can have died: the statement in doubt.
      assertThat(thrown).hasMessageContaining("statement " + (done + 2) + " of");
      assertThat(number(database, "SELECT done FROM acp_schema_step" + file)).isEqualTo(done + 1);
    }
    assertThat(tables()).isEqualTo(tables);
  }

  @Test
  @OnlyOn(
      value = {Kind.H2, Kind.MARIADB},
      because = "PostgreSQL takes definitions back")
  void aFileThatStoppedHalfWayIsNotGoneOnWithByOneWithOtherContents() throws SQLException {
    apply(SchemaMode.MIGRATE);
    sql("DELETE FROM acp_schema_version WHERE part = 'core' AND version = 2");
    sql("UPDATE acp_schema_step SET done = 1, checksum = 'x' WHERE part = 'core' AND version = 2");
    assertThatThrownBy(() -> apply(SchemaMode.MIGRATE))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("V002__organizations_invitations.sql")
        .hasMessageContaining("after 1 statements, with other contents");
  }

  /** Every kind of definition that a file may stop behind. */
  @Test
  @OnlyOn(
      value = {Kind.H2, Kind.MARIADB},
      because = "PostgreSQL takes definitions back")
  void whatIsThereAlreadyIsKnownByTheDatabasesAnswer() throws SQLException {
    sql("CREATE TABLE acp_one (one_id VARCHAR(36) NOT NULL PRIMARY KEY, other VARCHAR(36))");
    List<String> definitions =
        List.of(
            "CREATE TABLE acp_two (two_id VARCHAR(36) NOT NULL PRIMARY KEY)",
            "CREATE INDEX acp_one_by_other ON acp_one (other)",
            "ALTER TABLE acp_one ADD COLUMN further VARCHAR(36)",
            "ALTER TABLE acp_one ADD CONSTRAINT acp_one_further UNIQUE (further)",
            "ALTER TABLE acp_one ADD CONSTRAINT acp_one_two FOREIGN KEY (other)"
                + " REFERENCES acp_two (two_id)",
            "ALTER TABLE acp_one ADD CONSTRAINT acp_one_check CHECK (other <> 'x')",
            "INSERT INTO acp_two VALUES ('2')");
    Dialect dialect = Dialect.of(database);
    for (String definition : definitions) {
      sql(definition);
      assertThat(dialect.saysThatItIsThere(failureOf(definition))).as(definition).isTrue();
    }
    assertThat(dialect.saysThatItIsThere(failureOf("SELECT nothing FROM acp_one"))).isFalse();
  }

  @Test
  void givesConnectionsBackAsItGotThem() throws SQLException {
    for (Schema part : List.of(Schema.CORE, Schema.BENEFIT_CENTER)) {
      part.apply(database, SchemaMode.MIGRATE, clock);
      try (Connection connection = database.getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
      }
    }
  }

  @Test
  void everyDialectHasTheSameFiles() {
    for (Schema part : List.of(Schema.CORE, Schema.BENEFIT_CENTER, Schema.PEARSON_VUE)) {
      for (Dialect dialect : Dialect.values()) {
        assertThat(part.migrations(dialect))
            .as("%s %s", part, dialect)
            .extracting(SchemaMigration::fileName)
            .isEqualTo(part.fileNames());
      }
    }
  }

  /** Where no MySQL or MariaDB is at hand: what H2 has, both have. */
  @Test
  void theTablesOfMySqlAreThoseOfH2() {
    for (Schema part : List.of(Schema.CORE, Schema.BENEFIT_CENTER, Schema.PEARSON_VUE)) {
      String ofMySql =
          statements(part, Dialect.MYSQL)
              .replaceAll("\\) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin(?=;)", ")")
              .replaceAll(", times_met BIGINT NOT NULL DEFAULT 0", "")
              .replaceAll("DATETIME\\(6\\)", "TIMESTAMP(6)")
              .replaceAll(" INT\\b", " INTEGER")
              .replaceAll(" STORED\\b", "");
      assertThat(ofMySql).as("%s", part).isEqualTo(statements(part, Dialect.H2));
    }
  }

  private static String statements(Schema part, Dialect dialect) {
    return part.migrations(dialect).stream()
        .flatMap(migration -> migration.statements().stream())
        .map(sql -> sql.replaceAll("\\s+", " ").strip())
        .collect(Collectors.joining(";\n", "", ";"));
  }

  /** Or pages by id would depend on the server's language, and so would what an index means. */
  @Test
  @OnlyOn(
      value = {Kind.POSTGRESQL, Kind.MARIADB},
      because = "H2 compares text by its code points by default")
  void allTextIsComparedByItsCodePoints() throws SQLException {
    for (Schema part : List.of(Schema.CORE, Schema.BENEFIT_CENTER, Schema.PEARSON_VUE)) {
      part.apply(database, SchemaMode.MIGRATE, clock);
    }
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement();
        var rows =
            run.executeQuery(
                """
                SELECT table_name, column_name FROM information_schema.columns
                WHERE table_schema = '%s' AND table_name <> 'acp_schema_version'
                  AND data_type LIKE '%%char%%'
                  AND COALESCE(collation_name, '') NOT IN ('C', 'utf8mb4_bin')"""
                    .formatted(TestDatabase.schema(connection)))) {
      if (rows.next()) {
        throw new AssertionError(rows.getString(1) + "." + rows.getString(2));
      }
    }
  }

  @Test
  void validatingAnEmptyDatabaseRefusesAndChangesNothing() throws SQLException {
    assertThatThrownBy(() -> apply(SchemaMode.VALIDATE))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("core")
        .hasMessageContaining("MIGRATE");
    assertThat(tables()).isZero();
  }

  @Test
  void validatingWhatWasMigratedPasses() throws SQLException {
    apply(SchemaMode.MIGRATE);
    apply(SchemaMode.VALIDATE);
    assertThat(number(database, "SELECT COUNT(*) FROM acp_schema_version"))
        .isEqualTo(Schema.CORE.fileNames().size());
  }

  @Test
  void refusesAFileThatWasAppliedWithOtherContents() throws SQLException {
    apply(SchemaMode.MIGRATE);
    sql("UPDATE acp_schema_version SET checksum = 'tampered' WHERE version = 2");
    for (SchemaMode mode : new SchemaMode[] {SchemaMode.VALIDATE, SchemaMode.MIGRATE}) {
      assertThatThrownBy(() -> apply(mode))
          .isInstanceOf(BenefitsException.class)
          .hasMessageContaining("V002__organizations_invitations.sql")
          .hasMessageContaining("other contents");
    }
    apply(SchemaMode.NONE);
  }

  private void gotNewer(String fileName) throws SQLException {
    apply(SchemaMode.MIGRATE);
    sql(
        "INSERT INTO acp_schema_version VALUES ('core', 99, '%s', 'x', LOCALTIMESTAMP)"
            .formatted(fileName));
  }

  @Test
  void bearsTablesOfANewerVersionThatOnlyAddsToThem() throws SQLException {
    gotNewer("V099__next.sql");
    for (SchemaMode mode : SchemaMode.values()) {
      apply(mode);
    }
  }

  @Test
  void bearsThoseOfANewerVersionThatTakesAwayWhatThisOneDoesNotUse() throws SQLException {
    gotNewer("V099__drop_names__from_V%03d.sql".formatted(Schema.CORE.fileNames().size()));
    apply(SchemaMode.VALIDATE);
  }

  @Test
  void refusesThoseOfANewerVersionThatTakesAwayWhatThisOneUses() throws SQLException {
    gotNewer("V099__drop_names__from_V%03d.sql".formatted(Schema.CORE.fileNames().size() + 1));
    for (SchemaMode mode : new SchemaMode[] {SchemaMode.VALIDATE, SchemaMode.MIGRATE}) {
      assertThatThrownBy(() -> apply(mode))
          .isInstanceOf(BenefitsException.class)
          .hasMessageContaining("V099__drop_names")
          .hasMessageContaining("newer");
    }
  }

  @Test
  void modeNoneTouchesNothing() throws SQLException {
    apply(SchemaMode.NONE);
    assertThat(tables()).isZero();
  }
}
