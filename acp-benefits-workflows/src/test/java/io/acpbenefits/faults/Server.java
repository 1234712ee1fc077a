package io.acpbenefits.faults;

import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.BenefitsEngine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL of these tests' own: what it has committed is on the disk, whatever is killed. */
final class Server {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final String TEMPLATE = "crash_template";
  private static final Duration TO_START = Duration.ofMinutes(1);

  private final Path folder;
  private final Path keys;
  private final EmbeddedPostgres postgres;
  private final List<String> command = new ArrayList<>();
  private int databases;

  Server() throws IOException {
    folder = Ground.folder("server");
    keys = folder.resolve("keys");
    KeyRing.createFile(keys);
    postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("data"))
            // The launcher switches it off; what comes later counts.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "400")
            .start();
    remember(postmaster());
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopQuietly, "server-stopper"));
    execute("CREATE DATABASE " + TEMPLATE);
    NodeDatabase database =
        new NodeDatabase(url(TEMPLATE), new CommitPoints(), Trouble.parse(Trouble.NONE));
    BenefitsEngine.on(database)
        .keys(KeyRing.ofFile(keys))
        .embeddedPearsonVue(PearsonVuePolicy.DEFAULT)
        .jobExecutor(false)
        .build()
        .close();
    database.close();
    execute(TEMPLATE, Results.TABLE);
    execute(TEMPLATE, Outside.TABLES);
  }

  /** How it was started is how it is started again. */
  private void remember(ProcessHandle running) {
    if (running.info().arguments().isEmpty()) {
      throw new AssertionError("How PostgreSQL was started cannot be seen here.");
    }
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(running.info().command().orElseThrow());
    command.addAll(List.of(running.info().arguments().orElseThrow()));
  }

  Path keys() {
    return keys;
  }

  String url(String database) {
    return postgres.getJdbcUrl("postgres", database);
  }

  /** A database with all tables and no rows; its URL. */
  synchronized String fresh() {
    String name = "crash_" + ++databases;
    execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    return url(name);
  }

  void execute(String sql) {
    execute("postgres", sql);
  }

  private void execute(String database, String sql) {
    try (Connection connection = DriverManager.getConnection(url(database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** How many transactions it has ended since it was started, to let others go on. */
  long deadlocks() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url("postgres"))) {
      return Long.parseLong(
          Checker.rows(connection, "SELECT sum(deadlocks) FROM pg_stat_database").get(0));
    }
  }

  private ProcessHandle postmaster() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"));
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
  }

  /** As {@code pg_ctl stop -m immediate}: no connection is ended, nothing is written any more. */
  void stopImmediately() throws IOException, InterruptedException {
    ProcessHandle running = postmaster();
    new ProcessBuilder("kill", "-QUIT", Long.toString(running.pid())).start().waitFor();
    running.onExit().join();
    LOG.info("PostgreSQL was stopped");
  }

  void startAgain() throws IOException {
    Files.deleteIfExists(folder.resolve("data").resolve("postmaster.pid"));
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("restarted.log").toFile())
        .start();
    Instant late = Instant.now().plus(TO_START);
    while (!answers()) {
      if (Instant.now().isAfter(late)) {
        throw new AssertionError("PostgreSQL did not start again, see " + folder);
      }
      Thread.onSpinWait();
    }
  }

  private boolean answers() {
    try (Connection connection = DriverManager.getConnection(url("postgres"))) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** Whatever it has still to write is of no use to anybody. */
  private void stopQuietly() {
    try {
      stopImmediately();
    } catch (IOException gone) {
      LOG.debug("PostgreSQL has ended already", gone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
