package io.acpbenefits.examples.quickstart.input;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads quotas.csv. */
final class QuotasFile {

  /** Whose periods must not overlap. */
  private record Holder(String partnerId, Level level) {}

  private final Set<String> partnerIds;
  private final List<QuotaRow> rows = new ArrayList<>();
  private final Map<Holder, TreeMap<Instant, QuotaRow>> periods = new HashMap<>();

  private QuotasFile(Set<String> partnerIds) {
    this.partnerIds = partnerIds;
  }

  static List<QuotaRow> read(Path folder, Set<String> partnerIds, Problems problems) {
    QuotasFile file = new QuotasFile(partnerIds);
    CsvTable.read(folder, Columns.QUOTAS, problems, file::add);
    return List.copyOf(file.rows);
  }

  private void add(Cells cells) {
    QuotaRow row =
        new QuotaRow(
            cells.reference("partner_id", Columns.PARTNERS.file(), partnerIds),
            cells.word("level", Level.values(), Level::name),
            cells.quantity("quantity"),
            cells.instant("valid_from"),
            cells.instant("valid_until"),
            cells.line());
    if (!cells.accepted()) {
      return;
    }
    if (!row.validUntil().isAfter(row.validFrom())) {
      cells.refuse(
          "valid_until",
          "a time after valid_from " + row.validFrom(),
          Shown.cell(row.validUntil().toString()));
      return;
    }
    refuseOverlap(cells, row);
    if (cells.accepted()) {
      rows.add(row);
    }
  }

  private void refuseOverlap(Cells cells, QuotaRow row) {
    TreeMap<Instant, QuotaRow> others =
        periods.computeIfAbsent(
            new Holder(row.partnerId(), row.level()), holder -> new TreeMap<>());
    // The others do not overlap each other, so the last one that begins before this one ends is
    // the only one that can reach into it.
    Map.Entry<Instant, QuotaRow> nearest = others.lowerEntry(row.validUntil());
    if (nearest == null || !nearest.getValue().validUntil().isAfter(row.validFrom())) {
      others.put(row.validFrom(), row);
      return;
    }
    QuotaRow other = nearest.getValue();
    cells.refuse(
        "valid_from",
        "a period that does not overlap another one of the same partner and level",
        "%s to %s, but line %d has %s to %s"
            .formatted(
                row.validFrom(),
                row.validUntil(),
                other.line(),
                other.validFrom(),
                other.validUntil()));
  }
}
