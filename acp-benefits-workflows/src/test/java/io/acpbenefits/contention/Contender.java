package io.acpbenefits.contention;

import io.acpbenefits.persistence.RetryCounts;
import io.acpbenefits.secret.KeyRing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * A JVM of its own that takes part: told on its input what to do, it answers with its history, and
 * ends with its input.
 */
final class Contender {

  /** Answers: ready for a round; one attempt; the counts of retries, which end a round. */
  static final String READY = "ready";

  static final String ATTEMPT = "attempt\t";
  static final String RETRIES = "retries\t";

  /** Threads, those that run jobs, and some more. */
  private static final int CONNECTIONS = 80;

  private Contender() {}

  static DataSource connect(String url) {
    PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
    source.setURL(url);
    JdbcConnectionPool pool = JdbcConnectionPool.create(source);
    pool.setMaxConnections(CONNECTIONS);
    return pool;
  }

  static String command(Scenario scenario, String round, long seed, int threads, int of) {
    return String.join(
        "\t",
        scenario.name(),
        round,
        Long.toString(seed),
        Integer.toString(threads),
        Integer.toString(of));
  }

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    try (Installation node =
            new Installation(
                Integer.parseInt(arguments[0]),
                connect(arguments[1]),
                KeyRing.ofFile(Path.of(arguments[2])),
                true);
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      answers.println(READY);
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] parts = line.split("\t", -1);
        List<Attempt> history =
            node.run(
                Scenario.named(parts[0]),
                parts[1],
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
        history.forEach(attempt -> answers.println(ATTEMPT + attempt.toLine()));
        RetryCounts retries = node.retries();
        answers.println(RETRIES + retries.repeated() + "\t" + retries.exhausted());
        answers.flush();
      }
    }
    // Pools of connections have threads that would keep the JVM.
    System.exit(0);
  }
}
