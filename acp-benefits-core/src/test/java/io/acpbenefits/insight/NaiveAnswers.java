package io.acpbenefits.insight;

import io.acpbenefits.certificate.Tally;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.insight.Population.Code;
import io.acpbenefits.insight.Population.Earned;
import io.acpbenefits.insight.Population.Member;
import io.acpbenefits.insight.Population.Registration;
import io.acpbenefits.insight.Population.Result;
import io.acpbenefits.insight.StuckPerson.Kind;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The same questions, answered by going through lists from beginning to end. */
final class NaiveAnswers {

  private final Population all;
  private final String partner;
  private final String org;
  private final Instant now;
  private final boolean leaversToo;
  private final Set<String> activeMembers;
  private final List<Earned> counting;

  NaiveAnswers(Population all, String partner, Instant now, boolean leaversToo) {
    this.all = all;
    this.partner = partner;
    this.org = all.org(partner);
    this.now = now;
    this.leaversToo = leaversToo;
    this.activeMembers =
        all.members.stream()
            .filter(m -> m.active() && m.org().equals(org))
            .map(Member::account)
            .collect(Collectors.toSet());
    this.counting = all.certificates.stream().filter(this::counts).toList();
  }

  private boolean isMember(@Nullable String account) {
    return account != null && activeMembers.contains(account);
  }

  private boolean counts(Earned k) {
    return isNow(k, "VALID") && org.equals(k.org()) && (leaversToo || isMember(k.account()));
  }

  private boolean isNow(Earned k, String states) {
    Instant end = k.validUntil();
    return k.state().matches(states) && (end == null || now.isBefore(end));
  }

  /** What counted at an instant, told by the histories. */
  private boolean counted(Earned k, Instant at) {
    Instant bound = k.bound();
    Instant end = k.validUntil();
    String state = "none";
    for (Population.Change change : k.history()) {
      state = change.since().isAfter(at) ? state : change.state();
    }
    return org.equals(k.org())
        && bound != null
        && !bound.isAfter(at)
        && state.equals("VALID")
        && (end == null || at.isBefore(end))
        && (leaversToo || wasMember(Objects.requireNonNull(k.account()), at));
  }

  List<Tally> tally(Instant at) {
    return tally(all.certificates.stream().filter(k -> counted(k, at)).toList());
  }

  List<LevelTally> tallyByLevel(Instant at) {
    return tallyByLevel(all.certificates.stream().filter(k -> counted(k, at)).toList());
  }

  List<Tally> tally() {
    return tally(counting);
  }

  List<LevelTally> tallyByLevel() {
    return tallyByLevel(counting);
  }

  private List<Tally> tally(List<Earned> counting) {
    List<Tally> lines = new ArrayList<>();
    for (Exam exam : all.exams) {
      Count count = count(counting, k -> k.exam().equals(exam.examId().value()));
      if (count.certificates() > 0) {
        lines.add(
            new Tally(
                PartnerId.of(partner),
                exam.examId(),
                exam.level(),
                count.certificates(),
                count.people()));
      }
    }
    return lines;
  }

  private static List<LevelTally> tallyByLevel(List<Earned> counting) {
    List<LevelTally> lines = new ArrayList<>();
    for (ExamLevel level : ExamLevel.values()) {
      Count count = count(counting, k -> k.level() == level);
      if (count.certificates() > 0) {
        lines.add(new LevelTally(level, count));
      }
    }
    return lines;
  }

  private static Count count(List<Earned> certificates, Predicate<Earned> which) {
    List<Earned> counted = certificates.stream().filter(which).toList();
    return new Count(counted.size(), counted.stream().map(Earned::account).distinct().count());
  }

  /** What would count: the list of now, changed, and counted anew. */
  private List<Earned> supposed(WhatIf supposed) {
    List<Earned> then = new ArrayList<>(counting);
    for (WhatIf.Pass pass : supposed.passing()) {
      String exam = pass.exam().value();
      then.add(
          new Earned(
              "new",
              "new",
              exam,
              all.exam(exam).level(),
              "VALID",
              pass.account().value(),
              org,
              now,
              null,
              List.of()));
    }
    then.removeIf(
        k ->
            supposed.expiring().stream().anyMatch(id -> id.value().equals(k.id()))
                || (!leaversToo
                    && supposed.leaving().stream().anyMatch(a -> a.value().equals(k.account()))));
    return then;
  }

