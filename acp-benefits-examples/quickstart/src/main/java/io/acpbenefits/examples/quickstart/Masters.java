package io.acpbenefits.examples.quickstart;

import io.acpbenefits.examples.quickstart.input.ExamRow;
import io.acpbenefits.examples.quickstart.input.JourneyFolder;
import io.acpbenefits.examples.quickstart.input.PartnerRow;
import io.acpbenefits.examples.quickstart.input.QuotaRow;
import java.util.ArrayList;
import java.util.List;

/** What a folder says beside its journey, to be recognised when it is played again. */
final class Masters {

  /**
   * One partner, exam or quota.
   *
   * @param kind which of them
   * @param id what it is recognised by
   * @param content all that the file says of it
   * @param file the file's name
   * @param line its line there
   */
  record Master(String kind, String id, String content, String file, int line) {}

  private Masters() {}

  static List<Master> of(JourneyFolder folder) {
    List<Master> all = new ArrayList<>();
    folder.partners().forEach(row -> all.add(of(row)));
    folder.exams().forEach(row -> all.add(of(row)));
    folder.quotas().forEach(row -> all.add(of(row)));
    return all;
  }

  static Master of(PartnerRow row) {
    String content = String.join("\u001f", row.name(), row.tier(), row.mainAccount());
    return new Master("partner", row.partnerId(), content, "partners.csv", row.line());
  }

  static Master of(ExamRow row) {
    String content =
        List.of(
                row.name(),
                row.level(),
                String.valueOf(row.endOfSale()),
                String.valueOf(row.endOfLife()),
                String.valueOf(row.certificateType()),
                String.valueOf(row.instructionsUrl()))
            .toString();
    return new Master("exam", row.examId(), content, "exams.csv", row.line());
  }

  static Master of(QuotaRow row) {
    String id = row.partnerId() + " " + row.level() + " " + row.validFrom();
    String content = row.quantity() + " " + row.validUntil();
    return new Master("quota", id, content, "quotas.csv", row.line());
  }
}
