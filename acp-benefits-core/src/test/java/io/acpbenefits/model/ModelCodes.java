package io.acpbenefits.model;

import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.World.Code;
import io.acpbenefits.model.World.Role;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Exam codes, as the design has them. */
final class ModelCodes implements Programme.Codes {

  private final World world;

  ModelCodes(World world) {
    this.world = world;
  }

  @Override
  public String assign(String who, String partner, String exam, String account) {
    world.requireRole(who, world.established(partner).id, Role.MANAGER);
    world.requireActive(partner);
    world.requireAlive(find(world.exams, exam), world.now);
    require(world.membership(account, partner).isPresent(), Reason.NOT_A_MEMBER);
    require(
        open(account, exam).stream().noneMatch(code -> code.partner.equals(partner)),
        Reason.CODE_ALREADY_HELD);
    Optional<Code> first =
        world.codes.values().stream()
            .filter(c -> c.partner.equals(partner) && c.exam.equals(exam))
            .filter(c -> c.state.equals("ISSUED"))
            .min(Comparator.comparing(c -> c.expires));
    require(first.isPresent(), Reason.NO_CODE_AVAILABLE);
    first.get().become("ASSIGNED", account, null);
    return first.get().text;
  }

  @Override
  public String giveBack(String who, String text) {
    Code code = visible(who, text);
    requireIn(code, "ASSIGNED");
    code.become("ISSUED", null, null);
    return Programme.DONE;
  }

  @Override
  public String reveal(String who, String text) {
    return visible(who, text).text;
  }

  private Code visible(String who, String text) {
    Code code = find(world.codes, text);
    require(
        who.equals(code.holder) || world.hasRole(who, code.partner, Role.MANAGER),
        Reason.NOT_FOUND);
    return code;
  }

  private List<Code> open(String account, String exam) {
    return world.codes.values().stream()
        .filter(c -> c.isOpen() && account.equals(c.holder) && c.exam.equals(exam))
        .toList();
  }

  static void requireIn(Code code, String state) {
    require(!code.state.equals("EXPIRED"), Reason.CODE_EXPIRED);
    require(code.state.equals(state), Reason.ILLEGAL_STATE);
  }

  /** A member who goes gives assigned codes back; booked ones stay until the exam is over. */
  void memberLeft(String account, String partner) {
    for (Code code : world.codes.values()) {
      if (code.state.equals("ASSIGNED")
          && account.equals(code.holder)
          && code.partner.equals(partner)) {
        code.become("ISSUED", null, null);
      }
    }
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
      code.become(member ? "ASSIGNED" : "ISSUED", member ? holder : null, null);
    }
  }

  /** The exam was sat or missed; a result without a booking ends an assigned code as well. */
  void end(Code code, String state) {
    if (code.isOpen()) {
      code.become(state, code.holder, null);
    }
  }
}
