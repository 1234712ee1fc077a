package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Everybody does anything to the same few partners, people, codes and certificates. Whatever is
 * refused is fine; what must hold afterwards holds whoever came first.
 */
final class MixedScenario implements Scenario {

  private static final int PARTNERS = 3;
  private static final int PEOPLE = 24;
  private static final int CODES = 40;
  private static final int PAIRS = 40;
  private static final int LINES = 8;
  private static final int STEPS = Integer.getInteger("contention.steps", 8);

  @Override
  public void prepare(Installation node, String round) {
    for (int i = 0; i < PARTNERS; i++) {
      String own = round + "-" + i;
      Arena arena = new Arena(node.onEngine(), own);
      OrganizationId organization = arena.open();
      arena.exam();
      new Arena(node.alone(), own).codes(CODES);
      arena.stock(CODES, "MORE");
      for (int person = i; person < PEOPLE; person += PARTNERS) {
        arena.member(organization, person(round, person));
      }
    }
  }

  private static AccountId person(String round, int number) {
    return Arena.account(round, "person" + number);
  }

  private static PartnerId partner(String round, int number) {
    return Arena.partner(round + "-" + number);
  }

  private static ExamId exam(String round, int number) {
    return Arena.exam(round + "-" + number);
  }

  @Override
  public void contend(Turn turn) {
    Anybody anybody = new Anybody(turn);
    for (int i = 0; i < STEPS; i++) {
      anybody.doesSomething(i);
    }
  }

  /** Whoever the thread plays, with whatever it happens to choose. */
  private static final class Anybody {

    private final Turn turn;
    private final Random random;
    private final AcpBenefits benefits;
    private final String round;

    Anybody(Turn turn) {
      this.turn = turn;
      this.random = turn.random();
      this.benefits = turn.onEngine();
      this.round = turn.round();
    }

