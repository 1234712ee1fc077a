package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.common.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** More is applied for than there is quota; what was applied for is cancelled or fulfilled. */
final class QuotaScenario implements Scenario {

  private static final int GRANTED = 80;

  /** More than there is quota: what was taken for a cancelled application comes back later. */
  private static final int STOCK = 5 * GRANTED;

  private static final int TIMES = 3;
  private static final int MOST_AT_ONCE = 3;

  @Override
  public void prepare(Installation node, String round) {
    Arena arena = new Arena(node.alone(), round);
    arena.open();
    arena.exam();
    arena.quota(GRANTED);
    arena.stock(STOCK);
  }

  @Override
  public void contend(Turn turn) {
    AcpBenefits benefits = turn.alone();
    String round = turn.round();
    for (int i = 0; i < TIMES; i++) {
      int quantity = 1 + turn.random().nextInt(MOST_AT_ONCE);
      turn.attempt(
          "apply",
          Integer.toString(quantity),
          () ->
              benefits
                  .applications()
                  .apply(Arena.OPERATOR, Arena.partner(round), Arena.exam(round), quantity)
                  .applicationId());
      List<String> open =
          turn.database()
              .texts(
                  "SELECT application_id FROM acp_application"
                      + " WHERE partner_id = ? AND state = 'APPROVED'",
                  Arena.partner(round).value());
      if (!open.isEmpty()) {
        BenefitApplicationId id = BenefitApplicationId.of(turn.oneOf(open));
        if (turn.random().nextBoolean()) {
          turn.attempt(
              "cancel", id.value(), () -> benefits.applications().cancel(Arena.OPERATOR, id));
        } else {
          turn.attempt(
              "fulfil",
              id.value(),
              () -> benefits.applications().fulfil(Arena.OPERATOR, id).applicationId());
        }
      }
    }
  }

  @Override
  public void check(History history, Queries database, String round) {
    history.refusedOnlyFor(Reason.QUOTA_EXCEEDED, Reason.ILLEGAL_STATE);
    String partner = Arena.partner(round).value();

    Map<String, Integer> applied = new HashMap<>();
    history
        .done("apply")
        .forEach(done -> applied.put(done.answer(), Integer.valueOf(done.subject())));
    Map<String, String> states = new HashMap<>();
    Map<String, Integer> quantities = new HashMap<>();
    database
        .rows(
            "SELECT application_id, state, quantity FROM acp_application WHERE partner_id = ?",
            partner)
        .forEach(
            row -> {
              states.put(row.get(0), row.get(1));
              quantities.put(row.get(0), Integer.valueOf(row.get(2)));
            });
    assertThat(quantities).isEqualTo(applied);

    history
        .doneBySubject("cancel")
        .forEach(
            (id, cancels) -> {
              assertThat(cancels).as("cancelled %s", id).hasSize(1);
              assertThat(states).containsEntry(id, "CANCELED");
            });
    history
        .doneBySubject("fulfil")
        .keySet()
        .forEach(id -> assertThat(states).containsEntry(id, "FULFILLED"));

    long held = sum(quantities, states, "APPROVED");
    long consumed = sum(quantities, states, "FULFILLED");
    List<String> quota =
        database
            .rows(
                "SELECT granted, held, consumed, expired FROM acp_quota WHERE partner_id = ?",
                partner)
            .get(0);
    assertThat(quota).containsExactly("" + GRANTED, "" + held, "" + consumed, "0");
    assertThat(held + consumed).isLessThanOrEqualTo(GRANTED);
    assertThat(entries(database, partner, "HOLD"))
        .isEqualTo(held + consumed + sum(quantities, states, "CANCELED"));
    assertThat(entries(database, partner, "RELEASE"))
        .isEqualTo(sum(quantities, states, "CANCELED"));
    assertThat(entries(database, partner, "CONSUME")).isEqualTo(consumed);
    assertThat(database.number("SELECT COUNT(*) FROM acp_exam_code WHERE partner_id = ?", partner))
        .as("codes")
        .isEqualTo(consumed);

    assertThat(
            database.texts(
                "SELECT s.stock_id FROM acp_stock_code s JOIN acp_application a"
                    + " ON a.application_id = s.application_id"
                    + " WHERE s.exam_id = ? AND a.state <> 'FULFILLED' AND NOT EXISTS"
                    + " (SELECT 1 FROM acp_hand_out h WHERE h.application_id = a.application_id)",
                Arena.exam(round).value()))
        .as("codes taken from the stock for nobody, which nobody gives back")
        .isEmpty();

    assertThat(history.attempts())
        .filteredOn(attempt -> attempt.isRefused(Reason.QUOTA_EXCEEDED))
        .as("refused although enough was left")
        .allSatisfy(
            refused ->
                assertThat(mostUsedDuring(refused, history, applied))
                    .isGreaterThan(GRANTED - Integer.parseInt(refused.subject())));
  }

  /** What may at most have been held or consumed while an attempt was under way. */
  private static long mostUsedDuring(
      Attempt attempt, History history, Map<String, Integer> applied) {
    long taken =
        history.done("apply").stream()
            .filter(done -> done.begin() < attempt.end())
            .mapToLong(done -> Long.parseLong(done.subject()))
            .sum();
    long surelyBack =
        history.done("cancel").stream()
            .filter(done -> done.end() < attempt.begin())
            .mapToLong(done -> applied.getOrDefault(done.subject(), 0))
            .sum();
    return taken - surelyBack;
  }

  private static long sum(
      Map<String, Integer> quantities, Map<String, String> states, String state) {
    return quantities.entrySet().stream()
        .filter(entry -> state.equals(states.get(entry.getKey())))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static long entries(Queries database, String partner, String kind) {
    return database.number(
        "SELECT COALESCE(SUM(e.quantity), 0) FROM acp_quota_entry e"
            + " JOIN acp_quota q ON q.quota_id = e.quota_id WHERE q.partner_id = ? AND e.kind = ?",
        partner,
        kind);
  }
}
