package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.organization.OrganizationId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All send the same commands under the same keys; some another command under a key of those, and
 * some take back what they have sent.
 */
final class RequestKeyScenario implements Scenario {

  private static final int KEYS = 6;

  private static AccountId member(String round, int number) {
    return Arena.account(round, number);
  }

  @Override
  public void prepare(Installation node, String round) {
    Arena arena = new Arena(node.onEngine(), round);
    OrganizationId organization = arena.open();
    new Arena(node.onEngine(), round).exam();
    // Without the engine: nothing but the codes that it brings is wanted here.
    new Arena(node.alone(), round).codes(3 * KEYS);
    for (int i = 0; i < 2 * KEYS; i++) {
      arena.member(organization, member(round, i));
    }
  }

  @Override
  public void contend(Turn turn) {
    AcpBenefits benefits = turn.number() % 2 == 0 ? turn.onEngine() : turn.alone();
    for (int i = 0; i < KEYS; i++) {
      RequestKey key = RequestKey.of(turn.round() + "-" + i);
      AccountId member = member(turn.round(), turn.random().nextInt(8) == 0 ? KEYS + i : i);
      String subject = key + " " + member;
      if (turn.random().nextInt(4) == 0) {
        turn.attempt("take back", subject, () -> takenBack(benefits, turn.round(), member, key));
      }
      turn.attempt("assign", subject, () -> assign(benefits, turn.round(), member, key));
    }
  }

  private static String assign(
      AcpBenefits benefits, String round, AccountId member, RequestKey key) {
    return benefits
        .examCodes()
        .assign(Arena.OPERATOR, Arena.partner(round), Arena.exam(round), member, key)
        .codeId()
        .value();
  }

  private static String takenBack(
      AcpBenefits benefits, String round, AccountId member, RequestKey key) {
    try {
      return benefits.inTransaction(
          () -> {
            assign(benefits, round, member, key);
            throw Refusal.of(Reason.INVALID_INPUT, "On second thoughts.");
          });
    } catch (Refusal refusal) {
      if (refusal.reason() != Reason.INVALID_INPUT) {
        throw refusal;
      }
      return "as if nothing had been";
    }
  }

  @Override
  public void check(History history, Queries database, String round) {
    history.refusedOnlyFor(Reason.REQUEST_KEY_REUSED);
    Map<String, List<Attempt>> byKey =
        history.done("assign").stream()
            .collect(Collectors.groupingBy(done -> done.subject().split(" ", -1)[0]));
    assertThat(byKey).hasSize(KEYS);
    byKey.forEach(
        (key, done) -> {
          assertThat(done.stream().map(Attempt::subject).distinct())
              .as("commands carried out under %s", key)
              .hasSize(1);
          assertThat(done.stream().map(Attempt::answer).distinct())
              .as("answers under %s", key)
              .hasSize(1);
          assertThat(
                  database.texts(
                      "SELECT holder FROM acp_exam_code WHERE code_id = ? AND state = 'ASSIGNED'",
                      done.get(0).answer()))
              .containsExactly(done.get(0).subject().split(" ", -1)[1]);
        });
    assertThat(
            database.number(
                "SELECT COUNT(*) FROM acp_audit_entry a JOIN acp_exam_code c"
                    + " ON c.code_id = a.subject_id"
                    + " WHERE c.partner_id = ? AND a.to_state = 'ASSIGNED'",
                Arena.partner(round).value()))
        .as("assignments in all")
        .isEqualTo(KEYS);
  }
}
