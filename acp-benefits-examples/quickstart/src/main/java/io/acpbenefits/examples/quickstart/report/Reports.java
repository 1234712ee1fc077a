package io.acpbenefits.examples.quickstart.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes the reports of a played journey: {@code outcomes.csv}, {@code timeline.csv}, {@code
 * quota.csv}, {@code codes.csv}, {@code members.csv}, {@code bindings.csv}, {@code tally.csv} and
 * {@code report.html}. The same data give the same bytes. Times are ISO-8601 UTC instants.
 *
 * <p>In the CSV files a cell that a spreadsheet would take for a formula gets a leading apostrophe,
 * ids and accounts included: whoever compares ids beginning with {@code = + - @} by machine strips
 * it. The page shows them as they are.
 */
public final class Reports {

  private static final String PAGE = "report.html";

  private Reports() {}

  /**
   * Writes all reports. Each file is written beside its place first, and all are moved into place
   * when the last is complete, so that a crash leaves no half file. Two programs must not write
   * into one folder at a time.
   *
   * @param folder is created if it is missing; older reports in it are replaced, other files stay
   * @param data what to report
   * @throws UncheckedIOException with a sentence for people, if the folder cannot be written
   */
  public static void write(Path folder, ReportData data) {
    List<Path> parts = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      for (String name : names()) {
        Path part = part(folder, name);
        parts.add(part);
        if (name.equals(PAGE)) {
          Files.writeString(part, HtmlReport.page(data));
        } else {
          CsvReports.write(name, part, data);
        }
      }
      for (String name : names()) {
        moveIntoPlace(part(folder, name), folder.resolve(name));
      }
    } catch (IOException e) {
      throw notWritten(folder, e, parts);
    } catch (UncheckedIOException e) {
      throw notWritten(folder, Objects.requireNonNull(e.getCause()), parts);
    }
  }

  /**
   * The files that {@link #write} leaves in the folder.
   *
   * @return eight names
   */
  public static List<String> names() {
    List<String> names = new ArrayList<>(CsvReports.names());
    names.add(PAGE);
    return List.copyOf(names);
  }

  /** A fixed name, so that what a killed program left is overwritten by the next. */
  private static Path part(Path folder, String name) {
    return folder.resolve("." + name + ".part");
  }

  private static void moveIntoPlace(Path part, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "a folder is in the report's place");
    }
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static UncheckedIOException notWritten(Path folder, IOException cause, List<Path> parts) {
    for (Path part : parts) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
    return new UncheckedIOException(
        "Cannot write the reports to "
            + folder
            + ": "
            + why(cause)
            + ". Make the folder writable, or name another output folder.",
        cause);
  }

  private static String why(IOException cause) {
    if (cause instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file, not a folder";
    }
    if (cause instanceof AccessDeniedException denied) {
      return "no permission to write " + denied.getFile();
    }
    if (cause instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getFile() + ": " + failed.getReason();
    }
    return String.valueOf(cause.getMessage());
  }
}
