package io.acpbenefits.pearsonvue;

import static io.acpbenefits.pearsonvue.PearsonVueFixture.CODE;
import static io.acpbenefits.pearsonvue.PearsonVueFixture.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.OnlyOn;
import io.acpbenefits.SettableClock;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.TestDatabase.Kind;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamRecordSource.Batch;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.secret.KeyRing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PearsonVuePersistenceTest {

  private static final Actor OPERATOR = Actor.operator("otto");
  private static final Actor.Account ANN = Actor.account("ann");
  private static final ExamId CLOUD = ExamId.of("cloud");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final KeyRing keys = KeyRing.ephemeral();

  private final Path folder;

  PearsonVuePersistenceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Opens the library anew on the same H2 file, as after a restart. */
  private <T> T afterARestart(Function<EmbeddedPearsonVue, T> work) {
    JdbcConnectionPool database =
        JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("vue"), "sa", "");
    try (AcpBenefits benefits =
        AcpBenefits.on(database)
            .keys(keys)
            .clock(clock)
            .embeddedPearsonVue(PearsonVuePolicy.DEFAULT)
            .build()) {
      return work.apply(benefits.embeddedPearsonVue().orElseThrow());
    } finally {
      database.dispose();
    }
  }

  @Test
  @OnlyOn(value = Kind.H2, because = "reads the database's file; a server outlives the library")
  void everythingIsThereAfterEachRestart() throws Exception {
    Slot slot =
        afterARestart(
            vue -> {
              PearsonVueDesk desk = vue.desk();
              desk.offer(OPERATOR, new CatalogueExam(CLOUD, "Cloud", Price.of("240", "USD"), null));
              desk.registerVouchers(
                  OPERATOR, CLOUD, List.of(CODE), clock.instant().plus(Duration.ofDays(90)));
              vue.openAccount(ANN, "Ann Example", "ann@example.org");
              vue.checkEquipment(ANN, PearsonVueFixture.FIT);
              return desk.addOnlineSlot(OPERATOR, clock.instant().plus(Duration.ofDays(7)), 1);
            });
    Booking held = afterARestart(vue -> vue.book(ANN, CLOUD, slot.slotId()));
    Booking paid = afterARestart(vue -> vue.checkout(ANN, held.bookingId(), CODE));
    clock.set(slot.startsAt());
    Booking sat = afterARestart(vue -> vue.desk().deliver(OPERATOR, paid.bookingId(), PASS));
    clock.advance(Duration.ofDays(1));
    String cursor =
        afterARestart(
            vue -> {
              Batch batch = vue.next(null, 10);
              assertThat(PearsonVueFixture.lines(batch))
                  .singleElement()
                  .satisfies(line -> assertThat(line.voucherCode()).isEqualTo(CODE));
              return batch.cursor();
            });

    Batch later = afterARestart(vue -> vue.next(cursor, 10));
    assertThat(later.lines()).isEmpty();
    Page<Booking> history = afterARestart(vue -> vue.history(ANN, PageRequest.first(9)));
    assertThat(history.items()).containsExactly(sat);
    assertThat(sat.candidateId()).isEqualTo(paid.candidateId());
    byte[] file = Files.readAllBytes(folder.resolve("vue.mv.db"));
    assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain(CODE.value());
  }

  @Test
  void itsTablesAreMadeOnlyWhereItIsChosen() {
    CoreFixture without = new CoreFixture(TestDatabase.empty(), UnaryOperator.identity());
    assertThat(without.tables("acp_vue")).isZero();
    assertThat(without.benefits.embeddedPearsonVue()).isEmpty();
    assertThat(without.benefits.pearsonVue()).isEmpty();

    assertThatThrownBy(() -> chosenOn(without.database, SchemaMode.VALIDATE))
        .isInstanceOf(BenefitsException.class)
        .hasMessageContaining("V001__pearson_vue.sql");
    chosenOn(without.database, SchemaMode.MIGRATE);
    assertThat(without.tables("acp_vue")).isEqualTo(8);
    chosenOn(without.database, SchemaMode.VALIDATE);
  }

  private void chosenOn(DataSource database, SchemaMode mode) {
    AcpBenefits.on(database)
        .keys(keys)
        .schema(mode)
        .embeddedPearsonVue(PearsonVuePolicy.DEFAULT)
        .build()
        .close();
  }

  @Test
  void theLastChoiceOfAPearsonVueCounts() {
    EmbeddedPearsonVue elsewhere = new PearsonVueFixture().vue;
    try (AcpBenefits hosts =
            AcpBenefits.on(TestDatabase.empty())
                .keys(keys)
                .embeddedPearsonVue(PearsonVuePolicy.DEFAULT)
                .pearsonVue(elsewhere)
                .build();
        AcpBenefits embedded =
            AcpBenefits.on(TestDatabase.empty())
                .keys(keys)
                .pearsonVue(elsewhere)
                .embeddedPearsonVue(PearsonVuePolicy.DEFAULT)
                .build()) {
      assertThat(hosts.embeddedPearsonVue()).isEmpty();
      assertThat(hosts.pearsonVue()).containsSame(elsewhere);
      assertThat(embedded.pearsonVue().map(EmbeddedPearsonVue.class::cast))
          .isEqualTo(embedded.embeddedPearsonVue());
    }
  }

  @Test
  void noTableHoldsACodeInTheClear() throws SQLException {
    PearsonVueFixture at = new PearsonVueFixture();
    Booking paid = at.paidWithCode(7);
    at.it.clock.set(paid.appointment());
    at.desk.deliver(at.operator, paid.bookingId(), PASS);

    int cells = 0;
    try (Connection connection = at.it.database.getConnection();
        Statement statement = connection.createStatement();
        Statement tables = connection.createStatement();
        ResultSet names =
            tables.executeQuery(
                "SELECT table_name FROM information_schema.tables"
                    + " WHERE LOWER(table_name) LIKE 'acp_%' AND table_schema = '"
                    + TestDatabase.schema(connection)
                    + "'")) {
      while (names.next()) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + names.getString(1))) {
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              assertThat(text(rows.getObject(column))).doesNotContain(CODE.value());
              cells++;
            }
          }
        }
      }
    }
    assertThat(cells).isGreaterThan(50);
  }

  private static String text(Object cell) {
    return (cell instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.ISO_8859_1)
            : String.valueOf(cell))
        .toUpperCase(Locale.ROOT);
  }
}
