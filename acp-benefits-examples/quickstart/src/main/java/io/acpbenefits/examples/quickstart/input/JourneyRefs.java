package io.acpbenefits.examples.quickstart.input;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what the rows of journey.csv say about each other. */
final class JourneyRefs {

  private final Set<String> ids;
  private final Map<String, JourneyRow> playedBefore = new HashMap<>();
  private final Map<String, JourneyRow> rows = new HashMap<>();

  private JourneyRefs(Set<String> ids) {
    this.ids = ids;
  }

  /**
   * Checks all rows.
   *
   * @param ids of all rows, also of those that were refused
   * @param inOrder as they will be played
   */
  static void check(Set<String> ids, List<JourneyFile.Placed> inOrder) {
    JourneyRefs refs = new JourneyRefs(ids);
    inOrder.forEach(placed -> refs.rows.put(placed.row().row(), placed.row()));
    for (JourneyFile.Placed placed : inOrder) {
      refs.check(placed.row(), placed.cells());
      refs.playedBefore.put(placed.row().row(), placed.row());
    }
  }

  private void check(JourneyRow row, Cells cells) {
    String id = row.ref();
    if (id == null) {
      return;
    }
    JourneyRow ref = playedBefore.get(id);
    if (ref != null) {
      checkKind(row, ref, cells);
      return;
    }
    JourneyRow later = rows.get(id);
    if (later != null) {
      String when =
          id.equals(row.row()) ? ", the row itself" : ", which is played later, at " + later.at();
      cells.refuse("ref", "a row that is played before this one", Shown.cell(id) + when);
    } else if (!ids.contains(id)) {
      cells.refuse("ref", "the id of a row", Shown.withHint(id, ids));
    }
  }

  private void checkKind(JourneyRow row, JourneyRow ref, Cells cells) {
    List<String> kinds = row.action().refKinds();
    if (kinds.isEmpty()) {
      return;
    }
    if (!kinds.contains(ref.action().word())) {
      cells.refuse(
          "ref",
          "a row with the action " + String.join(" or ", kinds),
          Shown.cell(ref.row()) + ", which is " + ref.action().word());
    } else if (row.action() == Action.REQUEST_TO_JOIN) {
      checkSamePartner(row, ref, cells);
    } else if (row.action() == Action.EXAM_RECORD) {
      checkReportedExam(row, ref, cells);
    }
  }

  private void checkSamePartner(JourneyRow row, JourneyRow ref, Cells cells) {
    String linked = partnerOf(ref);
    if (row.partnerId() != null && linked != null && !row.partnerId().equals(linked)) {
      cells.refuse(
          "partner_id",
          "the partner of the ref's link, " + Shown.cell(linked),
          Shown.cell(row.partnerId()));
    }
  }

  /** A request through the link of another row may leave the partner to that row. */
  private @Nullable String partnerOf(JourneyRow row) {
    JourneyRow current = row;
    while (current != null && current.partnerId() == null) {
      String ref = current.ref();
      current = ref == null ? null : playedBefore.get(ref);
    }
    return current == null ? null : current.partnerId();
  }

  private void checkReportedExam(JourneyRow row, JourneyRow registration, Cells cells) {
    if (row.examId() != null && !row.examId().equals(registration.examId())) {
      cells.refuse(
          "exam_id",
          "the exam of the ref, " + Shown.cell(String.valueOf(registration.examId())),
          Shown.cell(row.examId()));
    }
    if (row.candidateId() == null && registration.candidateId() == null) {
      cells.refuse(
          "candidate_id",
          "a candidate_id and a registration_id here or in the row of ref",
          Shown.cell(""));
    }
  }
}
