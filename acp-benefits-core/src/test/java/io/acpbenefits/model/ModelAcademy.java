package io.acpbenefits.model;

import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.World.Invitation;
import io.acpbenefits.model.World.Membership;
import io.acpbenefits.model.World.Partner;
import io.acpbenefits.model.World.Request;
import io.acpbenefits.model.World.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Organizations, invitations and join requests, as the design has them. */
final class ModelAcademy implements Programme.Academy {

  private static final Duration INVITATION = Duration.ofDays(14);
  private static final Duration REQUEST = Duration.ofDays(30);

  private final World world;
  private final ModelCodes codes;

  ModelAcademy(World world, ModelCodes codes) {
    this.world = world;
    this.codes = codes;
  }

  @Override
  public String establish(String who, String id, String owner) {
    world.requirePlatform(who);
    Partner partner = find(world.partners, id);
    require(!partner.established, Reason.ALREADY_EXISTS);
    require(world.membership(owner).isEmpty(), Reason.MEMBER_ELSEWHERE);
    partner.established = true;
    addLink(firstLink(id), id);
    begin(id, owner, Role.OWNER);
    return Programme.DONE;
  }

  /** The handle of the link that each organization has from the start. */
  static String firstLink(String partner) {
    return "link-" + partner;
  }

  private void addLink(String id, String partner) {
    Invitation link = new Invitation();
    link.id = id;
    link.partner = partner;
    world.invitations.put(id, link);
  }

  @Override
  public String admit(String partner, String account, String role) {
    requireFree(world.established(partner).id, account);
    begin(partner, account, Role.valueOf(role));
    return Programme.DONE;
  }

  private void requireFree(String partner, String account) {
    Optional<Membership> active = world.membership(account);
    require(active.filter(m -> m.partner.equals(partner)).isEmpty(), Reason.ALREADY_A_MEMBER);
    require(active.isEmpty(), Reason.MEMBER_ELSEWHERE);
  }

  /** The account's open requests elsewhere have to wait from now on. */
  private void begin(String partner, String account, Role role) {
    Membership membership = new Membership();
    membership.partner = partner;
    membership.account = account;
    membership.role = role;
    world.memberships.add(membership);
    for (Request request : openOf(account)) {
      if (!request.partner.equals(partner) && !request.waiting) {
        request.waiting = true;
        request.expires = world.now.plus(REQUEST);
      }
    }
  }

  /** The account's requests elsewhere can be decided from now on. */
  private String end(Membership membership, String state) {
    require(membership.role != Role.OWNER || owners(membership.partner) > 1, Reason.LAST_OWNER);
    membership.state = state;
    codes.memberLeft(membership.account, membership.partner);
    for (Request request : openOf(membership.account)) {
      if (request.waiting) {
        request.waiting = false;
        request.expires = world.now.plus(REQUEST);
      }
    }
    return Programme.DONE;
  }

  private List<Request> openOf(String account) {
    return world.requests.values().stream()
        .filter(r -> r.account.equals(account) && r.state.equals("SUBMITTED"))
        .toList();
  }

  private long owners(String partner) {
    return world.memberships.stream()
        .filter(m -> m.partner.equals(partner) && m.state.equals("ACTIVE"))
        .filter(m -> m.role == Role.OWNER)
        .count();
  }

  @Override
  public String setRole(String who, String partner, String account, String role) {
    world.requireRole(who, world.established(partner).id, Role.OWNER);
    Membership member = member(partner, account);
    require(
        member.role != Role.OWNER || role.equals("OWNER") || owners(partner) > 1,
        Reason.LAST_OWNER);
    member.role = Role.valueOf(role);
    return Programme.DONE;
  }

  @Override
  public String remove(String who, String partner, String account) {
    world.requireRole(who, world.established(partner).id, Role.MANAGER);
    Membership member = member(partner, account);
    if (member.role == Role.OWNER) {
      world.requireRole(who, partner, Role.OWNER);
    }
    return end(member, "REMOVED");
  }

  private Membership member(String partner, String account) {
    Optional<Membership> member = world.membership(account, partner);
    require(member.isPresent(), Reason.NOT_A_MEMBER);
    return member.get();
  }

  @Override
  public String quit(String account) {
    Optional<Membership> member = world.membership(account);
    require(member.isPresent(), Reason.NOT_A_MEMBER);
    return end(member.get(), "LEFT");
  }

  @Override
  public String copyLink(String who, String partner) {
    world.requireRole(who, world.established(partner).id, Role.MANAGER);
    List<Invitation> links = usableLinks(partner);
    require(!links.isEmpty(), Reason.NOT_FOUND);
    return links.get(links.size() - 1).id;
  }