    void doesSomething(int step) {
      int own = random.nextInt(PARTNERS);
      AccountId person = person(round, random.nextInt(PEOPLE));
      PartnerId partner = partner(round, own);
      ExamId exam = exam(round, own);
      switch (random.nextInt(22)) {
        case 0, 1 ->
            attempt(
                "assign", () -> benefits.examCodes().assign(Arena.OPERATOR, partner, exam, person));
        case 2 ->
            any("SELECT code_id FROM acp_exam_code WHERE partner_id = ?", partner.value())
                .forEach(
                    code ->
                        attempt(
                            "assign one",
                            () ->
                                benefits
                                    .examCodes()
                                    .assign(Arena.OPERATOR, ExamCodeId.of(code), person)));
        case 3 ->
            any(
                    "SELECT code_id FROM acp_exam_code WHERE partner_id = ? AND state = 'ASSIGNED'",
                    partner.value())
                .forEach(
                    code ->
                        attempt(
                            "give back",
                            () ->
                                benefits
                                    .examCodes()
                                    .giveBack(Arena.OPERATOR, ExamCodeId.of(code))));
        case 4 ->
            any("SELECT code_id FROM acp_exam_code WHERE partner_id = ?", partner.value())
                .forEach(
                    code ->
                        attempt(
                            "revoke",
                            () ->
                                benefits
                                    .codeInterventions()
                                    .revoke(Arena.OPERATOR, ExamCodeId.of(code), "Lost.")));
        case 5, 6 ->
            attempt(
                "register",
                () ->
                    benefits
                        .registrations()
                        .registerWithCode(
                            new Actor.Account(person),
                            exam,
                            null,
                            Delivery.ONLINE,
                            benefits.now().plus(Duration.ofDays(2)),
                            pair()));
        case 7 ->
            attempt(
                "register self-paid",
                () ->
                    benefits
                        .registrations()
                        .registerSelfPaid(
                            new Actor.Account(person),
                            exam,
                            Delivery.TEST_CENTER,
                            benefits.now().plus(Duration.ofDays(2)),
                            pair()));
        case 8 ->
            any("SELECT exam_registration_id FROM acp_registration WHERE exam_id = ?", exam.value())
                .forEach(
                    id ->
                        attempt(
                            "cancel registration",
                            () ->
                                benefits
                                    .registrations()
                                    .cancel(Arena.OPERATOR, ExamRegistrationId.of(id))));
        case 9, 10 ->
            attempt("receive", () -> benefits.examRecords().receive(Actor.system(), anyLine()));
        case 11 ->
            attempt(
                "import",
                () ->
                    benefits
                        .examRecords()
                        .importFrom(
                            Actor.system(),
                            FeedName.of(round + "-" + turn.number() + "-" + step),
                            lines ->
                                IntStream.rangeClosed(1, LINES)
                                    .mapToObj(i -> new FeedLine.Parsed(i, anyLine()))
                                    .forEach(lines)));
        case 12, 13 ->
            attempt(
                "bind", () -> benefits.bindings().submit(new Actor.Account(person), exam, pair()));
        case 14 ->
            attempt(
                "admit",
                () ->
                    benefits
                        .organizations()
                        .admit(Arena.OPERATOR, organization(partner), person, Role.MEMBER));
        case 15 ->
            attempt(
                "remove",
                () -> {
                  benefits.organizations().remove(Arena.OPERATOR, organization(partner), person);
                  return "removed";
                });
        case 16 ->
            attempt(
                "ask to join",
                () ->
                    benefits
                        .joinRequests()
                        .submit(
                            new Actor.Account(person),
                            benefits.invitations().copyLink(Arena.OPERATOR, organization(partner)),
                            Map.of()));
        case 17 ->
            any(
                    "SELECT request_id FROM acp_join_request WHERE organization_id = ?",
                    organization(partner).value())
                .forEach(
                    id ->
                        attempt(
                            "approve",
                            () ->
                                benefits
                                    .joinRequests()
                                    .approve(Arena.OPERATOR, JoinRequestId.of(id))));
        case 18 ->
            attempt("apply", () -> benefits.applications().apply(Arena.OPERATOR, partner, exam, 1));
        case 19 ->
            any("SELECT application_id FROM acp_application WHERE partner_id = ?", partner.value())
                .forEach(
                    id ->
                        attempt(
                            "fulfil",
                            () ->
                                benefits
                                    .applications()
                                    .fulfil(Arena.OPERATOR, BenefitApplicationId.of(id))));
        case 20 ->
            any("SELECT quota_id FROM acp_quota WHERE partner_id = ?", partner.value())
                .forEach(
                    id ->
                        attempt(
                            "adjust",
                            () ->
                                benefits
                                    .quotas()
                                    .adjust(Arena.OPERATOR, QuotaId.of(id), 1, "One more.")));
        default ->
            attempt(
                "briefly another partner",
                () -> {
                  String another = round + "-" + turn.number() + "-" + step;
                  new Arena(benefits, another).open();
                  new Arena(benefits, another).quota(1);
                  benefits
                      .partners()
                      .terminate(Arena.OPERATOR, Arena.partner(another), "Only for a moment.");
                  return another;
                });
      }
    }

    private void attempt(String operation, Supplier<?> action) {
      turn.attempt(operation, "", action);
    }

    private List<String> any(String query, String of) {
      List<String> found = turn.database().texts(query, of);
      return found.isEmpty() ? List.of() : List.of(turn.oneOf(found));
    }

    private OrganizationId organization(PartnerId partner) {
      return OrganizationId.of(
          turn.database()
              .texts(
                  "SELECT organization_id FROM acp_organization WHERE partner_id = ?",
                  partner.value())
              .get(0));
    }

    private IdPair pair() {
      int number = random.nextInt(PAIRS);
      return new IdPair("C-" + round + number, "R-" + round + number);
    }

    private ExamRecordLine anyLine() {
      return new ExamRecordLine(
          pair(),
          exam(round, random.nextInt(PARTNERS)),
          benefits.now().minusSeconds(random.nextInt(3)),
          random.nextInt(4) == 0 ? ExamOutcome.FAIL : ExamOutcome.PASS,
          null,
          null);
    }
  }

