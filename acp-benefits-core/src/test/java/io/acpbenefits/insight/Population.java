package io.acpbenefits.insight;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some thousand rows of two partners, written behind the library's back: seeded, in every state,
 * with times on full hours so that many are equal, and with much that is due and not yet written.
 */
final class Population {

  static final String ACME = "acme";
  static final String BETA = "beta";

  record Member(
      String org, String account, boolean active, Instant joined, @Nullable Instant ended) {}

  record Code(
      String id,
      String partner,
      String org,
      String exam,
      String state,
      @Nullable String holder,
      Instant issued,
      Instant expires,
      @Nullable Instant reservedUntil,
      @Nullable Instant holderLeft,
      Instant changed) {}

  record Registration(
      String id,
      String account,
      String exam,
      @Nullable String code,
      String state,
      Instant appointment,
      Instant resultDue,
      Instant registered,
      Instant changed) {}

  record Result(
      String id,
      @Nullable String account,
      String exam,
      Instant taken,
      Instant received,
      String outcome,
      String state) {}

  record Earned(
      String id,
      String result,
      String exam,
      ExamLevel level,
      String state,
      @Nullable String account,
      @Nullable String org,
      @Nullable Instant bound,
      @Nullable Instant validUntil,
      List<Change> history) {}

  record Change(String state, Instant since) {}

  record Bind(String id, String account, String exam, String state, @Nullable Instant checked) {}

  record Request(
      String id,
      String org,
      String account,
      String state,
      boolean waiting,
      Instant submitted,
      Instant expires) {}

  record Invited(
      String id, String org, String state, String account, Instant sent, Instant expires) {}

  final List<Member> members = new ArrayList<>();
  final List<Code> codes = new ArrayList<>();
  final List<Registration> registrations = new ArrayList<>();
  final Map<String, Result> results = new LinkedHashMap<>();
  final List<Earned> certificates = new ArrayList<>();
  final List<Bind> bindings = new ArrayList<>();
  final List<Request> requests = new ArrayList<>();
  final List<Invited> invitations = new ArrayList<>();
  final List<Exam> exams = new ArrayList<>();
  final List<String> accounts = new ArrayList<>();

  private final CoreFixture it;
  private final Random random;
  private final Instant now;
  private final String acmeOrg;
  private final String betaOrg;
  private final Connection connection;
  private int changes;

  Population(CoreFixture it, String betaOrg, long seed) {
    this.it = it;
    this.random = new Random(seed);
    this.now = it.start;
    this.acmeOrg = it.organization.value();
    this.betaOrg = betaOrg;
    this.connection = open(it);
    exams();
    members.add(new Member(acmeOrg, it.owner.id().value(), true, now, null));
    members.add(new Member(betaOrg, "bob", true, now, null));
    people(400);
    codes(2500);
    selfPaid(700);
    results(2000);
    bindings(400);
    requests(300);
    invitations(300);
    close(connection);
  }

