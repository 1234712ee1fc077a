package io.acpbenefits.model;

import static io.acpbenefits.model.World.OWNERS;
import static io.acpbenefits.model.World.PLATFORM;
import static io.acpbenefits.model.World.STAFF;
import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.Things.Membership;
import io.acpbenefits.model.Things.Partner;
import io.acpbenefits.model.Things.Request;
import io.acpbenefits.model.Things.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Organizations and their members, as the design has them; the door is {@link ModelDoor}. */
final class ModelAcademy {

  static final Duration REQUEST = Duration.ofDays(30);

  private final World world;
  private final ModelCodes codes;

  ModelAcademy(World world, ModelCodes codes) {
    this.world = world;
    this.codes = codes;
  }

  String establish(String who, String id, String owner) {
    world.ask(who, PLATFORM, id);
    Partner partner = find(world.partners, id);
    world.requireActive(id);
    require(partner.organization.isEmpty(), Reason.ALREADY_EXISTS);
    require(world.membership(owner).isEmpty(), Reason.MEMBER_ELSEWHERE);
    partner.organization = "ACTIVE";
    begin(id, owner, Role.OWNER);
    return Programme.DONE;
  }

  String suspend(String who, String partner) {
    return move(who, partner, "SUSPENDED", "ACTIVE");
  }

  String resume(String who, String partner) {
    return move(who, partner, "ACTIVE", "SUSPENDED");
  }

  String close(String who, String id) {
    closeNow(toMove(who, id, "ACTIVE", "SUSPENDED"));
    return Programme.DONE;
  }

  private String move(String who, String id, String to, String from) {
    toMove(who, id, from).organization = to;
    return Programme.DONE;
  }

  private Partner toMove(String who, String id, String... from) {
    world.ask(who, PLATFORM, id);
    Partner partner = find(world.partners, id);
    require(!partner.organization.isEmpty(), Reason.NOT_FOUND);
    require(List.of(from).contains(partner.organization), Reason.ILLEGAL_STATE);
    return partner;
  }

  /** Invitations are revoked, requests rejected, and everybody goes, the owners too. */
  void closeNow(Partner partner) {
    partner.organization = "CLOSED";
    world.invitations.values().stream()
        .filter(i -> i.partner.equals(partner.id) && i.isOpen())
        .forEach(i -> i.state = "REVOKED");
    world.requests.values().stream()
        .filter(r -> r.partner.equals(partner.id) && r.state.equals("SUBMITTED"))
        .forEach(r -> decide(r, "REJECTED"));
    world.memberships.stream()
        .filter(m -> m.partner.equals(partner.id) && m.state.equals("ACTIVE"))
        .toList()
        .forEach(m -> end(m, "REMOVED"));
  }

  static void decide(Request request, String state) {
    request.state = state;
    request.waiting = false;
  }

  String admit(String who, String partner, String account, String role) {
    world.ask(who, PLATFORM, partner);
    world.requireAdmitting(partner);
    requireFree(partner, account);
    begin(partner, account, Role.valueOf(role));
    return Programme.DONE;
  }

  void requireFree(String partner, String account) {
    require(!isMemberElsewhere(partner, account), Reason.MEMBER_ELSEWHERE);
  }

  boolean isMemberElsewhere(String partner, String account) {
    Optional<Membership> active = world.membership(account);
    require(active.filter(m -> m.partner.equals(partner)).isEmpty(), Reason.ALREADY_A_MEMBER);
    return active.isPresent();
  }

  /** What the account still waited for here is settled with it; elsewhere it has to wait. */
  void begin(String partner, String account, Role role) {
    Membership membership = new Membership();
    membership.partner = partner;
    membership.account = account;
    membership.role = role;
    membership.joined = world.now;
    world.memberships.add(membership);
    codes.memberCame(account, partner);
    world.invitations.values().stream()
        .filter(i -> i.partner.equals(partner) && account.equals(i.account) && i.isOpen())
        .forEach(i -> i.state = "REVOKED");
    for (Request request : openOf(account)) {
      if (request.partner.equals(partner)) {
        decide(request, "APPROVED");
      } else if (!request.waiting) {
        request.waiting = true;
        request.expires = world.now.plus(REQUEST);
      }
    }
  }

  /** The account's requests elsewhere can be decided from now on. */
  private void end(Membership membership, String state) {
    membership.state = state;
    membership.ended = world.now;
    codes.memberLeft(membership.account, membership.partner);
    for (Request request : openOf(membership.account)) {
      if (request.waiting) {
        request.waiting = false;
        request.expires = world.now.plus(REQUEST);
      }
    }
  }

  List<Request> openOf(String account) {
    return world.requests.values().stream()
        .filter(r -> r.account.equals(account) && r.state.equals("SUBMITTED"))
        .toList();
  }

  String setRole(String who, String partner, String account, String role) {
    world.ask(who, OWNERS, partner);
    Membership member = member(partner, account);
    if (!role.equals("OWNER")) {
      requireAnotherOwner(member);
    }
    member.role = Role.valueOf(role);
    return Programme.DONE;
  }

  String transfer(String who, String partner, String from, String to) {
    world.ask(who, OWNERS, partner);
    Membership giver = member(partner, from);
    Membership taker = member(partner, to);
    require(giver.role == Role.OWNER && taker.role != Role.OWNER, Reason.ILLEGAL_STATE);
    taker.role = Role.OWNER;
    giver.role = Role.MANAGER;
    return Programme.DONE;
  }

  String remove(String who, String partner, String account) {
    world.ask(who, STAFF, partner);
    Membership member = member(partner, account);
    if (member.role != Role.MEMBER) {
      world.ask(who, OWNERS, partner);
    }
    requireAnotherOwner(member);
    end(member, "REMOVED");
    return Programme.DONE;
  }

  private Membership member(String partner, String account) {
    Optional<Membership> member = world.membership(account, partner);
    require(member.isPresent(), Reason.NOT_A_MEMBER);
    return member.get();
  }

  String quit(String account) {
    Optional<Membership> member = world.membership(account);
    require(member.isPresent(), Reason.NOT_A_MEMBER);
    requireAnotherOwner(member.get());
    end(member.get(), "LEFT");
    return Programme.DONE;
  }

  private void requireAnotherOwner(Membership member) {
    long owners =
        world.memberships.stream()
            .filter(m -> m.partner.equals(member.partner) && m.state.equals("ACTIVE"))
            .filter(m -> m.role == Role.OWNER)
            .count();
    require(member.role != Role.OWNER || owners > 1, Reason.LAST_OWNER);
  }
}