  @Override
  public void check(History history, Queries database, String round) {
    assertThat(history.attempts())
        .allSatisfy(attempt -> assertThat(attempt.outcome()).isNotEqualTo(Attempt.Outcome.FAILED));
    nothing(
        database,
        "quotas whose ledger says something else",
        """
        SELECT q.quota_id FROM acp_quota q LEFT JOIN acp_quota_entry e ON e.quota_id = q.quota_id
        GROUP BY q.quota_id, q.granted, q.held, q.consumed, q.expired
        HAVING q.granted <> SUM(CASE WHEN e.kind IN ('GRANT', 'ADJUST') THEN e.quantity ELSE 0 END)
          OR q.held <> SUM(CASE e.kind WHEN 'HOLD' THEN e.quantity WHEN 'RELEASE' THEN -e.quantity
            WHEN 'CONSUME' THEN -e.quantity ELSE 0 END)
          OR q.consumed <> SUM(CASE WHEN e.kind = 'CONSUME' THEN e.quantity ELSE 0 END)
          OR q.expired <> SUM(CASE WHEN e.kind = 'EXPIRE' THEN e.quantity ELSE 0 END)
          OR q.granted < q.held + q.consumed + q.expired OR q.held < 0""");
    nothing(
        database,
        "applications with another number of codes than was asked for",
        """
        SELECT a.application_id FROM acp_application a
        WHERE a.state = 'FULFILLED' AND a.quantity <>
          (SELECT COUNT(*) FROM acp_exam_code c WHERE c.application_id = a.application_id)""");
    nothing(
        database,
        "codes that nobody, or a stranger, holds",
        """
        SELECT c.code_id FROM acp_exam_code c
        WHERE (c.state = 'ISSUED' AND c.holder IS NOT NULL)
          OR (c.state = 'ASSIGNED' AND NOT EXISTS (SELECT 1 FROM acp_membership m
            WHERE m.active_account = c.holder AND m.organization_id = c.organization_id))""");
    nothing(
        database,
        "bookings with a code that is not reserved",
        """
        SELECT r.exam_registration_id FROM acp_registration r
        JOIN acp_exam_code c ON c.code_id = r.code_id
        WHERE r.state = 'SCHEDULED' AND c.state NOT IN ('RESERVED', 'REVOKED')""");
    nothing(
        database,
        "certificates that belong to another than who bound them",
        """
        SELECT c.certificate_id FROM acp_certificate c
        LEFT JOIN acp_binding b ON b.bound_certificate = c.certificate_id
        WHERE c.account_id IS DISTINCT FROM b.account_id""");
    nothing(
        database,
        "passes that brought no certificate, and certificates that nothing brought",
        """
        SELECT r.record_id FROM acp_exam_record r
        WHERE r.state = 'RECEIVED' AND r.outcome = 'PASS'
          AND NOT EXISTS (SELECT 1 FROM acp_certificate c WHERE c.earned_by = r.record_id)
        UNION ALL SELECT c.certificate_id FROM acp_certificate c
        WHERE NOT EXISTS (SELECT 1 FROM acp_exam_record r WHERE r.record_id = c.record_id)""");
    nothing(
        database,
        "bindings that wait although their record is there",
        """
        SELECT b.binding_id FROM acp_binding b
        JOIN acp_exam_record r ON r.exam_id = b.exam_id AND r.candidate_id = b.candidate_id
          AND r.registration_id = b.registration_id AND r.state = 'RECEIVED'
        WHERE b.state = 'AWAITING_DATA'
          AND NOT EXISTS (SELECT 1 FROM acp_exam_record d WHERE d.exam_id = b.exam_id
            AND d.candidate_id = b.candidate_id AND d.registration_id = b.registration_id
            AND d.state = 'HELD')""");
  }

  private static void nothing(Queries database, String what, String query) {
    assertThat(database.rows(query)).as(what).isEmpty();
  }
}
