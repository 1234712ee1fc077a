package io.acpbenefits.model;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.SettableClock;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.application.ApplicationPolicy;
import io.acpbenefits.certificate.CertificatePolicy;
import io.acpbenefits.certificate.TallyPolicy;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.internal.MemoryDatabase;
import io.acpbenefits.invitation.InvitationPolicy;
import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.secret.KeyRing;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One database for all sequences, emptied before each: making one anew would take longer than
 * playing. One library for each set of rules works on it.
 */
final class Stage implements AutoCloseable {

  private final @Nullable MemoryDatabase memory =
      TestDatabase.kind() == TestDatabase.Kind.H2 ? MemoryDatabase.open() : null;
  private final Connection connection;
  private final DataSource pool;
  private final KeyRing keys = KeyRing.ephemeral();
  private final SettableClock clock = new SettableClock(World.START);
  private final LastRecord lastRecord = new LastRecord();
  private final List<String> emptying = new ArrayList<>();
  private final Map<World.Rules, AcpBenefits> libraries = new HashMap<>();

  Stage() throws SQLException {
    DataSource database = memory == null ? TestDatabase.fresh() : memory.dataSource();
    AcpBenefits.on(database).keys(keys).build(); // Makes the tables.
    connection = database.getConnection();
    pool = KeptStatements.of(connection);
    findTables(connection.getMetaData());
  }

  /** A library that knows nothing yet. */
  Library empty(World.Rules rules) {
    AcpBenefits benefits = libraries.computeIfAbsent(rules, this::build);
    try (Statement statement = connection.createStatement()) {
      // Anything that counts as a change of the schema would make H2 forget its prepared
      // statements.
      for (String emptying : emptying) {
        statement.execute(emptying);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return new Library(benefits, clock, lastRecord);
  }

  /** Each table before those that it refers to. */
  private void findTables(DatabaseMetaData metaData) throws SQLException {
    Map<String, Set<String>> referring = new TreeMap<>();
    String catalog = connection.getCatalog();
    String schema = connection.getSchema();
    try (var rows =
        metaData.getTables(catalog, schema, "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (rows.next()) {
        referring.put(rows.getString("TABLE_NAME"), new HashSet<>());
      }
    }
    // The sequences do not play with Pearson VUE.
    referring
        .keySet()
        .removeIf(table -> !table.matches("(?i)acp_.*") || table.matches("(?i)acp_(schema|vue).*"));
    for (var table : referring.entrySet()) {
      try (var keys = metaData.getExportedKeys(catalog, schema, table.getKey())) {
        while (keys.next()) {
          table.getValue().add(keys.getString("FKTABLE_NAME"));
        }
      }
    }
    Set<String> ordered = new HashSet<>();
    while (ordered.size() < referring.size()) {
      for (var table : referring.entrySet()) {
        table.getValue().remove(table.getKey());
        if (ordered.containsAll(table.getValue()) && ordered.add(table.getKey())) {
          emptying.add("DELETE FROM " + table.getKey());
        }
      }
    }
    if (TestDatabase.kind() == TestDatabase.Kind.MARIADB) {
      // It looks at each row by itself: a renewed certificate goes before the one that renews it.
      emptying.add(0, "SET SESSION foreign_key_checks = 0");
      emptying.add("SET SESSION foreign_key_checks = 1");
    }
  }

  private AcpBenefits build(World.Rules rules) {
    return AcpBenefits.on(pool)
        .schema(SchemaMode.NONE)
        .keys(keys)
        .clock(clock)
        .policies(policies(rules))
        .listener(lastRecord)
        .build();
  }

  private static Policies policies(World.Rules rules) {
    return Policies.DEFAULT
        .with(ApplicationPolicy.DEFAULT.withReview(rules.reviewed()))
        .with(rules.leaversToo() ? TallyPolicy.LEAVERS_TOO : TallyPolicy.ACTIVE_MEMBERS)
        .with(InvitationPolicy.DEFAULT.withListedDomainsApproved(rules.listedApproved()))
        .with(
            rules.validMonths() == 0
                ? CertificatePolicy.DEFAULT
                : CertificatePolicy.DEFAULT.withValidity(
                    ExamLevel.ACP, Period.ofMonths(rules.validMonths())));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    if (memory != null) {
      memory.close();
    }
  }
}
