package io.acpbenefits.insight;

import io.acpbenefits.certificate.CertificateId;
import io.acpbenefits.certificate.Certificates;
import io.acpbenefits.certificate.Tally;
import io.acpbenefits.certificate.TallyPolicy;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.insight.CountingMapper.LevelRow;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What would count. The figures of now are read as they are; only the certificates of the people
 * concerned are looked at one by one, as they are and as they would be. Nothing is written.
 */
final class Forecasts {

  private final Domain domain;
  private final Exams exams;
  private final Certificates certificates;
  private final boolean leaversToo;
  private final Rows<CountingMapper> rows;

  Forecasts(Domain domain, Exams exams, Certificates certificates, TallyPolicy policy) {
    this.domain = domain;
    this.exams = exams;
    this.certificates = certificates;
    this.leaversToo = policy == TallyPolicy.LEAVERS_TOO;
    this.rows = domain.rows(CountingMapper.class);
  }

  /** A certificate that counts, or would. */
  private record Held(ExamId exam, ExamLevel level) {}

  /** What one person holds that counts now, and what would. */
  private record Person(List<Held> now, List<Held> then) {}

  Page<TallyForecast> byExam(Scope scope, WhatIf supposed, PageRequest page) {
    return domain.inTransaction(
        () -> {
          Map<Held, Count> changes = changes(people(scope, supposed), Function.identity());
          Map<Held, Count> counts = new HashMap<>();
          for (Tally line : certificates.tally(Actor.system(), scope.partner())) {
            counts.put(
                new Held(line.examId(), line.level()),
                new Count(line.certificates(), line.people()));
          }
          return page.of(
              keysOf(counts, changes).stream()
                  .filter(held -> held.exam().value().compareTo(page.afterOrStart()) > 0)
                  .sorted(Comparator.comparing(held -> held.exam().value()))
                  .limit(page.rowsToFetch())
                  .map(held -> forecast(held, counts, changes))
                  .toList(),
              line -> line.examId().value());
        });
  }

  private static TallyForecast forecast(
      Held held, Map<Held, Count> counts, Map<Held, Count> changes) {
    Count now = counts.getOrDefault(held, Count.NONE);
    return new TallyForecast(
        held.exam(), held.level(), now, now.plus(changes.getOrDefault(held, Count.NONE)));
  }

  List<LevelForecast> byLevel(Scope scope, WhatIf supposed) {
    return domain.inTransaction(
        () -> {
          Map<ExamLevel, Count> changes = changes(people(scope, supposed), Held::level);
          Map<ExamLevel, Count> counts = new HashMap<>();
          for (LevelRow row :
              rows.get(m -> m.byLevel(scope.organization(), leaversToo, domain.now()))) {
            counts.put(row.level(), new Count(row.certificates(), row.people()));
          }
          return keysOf(counts, changes).stream()
              .sorted()
              .map(level -> forecast(level, counts, changes))
              .toList();
        });
  }

  private static LevelForecast forecast(
      ExamLevel level, Map<ExamLevel, Count> counts, Map<ExamLevel, Count> changes) {
    Count now = counts.getOrDefault(level, Count.NONE);
    return new LevelForecast(level, now, now.plus(changes.getOrDefault(level, Count.NONE)));
  }

  private static <K> Set<K> keysOf(Map<K, Count> counts, Map<K, Count> changes) {
    Set<K> keys = new HashSet<>(counts.keySet());
    keys.addAll(changes.keySet());
    return keys;
  }

  /** By how much the people concerned change the counts. */
  private static <K> Map<K, Count> changes(List<Person> people, Function<Held, K> key) {
    Map<K, Count> changes = new HashMap<>();
    for (Person person : people) {
      person.now().stream()
          .collect(Collectors.groupingBy(key, Collectors.counting()))
          .forEach((k, n) -> changes.merge(k, new Count(-n, -1), Count::plus));
      person.then().stream()
          .collect(Collectors.groupingBy(key, Collectors.counting()))
          .forEach((k, n) -> changes.merge(k, new Count(n, 1), Count::plus));
    }
    return changes;
  }

  private List<Person> people(Scope scope, WhatIf supposed) {
    Map<AccountId, List<Held>> passed = new HashMap<>();
    for (WhatIf.Pass pass : supposed.passing()) {
      requireMember(scope, pass.account());
      Exam exam = exams.get(Actor.system(), pass.exam());
      exam.requireAlive(domain.now());
      passed
          .computeIfAbsent(pass.account(), account -> new ArrayList<>())
          .add(new Held(exam.examId(), exam.level()));
    }
    Set<AccountId> concerned = new LinkedHashSet<>(passed.keySet());
    for (CertificateId certificate : supposed.expiring()) {
      concerned.add(holder(scope, certificate));
    }
    for (AccountId member : supposed.leaving()) {
      requireMember(scope, member);
      concerned.add(member);
    }
    return concerned.stream()
        .map(account -> person(scope, supposed, account, passed.getOrDefault(account, List.of())))
        .toList();
  }

  private Person person(Scope scope, WhatIf supposed, AccountId account, List<Held> passed) {
    List<Held> now = new ArrayList<>();
    List<Held> then = new ArrayList<>(passed);
    for (var row :
        rows.get(m -> m.heldBy(account, scope.organization(), leaversToo, domain.now()))) {
      Held held = new Held(row.examId(), row.level());
      now.add(held);
      if (!supposed.expiring().contains(row.certificateId())) {
        then.add(held);
      }
    }
    boolean counts = leaversToo || !supposed.leaving().contains(account);
    return new Person(now, counts ? then : List.of());
  }

  private void requireMember(Scope scope, AccountId account) {
    if (rows.get(m -> m.memberships(account, scope.organization())) == 0) {
      throw Refusal.of(
          Reason.NOT_A_MEMBER, "%s is not an active member of the organization.", account);
    }
  }

  private AccountId holder(Scope scope, CertificateId certificate) {
    return rows.get(m -> m.holder(certificate, scope.organization()))
        .orElseThrow(() -> new Refusal(Reason.NOT_FOUND, "There is no such certificate."));
  }
}
