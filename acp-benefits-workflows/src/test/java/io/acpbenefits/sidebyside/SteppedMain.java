package io.acpbenefits.sidebyside;

import io.acpbenefits.persistence.SchemaMode;
import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.BenefitsEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A {@link SteppedNode} in a JVM of its own, told line by line, until there are no more. */
public final class SteppedMain {

  static final String DONE = "> done";
  static final String FAILED = "> failed";

  private SteppedMain() {}

  /**
   * Takes the URL of a PostgreSQL database, the key file and the schema mode.
   *
   * @param arguments these three
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PGConnectionPoolDataSource postgres = new PGConnectionPoolDataSource();
    postgres.setURL(arguments[0]);
    JdbcConnectionPool database = JdbcConnectionPool.create(postgres);
    BenefitsEngine.Builder builder =
        BenefitsEngine.on(database)
            .keys(KeyRing.ofFile(Path.of(arguments[1])))
            .schema(SchemaMode.valueOf(arguments[2]));
    try (SteppedNode node = new SteppedNode(builder);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      out.println(DONE);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(answer(node, line));
      }
    } catch (RuntimeException failure) {
      out.println(FAILED + "\t" + failure);
      throw failure;
    } finally {
      database.dispose();
    }
  }

  private static String answer(SteppedNode node, String line) {
    try {
      return DONE
          + node.obey(line.split("\t", -1)).stream()
              .map(word -> "\t" + word)
              .reduce("", String::concat);
    } catch (RuntimeException failure) {
      failure.printStackTrace();
      return FAILED + "\t" + String.valueOf(failure).lines().findFirst().orElse("");
    }
  }
}