  List<TallyForecast> whatIf(WhatIf supposed) {
    List<TallyForecast> lines = new ArrayList<>();
    List<Earned> then = supposed(supposed);
    for (Exam exam : all.exams) {
      Predicate<Earned> which = k -> k.exam().equals(exam.examId().value());
      Count before = count(counting, which);
      Count after = count(then, which);
      if (!before.equals(Count.NONE) || !after.equals(Count.NONE)) {
        lines.add(new TallyForecast(exam.examId(), exam.level(), before, after));
      }
    }
    return lines;
  }

  List<LevelForecast> whatIfByLevel(WhatIf supposed) {
    return Stream.of(ExamLevel.values())
        .map(
            level ->
                new LevelForecast(
                    level,
                    count(counting, k -> k.level() == level),
                    count(supposed(supposed), k -> k.level() == level)))
        .filter(line -> !line.now().equals(Count.NONE) || !line.then().equals(Count.NONE))
        .toList();
  }

  /** What became of a code by now, whether or not that was written. */
  private String state(Code c) {
    boolean over =
        switch (c.state()) {
          case "ISSUED", "ASSIGNED" -> !now.isBefore(c.expires());
          case "RESERVED" ->
              !now.isBefore(c.expires())
                  && (c.reservedUntil() == null || !now.isBefore(c.reservedUntil()));
          default -> false;
        };
    return over ? "EXPIRED" : c.state();
  }

  private Stream<Code> unused() {
    return all.codes.stream()
        .filter(c -> c.partner().equals(partner) && state(c).matches("ISSUED|ASSIGNED"));
  }

  List<String> expiringCodes(Duration within) {
    return unused()
        .filter(c -> !c.expires().isAfter(now.plus(within)))
        .sorted(Comparator.comparing(Code::expires).thenComparing(Code::id))
        .map(Code::id)
        .toList();
  }

  List<String> retiringCodes(Duration within) {
    Instant last = now.plus(within);
    return unused()
        .filter(
            c -> {
              Exam exam = all.exam(c.exam());
              return isBy(exam.endOfSale(), last) || isBy(exam.endOfLife(), last);
            })
        .sorted(Comparator.comparing(Code::exam).thenComparing(Code::id))
        .map(Code::id)
        .toList();
  }

  private static boolean isBy(@Nullable Instant time, Instant last) {
    return time != null && !time.isAfter(last);
  }

  List<Suggestion> suggestions(String exam) {
    if (isBy(all.exam(exam).endOfLife(), now)) {
      return List.of();
    }
    return all.members.stream()
        .filter(m -> m.active() && m.org().equals(org))
        .filter(m -> !holdsOpenCode(m.account(), exam))
        .filter(m -> !hasCertificate(m.account(), exam))
        .map(m -> new Suggestion(AccountId.of(m.account()), because(m, exam), m.joined()))
        .sorted(
            Comparator.comparing(Suggestion::because)
                .thenComparing(Suggestion::memberSince)
                .thenComparing(s -> s.member().value()))
        .toList();
  }

  private boolean holdsOpenCode(String account, String exam) {
    return all.codes.stream()
        .anyMatch(
            c ->
                c.partner().equals(partner)
                    && c.exam().equals(exam)
                    && account.equals(c.holder())
                    && state(c).matches("ASSIGNED|RESERVED"));
  }

  private boolean hasCertificate(String account, String exam) {
    return all.certificates.stream()
        .filter(k -> k.exam().equals(exam) && isNow(k, "VALID|SUSPENDED"))
        .anyMatch(k -> account.equals(k.account() != null ? k.account() : result(k).account()));
  }

  private Result result(Earned k) {
    return Objects.requireNonNull(all.results.get(k.result()));
  }

