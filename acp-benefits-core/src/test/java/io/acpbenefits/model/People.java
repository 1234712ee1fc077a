package io.acpbenefits.model;

import io.acpbenefits.model.Things.Membership;
import io.acpbenefits.model.Things.Role;
import java.util.List;
import java.util.Optional;

/** Who could do something: mostly somebody who may, now and then somebody who may not. */
final class People {

  static final List<String> ACCOUNTS =
      List.of("olga", "oren", "ada", "ben", "cid", "dee", "eli", "fay", "gus", "hal");

  private static final int SENSIBLE = 88;

  private final World world;
  private final Dice dice;

  People(World world, Dice dice) {
    this.world = world;
    this.dice = dice;
  }

  String account() {
    return dice.oneOf(ACCOUNTS);
  }

  String anyone() {
    return switch (dice.between(1, 8)) {
      case 1 -> Programme.OPERATOR;
      case 2 -> Programme.SYSTEM;
      default -> account();
    };
  }

  /** An operator, or now and then somebody. */
  String platform() {
    return dice.percent(SENSIBLE) ? dice.oneOf(Programme.OPERATOR, Programme.SYSTEM) : anyone();
  }

  /** Somebody with at least the role, or an operator, or now and then somebody else. */
  String with(Role least, String partner) {
    if (!dice.percent(SENSIBLE)) {
      return anyone();
    }
    List<Membership> able =
        active().stream()
            .filter(m -> m.partner.equals(partner) && m.role.compareTo(least) <= 0)
            .toList();
    return able.isEmpty() || dice.percent(15) ? Programme.OPERATOR : dice.oneOf(able).account;
  }

  /** The account itself, or now and then another. */
  String self(String account) {
    return dice.percent(SENSIBLE + 5) ? account : account();
  }

  /** A member of a partner's organization, or now and then somebody. */
  String member(String partner) {
    Optional<Membership> member =
        dice.anyOf(active().stream().filter(m -> m.partner.equals(partner)).toList());
    return member.isPresent() && dice.percent(SENSIBLE) ? member.get().account : account();
  }

  /** Somebody with just that role, or now and then somebody. */
  String memberAs(Role role, String partner) {
    Optional<Membership> member =
        dice.anyOf(
            active().stream().filter(m -> m.partner.equals(partner) && m.role == role).toList());
    return member.isPresent() && dice.percent(SENSIBLE) ? member.get().account : account();
  }

  /** Somebody who is in no organization, or now and then somebody who is. */
  String outsider() {
    List<String> free = ACCOUNTS.stream().filter(a -> world.membership(a).isEmpty()).toList();
    return free.isEmpty() || dice.percent(20) ? account() : dice.oneOf(free);
  }

  String partner() {
    return dice.percent(1)
        ? World.NOWHERE
        : dice.anyOf(world.partners.keySet()).orElse(World.NOWHERE);
  }

  /** A partner whose organization is there. */
  String organization() {
    return dice.oneOf(List.copyOf(world.partners.keySet()));
  }

  String exam() {
    return dice.percent(1) ? World.NOWHERE : dice.anyOf(world.exams.keySet()).orElse(World.NOWHERE);
  }

  private List<Membership> active() {
    return world.memberships.stream().filter(m -> m.state.equals("ACTIVE")).toList();
  }
}
