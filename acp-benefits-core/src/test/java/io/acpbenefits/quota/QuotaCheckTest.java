package io.acpbenefits.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.application.BenefitApplication;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaDifference.Figure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaCheckTest {

  private final CoreFixture it = new CoreFixture();
  private final Quotas quotas = it.benefits.quotas();

  private BenefitApplication apply(int quantity) {
    return it.benefits.applications().apply(it.owner, it.acme, it.cloud, quantity);
  }

  /** 3 of 10 held, in every state that holds; 2 consumed; one released. */
  private void somethingOfEverything() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("CODE1", "CODE2");
    apply(1);
    var fulfilling = apply(1);
    it.benefits
        .applications()
        .postpone(Actor.system(), fulfilling.applicationId(), Reason.OUT_OF_STOCK);
    var failed = apply(1);
    it.benefits.applications().giveUp(Actor.system(), failed.applicationId());
    it.benefits.applications().cancel(it.owner, apply(4).applicationId());
    it.benefits.applications().draft(it.owner, it.acme, it.cloud, 2);
  }

  @Test
  void findsNothingWhereAllIsWellWhateverHappened() {
    assertThat(quotas.check(it.operator)).isEmpty();
    somethingOfEverything();
    assertThat(quotas.check(it.operator)).isEmpty();
    it.clock.advance(Duration.ofDays(365));
    assertThat(quotas.check(it.operator)).isEmpty();
    quotas.settleDue();
    assertThat(quotas.check(Actor.system())).isEmpty();
    quotas.grant(
        it.operator,
        it.acme,
        ExamLevel.ACP,
        5,
        it.in(Duration.ofDays(1)),
        it.in(Duration.ofDays(2)));
    it.benefits.partners().terminate(it.operator, it.acme, "left");
    assertThat(quotas.check(it.operator)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE acp_quota SET granted = granted + 1 | GRANTED | 11 | 10",
        "UPDATE acp_quota SET held = held + 1 | HELD | 4 | 3",
        "UPDATE acp_quota SET held = held - 1 | HELD | 2 | 3",
        "UPDATE acp_quota SET consumed = consumed + 1 | CONSUMED | 3 | 2",
        "UPDATE acp_quota SET expired = expired + 1 | EXPIRED | 1 | 0",
        "DELETE FROM acp_quota_entry | GRANTED | 10 | 0",
        "DELETE FROM acp_quota_entry WHERE kind = 'CONSUME' | HELD | 3 | 5",
        "DELETE FROM acp_quota_entry WHERE kind = 'RELEASE' | HELD | 3 | 7",
        "UPDATE acp_application SET state = 'DRAFT' WHERE state = 'APPROVED'"
            + " | HELD_FOR_APPLICATIONS | 3 | 2",
        "UPDATE acp_application SET state = 'REJECTED' WHERE state = 'FULFILLING'"
            + " | HELD_FOR_APPLICATIONS | 3 | 2",
        "UPDATE acp_application SET state = 'IN_REVIEW' WHERE state = 'CANCELED'"
            + " | HELD_FOR_APPLICATIONS | 3 | 7",
        "UPDATE acp_application SET state = 'ACTION_REQUIRED' WHERE state = 'CANCELED'"
            + " | HELD_FOR_APPLICATIONS | 3 | 7",
        "UPDATE acp_application SET quantity = 9 WHERE state = 'FULFILLED'"
            + " | CONSUMED_FOR_APPLICATIONS | 2 | 9",
      })
  void reportsTheFirstDifference(String tampering, Figure figure, long counted, long proven) {
    somethingOfEverything();
    it.sql(tampering);
    assertThat(quotas.check(it.operator))
        .contains(new QuotaDifference(it.onlyQuota().quotaId(), it.acme, figure, counted, proven));
  }

  @Test
  void reportsNegativeFiguresEvenWhereTheLedgerAgrees() {
    somethingOfEverything();
    it.sql("ALTER TABLE acp_quota DROP CONSTRAINT acp_quota_balance");
    it.sql("ALTER TABLE acp_quota_entry DROP CONSTRAINT acp_quota_entry_quantity");
    it.sql("UPDATE acp_quota SET granted = 4");
    it.sql("UPDATE acp_quota_entry SET quantity = 4 WHERE kind = 'GRANT'");
    assertThat(quotas.check(it.operator))
        .hasValueSatisfying(
            difference -> {
              assertThat(difference.figure()).isEqualTo(Figure.AVAILABLE);
              assertThat(difference.counted()).isEqualTo(-1);
              assertThat(difference.toString())
                  .contains("partner acme", "AVAILABLE is -1 and should be 0");
            });

    it.sql("UPDATE acp_quota SET granted = 4, expired = -1");
    it.sql(
        """
        INSERT INTO acp_quota_entry SELECT 'x', quota_id, 'EXPIRE', -1, NULL, made_at, made_at, 'x'
        FROM acp_quota_entry WHERE kind = 'GRANT'""");
    assertThat(quotas.check(it.operator)).map(QuotaDifference::figure).contains(Figure.EXPIRED);
  }

  @Test
  void goesThroughAllPartnersBatchByBatch() {
    QuotaId last = null;
    for (int i = 1; i <= 5; i++) {
      PartnerId partner = PartnerId.of("p" + i);
      it.partner(partner, AccountId.of("owner" + i));
      last =
          quotas
              .grant(it.operator, partner, ExamLevel.ACP, i, it.start, it.in(Duration.ofDays(1)))
              .quotaId();
    }
    for (int batch = 1; batch <= 6; batch++) {
      assertThat(quotas.check(batch)).as("batches of " + batch).isEmpty();
    }
    it.sql("UPDATE acp_quota SET granted = 9 WHERE partner_id IN ('p3', 'p5')");
    for (int batch = 1; batch <= 6; batch++) {
      assertThat(quotas.check(batch))
          .as("batches of " + batch)
          .map(QuotaDifference::partnerId)
          .contains(PartnerId.of("p3"));
    }
    it.sql("UPDATE acp_quota SET granted = 3 WHERE partner_id = 'p3'");
    for (int batch = 1; batch <= 6; batch++) {
      assertThat(quotas.check(batch)).map(QuotaDifference::quotaId).contains(last);
    }
  }
}
