package io.acpbenefits.examples.quickstart.report;

import io.acpbenefits.examples.quickstart.report.ReportData.ExamName;
import io.acpbenefits.examples.quickstart.report.ReportData.OutcomeLine;
import io.acpbenefits.examples.quickstart.report.ReportData.PartnerName;
import io.acpbenefits.examples.quickstart.report.ReportData.Period;
import io.acpbenefits.examples.quickstart.report.ReportData.RowSubject;
import io.acpbenefits.examples.quickstart.report.ReportData.TimelineLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The data as the page needs them: by partner, with names, and with what follows from them. */
final class ReportView {

  private final ReportData data;
  private final PartnerOfRow rows;
  private final Map<String, ExamName> exams = new HashMap<>();
  private final List<Waiting> waiting;
  private final List<PartnerView> partners;

  ReportView(ReportData data) {
    this.data = data;
    this.rows = new PartnerOfRow(data);
    data.exams().forEach(exam -> exams.put(exam.examId(), exam));
    this.waiting = Waiting.in(data, rows);
    this.partners = views();
  }

  ReportData data() {
    return data;
  }

  PartnerOfRow rows() {
    return rows;
  }

  List<PartnerView> partners() {
    return partners;
  }

  List<Waiting> waiting() {
    return waiting;
  }

  Optional<Period> period() {
    return Optional.ofNullable(data.period());
  }

  String examName(String examId) {
    ExamName exam = exams.get(examId);
    return exam == null ? examId : exam.name();
  }

  List<OutcomeLine> refusals() {
    return data.outcomes().stream().filter(line -> line.outcome().equals("REFUSED")).toList();
  }

  List<OutcomeLine> refusalsAtNoPartner() {
    return refusals().stream().filter(line -> rows.of(line.row()).isEmpty()).toList();
  }

  List<Waiting> waitingAtNoPartner() {
    return waiting.stream().filter(item -> item.partner().isEmpty()).toList();
  }

  List<Happening> happenings() {
    return happenings(data.outcomes().stream(), data.timeline().stream());
  }

  /** Results that say PASS and were stored. */
  long examsPassed() {
    Set<String> passes =
        data.subjects().stream()
            .filter(subject -> "PASS".equals(subject.examOutcome()))
            .map(RowSubject::row)
            .collect(Collectors.toSet());
    return data.outcomes().stream()
        .filter(line -> line.outcome().equals("DONE") && passes.contains(line.row()))
        .count();
  }

  /** A person may have been in several organizations one after the other. */
  long people() {
    Set<String> people = new HashSet<>();
    data.members().stream()
        .filter(member -> member.state().equals("ACTIVE"))
        .forEach(member -> people.add(member.account()));
    return people.size();
  }

  private List<PartnerView> views() {
    Map<String, String> names = new LinkedHashMap<>();
    for (PartnerName partner : data.partners()) {
      names.put(partner.partnerId(), partner.name());
    }
    unnamed().forEach(id -> names.putIfAbsent(id, id));
    var quotas = byPartner(data.quotas(), line -> Optional.of(line.partnerId()));
    var codes = byPartner(data.codes(), line -> Optional.of(line.partnerId()));
    var members = byPartner(data.members(), line -> Optional.of(line.partnerId()));
    var tally = byPartner(data.tally(), line -> Optional.of(line.partnerId()));
    var refusals = byPartner(refusals(), line -> rows.of(line.row()));
    var outcomes = byPartner(data.outcomes(), line -> rows.of(line.row()));
    var timeline = byPartner(data.timeline(), line -> rows.of(line.row()));
    var open = byPartner(waiting, Waiting::partner);
    List<PartnerView> views = new ArrayList<>();
    names.forEach(
        (id, name) ->
            views.add(
                new PartnerView(
                    id,
                    name,
                    "partner-" + (views.size() + 1),
                    quotas.getOrDefault(id, List.of()),
                    codes.getOrDefault(id, List.of()),
                    members.getOrDefault(id, List.of()),
                    tally.getOrDefault(id, List.of()),
                    refusals.getOrDefault(id, List.of()),
                    happenings(
                        outcomes.getOrDefault(id, List.of()).stream(),
                        timeline.getOrDefault(id, List.of()).stream()),
                    open.getOrDefault(id, List.of()))));
    return List.copyOf(views);
  }

  private Set<String> unnamed() {
    Set<String> ids = new TreeSet<>();
    data.quotas().forEach(line -> ids.add(line.partnerId()));
    data.codes().forEach(line -> ids.add(line.partnerId()));
    data.members().forEach(line -> ids.add(line.partnerId()));
    data.tally().forEach(line -> ids.add(line.partnerId()));
    waiting.forEach(item -> item.partner().ifPresent(ids::add));
    data.outcomes().forEach(line -> rows.of(line.row()).ifPresent(ids::add));
    return ids;
  }

  private static <T> Map<String, List<T>> byPartner(
      List<T> lines, Function<T, Optional<String>> partner) {
    Map<String, List<T>> byPartner = new HashMap<>();
    for (T line : lines) {
      partner
          .apply(line)
          .ifPresent(id -> byPartner.computeIfAbsent(id, p -> new ArrayList<>()).add(line));
    }
    return byPartner;
  }

  private static List<Happening> happenings(
      Stream<OutcomeLine> outcomes, Stream<TimelineLine> timeline) {
    return Stream.concat(
            outcomes.flatMap(line -> Happening.of(line).stream()),
            timeline.flatMap(line -> Happening.of(line).stream()))
        .sorted(Comparator.comparing(Happening::at))
        .toList();
  }
}
