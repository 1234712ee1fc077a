package io.acpbenefits.model;

import static io.acpbenefits.model.World.text;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.AllPages;
import io.acpbenefits.SettableClock;
import io.acpbenefits.application.BenefitChangeFilter;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.organization.MemberFilter;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The programme as the library does it: acts translated into calls, results into lines. */
final class Library implements Programme, Programme.Time, Programme.Views {

  /** More than there ever is. */
  static final PageRequest ALL = PageRequest.first(PageRequest.MOST);

  final AcpBenefits benefits;
  final Handles handles = new Handles();
  private final SettableClock clock;
  private final LibraryBenefits benefitActs;
  private final LibraryCodes codeActs;
  private final LibraryAcademy academyActs;
  private final LibrarySittings sittingActs;
  private final LibraryCertification certificationActs;

  Library(AcpBenefits benefits, SettableClock clock, LastRecord lastRecord) {
    this.benefits = benefits;
    this.clock = clock;
    clock.set(World.START);
    benefitActs = new LibraryBenefits(benefits, handles);
    codeActs = new LibraryCodes(benefits, handles);
    academyActs = new LibraryAcademy(benefits, handles);
    sittingActs = new LibrarySittings(benefits, handles, lastRecord);
    certificationActs = new LibraryCertification(benefits, handles);
  }

  /** Who a handle stands for. */
  static Actor actor(String who) {
    return switch (who) {
      case OPERATOR -> Actor.operator("otto");
      case SYSTEM -> Actor.system();
      default -> Actor.account(who);
    };
  }

  @Override
  public Benefits benefits() {
    return benefitActs;
  }

  @Override
  public Codes codes() {
    return codeActs;
  }

  @Override
  public Academy academy() {
    return academyActs;
  }

  @Override
  public Sittings sittings() {
    return sittingActs;
  }

  @Override
  public Certification certification() {
    return certificationActs;
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
    clock.advance(time);
    return DONE;
  }

  @Override
  public String settle() {
    benefits.settleDue();
    return DONE;
  }

  @Override
  public List<String> partner(String partner) {
    PartnerId id = PartnerId.of(partner);
    return benefits
        .partners()
        .find(Actor.system(), id)
        .map(p -> Lines.of(List.of(p.partnerId(), p.tier(), p.state(), organizationOf(id))))
        .stream()
        .toList();
  }

  private String organizationOf(PartnerId partner) {
    try {
      return benefits.organizations().ofPartner(Actor.system(), partner).state().name();
    } catch (Refusal none) {
      return "";
    }
  }

  @Override
  public List<String> quotas(String partner) {
    return benefits.quotas().ofPartner(Actor.system(), PartnerId.of(partner)).stream()
        .map(
            q ->
                Lines.of(
                    List.of(
                        handles.of(q.quotaId()),
                        q.level(),
                        q.validFrom(),
                        q.validUntil(),
                        q.state(),
                        q.granted(),
                        q.available(),
                        q.held(),
                        q.consumed(),
                        q.expired())))
        .toList();
  }

  @Override
  public List<String> ledgers(String partner) {
    return benefits.quotas().ofPartner(Actor.system(), PartnerId.of(partner)).stream()
        .map(q -> q.quotaId())
        .sorted(Comparator.comparing(id -> id.value()))
        .map(
            id ->
                Lines.of(
                    List.of(
                        handles.of(id),
                        benefits.quotas().ledger(Actor.system(), id, ALL).items().stream()
                            .map(entry -> entry.kind() + " " + entry.quantity())
                            .toList())))
        .toList();
  }

  @Override
  public List<String> applications(String partner) {
    return benefits
        .applications()
        .ofPartner(Actor.system(), PartnerId.of(partner), ALL)
        .items()
        .stream()
        .map(
            a ->
                Lines.of(
                    List.of(
                        handles.of(a.applicationId()),
                        a.examId(),
                        a.quantity(),
                        a.state(),
                        a.attempts())))
        .toList();
  }

  @Override
  public List<String> changes(String partner) {
    return allChanges(partner).stream().filter(line -> !line.contains("EXPIRED")).toList();
  }

  @Override
  public List<String> allChanges(String partner) {
    Map<String, List<String>> byQuota = new TreeMap<>();
    benefits
        .benefitChanges()
        .ofPartner(Actor.system(), PartnerId.of(partner), BenefitChangeFilter.ALL, ALL)
        .items()
        .forEach(
            c ->
                byQuota
                    .computeIfAbsent(c.quotaId().value(), id -> new ArrayList<>())
                    .add(
                        Lines.of(
                            List.of(
                                handles.of(c.quotaId()),
                                c.kind(),
                                c.quantity(),
                                c.applicationId() == null ? "-" : handles.of(c.applicationId())))));
    return byQuota.values().stream().flatMap(List::stream).toList();
  }

  @Override
  public List<String> codes(String partner) {
    return AllPages.of(
            page ->
                benefits
                    .examCodes()
                    .ofPartner(Actor.system(), PartnerId.of(partner), CodeFilter.ALL, page))
        .stream()
        .map(
            c ->
                Lines.of(
                    List.of(
                        handles.of(c.codeId()),
                        c.examId(),
                        c.state(),
                        text(c.holder()),
                        c.expiresAt(),
                        text(c.reservedUntil()),
                        c.holderLeftAt() == null ? "" : "holder left")))
        .toList();
  }

  @Override
  public List<String> members(String partner) {
    return benefits
        .organizations()
        .members(Actor.system(), academyActs.organization(partner), MemberFilter.ALL, ALL)
        .items()
        .stream()
        .map(m -> Lines.of(List.of(m.accountId(), m.role(), m.state())))
        .toList();
  }

  @Override
  public List<String> invitations(String partner) {
    return academyActs.invitations(partner);
  }

  @Override
  public List<String> requests(String partner) {
    return academyActs.requests(partner);
  }

  @Override
  public List<String> registrations(String account, String exam) {
    return benefits
        .registrations()
        .of(Actor.system(), AccountId.of(account), ExamId.of(exam))
        .stream()
        .map(
            r ->
                Lines.of(
                    List.of(
                        handles.of(r.examRegistrationId()),
                        r.state(),
                        r.appointment(),
                        r.codeId() == null ? "self-paid" : handles.of(r.codeId()),
                        r.ids() == null ? "-" : r.candidateId() + "/" + r.registrationId())))
        .toList();
  }

  @Override
  public List<String> records(String exam) {
    return sittingActs.records(exam);
  }

  @Override
  public List<String> certificates(String exam) {
    return certificationActs.certificates(exam);
  }

  @Override
  public List<String> bindings(String account) {
    return certificationActs.bindings(account);
  }

  @Override
  public List<String> tally(String partner) {
    return certificationActs.tally(partner);
  }
}
