package io.acpbenefits.examcode;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Permissions;
import io.acpbenefits.persistence.Dialect;
import io.acpbenefits.persistence.JdbcTransactions;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.secret.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A library with quota for years, ann and ben as members, another partner's boss, and what is told
 * of codes.
 */
final class CodeFixture {

  static final PageRequest ALL = PageRequest.first(1000);
  static final Duration TICK = Duration.ofNanos(1000);

  final CoreFixture core;
  final ExamCodes codes;
  final CodeInterventions interventions;
  final Actor.Account ann;
  final Actor.Account ben;
  final Actor.Account boss = new Actor.Account(AccountId.of("boss"));
  final PartnerId beta = PartnerId.of("beta");
  final OrganizationId betas;
  final List<DomainEvent> told = new ArrayList<>();

  CodeFixture() {
    this(Policies.DEFAULT);
  }

  CodeFixture(Policies policies) {
    core = new CoreFixture(policies);
    codes = core.benefits.examCodes();
    interventions = core.benefits.codeInterventions();
    core.benefits
        .quotas()
        .grant(
            core.operator,
            core.acme,
            ExamLevel.ACP,
            100,
            core.start,
            core.in(Duration.ofDays(9999)));
    ann = core.member(core.ann);
    ben = core.member(core.ben);
    betas = core.partner(beta, boss.id());
    core.benefits.addListener(
        event -> {
          if (!(event instanceof AuditEntry)) {
            told.add(event);
          }
        });
  }

  /** The steps of exams, which the library does not hand out. */
  CodeUse use() {
    Domain domain =
        new Domain(new JdbcTransactions(core.database), Dialect.of(core.database), core.clock);
    Access access = new Access(domain, Permissions.DEFAULT);
    AuditLog log = new AuditLog(domain);
    Vault vault = new Vault(core.keys);
    Partners partners = new Partners(domain, access, log);
    Accounts accounts = new Accounts(domain);
    Organizations organizations = new Organizations(domain, access, log, partners, accounts);
    return new CodeUse(
        domain,
        new ExamCodes(
            domain,
            access,
            log,
            new RequestKeys(domain, vault),
            partners,
            new Exams(domain, access, log),
            accounts,
            organizations,
            vault,
            CodePolicy.DEFAULT));
  }

  ExamCodeId issued(String text) {
    return issued(core.cloud, text);
  }

  ExamCodeId issued(ExamId exam, String text) {
    return core.benefits
        .examCodes()
        .ofApplication(core.operator, core.codes(exam, text).applicationId().value())
        .get(0)
        .codeId();
  }

  ExamCodeId assigned(String text) {
    return assigned(core.cloud, text);
  }

  ExamCodeId assigned(ExamId exam, String text) {
    ExamCodeId id = issued(exam, text);
    codes.assign(core.owner, id, core.ann);
    return id;
  }

  /** Booked by ann for an exam in 7 days, the result of which may take 3 more. */
  ExamCodeId reserved(String text) {
    ExamCodeId id = assigned(text);
    core.benefits
        .registrations()
        .registerWithCode(ann, core.cloud, id, Delivery.ONLINE, core.in(Duration.ofDays(7)), null);
    return id;
  }

  ExamCodeId forfeited(String text) {
    ExamCodeId id = assigned(text);
    use().forfeit(id);
    return id;
  }

  ExamCode get(ExamCodeId id) {
    return codes.get(Actor.system(), id);
  }

  ExamCodeState state(ExamCodeId id) {
    return get(id).state();
  }

  void annQuits() {
    core.benefits.organizations().quit(ann);
  }

  void after(Duration time) {
    core.clock.advance(time);
  }

  void setEnd(ExamCodeId id, Instant end) {
    core.sql(
        "UPDATE acp_exam_code SET expires_at = TIMESTAMP '%s' WHERE code_id = '%s'"
            .formatted(end.toString().replace('T', ' ').replace("Z", ""), id));
  }

  /** The last thing that the audit says of a code. */
  AuditEntry lastOf(ExamCodeId id) {
    List<AuditEntry> entries = core.benefits.audit().of(core.operator, id.value(), ALL).items();
    return entries.get(entries.size() - 1);
  }

  long audited(Operation operation) {
    return core.benefits.audit().all(core.operator, operation, ALL).items().size();
  }

  <E extends DomainEvent> List<E> told(Class<E> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
