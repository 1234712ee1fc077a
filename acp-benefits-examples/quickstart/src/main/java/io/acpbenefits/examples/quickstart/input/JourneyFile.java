package io.acpbenefits.examples.quickstart.input;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads journey.csv; what rows say about each other is left to {@link JourneyRefs}. */
final class JourneyFile {

  /** A row with the cells it was read from, to name their places. */
  record Placed(JourneyRow row, Cells cells) {}

  private final Set<String> partnerIds;
  private final Set<String> examIds;
  private final List<Placed> rows = new ArrayList<>();
  private final Map<String, Integer> firstLines = new HashMap<>();
  private Map<String, Integer> positions = Map.of();

  private JourneyFile(Set<String> partnerIds, Set<String> examIds) {
    this.partnerIds = partnerIds;
    this.examIds = examIds;
  }

  static JourneyFile read(
      Path folder, Set<String> partnerIds, Set<String> examIds, Problems problems) {
    JourneyFile file = new JourneyFile(partnerIds, examIds);
    file.positions = CsvTable.read(folder, Columns.JOURNEY, problems, file::add);
    return file;
  }

  /** In file order, without those that were refused. */
  List<Placed> rows() {
    return rows;
  }

  /** The ids of all rows, also of those that were refused. */
  Set<String> ids() {
    return firstLines.keySet();
  }

  /** Where each column stands, counted from 1. */
  Map<String, Integer> positions() {
    return positions;
  }

  private void add(Cells cells) {
    JourneyRow row =
        new JourneyRow(
            cells.id("row"),
            cells.instant("at"),
            cells.idIfAny("actor"),
            cells.word("action", Action.values(), Action::word),
            cells.referenceIfAny("partner_id", Columns.PARTNERS.file(), partnerIds),
            cells.referenceIfAny("exam_id", Columns.EXAMS.file(), examIds),
            cells.idIfAny("account"),
            cells.quantityIfAny("quantity"),
            cells.wordIfAny("payment", Payment.values(), Payment::name),
            cells.wordIfAny("delivery", Delivery.values(), Delivery::name),
            cells.instantIfAny("appointment"),
            cells.idIfAny("candidate_id"),
            cells.idIfAny("registration_id"),
            cells.wordIfAny("outcome", Outcome.values(), Outcome::name),
            cells.idIfAny("ref"),
            cells.line());
    cells.unique("row", row.row(), firstLines);
    if (!cells.accepted()) {
      return;
    }
    refuseMissingCells(row, cells);
    refuseHalfPair(row, cells);
    Instant appointment = row.appointment();
    if (row.action().booksAnAppointment()
        && appointment != null
        && appointment.isBefore(row.at())) {
      cells.refuse(
          "appointment",
          "an appointment not before the row's time " + row.at(),
          Shown.cell(appointment.toString()));
    }
    if (cells.accepted()) {
      rows.add(new Placed(row, cells));
    }
  }

  private static void refuseMissingCells(JourneyRow row, Cells cells) {
    for (List<String> oneOf : row.action().neededCells()) {
      if (oneOf.stream().allMatch(cells::isEmpty)) {
        cells.refuse(
            oneOf.get(0),
            oneOf.stream().map(Shown::a).collect(Collectors.joining(" or "))
                + ", which "
                + row.action().word()
                + " needs",
            Shown.cell(""));
      }
    }
  }

  /** Only the pair identifies a candidate's exam, so half of one is a slip. */
  private static void refuseHalfPair(JourneyRow row, Cells cells) {
    boolean pairIsOptional =
        row.action() == Action.REGISTER_EXAM || row.action() == Action.EXAM_RECORD;
    if (!pairIsOptional || !cells.accepted()) {
      return;
    }
    if (cells.isEmpty("candidate_id") != cells.isEmpty("registration_id")) {
      String missing = cells.isEmpty("candidate_id") ? "candidate_id" : "registration_id";
      String other = cells.isEmpty("candidate_id") ? "registration_id" : "candidate_id";
      cells.refuse(missing, "a " + missing + " beside the " + other, Shown.cell(""));
    }
  }
}
