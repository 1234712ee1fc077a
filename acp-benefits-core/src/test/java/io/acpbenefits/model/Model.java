package io.acpbenefits.model;

import static io.acpbenefits.model.World.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The programme as the design describes it, in memory: a second statement of the rules, which
 * shares nothing with the library but the names of the reasons. Times are settled at once, whereas
 * the library may write them late: what can be seen must be the same.
 */
final class Model
    implements Programme, Programme.Time, Programme.Views, ModelSittings.Certificates {

  private static final Duration REQUEST_KEYS_KEPT = Duration.ofDays(30);

  final World world;
  private final ModelBenefits benefits;
  private final ModelCodes codes;
  private final ModelDoor door;
  private final ModelSittings sittings;
  private final ModelCertificates certificates;
  private final ModelCertification certification;

  Model(World.Rules rules) {
    world = new World(rules);
    codes = new ModelCodes(world);
    ModelAcademy academy = new ModelAcademy(world, codes);
    door = new ModelDoor(world, academy);
    benefits = new ModelBenefits(world, codes, academy);
    ModelBookings bookings = new ModelBookings(world, codes);
    certificates = new ModelCertificates(world);
    certification = new ModelCertification(world, certificates, bookings);
    sittings = new ModelSittings(world, codes, bookings, this);
    certification.attributing(sittings::attribute);
  }

  @Override
  public void stands(Things.ExamRecord line) {
    certificates.stands(line);
    certification.stands(line);
  }

  @Override
  public void standsNoMore(Things.ExamRecord line) {
    certificates.standsNoMore(line);
  }

  @Override
  public Benefits benefits() {
    return benefits;
  }

  @Override
  public Codes codes() {
    return codes;
  }

  @Override
  public Academy academy() {
    return door;
  }

  @Override
  public Sittings sittings() {
    return sittings;
  }

  @Override
  public Certification certification() {
    return certification;
  }

  @Override
  public Time time() {
    return this;
  }

  @Override
  public Views views() {
    return this;
  }

  @Override
  public String pass(Duration time) {
    world.now = world.now.plus(time);
    return DONE;
  }

  @Override
  public String settle() {
    certification.settleDue();
    Instant forgotten = world.now.minus(REQUEST_KEYS_KEPT);
    world.answered.values().removeIf(answer -> answer.at().isBefore(forgotten));
    return DONE;
  }

  private static <T> List<String> lines(
      Collection<T> things, Predicate<T> which, Function<T, List<?>> line) {
    return things.stream().filter(which).map(thing -> Lines.of(line.apply(thing))).toList();
  }

  @Override
  public List<String> partner(String partner) {
    return lines(
        world.partners.values(),
        p -> p.id.equals(partner),
        p -> List.of(p.id, p.tier, p.state, p.organization));
  }

  @Override
  public List<String> quotas(String partner) {
    return world.quotas.values().stream()
        .filter(q -> q.partner.equals(partner))
        .sorted(Comparator.comparing((Things.Quota q) -> q.level).thenComparing(q -> q.from))
        .map(
            q ->
                Lines.of(
                    List.of(
                        q.id,
                        q.level,
                        q.from,
                        q.until,
                        q.state,
                        q.granted,
                        q.available(),
                        q.held,
                        q.consumed,
                        q.expired)))
        .toList();
  }

  @Override
  public List<String> ledgers(String partner) {
    return lines(
        world.quotas.values(), q -> q.partner.equals(partner), q -> List.of(q.id, q.ledger));
  }

  @Override
  public List<String> applications(String partner) {
    return lines(
        world.applications.values(),
        a -> a.partner.equals(partner),
        a -> List.of(a.id, a.exam, a.quantity, a.state, a.attempts));
  }

  @Override
  public List<String> changes(String partner) {
    return allChanges(partner).stream().filter(line -> !line.contains("EXPIRED")).toList();
  }

  @Override
  public List<String> allChanges(String partner) {
    return world.quotas.values().stream()
        .filter(q -> q.partner.equals(partner))
        .flatMap(q -> world.changes.getOrDefault(q.id, List.of()).stream().map(c -> q.id + " " + c))
        .toList();
  }

  @Override
  public List<String> codes(String partner) {
    return lines(
        world.codes.values(),
        c -> c.partner.equals(partner),
        c ->
            List.of(
                c.text,
                c.exam,
                c.state,
                text(c.holder),
                c.expires,
                text(c.reservedUntil),
                c.holderLeft ? "holder left" : ""));
  }

  @Override
  public List<String> members(String partner) {
    return lines(
        world.memberships,
        m -> m.partner.equals(partner),
        m -> List.of(m.account, m.role, m.state));
  }

  @Override
  public List<String> invitations(String partner) {
    return lines(
        world.invitations.values(),
        i -> i.partner.equals(partner),
        i ->
            List.of(
                i.id,
                text(i.account),
                i.state,
                i.uses,
                i.resends,
                text(i.expires),
                text(i.mostUses),
                i.domains.size()));
  }

  @Override
  public List<String> requests(String partner) {
    return lines(
        world.requests.values(),
        r -> r.partner.equals(partner),
        r -> List.of(r.id, r.account, r.state, r.waiting, r.expires));
  }

  @Override
  public List<String> registrations(String account, String exam) {
    return world.registrations.values().stream()
        .filter(r -> r.account.equals(account) && r.exam.equals(exam))
        .sorted(Comparator.comparing(r -> r.appointment))
        .map(
            r ->
                Lines.of(
                    List.of(
                        r.id,
                        r.state,
                        r.appointment,
                        r.code == null ? "self-paid" : r.code.text,
                        text(r.ids))))
        .toList();
  }

  @Override
  public List<String> records(String exam) {
    return lines(
        world.records,
        r -> r.exam.equals(exam) && !r.id.isEmpty(),
        r ->
            List.of(
                r.id, r.ids, r.taken, r.kind, r.outcome, text(r.score), r.state, text(r.account)));
  }

  @Override
  public List<String> certificates(String exam) {
    return lines(
            world.certificates.values(),
            c -> c.record.exam.equals(exam),
            c -> List.of(c.id, c.state, text(c.validUntil), text(c.account), text(c.partner)))
        .stream()
        .sorted()
        .toList();
  }

  @Override
  public List<String> bindings(String account) {
    return lines(
        world.bindings.values(),
        b -> b.account.equals(account),
        b ->
            List.of(
                b.id,
                b.exam,
                b.ids,
                b.state,
                text(b.reason),
                b.windowEnds,
                b.certificate == null ? "-" : b.certificate.id));
  }

  @Override
  public List<String> tally(String partner) {
    return certificates.tally(partner, null);
  }
}
