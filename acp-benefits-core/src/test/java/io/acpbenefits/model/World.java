package io.acpbenefits.model;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.Things.Application;
import io.acpbenefits.model.Things.Binding;
import io.acpbenefits.model.Things.Certificate;
import io.acpbenefits.model.Things.Code;
import io.acpbenefits.model.Things.Exam;
import io.acpbenefits.model.Things.ExamRecord;
import io.acpbenefits.model.Things.Invitation;
import io.acpbenefits.model.Things.Membership;
import io.acpbenefits.model.Things.Partner;
import io.acpbenefits.model.Things.Quota;
import io.acpbenefits.model.Things.Registration;
import io.acpbenefits.model.Things.Request;
import io.acpbenefits.model.Things.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
   * @param listedApproved whether links with listed e-mail domains admit at once
   * @param validMonths how long certificates of level ACP are valid; 0 for ever
   */
  record Rules(boolean reviewed, boolean leaversToo, boolean listedApproved, int validMonths) {}

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

  /** Who may do something, besides roles in the organization that it belongs to. */
  enum Who {
    OWNER,
    MANAGER,
    MEMBER,
    SELF,
    PLATFORM
  }

  static final Set<Who> PLATFORM = Set.of(Who.PLATFORM);
  static final Set<Who> SELF = Set.of(Who.SELF);
  static final Set<Who> OWNERS = Set.of(Who.OWNER, Who.PLATFORM);
  static final Set<Who> STAFF = Set.of(Who.OWNER, Who.MANAGER, Who.PLATFORM);
  static final Set<Who> SELF_OR_STAFF = Set.of(Who.SELF, Who.OWNER, Who.MANAGER, Who.PLATFORM);
  static final Set<Who> SELF_OR_PLATFORM = Set.of(Who.SELF, Who.PLATFORM);

  final Rules rules;
  Instant now = START;
  final Map<String, Partner> partners = new LinkedHashMap<>();
  final Map<String, Exam> exams = new LinkedHashMap<>();
  final Map<String, Quota> quotas = new LinkedHashMap<>();
  final Map<String, Application> applications = new LinkedHashMap<>();

  /** Benefit change records by quota: those of time may be written later than others. */
  final Map<String, List<String>> changes = new LinkedHashMap<>();

  final Map<String, Code> codes = new LinkedHashMap<>();
  final List<Membership> memberships = new ArrayList<>();
  final Map<String, Invitation> invitations = new LinkedHashMap<>();
  final Map<String, Request> requests = new LinkedHashMap<>();
  final Map<String, Registration> registrations = new LinkedHashMap<>();
  final List<ExamRecord> records = new ArrayList<>();
  final Map<String, Certificate> certificates = new LinkedHashMap<>();
  final Map<String, Binding> bindings = new LinkedHashMap<>();

  /** By sender and key: what was asked, what it came to, and when. */
  final Map<List<String>, Answered> answered = new LinkedHashMap<>();

  record Answered(List<Object> asked, String handle, Instant at) {}

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

  ExamRecord findRecord(String handle) {
    Optional<ExamRecord> found = records.stream().filter(r -> r.id.equals(handle)).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    throw handle.equals(NOWHERE) ? new Refused(Reason.NOT_FOUND) : new Pointless(handle);
  }

  Optional<Membership> membership(String account) {
    return memberships.stream()
        .filter(m -> m.account.equals(account) && m.state.equals("ACTIVE"))
        .findFirst();
  }

  Optional<Membership> membership(String account, String partner) {
    return membership(account).filter(m -> m.partner.equals(partner));
  }

  static boolean isPlatform(String who) {
    return who.equals(Programme.OPERATOR) || who.equals(Programme.SYSTEM);
  }

  boolean may(
      String who, Set<Who> permitted, @Nullable String partner, @Nullable String concerned) {
    if (isPlatform(who)) {
      return permitted.contains(Who.PLATFORM);
    }
    return (permitted.contains(Who.SELF) && who.equals(concerned))
        || roleIn(who, partner, concerned).filter(r -> holds(permitted, r)).isPresent();
  }

  private static boolean holds(Set<Who> permitted, Role role) {
    return permitted.contains(Who.valueOf(role.name()));
  }

  /** In the partner's organization, or, of a thing that is nobody's, in the concerned person's. */
  private Optional<Role> roleIn(String who, @Nullable String partner, @Nullable String concerned) {
    Optional<String> where =
        partner != null
            ? Optional.of(partner)
            : Optional.ofNullable(concerned).flatMap(this::membership).map(m -> m.partner);
    return where.flatMap(p -> membership(who, p)).map(m -> m.role);
  }

  /** What is asked of a partner, an organization or the programme says who may. */
  void ask(String who, Set<Who> permitted, @Nullable String partner) {
    require(may(who, permitted, partner, null), Reason.NOT_PERMITTED);
  }

  /** What is asked of a thing tells strangers that there is no such thing. */
  void askOfThing(
      String who, Set<Who> permitted, @Nullable String partner, @Nullable String concerned) {
    if (!may(who, permitted, partner, concerned)) {
      boolean stranger =
          !isPlatform(who) && !who.equals(concerned) && roleIn(who, partner, concerned).isEmpty();
      throw new Refused(stranger ? Reason.NOT_FOUND : Reason.NOT_PERMITTED);
    }
  }

  /** What only staff and the person concerned may see is not there for their colleagues either. */
  void askOfPrivate(
      String who, Set<Who> permitted, @Nullable String partner, @Nullable String concerned) {
    if (!may(who, permitted, partner, concerned)) {
      boolean seen = may(who, SELF_OR_STAFF, partner, concerned);
      throw new Refused(seen ? Reason.NOT_PERMITTED : Reason.NOT_FOUND);
    }
  }

  void requireActive(String partner) {
    require(find(partners, partner).state.equals("ACTIVE"), Reason.PARTNER_SUSPENDED);
  }

  /** Admitting, inviting and links take an active partner and an active organization. */
  void requireAdmitting(String partner) {
    require(!find(partners, partner).organization.isEmpty(), Reason.NOT_FOUND);
    requireActive(partner);
    require(find(partners, partner).organization.equals("ACTIVE"), Reason.ILLEGAL_STATE);
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
      if (quota.state.equals("PLANNED") && !now.isBefore(quota.from)) {
        quota.state = "ACTIVE";
      }
      boolean runs = quota.state.equals("ACTIVE") || quota.state.equals("SUSPENDED");
      if (runs && isOver(quota.until)) {
        long rest = quota.available();
        quota.end("EXPIRED");
        note(quota, "EXPIRED", rest, "-");
      }
    }
    for (Code code : codes.values()) {
      boolean outlives = code.state.equals("RESERVED") && !isOver(code.reservedUntil);
      if (code.isUnused() && isOver(code.expires) && !outlives) {
        code.become("EXPIRED", code.holder, null);
      }
    }
    for (Invitation invitation : invitations.values()) {
      if (invitation.isOpen() && isOver(invitation.expires)) {
        invitation.state = "EXPIRED";
      }
    }
    for (Request request : requests.values()) {
      if (request.state.equals("SUBMITTED") && isOver(request.expires)) {
        request.state = "EXPIRED";
        request.waiting = false;
      }
    }
    for (Certificate certificate : certificates.values()) {
      if (certificate.isOpen() && isOver(certificate.validUntil)) {
        certificate.become("EXPIRED", Objects.requireNonNull(certificate.validUntil));
      }
    }
  }

  /** The instants ahead at which something is due to change, within the next months. */
  List<Instant> turningPoints() {
    Stream<@Nullable Instant> all =
        Stream.of(
                quotas.values().stream().flatMap(q -> Stream.of(q.from, q.until)),
                exams.values().stream().flatMap(e -> Stream.of(e.endOfSale, e.endOfLife)),
                codes.values().stream().flatMap(c -> Stream.of(c.expires, c.reservedUntil)),
                invitations.values().stream().map(i -> i.expires),
                requests.values().stream().map(r -> r.expires),
                certificates.values().stream().map(c -> c.validUntil),
                bindings.values().stream().map(b -> b.windowEnds),
                registrations.values().stream()
                    .filter(Registration::isScheduled)
                    .flatMap(
                        r -> Stream.of(r.appointment, r.appointment.minus(Duration.ofDays(1)))))
            .flatMap(instants -> instants);
    Instant farthest = now.plus(Duration.ofDays(100));
    return all.filter(at -> at != null && at.isAfter(now) && at.isBefore(farthest))
        .map(Objects::requireNonNull)
        .toList();
  }

  /** One benefit change record for each act that changes a quota. */
  void note(Quota quota, String kind, long quantity, String application) {
    changes
        .computeIfAbsent(quota.id, id -> new ArrayList<>())
        .add(kind + " " + quantity + " " + application);
  }

  /** Carries a command out once for each key of its sender; a refusal leaves no key. */
  String once(String who, @Nullable String key, List<Object> asked, Supplier<String> command) {
    if (key == null) {
      return command.get();
    }
    List<String> sent = List.of(who, key);
    Answered earlier = answered.get(sent);
    if (earlier != null) {
      require(earlier.asked.equals(asked), Reason.REQUEST_KEY_REUSED);
      return earlier.handle;
    }
    String handle = command.get();
    answered.put(sent, new Answered(asked, handle, now));
    return handle;
  }

  static String text(@Nullable Object value) {
    return Objects.toString(value, "-");
  }
}
