package io.acpbenefits.model;

import io.acpbenefits.model.Things.Invitation;
import io.acpbenefits.model.Things.Request;
import io.acpbenefits.model.Things.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can be done to organizations, their members, invitations and join requests. */
final class AcademyIdeas extends Ideas {

  private static final List<String> DOMAINS = List.of("acme.example", "beta.example");

  AcademyIdeas(World world, Dice dice, People people) {
    super(world, dice, people);
    organizations();
    members();
    links();
    invitations();
    requests();
  }

  private void organizations() {
    idea(1, () -> onOrganization(people.organization(), (p, who, id) -> p.suspend(who, id)));
    maybe(
        4,
        () ->
            pick(world.partners.values(), p -> p.organization.equals("SUSPENDED"))
                .map(found -> onOrganization(found.id, (p, who, id) -> p.resume(who, id))));
    maybe(
        1,
        () ->
            dice.percent(80)
                ? Optional.empty() // Nothing much happens in a closed one.
                : Optional.of(
                    onOrganization(people.organization(), (p, who, id) -> p.close(who, id))));
  }

  private interface OrganizationAct {
    String on(Programme.Academy academy, String who, String partner);
  }

  private Step onOrganization(String partner, OrganizationAct act) {
    String who = people.platform();
    return Step.of(
        p -> act.on(p.academy(), who, partner),
        v -> v.partner(partner),
        v -> v.members(partner),
        v -> v.invitations(partner),
        v -> v.requests(partner),
        v -> v.codes(partner));
  }

  private void members() {
    idea(
        1,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.OWNER, partner);
          String account = people.member(partner);
          String role = dice.oneOf(Role.values()).name();
          return Step.of(
              p -> p.academy().setRole(who, partner, account, role), v -> v.members(partner));
        });
    idea(
        1,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.OWNER, partner);
          String from = people.memberAs(Role.OWNER, partner);
          String to = people.member(partner);
          return Step.of(
              p -> p.academy().transfer(who, partner, from, to), v -> v.members(partner));
        });
    idea(
        2,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          String account = people.member(partner);
          return Step.of(
              p -> p.academy().remove(who, partner, account),
              v -> v.members(partner),
              v -> v.codes(partner));
        });
    idea(
        2,
        () -> {
          String account = people.account();
          String partner =
              world.membership(account).map(m -> m.partner).orElseGet(people::organization);
          return Step.of(
              p -> p.academy().quit(account), v -> v.members(partner), v -> v.codes(partner));
        });
    idea(
        2,
        () -> {
          String partner = people.organization();
          String who = people.platform();
          String account = people.outsider();
          String role = dice.oneOf("MEMBER", "MEMBER", "MANAGER", "OWNER");
          return Step.of(
              p -> p.academy().admit(who, partner, account, role),
              v -> v.members(partner),
              v -> v.invitations(partner),
              v -> v.requests(partner));
        });
  }

  private void links() {
    idea(
        1,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          return Step.of(p -> p.academy().copyLink(who, partner));
        });
    idea(
        1,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          String id = called("link");
          return Step.of(
              p -> p.academy().rotateLink(id, who, partner), v -> v.invitations(partner));
        });
    idea(
        2,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          String id = called("link");
          Instant until = until();
          Integer uses = uses();
          List<String> domains = domains();
          return Step.of(
              p -> p.academy().createLink(id, who, partner, until, uses, domains),
              v -> v.invitations(partner));
        });
    onInvitation(
        1,
        i -> i.state.equals("ACTIVE"),
        (i, id) -> {
          String who = people.with(Role.MANAGER, i.partner);
          Instant until = until();
          Integer uses = uses();
          List<String> domains = domains();
          return p -> p.academy().changeLink(who, id, until, uses, domains);
        });
  }

  private @Nullable Instant until() {
    return dice.percent(50) ? null : ahead(dice.percent(10) ? -1 : 1, 60);
  }

  private @Nullable Integer uses() {
    return dice.percent(40) ? null : Integer.valueOf(dice.between(1, 2));
  }

  private List<String> domains() {
    return dice.percent(60) ? List.of() : DOMAINS.subList(0, dice.between(1, 2));
  }

  private void invitations() {
    idea(
        2,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          String account = people.outsider();
          String id = called("invitation");
          return Step.of(
              p -> p.academy().invite(id, who, partner, account), v -> v.invitations(partner));
        });
    Predicate<Invitation> pending = i -> i.state.equals("PENDING");
    onInvitation(
        1,
        pending,
        (i, id) -> {
          String who = people.with(Role.MANAGER, i.partner);
          return p -> p.academy().resend(who, id);
        });
    onInvitation(
        1,
        pending,
        (i, id) -> {
          String account = people.self(i.account == null ? people.account() : i.account);
          return p -> p.academy().decline(account, id);
        });
    onInvitation(
        1,
        i -> pending.test(i) || dice.percent(20),
        (i, id) -> {
          String who = people.with(Role.MANAGER, i.partner);
          return p -> p.academy().revoke(who, id);
        });
    onInvitation(
        8,
        Invitation::isOpen,
        (i, id) -> {
          String invited = i.account;
          String account = invited == null ? people.outsider() : people.self(invited);
          String request = called("request");
          String domain = dice.percent(i.domains.isEmpty() ? 20 : 85) ? dice.oneOf(DOMAINS) : null;
          return p -> p.academy().ask(request, account, id, domain);
        });
  }

  private void onInvitation(int weight, Predicate<Invitation> fitting, Doing<Invitation> act) {
    maybe(
        weight,
        () ->
            pick(world.invitations.values(), fitting)
                .map(
                    i -> {
                      String partner = i.partner;
                      return Step.of(
                          act.to(i, orNowhere(i.id)),
                          v -> v.invitations(partner),
                          v -> v.requests(partner));
                    }));
  }

  private void requests() {
    onRequest(
        8,
        (r, id) -> {
          String who = people.with(Role.OWNER, r.partner);
          return p -> p.academy().approve(who, id);
        });
    onRequest(
        1,
        (r, id) -> {
          String who = people.with(Role.OWNER, r.partner);
          return p -> p.academy().reject(who, id);
        });
    onRequest(
        1,
        (r, id) -> {
          String account = people.self(r.account);
          return p -> p.academy().withdraw(account, id);
        });
    idea(
        1,
        () -> {
          String partner = people.organization();
          String who = people.with(Role.MANAGER, partner);
          return Step.of(p -> p.academy().applicants(who, partner));
        });
  }

  private void onRequest(int weight, Doing<Request> act) {
    maybe(
        weight,
        () ->
            pick(world.requests.values(), r -> r.state.equals("SUBMITTED"))
                .map(
                    r -> {
                      String partner = r.partner;
                      return Step.of(
                          act.to(r, orNowhere(r.id)),
                          v -> v.members(partner),
                          v -> v.requests(partner));
                    }));
  }
}
