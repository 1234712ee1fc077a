package io.acpbenefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A library in memory with one partner, one exam, and a clock that stands still. */
public final class CoreFixture {

  public final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  public final AcpBenefits benefits;
  public final PartnerId acme = PartnerId.of("acme");
  public final ExamId cloud = ExamId.of("cloud");
  public final ExamId security = ExamId.of("security");
  public final Actor.Account owner = new Actor.Account(AccountId.of("olga"));
  public final AccountId ann = AccountId.of("ann");
  public final OrganizationId organization;

  public CoreFixture() {
    this(Policies.DEFAULT);
  }

  public CoreFixture(Policies policies) {
    benefits = AcpBenefits.inMemory().clock(clock).policies(policies).build();
    organization = partner(acme, owner.id());
    exam(cloud, "Cloud Computing", ExamLevel.ACP);
    exam(security, "Cloud Security", ExamLevel.ACP);
  }

  public OrganizationId partner(PartnerId id, AccountId mainAccount) {
    benefits.partners().register(Actor.system(), id, "Partner " + id, "gold");
    return benefits.organizations().establish(Actor.system(), id, mainAccount).organizationId();
  }

  public void exam(ExamId id, String name, ExamLevel level) {
    benefits.exams().add(Actor.system(), new Exam(id, name, level, null, null, null, null));
  }

  public Quota quota(ExamLevel level, long quantity) {
    return benefits
        .quotas()
        .grant(
            Actor.system(),
            acme,
            level,
            quantity,
            clock.instant(),
            clock.instant().plus(Duration.ofDays(365)));
  }

  public void stock(String... codes) {
    benefits
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(cloud, Arrays.stream(codes).map(CodeText::parse).toList());
  }

  /** Applies for and gets codes of the cloud exam. */
  public void codes(String... codes) {
    stock(codes);
    var application = benefits.applications().apply(owner, acme, cloud, codes.length);
    benefits.applications().fulfil(Actor.system(), application.applicationId());
  }

  /** Makes an account a member by link and approval. */
  public Actor.Account member(AccountId account) {
    Actor.Account actor = new Actor.Account(account);
    var token = benefits.invitations().copyLink(owner, organization);
    var request = benefits.joinRequests().submit(actor, token, Map.of());
    benefits.joinRequests().approve(owner, request.requestId());
    return actor;
  }

  public ExamCode assigned(AccountId account) {
    return benefits.examCodes().assign(owner, acme, cloud, account);
  }

  public static void assertRefused(Reason reason, ThrowingCallable action) {
    assertThat(catchThrowable(action))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
