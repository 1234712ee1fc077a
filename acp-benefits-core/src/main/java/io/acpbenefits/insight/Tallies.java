package io.acpbenefits.insight;

import io.acpbenefits.certificate.Certificates;
import io.acpbenefits.certificate.Tally;
import io.acpbenefits.certificate.TallyPolicy;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.insight.CountingMapper.LevelRow;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What counts, per exam and per level. */
final class Tallies {

  private final Domain domain;
  private final Certificates certificates;
  private final boolean leaversToo;
  private final Rows<CountingMapper> rows;

  Tallies(Domain domain, Certificates certificates, TallyPolicy policy) {
    this.domain = domain;
    this.certificates = certificates;
    this.leaversToo = policy == TallyPolicy.LEAVERS_TOO;
    this.rows = domain.rows(CountingMapper.class);
  }

  Page<Tally> byExam(Scope scope, PageRequest page) {
    return cut(certificates.tally(Actor.system(), scope.partner()), page);
  }

  Page<Tally> byExam(Scope scope, Instant at, PageRequest page) {
    return cut(certificates.tally(Actor.system(), scope.partner(), at), page);
  }

  /** A tally has as many lines as there are exams, so that it is read whole and cut here. */
  private static Page<Tally> cut(List<Tally> all, PageRequest page) {
    return page.of(
        all.stream()
            .sorted(Comparator.comparing(Tallies::key))
            .filter(line -> key(line).compareTo(page.afterOrStart()) > 0)
            .limit(page.rowsToFetch())
            .toList(),
        Tallies::key);
  }

  private static String key(Tally line) {
    return line.examId().value();
  }

  List<LevelTally> byLevel(Scope scope) {
    return sorted(rows.get(m -> m.byLevel(scope.organization(), leaversToo, domain.now())));
  }

  List<LevelTally> byLevel(Scope scope, Instant at) {
    if (at.isAfter(domain.now())) {
      throw Refusal.of(Reason.INVALID_INPUT, "What counts at %s is not known yet.", at);
    }
    return sorted(rows.get(m -> m.byLevelAt(scope.organization(), leaversToo, at)));
  }

  private static List<LevelTally> sorted(List<LevelRow> rows) {
    return rows.stream()
        .map(row -> new LevelTally(row.level(), new Count(row.certificates(), row.people())))
        .sorted(Comparator.comparing(LevelTally::level))
        .toList();
  }
}
