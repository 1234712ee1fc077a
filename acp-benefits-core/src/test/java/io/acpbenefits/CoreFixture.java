package io.acpbenefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.acpbenefits.application.BenefitApplication;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.examrecord.ExamRecords.Receipt;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.Quota;
import io.acpbenefits.registration.IdPair;
import io.acpbenefits.secret.KeyRing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;

/**
 * A library on a database of its own with one partner, two exams, and a clock that stands still.
 */
public final class CoreFixture {

  public final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  public final Instant start = clock.instant();
  public final DataSource database;
  public final KeyRing keys = KeyRing.ephemeral();
  public final AcpBenefits benefits;
  public final Actor operator = Actor.operator("otto");
  public final PartnerId acme = PartnerId.of("acme");
  public final ExamId cloud = ExamId.of("cloud");
  public final ExamId security = ExamId.of("security");
  public final Actor.Account owner = new Actor.Account(AccountId.of("olga"));
  public final AccountId ann = AccountId.of("ann");
  public final AccountId ben = AccountId.of("ben");
  public final OrganizationId organization;

  public CoreFixture() {
    this(Policies.DEFAULT);
  }

  public CoreFixture(Policies policies) {
    this(builder -> builder.policies(policies));
  }

  public CoreFixture(UnaryOperator<AcpBenefitsBuilder> options) {
    this(TestDatabase.fresh(), options);
  }

  public CoreFixture(DataSource database, UnaryOperator<AcpBenefitsBuilder> options) {
    this.database = database;
    benefits = options.apply(AcpBenefits.on(database).keys(keys).clock(clock)).build();
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

  /** An exam of level ACP that leaves the catalogue. */
  public ExamId retiringExam(Instant endOfSale, Instant endOfLife) {
    ExamId id = ExamId.of("retiring");
    benefits
        .exams()
        .add(operator, new Exam(id, "Retiring", ExamLevel.ACP, null, null, endOfSale, endOfLife));
    return id;
  }

  /** Grants acme a year of quota from now. */
  public Quota quota(ExamLevel level, long quantity) {
    return benefits
        .quotas()
        .grant(operator, acme, level, quantity, clock.instant(), in(Duration.ofDays(365)));
  }

  /** The quota as it stands now, if there is but one. */
  public Quota onlyQuota() {
    return benefits.quotas().ofPartner(Actor.system(), acme).get(0);
  }

  public void stock(String... codes) {
    stock(cloud, codes);
  }

  public void stock(ExamId exam, String... codes) {
    benefits
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(Actor.system(), exam, Arrays.stream(codes).map(CodeText::parse).toList());
  }

  /** Applies for and gets codes of the cloud exam. */
  public BenefitApplication codes(String... codes) {
    return codes(cloud, codes);
  }

  public BenefitApplication codes(ExamId exam, String... codes) {
    stock(exam, codes);
    var application = benefits.applications().apply(owner, acme, exam, codes.length);
    return benefits.applications().fulfil(Actor.system(), application.applicationId());
  }

  /** Asks to join acme's organization through its current link. */
  public JoinRequest request(AccountId account) {
    return request(account, organization);
  }

  public JoinRequest request(AccountId account, OrganizationId at) {
    var token = benefits.invitations().copyLink(operator, at);
    return benefits.joinRequests().submit(new Actor.Account(account), token, Map.of());
  }

  /** Makes an account a member of acme's organization by link and approval. */
  public Actor.Account member(AccountId account) {
    return member(account, organization);
  }

  public Actor.Account member(AccountId account, OrganizationId at) {
    benefits.joinRequests().approve(operator, request(account, at).requestId());
    return new Actor.Account(account);
  }

  /** Makes ann a member with an assigned code for the cloud exam that came just now. */
  public ExamCode assignedToAnn(String code) {
    if (benefits.quotas().ofPartner(Actor.system(), acme).isEmpty()) {
      quota(ExamLevel.ACP, 100);
    }
    codes(code);
    if (benefits.organizations().activeMembership(Actor.system(), ann).isEmpty()) {
      member(ann);
    }
    return assigned(ann);
  }

  public ExamCode assigned(AccountId account) {
    return benefits.examCodes().assign(owner, acme, cloud, account);
  }

  /** A record of the cloud exam arrives, sat just now. */
  public Receipt record(IdPair ids, ExamOutcome outcome) {
    return benefits.examRecords().receive(Actor.system(), line(ids, outcome));
  }

  public ExamRecordLine line(IdPair ids, ExamOutcome outcome) {
    return new ExamRecordLine(ids, cloud, clock.instant(), outcome, null, null);
  }

  public Instant in(Duration time) {
    return clock.instant().plus(time);
  }

  /** Runs one statement behind the library's back. */
  public void sql(String statement) {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(statement, e);
    }
  }

  /** The single number that a query yields. */
  public long number(String query) {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement();
        var rows = run.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  /** Until another thread waits for what a transaction of this one has locked. */
  public void awaitABlockedTransaction() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(9);
    while (number(TestDatabase.kind().blocked()) == 0) {
      assertThat(System.nanoTime()).as("time until somebody waits").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** The single text that a query yields. */
  public String text(String query) {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement();
        var rows = run.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  /** How many tables have a name that begins so. */
  public long tables(String prefix) {
    try (Connection connection = database.getConnection()) {
      return number(
          "SELECT COUNT(*) FROM information_schema.tables"
              + " WHERE LOWER(table_name) LIKE '%s%%' AND table_schema = '%s'"
                  .formatted(prefix, TestDatabase.schema(connection)));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** A constraint of the database itself keeps this from happening. */
  public static void assertViolates(String constraint, ThrowingCallable action) {
    Throwable thrown = catchThrowable(action);
    assertThat(thrown).isNotNull();
    assertThat(Throwables.getStackTrace(thrown).toLowerCase(Locale.ROOT)).contains(constraint);
  }

  public static void assertRefused(Reason reason, ThrowingCallable action) {
    assertThat(refusal(action).reason()).isEqualTo(reason);
  }

  public static Refusal refusal(ThrowingCallable action) {
    Throwable thrown = catchThrowable(action);
    assertThat(thrown).isInstanceOf(Refusal.class);
    return (Refusal) thrown;
  }
}
