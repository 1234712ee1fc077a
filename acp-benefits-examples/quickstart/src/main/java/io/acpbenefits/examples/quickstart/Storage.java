package io.acpbenefits.examples.quickstart;

import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.secret.KeyRing;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
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

  /**
   * A wait for a lock means another program; prepared statements are kept; no query is answered
   * with the result of an equal one before it.
   */
  private static final Map<String, String> SETTINGS =
      Map.of("LOCK_TIMEOUT", "10000", "QUERY_CACHE_SIZE", "256", "OPTIMIZE_REUSE_RESULTS", "0");

  private static final Pattern FILE_URL =
      Pattern.compile("jdbc:h2:(?:file:)?(?!(?:mem|tcp|ssl|zip|split|nio\\w+):)([^;]+).*");

  private final JdbcConnectionPool pool;
  private final KeyRing keys;
  private final List<Path> created;

  private Storage(JdbcConnectionPool pool, KeyRing keys, List<Path> created) {
    this.pool = pool;
    this.keys = keys;
    this.created = created;
  }

  static Storage open(Options options, PrintStream out) {
    String url = options.jdbcUrl();
    if (url == null) {
      url = "jdbc:h2:mem:quickstart-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }
    String withSettings = withSettings(url);
    Optional<Path> database = databaseFile(url);
    boolean known = database.map(Storage::exists).orElse(false);
    Path file = keyFile(url, database, options.keys());
    if (known && file != null) {
      requireKeyFile(file, database.orElseThrow().toString());
    }
    // H2 itself would print a stack trace on its way to refusing.
    database
        .flatMap(path -> Folders.obstacle(path.toAbsolutePath().getParent()))
        .ifPresent(
            obstacle -> {
              throw new BadOption("The database cannot be used: " + obstacle + ".");
            });

    JdbcConnectionPool pool = JdbcConnectionPool.create(withSettings, "sa", "");
    List<Path> created = new ArrayList<>();
    try {
      boolean played = wasPlayedOn(pool);
      if (!known) {
        database.ifPresent(path -> created.addAll(files(path)));
      }
      if (played && file != null) {
        requireKeyFile(file, url);
      }
      return new Storage(pool, keys(file, created, out), List.copyOf(created));
    } catch (BenefitsException | BadOption failure) {
      pool.dispose();
      delete(created);
      throw failure;
    }
  }

  /** The url's own settings come first; a compatibility mode would change what the SQL means. */
  private static String withSettings(String url) {
    String upperCase = url.toUpperCase(Locale.ROOT);
    if (upperCase.contains(";MODE=") && !upperCase.contains(";MODE=REGULAR")) {
      throw new BadOption("-Djdbc.url asks for a mode of H2 that cannot be used: leave MODE out.");
    }
    StringBuilder complete = new StringBuilder(url);
    new TreeMap<>(SETTINGS)
        .forEach(
            (name, value) -> {
              if (!upperCase.contains(";" + name + "=")) {
                complete.append(';').append(name).append('=').append(value);
              }
            });
    return complete.toString();
  }

  private static @Nullable Path keyFile(String url, Optional<Path> database, @Nullable Path named) {
    if (named != null || database.isPresent()) {
      return named != null ? named : Path.of(database.orElseThrow() + ".keys");
    }
    if (url.startsWith("jdbc:h2:mem:")) {
      return null;
    }
    throw new BadOption("Name the key file of this database: -Dkeys=<file>.");
  }

  private static void requireKeyFile(Path file, String database) {
    if (!Files.exists(file)) {
      throw new BadOption(
          ("The database %s exists, but its key file %s does not, and without the keys its exam codes"
                  + " cannot be read. Bring the key file back, or name it with -Dkeys=<file>.")
              .formatted(database, file));
    }
  }

  private static boolean wasPlayedOn(JdbcConnectionPool pool) {
    try (Connection connection = pool.getConnection();
        ResultSet tables = connection.getMetaData().getTables(null, null, "QUICKSTART_ROW", null)) {
      return tables.next();
    } catch (SQLException e) {
      throw new BadOption("The database cannot be used: " + e.getMessage());
    }
  }

  private static KeyRing keys(@Nullable Path file, List<Path> created, PrintStream out) {
    if (file == null) {
      return KeyRing.ephemeral();
    }
    if (Files.exists(file)) {
      return readable(() -> KeyRing.ofFile(file));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new BadOption("The key file %s needs a folder that exists.".formatted(file));
    }
    KeyRing keys = readable(() -> KeyRing.createFile(file));
    created.add(file);
    out.println(
        "Created the key file "
            + file
            + ", readable by its owner only. Keep it: without it the exam codes are lost.");
    return keys;
  }

  private static KeyRing readable(Supplier<KeyRing> keys) {
    try {
      return keys.get();
    } catch (BenefitsException e) {
      throw new BadOption(String.valueOf(e.getMessage()));
    }
  }

  private static boolean exists(Path database) {
    return Files.exists(Path.of(database + ".mv.db"));
  }

  private static List<Path> files(Path database) {
    return List.of(Path.of(database + ".mv.db"), Path.of(database + ".trace.db"));
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

  /** Nothing was played: takes away the database file and the key file that this run has made. */
  void abandonIfNew() {
    pool.dispose();
    delete(created);
  }

  private static void delete(List<Path> files) {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot delete " + file + ", which is not used.", e);
      }
    }
  }

  @Override
  public void close() {
    pool.dispose();
  }
}
