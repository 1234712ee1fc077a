package io.acpbenefits.examples.quickstart;

import io.acpbenefits.secret.KeyRing;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * The database and its keys. A new H2 file gets a key file of its own beside it, which only its
 * owner can read; a database in memory has keys in memory.
 */
final class Storage implements AutoCloseable {

  /** The rows that a played journey locks are released at once; a wait means another program. */
  private static final String SETTINGS = ";LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256";

  private static final Pattern FILE_URL =
      Pattern.compile("jdbc:h2:(?:file:)?(?!(?:mem|tcp|ssl|zip|split|nio\\w+):)([^;]+).*");

  private final JdbcConnectionPool pool;
  private final KeyRing keys;

  private Storage(JdbcConnectionPool pool, KeyRing keys) {
    this.pool = pool;
    this.keys = keys;
  }

  static Storage open(Options options, PrintStream out) {
    String url = options.jdbcUrl();
    if (url == null) {
      url = "jdbc:h2:mem:quickstart-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }
    KeyRing keys = keys(url, options.keys(), out);
    String withSettings =
        url.toUpperCase(Locale.ROOT).contains("LOCK_TIMEOUT") ? url : url + SETTINGS;
    return new Storage(JdbcConnectionPool.create(withSettings, "sa", ""), keys);
  }

  private static KeyRing keys(String url, @Nullable Path named, PrintStream out) {
    Optional<Path> database = databaseFile(url);
    if (named == null && database.isEmpty()) {
      if (url.startsWith("jdbc:h2:mem:")) {
        return KeyRing.ephemeral();
      }
      throw new BadOption("Name the key file of this database: -Dkeys=<file>.");
    }
    Path file = named != null ? named : database.map(path -> Path.of(path + ".keys")).orElseThrow();
    if (Files.exists(file)) {
      return KeyRing.ofFile(file);
    }
    if (database.map(path -> Files.exists(Path.of(path + ".mv.db"))).orElse(false)) {
      throw new BadOption(
          ("The database %s exists, but its key file %s does not, and without the keys its exam codes"
                  + " cannot be read. Bring the key file back, or name it with -Dkeys=<file>.")
              .formatted(database.orElseThrow(), file));
    }
    KeyRing created = KeyRing.createFile(file);
    out.println(
        "Created the key file "
            + file
            + ", readable by its owner only. Keep it: without it the exam codes are lost.");
    return created;
  }

  private static Optional<Path> databaseFile(String url) {
    Matcher matcher = FILE_URL.matcher(url);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String path = matcher.group(1);
    return Optional.of(
        path.startsWith("~/")
            ? Path.of(System.getProperty("user.home"), path.substring(2))
            : Path.of(path));
  }

  DataSource dataSource() {
    return pool;
  }

  KeyRing keys() {
    return keys;
  }

  @Override
  public void close() {
    pool.dispose();
  }
}
