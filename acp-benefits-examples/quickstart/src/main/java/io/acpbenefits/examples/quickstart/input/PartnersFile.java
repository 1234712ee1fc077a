package io.acpbenefits.examples.quickstart.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads partners.csv. */
final class PartnersFile {

  private final List<PartnerRow> rows = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, Integer> mainAccounts = new HashMap<>();

  private PartnersFile() {}

  static List<PartnerRow> read(Path folder, Problems problems) {
    PartnersFile file = new PartnersFile();
    CsvTable.read(folder, Columns.PARTNERS, problems, file::add);
    return List.copyOf(file.rows);
  }

  private void add(Cells cells) {
    PartnerRow row =
        new PartnerRow(
            cells.id("partner_id"),
            cells.name("name"),
            cells.id("tier"),
            cells.id("main_account"),
            cells.line());
    cells.unique("partner_id", row.partnerId(), ids);
    // An account can be in one organization only, so it cannot own two.
    cells.unique("main_account", row.mainAccount(), mainAccounts);
    if (cells.accepted()) {
      rows.add(row);
    }
  }
}
