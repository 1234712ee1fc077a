package io.acpbenefits.model;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.SettableClock;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.certificate.TallyPolicy;
import io.acpbenefits.internal.MemoryDatabase;
import io.acpbenefits.secret.KeyRing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One database for all sequences, emptied before each: making one anew would take longer than
 * playing. One library for each set of rules works on it.
 */
final class Stage implements AutoCloseable {

  private final MemoryDatabase database = MemoryDatabase.open();
  private final KeyRing keys = KeyRing.ephemeral();
  private final SettableClock clock = new SettableClock(World.START);
  private final LastRecord lastRecord = new LastRecord();
  private final Map<World.Rules, AcpBenefits> libraries = new HashMap<>();

  /** A library that knows nothing yet. */
  Library empty(World.Rules rules) {
    AcpBenefits benefits = libraries.computeIfAbsent(rules, this::build);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET REFERENTIAL_INTEGRITY FALSE");
      for (String table : tables(statement)) {
        statement.execute("TRUNCATE TABLE " + table);
      }
      statement.execute("SET REFERENTIAL_INTEGRITY TRUE");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return new Library(benefits, clock, lastRecord);
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (var rows =
        statement.executeQuery(
            """
            SELECT table_name FROM information_schema.tables
            WHERE table_name LIKE 'ACP_%' AND table_name NOT LIKE 'ACP_SCHEMA%'""")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private AcpBenefits build(World.Rules rules) {
    return AcpBenefits.on(database.dataSource())
        .keys(keys)
        .clock(clock)
        .policies(policies(rules))
        .listener(lastRecord)
        .build();
  }

  private static Policies policies(World.Rules rules) {
    ApplicationPolicy applying = ApplicationPolicy.DEFAULT;
    return Policies.DEFAULT
        .with(
            new ApplicationPolicy(
                rules.reviewed(),
                applying.reviewDue(),
                applying.reviewReminder(),
                applying.retries()))
        .with(rules.leaversToo() ? TallyPolicy.LEAVERS_TOO : TallyPolicy.ACTIVE_MEMBERS);
  }

  @Override
  public void close() {
    database.close();
  }
}
