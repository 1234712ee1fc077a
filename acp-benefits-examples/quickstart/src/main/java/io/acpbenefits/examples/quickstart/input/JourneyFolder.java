package io.acpbenefits.examples.quickstart.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A journey folder, read and checked as a whole: partners, exams, quotas, the Benefit Center's
 * stock of codes, and the rows to play. Immutable.
 *
 * <p>The four CSV files follow RFC 4180 in UTF-8, with or without a byte order mark, lines ended by
 * LF or CRLF, columns in any order. Cells are trimmed, lines without anything are skipped, a file
 * may end after its header; {@code issued-codes.txt} may be empty. A file may have 64 MiB, a
 * million records or codes, and 4,096 characters in a cell; ids, names and words may have 200
 * characters (UTF-16 units).
 */
public final class JourneyFolder {

  static final List<String> FILES =
      List.of(
          Columns.PARTNERS.file(),
          Columns.EXAMS.file(),
          Columns.QUOTAS.file(),
          IssuedCodesFile.NAME,
          Columns.JOURNEY.file());

  private final List<PartnerRow> partners;
  private final List<ExamRow> exams;
  private final List<QuotaRow> quotas;
  private final List<StockCode> stock;
  private final List<JourneyRow> inOrder;
  private final Map<String, JourneyRow> byId;
  private final Map<String, Integer> journeyPositions;

  private JourneyFolder(Path folder, Problems problems) {
    partners = PartnersFile.read(folder, problems);
    exams = ExamsFile.read(folder, problems);
    Set<String> partnerIds = ids(partners, PartnerRow::partnerId);
    quotas = QuotasFile.read(folder, partnerIds, problems);
    stock = IssuedCodesFile.read(folder, exams, problems);

    Set<String> examIds = ids(exams, ExamRow::examId);
    JourneyFile journey = JourneyFile.read(folder, partnerIds, examIds, problems);
    List<JourneyFile.Placed> placed =
        journey.rows().stream().sorted(Comparator.comparing(each -> each.row().at())).toList();
    JourneyRefs.check(journey.ids(), placed);
    problems.throwIfAny();

    inOrder = placed.stream().map(JourneyFile.Placed::row).toList();
    byId = inOrder.stream().collect(Collectors.toMap(JourneyRow::row, Function.identity()));
    journeyPositions = Map.copyOf(journey.positions());
  }

  /**
   * Reads all five files of a folder.
   *
   * @param folder where they are
   * @return what they say, free of contradictions
   * @throws BadInput if anything is missing or wrong, naming up to 20 problems
   */
  public static JourneyFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      String shown = Shown.quoted(folder.toString());
      String found = Files.exists(folder) ? "something else" : "none";
      String expected = "a folder with the files " + String.join(", ", FILES);
      throw new BadInput(
          List.of(new Problem("journey folder " + shown, 0, 0, null, expected, found)));
    }
    return new JourneyFolder(folder, new Problems());
  }

  /**
   * All partners.
   *
   * @return in file order
   */
  public List<PartnerRow> partners() {
    return partners;
  }

  /**
   * All exams.
   *
   * @return in file order
   */
  public List<ExamRow> exams() {
    return exams;
  }

  /**
   * All quotas.
   *
   * @return in file order
   */
  public List<QuotaRow> quotas() {
    return quotas;
  }

  /**
   * All codes that the Benefit Center can hand out.
   *
   * @return in file order
   */
  public List<StockCode> stock() {
    return stock;
  }

  /**
   * All rows in the order in which they are played.
   *
   * @return by their time, those of the same time in file order
   */
  public List<JourneyRow> rowsInOrder() {
    return inOrder;
  }

  /**
   * One row, such as the one that a ref names.
   *
   * @param id the row's id
   * @return empty if there is no such row
   */
  public Optional<JourneyRow> row(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * Bad input that only shows when the row meets what was played before, such as a new row that is
   * earlier than the last one played.
   *
   * @param row the row
   * @param column name of the offending column
   * @param expected what would have been right
   * @param value the cell's value
   * @return to be thrown, with the place of the cell in {@code journey.csv}
   */
  public BadInput badInput(JourneyRow row, String column, String expected, String value) {
    int position = journeyPositions.getOrDefault(column, 0);
    return new BadInput(
        List.of(
            new Problem(
                Columns.JOURNEY.file(),
                row.line(),
                position,
                column,
                expected,
                Shown.cell(value))));
  }

  private static <T> Set<String> ids(List<T> rows, Function<T, String> idOf) {
    return rows.stream().map(idOf).collect(Collectors.toSet());
  }
}
