package io.acpbenefits.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.exam.ExamLevel;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvExportTest {

  private static String written(@Nullable Object... cells) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CsvExport table = new CsvExport(bytes, Collections.nCopies(cells.length, "c"));
    table.row(Arrays.asList(cells));
    table.finish();
    String text = bytes.toString(StandardCharsets.UTF_8);
    return text.substring(text.indexOf("\r\n") + 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-1+1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\n=1",
        " =1",
        "   +1",
        "\u00a0-1",
        "\u3000@x",
        "\ufeff=1",
        "\u200b=1",
        "\u0000=1",
        "  \t1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        "-",
        "-2"
      })
  void whatASpreadsheetTakesForAFormulaGetsAnApostrophe(String formula) {
    assertThat(CsvExport.escaped(formula)).isEqualTo("'" + formula);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "ann", "a=b", "p-1", "1", "\"=1\"", "'x", "Größe", "\ud83d\ude00-"})
  void otherTextStaysAsItIs(String text) {
    assertThat(CsvExport.escaped(text)).isEqualTo(text);
  }

  @Test
  void quotesWhatMustBeQuotedAndEndsLinesWithCarriageReturnAndLineFeed() {
    assertThat(written("a,b", "say \"hi\"", "two\r\nlines", "Größe \ud83d\ude00", null))
        .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",Größe \ud83d\ude00,\r\n");
  }

  @Test
  void aFormulaIsEscapedBeforeItIsQuoted() {
    assertThat(written("=HYPERLINK(\"x\",\"y\")"))
        .isEqualTo("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
  }

  @Test
  void numbersConstantsAndTimesAreTheLibrarysOwn() {
    assertThat(written(-2L, 7, ExamLevel.ACP, Instant.parse("2026-03-01T09:00:00Z")))
        .isEqualTo("-2,7,ACP,2026-03-01T09:00:00Z\r\n");
  }

  @Test
  void aRowThatDoesNotFitTheHeaderIsRefused() {
    CsvExport table = new CsvExport(OutputStream.nullOutputStream(), List.of("a", "b"));
    assertThatThrownBy(() -> table.row(List.of("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 cells, got 1");
  }

  @Test
  void theStreamIsFlushedAndStaysOpen() {
    boolean[] flushed = new boolean[1];
    OutputStream stream =
        new FilterOutputStream(new ByteArrayOutputStream()) {
          @Override
          public void flush() {
            flushed[0] = true;
          }

          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    CsvExport table = new CsvExport(stream, List.of("a"));
    table.finish();
    assertThat(flushed[0]).isTrue();
  }

  @Test
  void whatTheStreamThrowsComesOut() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("disk full");
          }
        };
    CsvExport table = new CsvExport(broken, List.of("a"));
    assertThatThrownBy(table::finish)
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("disk full");
  }
}
