package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.ReportData.MemberLine;
import io.acpbenefits.examples.quickstart.report.ReportData.RowSubject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * At which partner a row played. Many rows do not say it, because a person acts for the own account
 * only; then it is the partner whose active member the account is, or else the only one that knows
 * it.
 */
final class PartnerOfRow {

  private static final String SEVERAL = "";

  private final Map<String, RowSubject> subjects = new HashMap<>();
  private final Map<String, String> active = new HashMap<>();
  private final Map<String, String> known = new HashMap<>();

  PartnerOfRow(ReportData data) {
    data.subjects().forEach(subject -> subjects.put(subject.row(), subject));
    for (MemberLine member : data.members()) {
      if (member.state().equals("ACTIVE")) {
        active.put(member.account(), member.partnerId());
      }
      known.merge(
          member.account(), member.partnerId(), (one, other) -> one.equals(other) ? one : SEVERAL);
    }
  }

  Optional<String> of(@Nullable String row) {
    RowSubject subject = row == null ? null : subjects.get(row);
    if (subject == null) {
      return Optional.empty();
    }
    if (subject.partnerId() != null) {
      return Optional.of(subject.partnerId());
    }
    return ofAccount(subject.account()).or(() -> ofAccount(subject.actor()));
  }

  Optional<String> ofAccount(@Nullable String account) {
    if (account == null) {
      return Optional.empty();
    }
    String partner = active.getOrDefault(account, known.getOrDefault(account, SEVERAL));
    return partner.equals(SEVERAL) ? Optional.empty() : Optional.of(partner);
  }

  /** Whom the row concerned, or else who acted; empty if neither is known. */
  String person(@Nullable String row) {
    RowSubject subject = row == null ? null : subjects.get(row);
    if (subject == null) {
      return "";
    }
    String person = subject.account() == null ? subject.actor() : subject.account();
    return person == null ? "" : person;
  }

  Optional<String> exam(@Nullable String row) {
    RowSubject subject = row == null ? null : subjects.get(row);
    return Optional.ofNullable(subject).map(RowSubject::examId);
  }
}