  private List<Invitation> usableLinks(String partner) {
    return world.invitations.values().stream()
        .filter(i -> i.partner.equals(partner) && i.state.equals("ACTIVE"))
        .toList();
  }

  @Override
  public String rotateLink(String id, String who, String partner) {
    requireAdmitting(who, partner);
    usableLinks(partner).forEach(link -> link.state = "REVOKED");
    addLink(id, partner);
    return id;
  }

  private void requireAdmitting(String who, String partner) {
    world.requireRole(who, world.established(partner).id, Role.MANAGER);
    world.requireActive(partner);
  }

  @Override
  public String invite(String id, String who, String partner, String account) {
    requireAdmitting(who, partner);
    require(world.membership(account, partner).isEmpty(), Reason.ALREADY_A_MEMBER);
    boolean pending =
        world.invitations.values().stream()
            .anyMatch(
                i ->
                    i.partner.equals(partner)
                        && account.equals(i.account)
                        && i.state.equals("PENDING"));
    require(!pending, Reason.DUPLICATE_REQUEST);
    Invitation invitation = new Invitation();
    invitation.id = id;
    invitation.partner = partner;
    invitation.account = account;
    invitation.state = "PENDING";
    invitation.expires = world.now.plus(INVITATION);
    world.invitations.put(id, invitation);
    return id;
  }

  @Override
  public String decline(String account, String id) {
    Invitation invitation = find(world.invitations, id);
    require(account.equals(invitation.account), Reason.NOT_FOUND);
    return close(invitation, "DECLINED");
  }

  @Override
  public String revoke(String who, String id) {
    Invitation invitation = find(world.invitations, id);
    world.requireRole(who, invitation.partner, Role.MANAGER);
    return close(invitation, "REVOKED");
  }

  private static String close(Invitation invitation, String state) {
    require(List.of("PENDING", "ACTIVE").contains(invitation.state), Reason.ILLEGAL_STATE);
    invitation.state = state;
    return Programme.DONE;
  }

  @Override
  public String ask(String id, String account, String invited) {
    Invitation invitation = find(world.invitations, invited);
    switch (invitation.state) {
      case "REVOKED" -> throw new World.Refused(Reason.LINK_REVOKED);
      case "EXPIRED" -> throw new World.Refused(Reason.LINK_EXPIRED);
      case "EXHAUSTED" -> throw new World.Refused(Reason.LINK_EXHAUSTED);
      case "ACCEPTED", "DECLINED" -> throw new World.Refused(Reason.ILLEGAL_STATE);
      default -> {}
    }
    boolean personal = invitation.account != null;
    require(!personal || account.equals(invitation.account), Reason.NOT_FOUND);
    world.requireActive(invitation.partner);
    require(world.membership(account, invitation.partner).isEmpty(), Reason.ALREADY_A_MEMBER);
    require(
        openOf(account).stream().noneMatch(r -> r.partner.equals(invitation.partner)),
        Reason.DUPLICATE_REQUEST);
    Request request = new Request();
    request.id = id;
    request.partner = invitation.partner;
    request.account = account;
    request.waiting = world.membership(account).isPresent();
    request.expires = world.now.plus(REQUEST);
    world.requests.put(id, request);
    invitation.uses++;
    if (personal) {
      invitation.state = "ACCEPTED";
    }
    return request.waiting ? "waits" : "can be decided";
  }

  @Override
  public String approve(String who, String id) {
    Request request = toDecide(who, id);
    world.requireActive(request.partner);
    requireFree(request.partner, request.account);
    close(request, "APPROVED");
    begin(request.partner, request.account, Role.MEMBER);
    return Programme.DONE;
  }

  @Override
  public String reject(String who, String id) {
    return close(toDecide(who, id), "REJECTED");
  }

  private static String close(Request request, String state) {
    request.state = state;
    request.waiting = false;
    return Programme.DONE;
  }

  private Request toDecide(String who, String id) {
    Request request = find(world.requests, id);
    world.requireRole(who, request.partner, Role.OWNER);
    require(!who.equals(request.account), Reason.NOT_PERMITTED);
    require(request.state.equals("SUBMITTED"), Reason.ILLEGAL_STATE);
    return request;
  }

  @Override
  public String withdraw(String account, String id) {
    Request request = find(world.requests, id);
    require(request.account.equals(account), Reason.NOT_FOUND);
    require(request.state.equals("SUBMITTED"), Reason.ILLEGAL_STATE);
    return close(request, "WITHDRAWN");
  }

  @Override
  public String applicants(String who, String partner) {
    world.requireRole(who, world.established(partner).id, Role.MANAGER);
    return world.requests.values().stream()
        .filter(r -> r.partner.equals(partner) && r.state.equals("SUBMITTED"))
        .map(r -> r.id)
        .collect(Collectors.joining(" "));
  }
}