  private static Connection open(CoreFixture it) {
    try {
      return it.database.getConnection();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  String org(String partner) {
    return partner.equals(ACME) ? acmeOrg : betaOrg;
  }

  Exam exam(String id) {
    return exams.stream().filter(e -> e.examId().value().equals(id)).findFirst().orElseThrow();
  }

  private void exams() {
    for (int i = 0; i < 8; i++) {
      Instant sale = i % 3 == 0 ? null : hours(-100, 100);
      Instant life = i % 4 == 0 || sale == null ? null : sale.plus(Duration.ofHours(pick(0, 900)));
      Exam exam =
          new Exam(
              ExamId.of("exam-" + i),
              "Exam " + i,
              i < 5 ? ExamLevel.ACP : ExamLevel.ACE,
              null,
              null,
              sale,
              life);
      it.benefits.exams().add(it.operator, exam);
      exams.add(exam);
    }
  }

  private void people(int count) {
    for (int i = 0; i < count; i++) {
      String account = "person-" + i;
      accounts.add(account);
      insert("acp_account (account_id, account_key)", account, id());
      Instant joined = hours(-9000, -5000);
      if (chance(30)) {
        Instant ended = joined.plus(Duration.ofHours(pick(1, 4000)));
        member(chance(50) ? acmeOrg : betaOrg, account, joined, ended);
        joined = ended.plus(Duration.ofHours(pick(0, 500)));
      }
      if (chance(80)) {
        member(chance(70) ? acmeOrg : betaOrg, account, joined, null);
      }
    }
  }

  private void member(String org, String account, Instant joined, @Nullable Instant ended) {
    members.add(new Member(org, account, ended == null, joined, ended));
    insert(
        "acp_membership (membership_id, organization_id, account_id, role, state, joined_at,"
            + " ended_at)",
        id(),
        org,
        account,
        "MEMBER",
        ended == null ? "ACTIVE" : chance(50) ? "LEFT" : "REMOVED",
        joined,
        ended);
  }

  private void codes(int count) {
    Set<String> open = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String partner = chance(75) ? ACME : BETA;
      String exam = anyExam();
      String state =
          one(
              "ISSUED",
              "ISSUED",
              "ASSIGNED",
              "RESERVED",
              "REDEEMED",
              "FORFEITED",
              "EXPIRED",
              "REVOKED");
      boolean free = state.equals("ISSUED") || (state.matches("EXPIRED|REVOKED") && chance(50));
      String holder = free ? null : anyone();
      if (state.matches("ASSIGNED|RESERVED") && !open.add(partner + exam + holder)) {
        continue;
      }
      Instant issued = hours(-9000, -1);
      Code code =
          new Code(
              id(),
              partner,
              org(partner),
              exam,
              state,
              holder,
              issued,
              issued.plus(Duration.ofHours(pick(1000, 12000))),
              state.equals("RESERVED") ? hours(-200, 400) : null,
              state.equals("RESERVED") && chance(30) ? hours(-300, 0) : null,
              between(issued));
      codes.add(code);
      insert(
          "acp_exam_code (code_id, partner_id, organization_id, exam_id, state, holder, issued_at,"
              + " expires_at, reserved_until, holder_left_at, changed_at, code_cipher, code_key_id, code_lookup,"
              + " lookup_key_id)",
          code.id,
          code.partner,
          code.org,
          exam,
          state,
          holder,
          issued,
          code.expires,
          code.reservedUntil,
          code.holderLeft,
          code.changed,
          new byte[] {1},
          "k",
          code.id,
          "k");
      if (holder != null && chance(70)) {
        registration(chance(90) ? holder : anyone(), exam, code.id, issued);
      }
    }
  }

  private void selfPaid(int count) {
    for (int i = 0; i < count; i++) {
      registration(anyone(), anyExam(), null, hours(-9000, -1));
    }
  }

  private void registration(String account, String exam, @Nullable String code, Instant first) {
    Instant registered = between(first);
    Instant appointment = registered.plus(Duration.ofHours(pick(0, 600)));
    Registration registration =
        new Registration(
            id(),
            account,
            exam,
            code,
            one("SCHEDULED", "DELIVERED", "DELIVERED", "CANCELED", "LATE_CANCELED", "NO_SHOW"),
            appointment,
            appointment.plus(Duration.ofHours(pick(24, 100))),
            registered,
            between(registered));
    registrations.add(registration);
    insert(
        "acp_registration (exam_registration_id, account_id, exam_id, payment, code_id, delivery,"
            + " state, appointment, result_due_at, registered_at, changed_at)",
        registration.id,
        account,
        exam,
        code == null ? "SELF_PAID" : "CODE",
        code,
        "ONLINE",
        registration.state,
        appointment,
        registration.resultDue,
        registered,
        registration.changed);
  }

  private void results(int count) {
    for (int i = 0; i < count; i++) {
      Instant taken = hours(-9000, -80);
      Result result =
          new Result(
              id(),
              chance(85) ? anyone() : null,
              anyExam(),
              taken,
              taken.plus(Duration.ofHours(pick(0, 72))),
              one("PASS", "PASS", "FAIL", "NO_SHOW"),
              one("RECEIVED", "RECEIVED", "RECEIVED", "RECEIVED", "HELD", "INVALIDATED"));
      results.put(result.id, result);
      insert(
          "acp_exam_record (record_id, candidate_id, registration_id, exam_id, taken_at, outcome,"
              + " kind, state, received_at, account_id)",
          result.id,
          "C-" + i,
          "R",
          result.exam,
          taken,
          result.outcome,
          "RESULT",
          result.state,
          result.received,
          result.account);
      if (result.outcome.equals("PASS") && !result.state.equals("HELD")) {
        certificate(result);
      }
    }
  }

  private void certificate(Result result) {
    boolean bound = chance(60);
    Instant at = bound ? between(result.received) : null;
    String account = bound ? (result.account != null ? result.account : anyone()) : null;
    String org = bound && chance(80) ? (chance(70) ? acmeOrg : betaOrg) : null;
    String last =
        result.state.equals("INVALIDATED")
            ? "REVOKED"
            : one("VALID", "VALID", "VALID", "VALID", "SUSPENDED", "EXPIRED", "SUPERSEDED");
    Earned earned =
        new Earned(
            id(),
            result.id,
            result.exam,
            exam(result.exam).level(),
            last,
            account,
            org,
            at,
            chance(40) ? result.taken.plus(Duration.ofHours(pick(1000, 9000))) : null,
            history(result.received, last));
    certificates.add(earned);
    insert(
        "acp_certificate (certificate_id, record_id, exam_id, level, number, state, obtained_at,"
            + " valid_from, valid_until, account_id, organization_id, bound_at, held_with_record)",
        earned.id,
        result.id,
        earned.exam,
        earned.level.name(),
        earned.id,
        earned.state,
        result.taken,
        result.taken,
        earned.validUntil,
        account,
        org,
        at,
        false);
    for (Change change : earned.history) {
      insert(
          "acp_certificate_change (change_id, certificate_id, state, since)",
          "%08d".formatted(++changes),
          earned.id,
          change.state,
          change.since);
    }
  }

  private List<Change> history(Instant received, String last) {
    List<Change> history = new ArrayList<>(List.of(new Change("VALID", received)));
    Instant since = received;
    if (chance(20)) {
      since = between(since);
      history.add(new Change("SUSPENDED", since));
      since = between(since);
      history.add(new Change("VALID", since));
    }
    if (!last.equals("VALID")) {
      history.add(new Change(last, between(since)));
    }
    return history;
  }

  private void bindings(int count) {
    Set<String> open = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String account = anyone();
      String exam = anyExam();
      String state = one("AWAITING_DATA", "CHECK_IDS", "CHECK_IDS", "FAILED");
      if (!state.equals("FAILED") && !open.add(account + exam)) {
        continue;
      }
      Instant submitted = hours(-1500, -1);
      Bind binding =
          new Bind(
              id(), account, exam, state, state.equals("CHECK_IDS") ? between(submitted) : null);
      bindings.add(binding);
      insert(
          "acp_binding (binding_id, account_id, exam_id, candidate_id, registration_id, state,"
              + " submitted_at, window_ends_at, tries, check_ids_since)",
          binding.id,
          account,
          exam,
          "C",
          "R",
          state,
          submitted,
          submitted.plus(Duration.ofDays(3)),
          0,
          binding.checked);
    }
  }

