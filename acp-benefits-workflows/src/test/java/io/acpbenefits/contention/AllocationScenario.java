package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.organization.OrganizationId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Twice as many members as codes; and some transactions that take a code and give it back. */
final class AllocationScenario implements Scenario {

  private static final int CODES = 64;
  private static final int MEMBERS = 128;

  private static AccountId member(String round, int number) {
    return Arena.account(round, number);
  }

  @Override
  public void prepare(Installation node, String round) {
    Arena arena = new Arena(node.alone(), round);
    OrganizationId organization = arena.open();
    arena.exam();
    arena.codes(CODES);
    for (int i = 0; i < MEMBERS; i++) {
      arena.member(organization, member(round, i));
    }
  }

  @Override
  public void contend(Turn turn) {
    AcpBenefits benefits = turn.number() % 2 == 0 ? turn.onEngine() : turn.alone();
    for (int i = turn.number(); i < MEMBERS; i += turn.of()) {
      AccountId member = member(turn.round(), i);
      if (turn.random().nextInt(3) == 0) {
        turn.attempt("take back", member.value(), () -> takenBack(benefits, turn.round(), member));
      }
      turn.attempt("assign", member.value(), () -> assign(benefits, turn.round(), member));
    }
  }

  private static String assign(AcpBenefits benefits, String round, AccountId member) {
    return benefits
        .examCodes()
        .assign(Arena.OPERATOR, Arena.partner(round), Arena.exam(round), member)
        .codeId()
        .value();
  }

  /** A refusal, since the engine logs whatever else leaves a transaction. */
  private static String takenBack(AcpBenefits benefits, String round, AccountId member) {
    try {
      return benefits.inTransaction(
          () -> {
            assign(benefits, round, member);
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
    history.refusedOnlyFor(Reason.NO_CODE_AVAILABLE);
    String exam = Arena.exam(round).value();

    Map<String, String> told =
        history.done("assign").stream()
            .collect(Collectors.toMap(Attempt::answer, Attempt::subject));
    Map<String, String> kept =
        database
            .rows(
                "SELECT code_id, holder FROM acp_exam_code WHERE exam_id = ? AND state = 'ASSIGNED'",
                exam)
            .stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    assertThat(kept).isEqualTo(told).hasSize(CODES);
    assertThat(
            database.number(
                "SELECT COUNT(*) FROM acp_audit_entry a JOIN acp_exam_code c ON c.code_id ="
                    + " a.subject_id WHERE c.exam_id = ? AND a.to_state = 'ASSIGNED'",
                exam))
        .as("assignments on record")
        .isEqualTo(CODES);

    List<Attempt> assigned = history.done("assign");
    assertThat(history.attempts())
        .filteredOn(attempt -> attempt.isRefused(Reason.NO_CODE_AVAILABLE))
        .as("refused although a code was left")
        .allSatisfy(
            refused ->
                assertThat(assigned.stream().filter(a -> a.begin() < refused.end()).count())
                    .isEqualTo(CODES));
  }
}
