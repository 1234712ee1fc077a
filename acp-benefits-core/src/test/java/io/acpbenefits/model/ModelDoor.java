package io.acpbenefits.model;

import static io.acpbenefits.model.World.OWNERS;
import static io.acpbenefits.model.World.SELF;
import static io.acpbenefits.model.World.STAFF;
import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.Things.Invitation;
import io.acpbenefits.model.Things.Request;
import io.acpbenefits.model.Things.Role;
import io.acpbenefits.model.World.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Invitations, links and join requests, as the design has them. */
final class ModelDoor implements Programme.Academy {

  private static final Duration INVITATION = Duration.ofDays(14);
  private static final int MOST_RESENDS = 5;

  private final World world;
  private final ModelAcademy academy;

  ModelDoor(World world, ModelAcademy academy) {
    this.world = world;
    this.academy = academy;
  }

  /** The handle of the link that each organization has from the start. */
  static String firstLink(String partner) {
    return "link-" + partner;
  }

  @Override
  public String establish(String who, String partner, String owner) {
    String done = academy.establish(who, partner, owner);
    addLink(firstLink(partner), partner, true);
    return done;
  }

  private Invitation addLink(String id, String partner, boolean main) {
    Invitation link = new Invitation();
    link.id = id;
    link.partner = partner;
    link.main = main;
    world.invitations.put(id, link);
    return link;
  }

  @Override
  public String suspend(String who, String partner) {
    return academy.suspend(who, partner);
  }

  @Override
  public String resume(String who, String partner) {
    return academy.resume(who, partner);
  }

  @Override
  public String close(String who, String partner) {
    return academy.close(who, partner);
  }

  @Override
  public String admit(String who, String partner, String account, String role) {
    return academy.admit(who, partner, account, role);
  }

  @Override
  public String setRole(String who, String partner, String account, String role) {
    return academy.setRole(who, partner, account, role);
  }

  @Override
  public String transfer(String who, String partner, String from, String to) {
    return academy.transfer(who, partner, from, to);
  }

  @Override
  public String remove(String who, String partner, String account) {
    return academy.remove(who, partner, account);
  }

  @Override
  public String quit(String account) {
    return academy.quit(account);
  }

  @Override
  public String copyLink(String who, String partner) {
    world.ask(who, STAFF, partner);
    Optional<Invitation> main = latestMain(partner).filter(Invitation::isOpen);
    require(main.isPresent(), Reason.NOT_FOUND);
    return main.get().id;
  }

  private Optional<Invitation> latestMain(String partner) {
    return world.invitations.values().stream()
        .filter(i -> i.partner.equals(partner) && i.main)
        .reduce((older, newer) -> newer);
  }

  /** The new link keeps the domains of the old one, and neither its end nor its uses. */
  @Override
  public String rotateLink(String id, String who, String partner) {
    world.ask(who, STAFF, partner);
    world.requireAdmitting(partner);
    Optional<Invitation> old = latestMain(partner);
    old.filter(Invitation::isOpen).ifPresent(link -> link.state = "REVOKED");
    addLink(id, partner, true).domains = old.map(link -> link.domains).orElse(Set.of());
    return id;
  }

  @Override
  public String createLink(
      String id,
      String who,
      String partner,
      @Nullable Instant until,
      @Nullable Integer uses,
      List<String> domains) {
    world.ask(who, STAFF, partner);
    requireMayLimit(who, partner, until, domains);
    world.requireAdmitting(partner);
    limit(addLink(id, partner, false), until, uses, domains);
    return id;
  }

  private static void limit(
      Invitation link, @Nullable Instant until, @Nullable Integer uses, List<String> domains) {
    link.expires = until;
    link.mostUses = uses;
    link.domains = Set.copyOf(domains);
  }

  /** Listing domains that are admitted at once is deciding who is admitted. */
  private void requireMayLimit(
      String who, String partner, @Nullable Instant until, List<String> domains) {
    if (world.rules.listedApproved() && !domains.isEmpty()) {
      world.ask(who, OWNERS, partner);
    }
    require(until == null || until.isAfter(world.now), Reason.INVALID_INPUT);
  }

  @Override
  public String changeLink(
      String who,
      String id,
      @Nullable Instant until,
      @Nullable Integer uses,
      List<String> domains) {
    Invitation link = visible(who, STAFF, id);
    requireMayLimit(who, link.partner, until, domains);
    require(link.state.equals("ACTIVE"), Reason.ILLEGAL_STATE);
    require(uses == null || uses > link.uses, Reason.INVALID_INPUT);
    limit(link, until, uses, domains);
    return Programme.DONE;
  }

