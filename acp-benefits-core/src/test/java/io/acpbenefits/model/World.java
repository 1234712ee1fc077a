package io.acpbenefits.model;

import io.acpbenefits.common.Reason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the model remembers: plain collections, in the order in which things came to be. */
final class World {

  static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

  /** A handle that nothing has: both sides look for it in vain. */
  static final String NOWHERE = "nowhere";

  /**
   * The policies that sequences vary.
   *
   * @param reviewed whether benefit applications are reviewed
   * @param leaversToo whether certificates go on counting for people who have left
   */
  record Rules(boolean reviewed, boolean leaversToo) {}

  /** A refusal that the model predicts. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final Reason reason;

    Refused(Reason reason) {
      super(reason.name(), null, false, false);
      this.reason = reason;
    }
  }

  /** The step is about something that a step which was left out would have made. */
  static final class Pointless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Pointless(String handle) {
      super(handle, null, false, false);
    }
  }

  enum Role {
    OWNER,
    MANAGER,
    MEMBER
  }

  static final class Partner {
    String id = "";
    String tier = "";
    String state = "ACTIVE";
    boolean established;
  }

  static final class Exam {
    String id = "";
    String level = "";
    @Nullable Instant endOfSale;
    @Nullable Instant endOfLife;
    final Deque<String> stock = new ArrayDeque<>();
  }

  static final class Quota {
    String id = "";
    String partner = "";
    String level = "";
    Instant from = START;
    Instant until = START;
    String state = "ACTIVE";
    long granted;
    long held;
    long consumed;
    long expired;
    final List<String> ledger = new ArrayList<>();

    long available() {
      return granted - held - consumed - expired;
    }

    void write(String kind, long quantity) {
      ledger.add(kind + " " + quantity);
    }
  }

  static final class Application {
    String id = "";
    String partner = "";
    String exam = "";
    int quantity;
    String state = "DRAFT";
    @Nullable Quota quota;
    int attempts;
  }

  static final class Code {
    String text = "";
    String partner = "";
    String exam = "";
    String state = "ISSUED";
    @Nullable String holder;
    Instant expires = START;
    @Nullable Instant reservedUntil;

    boolean isOpen() {
      return state.equals("ASSIGNED") || state.equals("RESERVED");
    }

    void become(String to, @Nullable String holder, @Nullable Instant until) {
      this.state = to;
      this.holder = holder;
      this.reservedUntil = until;
    }
  }

  static final class Membership {
    String partner = "";
    String account = "";
    Role role = Role.MEMBER;
    String state = "ACTIVE";
  }

  static final class Invitation {
    String id = "";
    String partner = "";

    /** Whom, if it is for one. */
    @Nullable String account;

    String state = "ACTIVE";
    @Nullable Instant expires;
    int uses;
  }

  static final class Request {
    String id = "";
    String partner = "";
    String account = "";
    String state = "SUBMITTED";
    boolean waiting;
    Instant expires = START;
  }

  static final class Registration {
    String id = "";
    String account = "";
    String exam = "";
    @Nullable Code code;
    String state = "SCHEDULED";
    Instant appointment = START;
    Programme.@Nullable Ids ids;

    boolean isScheduled() {
      return state.equals("SCHEDULED");
    }
  }

  static final class ExamRecord {
    String id = "";
    Programme.Ids ids = new Programme.Ids("", "");
    String exam = "";
    Instant taken = START;
    String outcome = "";
    @Nullable String score;
    @Nullable String voucher;
    String state = "RECEIVED";
    @Nullable String account;
  }

  /** One for each PASS; its handle is that of its record. */
  static final class Certificate {
    String id = "";
    ExamRecord record = new ExamRecord();
    String state = "VALID";
    @Nullable String account;
    @Nullable String partner;
  }

  static final class Binding {
    String id = "";
    String account = "";
    String exam = "";
    Programme.Ids ids = new Programme.Ids("", "");
    String state = "AWAITING_DATA";
    @Nullable Reason reason = Reason.RESULT_NOT_FOUND;
    Instant windowEnds = START;
    @Nullable Instant checkingSince;
    @Nullable Certificate certificate;

    boolean isOpen() {
      return state.equals("AWAITING_DATA") || state.equals("CHECK_IDS");
    }
  }

  final Rules rules;
  Instant now = START;
  final Map<String, Partner> partners = new LinkedHashMap<>();
  final Map<String, Exam> exams = new LinkedHashMap<>();
  final Map<String, Quota> quotas = new LinkedHashMap<>();
  final Map<String, Application> applications = new LinkedHashMap<>();
  final Map<String, List<String>> changes = new LinkedHashMap<>();
  final Map<String, Code> codes = new LinkedHashMap<>();
  final List<Membership> memberships = new ArrayList<>();
  final Map<String, Invitation> invitations = new LinkedHashMap<>();
  final Map<String, Request> requests = new LinkedHashMap<>();
  final Map<String, Registration> registrations = new LinkedHashMap<>();
  final Map<String, ExamRecord> records = new LinkedHashMap<>();
  final Map<String, Certificate> certificates = new LinkedHashMap<>();
  final Map<String, Binding> bindings = new LinkedHashMap<>();

  World(Rules rules) {
    this.rules = rules;
  }

  static void require(boolean met, Reason otherwise) {
    if (!met) {
      throw new Refused(otherwise);
    }
  }

  /** What a handle stands for; the sequence that it was left out of goes on without the step. */
  static <T> T find(Map<String, T> things, String handle) {
    T found = things.get(handle);
    if (found != null) {
      return found;
    }
    throw handle.equals(NOWHERE) ? new Refused(Reason.NOT_FOUND) : new Pointless(handle);
  }

  Partner established(String partner) {
    Partner found = find(partners, partner);
    require(found.established, Reason.NOT_FOUND);
    return found;
  }

  Optional<Membership> membership(String account) {
    return memberships.stream()
        .filter(m -> m.account.equals(account) && m.state.equals("ACTIVE"))
        .findFirst();
  }

  Optional<Membership> membership(String account, String partner) {
    return membership(account).filter(m -> m.partner.equals(partner));
  }

  boolean isPlatform(String who) {
    return who.equals(Programme.OPERATOR) || who.equals(Programme.SYSTEM);
  }

  void requirePlatform(String who) {
    require(isPlatform(who), Reason.NOT_PERMITTED);
  }

  boolean hasRole(String who, String partner, Role least) {
    return isPlatform(who)
        || membership(who, partner).filter(m -> m.role.compareTo(least) <= 0).isPresent();
  }

  void requireRole(String who, String partner, Role least) {
    require(hasRole(who, partner, least), Reason.NOT_PERMITTED);
  }

  void requireActive(String partner) {
    require(find(partners, partner).state.equals("ACTIVE"), Reason.PARTNER_SUSPENDED);
  }

  void requireAlive(Exam exam, Instant at) {
    Instant end = exam.endOfLife;
    require(end == null || at.isBefore(end), Reason.EXAM_RETIRED);
  }

  boolean isOver(@Nullable Instant end) {
    return end != null && !now.isBefore(end);
  }

  /** What time alone has done by now; bindings wait for being settled. */
  void letTimeWork() {
    for (Quota quota : quotas.values()) {
      if (List.of("ACTIVE", "SUSPENDED").contains(quota.state) && isOver(quota.until)) {
        quota.state = "EXPIRED";
        if (quota.available() > 0) {
          quota.write("EXPIRE", quota.available());
        }
        quota.expired += quota.available();
      }
    }
    for (Code code : codes.values()) {
      boolean outlives = code.state.equals("RESERVED") && !isOver(code.reservedUntil);
      if ((code.state.equals("ISSUED") || code.isOpen()) && isOver(code.expires) && !outlives) {
        code.become("EXPIRED", code.holder, null);
      }
    }
    for (Invitation invitation : invitations.values()) {
      if (List.of("ACTIVE", "PENDING").contains(invitation.state) && isOver(invitation.expires)) {
        invitation.state = "EXPIRED";
      }
    }
    for (Request request : requests.values()) {
      if (request.state.equals("SUBMITTED") && isOver(request.expires)) {
        request.state = "EXPIRED";
        request.waiting = false;
      }
    }
  }

  static String text(@Nullable Object value) {
    return Objects.toString(value, "-");
  }
}
