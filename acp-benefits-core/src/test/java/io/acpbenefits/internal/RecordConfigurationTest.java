package io.acpbenefits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.SettableClock;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.persistence.Dialect;
import io.acpbenefits.persistence.JdbcTransactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordConfigurationTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  enum Colour {
    RED
  }

  record Thing(
      String thingId, @Nullable Colour colour, int size, @Nullable Instant madeAt, boolean old) {}

  interface ThingMapper {

    String WHOLE = "SELECT 'a' AS thing_id, 'RED' AS colour, 3 AS size,";

    @Select(WHOLE + " TIMESTAMP '2026-03-01 12:00:00' AS made_at, TRUE AS old")
    Optional<Thing> whole();

    @Select(
        """
        SELECT TRUE AS old, NULL AS made_at, 'b' AS thing_id, NULL AS colour, 4 AS size
        UNION ALL SELECT FALSE, TIMESTAMP '2026-03-01 12:00:00', 'a', 'RED', 3""")
    List<Thing> several();

    @Select(WHOLE + " NULL AS made_at")
    Optional<Thing> oneTooFew();

    @Select(WHOLE + " NULL AS made_at, TRUE AS old, 1 AS unwanted")
    Optional<Thing> oneTooMany();

    @Select("SELECT 'a' AS thing_id, 'RED' AS colour, NULL AS size, NULL AS made_at, TRUE AS old")
    Optional<Thing> withoutSize();
  }

  private final DataSource database = TestDatabase.empty();
  private final Rows<ThingMapper> rows =
      new Domain(new JdbcTransactions(database), Dialect.of(database), new SettableClock(NOON))
          .rows(ThingMapper.class);

  @Test
  void eachColumnGoesToTheComponentOfItsName() {
    assertThat(rows.get(ThingMapper::whole)).contains(new Thing("a", Colour.RED, 3, NOON, true));
  }

  @Test
  void theOrderOfColumnsDoesNotMatterAndNullStaysNull() {
    assertThat(rows.get(ThingMapper::several))
        .containsExactlyInAnyOrder(
            new Thing("b", null, 4, null, true), new Thing("a", Colour.RED, 3, NOON, false));
  }

  @Test
  void aColumnThatIsMissingFails() {
    assertThatThrownBy(() -> rows.get(ThingMapper::oneTooFew))
        .isInstanceOf(PersistenceException.class)
        .hasStackTraceContaining("get column 'old'");
  }

  @Test
  void aColumnThatNoComponentWantsFails() {
    assertThatThrownBy(() -> rows.get(ThingMapper::oneTooMany))
        .isInstanceOf(PersistenceException.class)
        .hasStackTraceContaining("Unknown column is detected");
  }

  @Test
  void nothingIsNoNumber() {
    assertThatThrownBy(() -> rows.get(ThingMapper::withoutSize))
        .isInstanceOf(PersistenceException.class);
  }
}
