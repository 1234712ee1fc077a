package io.acpbenefits.model;

import static io.acpbenefits.model.World.PLATFORM;
import static io.acpbenefits.model.World.SELF_OR_STAFF;
import static io.acpbenefits.model.World.STAFF;
import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.Things.Code;
import io.acpbenefits.model.World.Who;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Exam codes, as the design has them. */
final class ModelCodes implements Programme.Codes {

  private static final int FARTHEST_END_IN_YEARS = 10;

  private final World world;

  ModelCodes(World world) {
    this.world = world;
  }

  @Override
  public String assign(
      String who, String partner, String exam, String account, @Nullable String key) {
    world.ask(who, STAFF, partner);
    return world.once(
        who,
        key,
        List.of("assign", partner, exam, account),
        () -> {
          requireOpen(partner, exam);
          requireCandidate(partner, exam, account);
          Optional<Code> first =
              world.codes.values().stream()
                  .filter(c -> c.partner.equals(partner) && c.exam.equals(exam))
                  .filter(c -> c.state.equals("ISSUED"))
                  .min(Comparator.comparing(c -> c.expires));
          require(first.isPresent(), Reason.NO_CODE_AVAILABLE);
          first.get().become("ASSIGNED", account, null);
          return first.get().text;
        });
  }

  @Override
  public String assignThis(String who, String text, String account) {
    Code code = visible(who, STAFF, text);
    requireIn(code, "ISSUED");
    requireOpen(code.partner, code.exam);
    requireCandidate(code.partner, code.exam, account);
    return become(code, "ASSIGNED", account);
  }

  private void requireOpen(String partner, String exam) {
    world.requireActive(partner);
    world.requireAlive(find(world.exams, exam), world.now);
  }

  private void requireCandidate(String partner, String exam, String account) {
    require(world.membership(account, partner).isPresent(), Reason.NOT_A_MEMBER);
    boolean held =
        world.codes.values().stream()
            .filter(c -> c.isOpen() && account.equals(c.holder))
            .anyMatch(c -> c.exam.equals(exam) && c.partner.equals(partner));
    require(!held, Reason.CODE_ALREADY_HELD);
  }

  private static String become(Code code, String state, @Nullable String holder) {
    code.become(state, holder, null);
    return Programme.DONE;
  }

  @Override
  public String giveBack(String who, String text) {
    Code code = visible(who, SELF_OR_STAFF, text);
    requireIn(code, "ASSIGNED");
    return become(code, "ISSUED", null);
  }

  @Override
  public String reveal(String who, String text) {
    return visible(who, SELF_OR_STAFF, text).text;
  }

  @Override
  public String reinstate(String who, String text) {
    Code code = visible(who, PLATFORM, text);
    requireIn(code, "FORFEITED");
    require(!world.isOver(code.expires), Reason.CODE_EXPIRED);
    requireOpen(code.partner, code.exam);
    String holder = code.holder;
    if (holder != null) {
      requireCandidate(code.partner, code.exam, holder);
    }
    Instant last = find(world.exams, code.exam).endOfLife;
    if (last != null && last.isBefore(code.expires)) {
      code.expires = last;
    }
    if (holder == null) {
      return become(code, "ISSUED", null);
    }
    return become(code, "ASSIGNED", holder);
  }

  @Override
  public String extend(String who, String text, Instant until) {
    Code code = visible(who, PLATFORM, text);
    requireIn(code, "ISSUED", "ASSIGNED", "RESERVED", "FORFEITED");
    require(!world.isOver(code.expires), Reason.CODE_EXPIRED);
    Instant farthest =
        world.now.atZone(ZoneOffset.UTC).plusYears(FARTHEST_END_IN_YEARS).toInstant();
    require(until.isAfter(code.expires) && !until.isAfter(farthest), Reason.INVALID_INPUT);
    Instant last = find(world.exams, code.exam).endOfLife;
    require(last == null || !until.isAfter(last), Reason.EXAM_RETIRED);
    code.expires = until;
    return Programme.DONE;
  }

  @Override
  public String revoke(String who, String text) {
    Code code = visible(who, PLATFORM, text);
    requireIn(code, "ISSUED", "ASSIGNED", "RESERVED", "FORFEITED");
    return become(code, "REVOKED", code.holder);
  }

