package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.ReportData.CodesLine;
import io.acpbenefits.examples.quickstart.report.ReportData.MemberLine;
import io.acpbenefits.examples.quickstart.report.ReportData.OutcomeLine;
import io.acpbenefits.examples.quickstart.report.ReportData.QuotaLine;
import io.acpbenefits.examples.quickstart.report.ReportData.TallyLine;
import java.util.List;

/**
 * What the page tells about one partner.
 *
 * @param anchor id of the section; the partner's own id may hold what an anchor cannot
 */
record PartnerView(
    String id,
    String name,
    String anchor,
    List<QuotaLine> quotas,
    List<CodesLine> codes,
    List<MemberLine> members,
    List<TallyLine> tally,
    List<OutcomeLine> refusals,
    List<Happening> happenings,
    List<Waiting> waiting) {

  long codesIn(String... states) {
    List<String> wanted = List.of(states);
    return codes.stream()
        .filter(line -> wanted.contains(line.state()))
        .mapToLong(CodesLine::count)
        .sum();
  }

  long allCodes() {
    return codes.stream().mapToLong(CodesLine::count).sum();
  }

  long certificates() {
    return tally.stream().mapToLong(TallyLine::certificates).sum();
  }

  long granted() {
    return quotas.stream().mapToLong(QuotaLine::granted).sum();
  }

  long consumed() {
    return quotas.stream().mapToLong(QuotaLine::consumed).sum();
  }

  long activeMembers() {
    return members.stream().filter(member -> member.state().equals("ACTIVE")).count();
  }

  long waitingForSomebody() {
    return waiting.stream().filter(Waiting::person).count();
  }
}