  @Override
  public String invite(String id, String who, String partner, String account) {
    world.ask(who, STAFF, partner);
    world.requireAdmitting(partner);
    academy.isMemberElsewhere(partner, account);
    boolean pending =
        world.invitations.values().stream()
            .filter(i -> i.partner.equals(partner) && account.equals(i.account))
            .anyMatch(i -> i.state.equals("PENDING"));
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
  public String resend(String who, String id) {
    Invitation invitation = visible(who, STAFF, id);
    world.requireAdmitting(invitation.partner);
    require(invitation.state.equals("PENDING"), Reason.ILLEGAL_STATE);
    require(invitation.resends < MOST_RESENDS, Reason.ILLEGAL_STATE);
    invitation.resends++;
    invitation.expires = world.now.plus(INVITATION);
    return Programme.DONE;
  }

  @Override
  public String decline(String account, String id) {
    Invitation invitation = visible(account, SELF, id);
    require(invitation.state.equals("PENDING"), Reason.ILLEGAL_STATE);
    invitation.state = "DECLINED";
    return Programme.DONE;
  }

  @Override
  public String revoke(String who, String id) {
    Invitation invitation = visible(who, STAFF, id);
    require(invitation.isOpen(), Reason.ILLEGAL_STATE);
    invitation.state = "REVOKED";
    return Programme.DONE;
  }

  private Invitation visible(String who, Set<Who> permitted, String id) {
    Invitation invitation = find(world.invitations, id);
    world.askOfThing(who, permitted, invitation.partner, invitation.account);
    return invitation;
  }

  @Override
  public String ask(String id, String account, String invited, @Nullable String domain) {
    Invitation invitation = find(world.invitations, invited);
    if (invitation.account != null) {
      world.askOfThing(account, SELF, invitation.partner, invitation.account);
    }
    requireUsable(invitation);
    boolean listed = !invitation.domains.isEmpty();
    require(
        !listed || (domain != null && invitation.domains.contains(domain)), Reason.NOT_PERMITTED);
    world.requireAdmitting(invitation.partner);
    boolean elsewhere = academy.isMemberElsewhere(invitation.partner, account);
    boolean open =
        academy.openOf(account).stream().anyMatch(r -> r.partner.equals(invitation.partner));
    require(!open, Reason.DUPLICATE_REQUEST);
    Request request = new Request();
    request.id = id;
    request.partner = invitation.partner;
    request.account = account;
    request.waiting = elsewhere;
    request.expires = world.now.plus(ModelAcademy.REQUEST);
    world.requests.put(id, request);
    countUse(invitation);
    if (world.rules.listedApproved() && listed && !elsewhere) {
      ModelAcademy.decide(request, "APPROVED");
      academy.begin(request.partner, account, Role.MEMBER);
    }
    return request.state + (request.waiting ? ", waiting" : "");
  }

  private static void requireUsable(Invitation invitation) {
    switch (invitation.state) {
      case "REVOKED" -> throw new World.Refused(Reason.LINK_REVOKED);
      case "EXPIRED" -> throw new World.Refused(Reason.LINK_EXPIRED);
      case "EXHAUSTED" -> throw new World.Refused(Reason.LINK_EXHAUSTED);
      default -> require(invitation.isOpen(), Reason.ILLEGAL_STATE);
    }
  }

  private static void countUse(Invitation invitation) {
    invitation.uses++;
    if (invitation.account != null) {
      invitation.state = "ACCEPTED";
    } else if (invitation.mostUses != null && invitation.uses >= invitation.mostUses) {
      invitation.state = "EXHAUSTED";
    }
  }

  @Override
  public String approve(String who, String id) {
    Request request = toDecide(who, id);
    require(request.state.equals("SUBMITTED"), Reason.ILLEGAL_STATE);
    world.requireAdmitting(request.partner);
    academy.requireFree(request.partner, request.account);
    ModelAcademy.decide(request, "APPROVED");
    academy.begin(request.partner, request.account, Role.MEMBER);
    return Programme.DONE;
  }

  @Override
  public String reject(String who, String id) {
    Request request = toDecide(who, id);
    require(request.state.equals("SUBMITTED"), Reason.ILLEGAL_STATE);
    ModelAcademy.decide(request, "REJECTED");
    return Programme.DONE;
  }

  /** Nobody decides on a request of their own. */
  private Request toDecide(String who, String id) {
    Request request = find(world.requests, id);
    world.askOfThing(who, OWNERS, request.partner, request.account);
    require(!who.equals(request.account), Reason.NOT_PERMITTED);
    return request;
  }

  @Override
  public String withdraw(String account, String id) {
    Request request = find(world.requests, id);
    world.askOfThing(account, SELF, request.partner, request.account);
    require(request.state.equals("SUBMITTED"), Reason.ILLEGAL_STATE);
    ModelAcademy.decide(request, "WITHDRAWN");
    return Programme.DONE;
  }

  @Override
  public String applicants(String who, String partner) {
    world.ask(who, STAFF, partner);
    return world.requests.values().stream()
        .filter(r -> r.partner.equals(partner) && r.state.equals("SUBMITTED"))
        .map(r -> r.id)
        .collect(Collectors.joining(" "));
  }
}
