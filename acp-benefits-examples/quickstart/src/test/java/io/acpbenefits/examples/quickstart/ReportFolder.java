package io.acpbenefits.examples.quickstart;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.acpbenefits.examples.quickstart.report.Reports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The reports of a run, read back. */
record ReportFolder(Path path) {

  String text(String file) {
    try {
      return Files.readString(path.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String header(String file) {
    return text(file).lines().findFirst().orElse("");
  }

  /** Each record's cells by column. */
  List<Map<String, String>> records(String file) {
    return records(path.resolve(file));
  }

  static List<Map<String, String>> records(Path file) {
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file);
        Stream<NamedCsvRecord> records = csv.stream()) {
      return records.map(NamedCsvRecord::getFieldsAsMap).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Records as lines of the cells that are asked for, so that failures can be read. */
  static List<String> lines(List<Map<String, String>> records, String... columns) {
    return records.stream()
        .map(record -> String.join(",", Stream.of(columns).map(record::get).toList()))
        .toList();
  }

  List<String> lines(String file, String... columns) {
    return lines(records(file), columns);
  }

  /** How a row ended: {@code DONE}, or the outcome and its reason. */
  String outcome(String row) {
    return records("outcomes.csv").stream()
        .filter(record -> record.get("row").equals(row))
        .map(record -> (record.get("outcome") + " " + record.get("reason")).strip())
        .findFirst()
        .orElse("not played");
  }

  /** What the program says of a row. */
  String detail(String row) {
    return records("outcomes.csv").stream()
        .filter(record -> record.get("row").equals(row))
        .map(record -> record.get("detail"))
        .findFirst()
        .orElse("not played");
  }

  /** All files' bytes, as text. */
  Map<String, String> everything() {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : Reports.names()) {
      try {
        files.put(
            name, new String(Files.readAllBytes(path.resolve(name)), StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }
}