  private Because because(Member m, String exam) {
    boolean failed =
        all.results.values().stream()
            .anyMatch(
                r ->
                    m.account().equals(r.account())
                        && r.exam().equals(exam)
                        && r.state().equals("RECEIVED")
                        && r.outcome().matches("FAIL|NO_SHOW")
                        && !r.taken().isBefore(m.joined()));
    boolean missed =
        all.registrations.stream()
            .anyMatch(
                b ->
                    b.account().equals(m.account())
                        && b.exam().equals(exam)
                        && b.state().equals("NO_SHOW")
                        && !b.appointment().isBefore(m.joined()));
    if (failed || missed) {
      return Because.TRY_AGAIN;
    }
    ExamLevel level = all.exam(exam).level();
    boolean certified =
        all.certificates.stream()
            .anyMatch(
                k -> m.account().equals(k.account()) && k.level() == level && isNow(k, "VALID"));
    return certified ? Because.ANOTHER_EXAM : Because.NO_CERTIFICATE_OF_LEVEL;
  }

  List<ExamFunnel> funnel(Instant from, Instant until) {
    List<ExamFunnel> lines = new ArrayList<>();
    for (Exam exam : all.exams) {
      Funnel funnel = funnel(exam.examId().value(), from, until);
      if (!funnel.equals(Funnel.NONE)) {
        lines.add(new ExamFunnel(exam.examId(), exam.level(), funnel));
      }
    }
    return lines;
  }

  private Funnel funnel(String exam, Instant from, Instant until) {
    Funnel sum = Funnel.NONE;
    for (Code c : all.codes) {
      if (c.partner().equals(partner) && c.exam().equals(exam) && in(c.issued(), from, until)) {
        sum = sum.plus(funnel(c));
      }
    }
    for (Registration b : all.registrations) {
      boolean selfPaid = b.code() == null && b.exam().equals(exam) && !b.state().equals("CANCELED");
      if (selfPaid && in(b.registered(), from, until) && wasMember(b.account(), b.registered())) {
        Instant concluded = b.state().equals("DELIVERED") ? b.changed() : null;
        sum = sum.plus(new Funnel(0, 0, Funnel.Steps.NONE, steps(b.account(), exam, concluded)));
      }
    }
    return sum;
  }

  private boolean wasMember(String account, Instant at) {
    return all.members.stream()
        .anyMatch(
            m ->
                m.org().equals(org)
                    && m.account().equals(account)
                    && !at.isBefore(m.joined())
                    && (m.ended() == null || at.isBefore(m.ended())));
  }

  private static boolean in(Instant time, Instant from, Instant until) {
    return !time.isBefore(from) && time.isBefore(until);
  }

  private Funnel funnel(Code c) {
    String holder = c.holder();
    if (holder == null) {
      return new Funnel(1, 0, Funnel.Steps.NONE, Funnel.Steps.NONE);
    }
    List<Registration> booked =
        all.registrations.stream()
            .filter(b -> c.id().equals(b.code()) && b.account().equals(holder))
            .filter(b -> !b.state().equals("CANCELED"))
            .toList();
    Instant concluded =
        booked.stream()
            .filter(b -> b.state().equals("DELIVERED"))
            .map(Registration::changed)
            .max(Comparator.naturalOrder())
            .orElse(c.state().equals("REDEEMED") ? c.changed() : null);
    boolean used = c.state().matches("RESERVED|REDEEMED|FORFEITED");
    return new Funnel(
        1,
        1,
        used || !booked.isEmpty() ? steps(holder, c.exam(), concluded) : Funnel.Steps.NONE,
        Funnel.Steps.NONE);
  }

  private Funnel.Steps steps(String person, String exam, @Nullable Instant concluded) {
    if (concluded == null) {
      return new Funnel.Steps(1, 0, 0, 0);
    }
    Optional<Result> last =
        all.results.values().stream()
            .filter(r -> person.equals(r.account()) && r.exam().equals(exam))
            .filter(r -> r.state().equals("RECEIVED") && !r.taken().isAfter(concluded))
            .max(Comparator.comparing(Result::taken).thenComparing(Result::id));
    boolean passed = last.filter(r -> r.outcome().equals("PASS")).isPresent();
    boolean bound =
        passed
            && all.certificates.stream()
                .anyMatch(
                    k ->
                        k.result().equals(last.get().id())
                            && person.equals(k.account())
                            && org.equals(k.org()));
    return new Funnel.Steps(1, 1, passed ? 1 : 0, bound ? 1 : 0);
  }

