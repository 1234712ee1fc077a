package io.acpbenefits.model;

import static io.acpbenefits.model.World.PLATFORM;
import static io.acpbenefits.model.World.find;
import static io.acpbenefits.model.World.require;

import io.acpbenefits.common.Reason;
import io.acpbenefits.model.Things.Certificate;
import io.acpbenefits.model.Things.ExamRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Certificates and the tally, as the design has them. */
final class ModelCertificates {

  private final World world;

  ModelCertificates(World world) {
    this.world = world;
  }

  /** A PASS makes a certificate, or gives the one back that was suspended with its record. */
  void stands(ExamRecord line) {
    List<Certificate> known = standingOn(line);
    if (!line.outcome.equals("PASS")) {
      known.forEach(this::revokeNow);
    } else if (known.isEmpty()) {
      Certificate certificate = new Certificate();
      certificate.id = line.id;
      certificate.record = line;
      certificate.validUntil = end(line.exam, line.taken);
      certificate.become("VALID", world.now);
      world.certificates.put(line.id, certificate);
    } else {
      known.stream()
          .filter(c -> c.heldWithRecord && c.state.equals("SUSPENDED"))
          .forEach(c -> c.become("VALID", world.now));
    }
  }

  void standsNoMore(ExamRecord line) {
    for (Certificate certificate : standingOn(line)) {
      if (!line.state.equals("HELD")) {
        revokeNow(certificate);
      } else if (certificate.state.equals("VALID")) {
        certificate.become("SUSPENDED", world.now);
        certificate.heldWithRecord = true;
      }
    }
  }

  private List<Certificate> standingOn(ExamRecord line) {
    return world.certificates.values().stream().filter(c -> c.record == line).toList();
  }

  private void revokeNow(Certificate certificate) {
    if (certificate.isOpen()) {
      certificate.become("REVOKED", world.now);
    }
  }

  private @Nullable Instant end(String exam, Instant from) {
    int months = world.rules.validMonths();
    return months > 0 && find(world.exams, exam).level.equals("ACP")
        ? from.atZone(ZoneOffset.UTC).plusMonths(months).toInstant()
        : null;
  }

  String suspend(String who, String id) {
    in(who, id, "VALID").become("SUSPENDED", world.now);
    return Programme.DONE;
  }

  String reinstate(String who, String id) {
    Certificate certificate = in(who, id, "SUSPENDED");
    require(certificate.record.state.equals("RECEIVED"), Reason.ILLEGAL_STATE);
    certificate.become("VALID", world.now);
    return Programme.DONE;
  }

  String revoke(String who, String id) {
    in(who, id, "VALID", "SUSPENDED").become("REVOKED", world.now);
    return Programme.DONE;
  }

  /** The new one takes the place of the old one at once, for the same account and partner. */
  String renew(String renewalId, String who, String id) {
    Certificate old = in(who, id, "VALID");
    require(old.account != null, Reason.ILLEGAL_STATE);
    Certificate renewal = new Certificate();
    renewal.id = renewalId;
    renewal.record = old.record;
    renewal.renewal = true;
    renewal.account = old.account;
    renewal.partner = old.partner;
    renewal.bound = world.now;
    renewal.validUntil = end(old.record.exam, world.now);
    old.become("SUPERSEDED", world.now);
    renewal.become("VALID", world.now);
    world.certificates.put(renewalId, renewal);
    return renewalId;
  }

  private Certificate in(String who, String id, String... states) {
    Certificate certificate = find(world.certificates, id);
    world.askOfThing(who, PLATFORM, certificate.partner, certificate.account);
    require(List.of(states).contains(certificate.state), Reason.ILLEGAL_STATE);
    return certificate;
  }

  /** The certificate that a record has earned, as long as nobody took it back. */
  Optional<Certificate> earnedBy(ExamRecord found) {
    return standingOn(found).stream()
        .filter(c -> !c.renewal && found.state.equals("RECEIVED"))
        .filter(c -> found.outcome.equals("PASS") && !c.state.equals("REVOKED"))
        .findFirst();
  }

  /** Attributed and valid, and unless the policy says otherwise held by somebody who is there. */
  List<String> tally(String partner, @Nullable Instant past) {
    Instant at = past == null ? world.now : past;
    Predicate<Certificate> counted =
        past == null ? c -> c.state.equals("VALID") : c -> wasValid(c, at);
    Map<String, List<String>> holders =
        world.certificates.values().stream()
            .filter(c -> partner.equals(c.partner) && counted.test(c))
            .filter(c -> world.rules.leaversToo() || wasMember(World.text(c.account), partner, at))
            .collect(
                Collectors.groupingBy(
                    c -> c.record.exam,
                    TreeMap::new,
                    Collectors.mapping(c -> World.text(c.account), Collectors.toList())));
    return holders.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue().size() + " " + Set.copyOf(e.getValue()).size())
        .toList();
  }

  private boolean wasMember(String account, String partner, Instant at) {
    return world.memberships.stream()
        .anyMatch(m -> m.account.equals(account) && m.partner.equals(partner) && m.coveredAt(at));
  }

  private static boolean wasValid(Certificate certificate, Instant at) {
    Instant bound = certificate.bound;
    Instant end = certificate.validUntil;
    return bound != null
        && !bound.isAfter(at)
        && (end == null || end.isAfter(at))
        && certificate.history.stream()
            .filter(change -> !change.getKey().isAfter(at))
            .reduce((earlier, later) -> later)
            .filter(change -> change.getValue().equals("VALID"))
            .isPresent();
  }
}