  @Override
  public String release(String who, String text) {
    Code code = visible(who, STAFF, text);
    requireIn(code, "RESERVED");
    require(world.isOver(code.reservedUntil), Reason.ILLEGAL_STATE);
    free(code);
    return Programme.DONE;
  }

  @Override
  public String decide(String who, String text, boolean revoke) {
    Code code = visible(who, STAFF, text);
    requireIn(code, "RESERVED");
    boolean overdue = world.isOver(code.reservedUntil);
    require(
        revoke ? code.holderLeft || overdue : code.holderLeft && !overdue, Reason.ILLEGAL_STATE);
    if (revoke) {
      return become(code, "REVOKED", code.holder);
    }
    code.holderLeft = false;
    return Programme.DONE;
  }

  @Override
  public String toDecide(String who, String partner) {
    world.ask(who, STAFF, partner);
    return world.codes.values().stream()
        .filter(c -> c.partner.equals(partner) && c.state.equals("RESERVED"))
        .filter(c -> c.holderLeft || world.isOver(c.reservedUntil))
        .map(c -> c.text)
        .collect(Collectors.joining(" "));
  }

  private Code visible(String who, Set<Who> permitted, String text) {
    Code code = find(world.codes, text);
    world.askOfPrivate(who, permitted, code.partner, code.holder);
    return code;
  }

  static void requireIn(Code code, String... states) {
    require(!code.state.equals("EXPIRED"), Reason.CODE_EXPIRED);
    require(List.of(states).contains(code.state), Reason.ILLEGAL_STATE);
  }

  /** A member who goes gives assigned codes back; booked ones are for somebody to decide. */
  void memberLeft(String account, String partner) {
    for (Code code : heldIn(partner, account)) {
      if (code.state.equals("ASSIGNED")) {
        become(code, "ISSUED", null);
      } else if (code.state.equals("RESERVED")) {
        code.holderLeft = true;
      }
    }
  }

  void memberCame(String account, String partner) {
    heldIn(partner, account).forEach(code -> code.holderLeft = false);
  }

  private List<Code> heldIn(String partner, String account) {
    return world.codes.values().stream()
        .filter(c -> c.partner.equals(partner) && account.equals(c.holder))
        .toList();
  }

  void revokeAllOf(String partner) {
    world.codes.values().stream()
        .filter(c -> c.partner.equals(partner) && c.isUnused())
        .forEach(c -> become(c, "REVOKED", c.holder));
  }

  /** The code that an exam is to be paid with: the named one, or the one that is assigned. */
  Code toPayWith(String account, String exam, @Nullable String text, Instant appointment) {
    Code code = text == null ? assignedFor(account, exam) : find(world.codes, text);
    require(account.equals(code.holder), Reason.NOT_FOUND);
    require(code.exam.equals(exam), Reason.EXAM_MISMATCH);
    requireIn(code, "ASSIGNED");
    require(appointment.isBefore(code.expires), Reason.CODE_EXPIRED);
    return code;
  }

  private Code assignedFor(String account, String exam) {
    List<Code> assigned =
        world.codes.values().stream()
            .filter(c -> c.state.equals("ASSIGNED") && account.equals(c.holder))
            .toList();
    require(!assigned.isEmpty(), Reason.NO_CODE_AVAILABLE);
    Optional<Code> fitting = assigned.stream().filter(c -> c.exam.equals(exam)).findFirst();
    require(fitting.isPresent(), Reason.EXAM_MISMATCH);
    return fitting.get();
  }

  /** Canceled in time: back to the holder, or to the partner if the holder has left. */
  void free(Code code) {
    if (code.state.equals("RESERVED")) {
      String holder = code.holder;
      boolean member = holder != null && world.membership(holder, code.partner).isPresent();
      become(code, member ? "ASSIGNED" : "ISSUED", member ? holder : null);
    }
  }

  /** The exam was sat or missed; a result without a booking ends a code as well. */
  void end(Code code, boolean sat) {
    if (code.isUnused()) {
      become(code, sat ? "REDEEMED" : "FORFEITED", code.holder);
    }
  }
}
