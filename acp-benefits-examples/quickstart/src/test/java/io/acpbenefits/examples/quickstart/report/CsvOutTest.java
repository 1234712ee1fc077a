package io.acpbenefits.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOutTest {

  private final Path temp;

  CsvOutTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void writesTheSameBytesForTheSameValues() throws IOException {
    for (String name : List.of("first.csv", "second.csv")) {
      try (CsvOut out = CsvOut.create(temp.resolve(name), "row", "at", "detail")) {
        out.row("r1", Instant.parse("2026-03-01T09:00:00Z"), null);
        out.row("r2", -3, "Größe, \"quoted\"\nand broken");
      }
    }

    assertThat(temp.resolve("first.csv"))
        .hasSameBinaryContentAs(temp.resolve("second.csv"))
        .hasContent(
            """
            row,at,detail
            r1,2026-03-01T09:00:00Z,
            r2,-3,"Größe, ""quoted""
            and broken"
            """);
  }

  @Test
  void isReadBackAsItWasWritten() throws IOException {
    List<String> values =
        List.of("plain", "a,b", "say \"hi\"", "two\nlines", "cr\r\nlf", " x ", "");
    Path file = temp.resolve("round-trip.csv");

    try (CsvOut out = CsvOut.create(file, "a", "b", "c", "d", "e", "f", "g")) {
      out.row(values.toArray());
    }

    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      assertThat(reader.stream().skip(1).map(CsvRecord::getFields).toList())
          .isEqualTo(List.of(values));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+cmd",
        "-1+1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "-",
        "=HYPERLINK(\"x\")\n",
        "--1"
      })
  void escapesWhatASpreadsheetWouldTakeForAFormula(String formula) throws IOException {
    assertThat(firstCellWritten(formula)).isEqualTo("'" + formula);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+49", "-0.5", "1", "a=b", "p-1", "'x"})
  void leavesNumbersAndTextAlone(String text) throws IOException {
    assertThat(firstCellWritten(text)).isEqualTo(text);
  }

  @Test
  void refusesARecordThatDoesNotFitTheHeader() {
    try (CsvOut out = CsvOut.create(temp.resolve("out.csv"), "a", "b")) {
      assertThatThrownBy(() -> out.row("only one"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Expected 2 cells, got 1");
    }
  }

  @Test
  void replacesAnOlderReport() throws IOException {
    Path file = Files.writeString(temp.resolve("out.csv"), "something longer than the report");

    CsvOut.create(file, "a").close();

    assertThat(file).hasContent("a\n");
  }

  @Test
  void tellsWhichFileItCannotWrite() {
    Path file = temp.resolve("missing").resolve("out.csv");

    assertThatThrownBy(() -> CsvOut.create(file, "a"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot write " + file);
  }

  private String firstCellWritten(String value) throws IOException {
    Path file = temp.resolve("cell.csv");
    try (CsvOut out = CsvOut.create(file, "cell")) {
      out.row(value);
    }
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      return reader.stream().skip(1).findFirst().orElseThrow().getField(0);
    }
  }
}