  /** Kind, id of what rests, and since when, in the order of the answer. */
  record Stuck(Kind kind, String person, String thing, Instant since) {

    static Stuck of(StuckPerson stuck) {
      return new Stuck(stuck.kind(), stuck.person().value(), stuck.thingId(), stuck.since());
    }
  }

  List<Stuck> stuck(Patience patience) {
    List<Stuck> found = new ArrayList<>();
    for (var q : all.requests) {
      boolean open =
          q.org().equals(org) && q.state().equals("SUBMITTED") && now.isBefore(q.expires());
      Instant free = q.expires().minus(Duration.ofDays(30));
      if (open && q.waiting()) {
        found.add(new Stuck(Kind.MEMBER_ELSEWHERE, q.account(), q.id(), q.submitted()));
      } else if (open && !now.isBefore(free.plus(Duration.ofDays(7)))) {
        found.add(new Stuck(Kind.JOIN_REQUEST_OVERDUE, q.account(), q.id(), free));
      }
    }
    for (var i : all.invitations) {
      if (i.org().equals(org)
          && i.state().equals("PENDING")
          && now.isBefore(i.expires())
          && !now.isBefore(i.sent().plus(patience.unanswered()))) {
        found.add(new Stuck(Kind.INVITATION_UNANSWERED, i.account(), i.id(), i.sent()));
      }
    }
    for (Code c : all.codes) {
      if (!c.partner().equals(partner)) {
        continue;
      }
      String holder = c.holder();
      if (state(c).equals("ASSIGNED")
          && !isBy(all.exam(c.exam()).endOfLife(), now)
          && !now.isBefore(c.changed().plus(patience.unbooked()))) {
        found.add(
            new Stuck(Kind.CODE_NOT_BOOKED, Objects.requireNonNull(holder), c.id(), c.changed()));
      } else if (state(c).equals("RESERVED") && c.holderLeft() != null) {
        found.add(
            new Stuck(
                Kind.CODE_OF_FORMER_MEMBER,
                Objects.requireNonNull(holder),
                c.id(),
                c.holderLeft()));
      }
    }
    for (Registration b : all.registrations) {
      boolean ours =
          b.code() == null
              || all.codes.stream()
                  .anyMatch(c -> c.id().equals(b.code()) && c.partner().equals(partner));
      if (ours
          && isMember(b.account())
          && b.state().equals("SCHEDULED")
          && !now.isBefore(b.resultDue())) {
        found.add(new Stuck(Kind.RESULT_OVERDUE, b.account(), b.id(), b.appointment()));
      }
    }
    Set<String> submitted =
        all.bindings.stream()
            .filter(b -> b.state().matches("AWAITING_DATA|CHECK_IDS"))
            .map(b -> b.account() + "/" + b.exam())
            .collect(Collectors.toCollection(TreeSet::new));
    for (Earned k : all.certificates) {
      Result r = result(k);
      if (k.account() == null
          && isNow(k, "VALID")
          && r.state().equals("RECEIVED")
          && isMember(r.account())
          && !submitted.contains(r.account() + "/" + r.exam())
          && !now.isBefore(r.received().plus(patience.unbound()))) {
        found.add(
            new Stuck(
                Kind.PASSED_NOT_BOUND, Objects.requireNonNull(r.account()), k.id(), r.received()));
      }
    }
    for (var b : all.bindings) {
      Instant checked = b.checked();
      if (checked != null
          && b.state().equals("CHECK_IDS")
          && isMember(b.account())
          && now.isBefore(checked.plus(Duration.ofDays(30)))) {
        found.add(new Stuck(Kind.CHECK_IDS, b.account(), b.id(), checked));
      }
    }
    found.sort(Comparator.comparing(Stuck::kind).thenComparing(Stuck::thing));
    return found;
  }
}
