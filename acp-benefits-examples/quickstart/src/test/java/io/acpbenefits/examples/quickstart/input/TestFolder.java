package io.acpbenefits.examples.quickstart.input;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A valid journey folder, of which a test replaces the file it is about. */
record TestFolder(Path path) {

  static final String ONE_CORRECTION = ". Correct the cell and run again; nothing was changed.";

  private static final Pattern BLANK = Pattern.compile(" ");
  private static final String JOURNEY_HEADER = String.join(",", Columns.JOURNEY.required());

  static TestFolder in(Path path) {
    return new TestFolder(path)
        .with(
            "partners.csv",
            """
            partner_id,name,tier,main_account
            p1,Partner One,Gold,owner-1
            p2,Partner Two,Silver,owner-2
            """)
        .with(
            "exams.csv",
            """
            exam_id,name,level,end_of_sale,end_of_life
            x1,Cloud Computing Professional,ACP,,
            x2,Big Data Expert,ACE,2026-06-01T00:00:00Z,2026-12-01T00:00:00Z
            """)
        .with(
            "quotas.csv",
            """
            partner_id,level,quantity,valid_from,valid_until
            p1,ACP,10,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z
            """)
        .with("issued-codes.txt", "Cloud Computing Professional [ACPX7K2M9Q] [ACPX8L3N0R]\n")
        .with("journey.csv", JOURNEY_HEADER + "\n");
  }

  TestFolder with(String file, String text) {
    return with(file, text.getBytes(StandardCharsets.UTF_8));
  }

  TestFolder with(String file, byte[] bytes) {
    try {
      Files.write(path.resolve(file), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each row as {@code row=r1 at=2026-… action=advance}; cells not named are empty. */
  TestFolder withRows(String... rows) {
    return with(
        "journey.csv",
        Arrays.stream(rows)
            .map(TestFolder::csvRecord)
            .collect(Collectors.joining("\n", JOURNEY_HEADER + "\n", "\n")));
  }

  JourneyFolder read() {
    return JourneyFolder.read(path);
  }

  void isRefusedWith(String message) {
    assertThatThrownBy(this::read).isInstanceOf(BadInput.class).hasMessage(message);
  }

  /** The usual case: one problem that lies in a cell. */
  void isRefusedForACell(String sentence) {
    isRefusedWith(sentence + ONE_CORRECTION);
  }

  BadInput refusal() {
    return catchThrowableOfType(BadInput.class, this::read);
  }

  private static String csvRecord(String row) {
    Map<String, String> cells =
        BLANK
            .splitAsStream(row)
            .collect(
                Collectors.toMap(
                    cell -> cell.substring(0, cell.indexOf('=')),
                    cell -> cell.substring(cell.indexOf('=') + 1)));
    return Columns.JOURNEY.required().stream()
        .map(column -> cells.getOrDefault(column, ""))
        .collect(Collectors.joining(","));
  }
}
