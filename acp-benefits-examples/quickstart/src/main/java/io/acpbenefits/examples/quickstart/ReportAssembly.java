package io.acpbenefits.examples.quickstart;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.certificate.BindingId;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examples.quickstart.input.Action;
import io.acpbenefits.examples.quickstart.report.ReportData;
import io.acpbenefits.examples.quickstart.report.ReportData.BindingLine;
import io.acpbenefits.examples.quickstart.report.ReportData.CodesLine;
import io.acpbenefits.examples.quickstart.report.ReportData.ExamName;
import io.acpbenefits.examples.quickstart.report.ReportData.MemberLine;
import io.acpbenefits.examples.quickstart.report.ReportData.OutcomeLine;
import io.acpbenefits.examples.quickstart.report.ReportData.PartnerName;
import io.acpbenefits.examples.quickstart.report.ReportData.Period;
import io.acpbenefits.examples.quickstart.report.ReportData.QuotaLine;
import io.acpbenefits.examples.quickstart.report.ReportData.RowSubject;
import io.acpbenefits.examples.quickstart.report.ReportData.TallyLine;
import io.acpbenefits.organization.MemberFilter;
import io.acpbenefits.organization.Membership;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.Partner;
import io.acpbenefits.partner.PartnerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the reports tell from the library and from the notes of what was played. */
final class ReportAssembly {

  private static final Actor PLATFORM = Actor.operator("quickstart");

  private final AcpBenefits benefits;
  private final Played played;

  ReportAssembly(AcpBenefits benefits, Played played) {
    this.benefits = benefits;
    this.played = played;
  }

  ReportData assemble() {
    List<PlayedRow> rows = played.rows();
    return new ReportData(
        period(rows),
        partners().map(p -> new PartnerName(p.partnerId().value(), p.name())).toList(),
        benefits.exams().all(Actor.system()).stream()
            .map(e -> new ExamName(e.examId().value(), e.name(), e.level().name()))
            .toList(),
        rows.stream().map(ReportAssembly::subject).toList(),
        rows.stream().map(ReportAssembly::outcome).toList(),
        benefits.withConnection(played::timeline),
        partners().flatMap(p -> quotas(p.partnerId())).toList(),
        partners().flatMap(p -> codes(p.partnerId())).toList(),
        partners().flatMap(p -> members(p.partnerId())).toList(),
        bindings(rows),
        partners().flatMap(p -> tally(p.partnerId())).toList());
  }

  private Stream<Partner> partners() {
    return all(page -> benefits.partners().all(Actor.system(), page)).stream();
  }

  private static @Nullable Period period(List<PlayedRow> rows) {
    return rows.isEmpty() ? null : new Period(rows.get(0).at(), rows.get(rows.size() - 1).at());
  }

  private static RowSubject subject(PlayedRow row) {
    return new RowSubject(
        row.row(), row.actor(), row.partnerId(), row.examId(), row.account(), row.examOutcome());
  }

  private static OutcomeLine outcome(PlayedRow row) {
    return new OutcomeLine(
        row.row(),
        row.at(),
        row.action(),
        Objects.requireNonNull(row.outcome()),
        row.reason(),
        row.detail());
  }

  private Stream<QuotaLine> quotas(PartnerId partner) {
    return benefits.quotas().ofPartner(Actor.system(), partner).stream()
        .map(
            q ->
                new QuotaLine(
                    partner.value(),
                    q.level().name(),
                    q.validFrom(),
                    q.granted(),
                    q.held(),
                    q.consumed(),
                    q.expired(),
                    q.available()));
  }

  private Stream<CodesLine> codes(PartnerId partner) {
    Map<String, Map<ExamCodeState, Long>> counts =
        all(page -> benefits.examCodes().ofPartner(PLATFORM, partner, CodeFilter.ALL, page))
            .stream()
            .collect(
                Collectors.groupingBy(
                    code -> code.examId().value(),
                    TreeMap::new,
                    Collectors.groupingBy(ExamCode::state, TreeMap::new, Collectors.counting())));
    return counts.entrySet().stream()
        .flatMap(
            exam ->
                exam.getValue().entrySet().stream()
                    .map(
                        state ->
                            new CodesLine(
                                partner.value(),
                                exam.getKey(),
                                state.getKey().name(),
                                state.getValue())));
  }

  private Stream<MemberLine> members(PartnerId partner) {
    OrganizationId organization =
        benefits.organizations().ofPartner(Actor.system(), partner).organizationId();
    return all(
            page ->
                benefits
                    .organizations()
                    .members(Actor.system(), organization, MemberFilter.ALL, page))
        .stream()
        .sorted(Comparator.comparing((Membership m) -> m.accountId().value()))
        .map(
            m ->
                new MemberLine(
                    partner.value(), m.accountId().value(), m.role().name(), m.state().name()));
  }

  private static <T> List<T> all(Function<PageRequest, Page<T>> list) {
    List<T> all = new ArrayList<>();
    Optional<PageRequest> request = Optional.of(PageRequest.first(PageRequest.MOST));
    while (request.isPresent()) {
      PageRequest each = request.get();
      Page<T> page = list.apply(each);
      all.addAll(page.items());
      request = page.next().map(each::then);
    }
    return all;
  }

  /** Each binding once, with the row that submitted it first. */
  private List<BindingLine> bindings(List<PlayedRow> rows) {
    Map<String, String> firstRows = new LinkedHashMap<>();
    for (PlayedRow row : rows) {
      if (row.action().equals(Action.BIND_CERTIFICATE.word()) && row.subject() != null) {
        firstRows.putIfAbsent(row.subject(), row.row());
      }
    }
    return firstRows.entrySet().stream()
        .map(entry -> binding(entry.getValue(), BindingId.of(entry.getKey())))
        .toList();
  }

  private BindingLine binding(String row, BindingId id) {
    CertificateBinding binding = benefits.bindings().get(Actor.system(), id);
    OrganizationId organization = binding.organizationId();
    return new BindingLine(
        row,
        binding.accountId().value(),
        binding.examId().value(),
        binding.state().name(),
        binding.reason() == null ? null : binding.reason().name(),
        binding.submittedAt(),
        binding.boundAt(),
        organization == null
            ? null
            : benefits.organizations().get(Actor.system(), organization).partnerId().value());
  }

  private Stream<TallyLine> tally(PartnerId partner) {
    return benefits.certificates().tally(PLATFORM, partner).stream()
        .map(
            t ->
                new TallyLine(
                    partner.value(),
                    idOf(t.examId()),
                    t.level().name(),
                    t.certificates(),
                    t.people()));
  }

  private static String idOf(ExamId exam) {
    return exam.value();
  }
}