  private void requests(int count) {
    Set<String> open = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String org = chance(70) ? acmeOrg : betaOrg;
      String account = anyone();
      String state = one("SUBMITTED", "SUBMITTED", "APPROVED", "REJECTED", "WITHDRAWN", "EXPIRED");
      if (state.equals("SUBMITTED") && !open.add(org + account)) {
        continue;
      }
      Instant submitted = hours(-1200, -1);
      Request request =
          new Request(
              id(),
              org,
              account,
              state,
              state.equals("SUBMITTED") && chance(50),
              submitted,
              submitted.plus(Duration.ofHours(720 + pick(0, 200))));
      requests.add(request);
      insert(
          "acp_join_request (request_id, organization_id, account_id, invitation_id, state,"
              + " waiting, submitted_at, expires_at)",
          request.id,
          org,
          account,
          link(org),
          state,
          request.waiting,
          submitted,
          request.expires);
    }
  }

  private String link(String org) {
    return it.text(
        "SELECT invitation_id FROM acp_invitation WHERE kind = 'LINK' AND organization_id = '"
            + org
            + "'");
  }

  private void invitations(int count) {
    Set<String> open = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String org = chance(70) ? acmeOrg : betaOrg;
      String account = anyone();
      String state = one("PENDING", "PENDING", "ACCEPTED", "DECLINED", "REVOKED", "EXPIRED");
      if (state.equals("PENDING") && !open.add(org + account)) {
        continue;
      }
      Instant created = hours(-500, -1);
      Instant sent = between(created);
      Invited invited =
          new Invited(id(), org, state, account, sent, sent.plus(Duration.ofDays(14)));
      invitations.add(invited);
      insert(
          "acp_invitation (invitation_id, organization_id, kind, main, state, token_hash,"
              + " token_cipher, token_key_id, invited_account, created_at, created_by, sent_at,"
              + " resends, expires_at, uses)",
          invited.id,
          org,
          "PERSONAL",
          false,
          state,
          invited.id,
          new byte[] {1},
          "k",
          account,
          created,
          "system",
          sent,
          1,
          invited.expires,
          0);
    }
  }

  private void insert(String into, @Nullable Object... values) {
    String places = String.join(", ", Collections.nCopies(values.length, "?"));
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO " + into + " VALUES (" + places + ")")) {
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        statement.setObject(
            i + 1,
            value instanceof Instant time ? LocalDateTime.ofInstant(time, ZoneOffset.UTC) : value);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(into, e);
    }
  }

  private String anyone() {
    return accounts.get(random.nextInt(accounts.size()));
  }

  private String anyExam() {
    return exams.get(random.nextInt(exams.size())).examId().value();
  }

  private String one(String... of) {
    return of[random.nextInt(of.length)];
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private int pick(int from, int until) {
    return from + random.nextInt(until - from);
  }

  private Instant hours(int from, int until) {
    return now.plus(Duration.ofHours(pick(from, until)));
  }

  private Instant between(Instant earliest) {
    long hours = Math.max(1, Duration.between(earliest, now).toHours());
    return earliest.plus(Duration.ofHours(pick(0, (int) hours)));
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
