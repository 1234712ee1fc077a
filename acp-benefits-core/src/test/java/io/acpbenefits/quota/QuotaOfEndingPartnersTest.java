package io.acpbenefits.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.persistence.RetryCounts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A partner gets its first quota while it is terminated. */
class QuotaOfEndingPartnersTest {

  private static final int ROUNDS = 25;

  private final CoreFixture it = new CoreFixture();

  @Test
  void noQuotaOutlivesItsPartnerAndNeitherWaitsForTheOtherInARing() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      PartnerId partner = PartnerId.of("partner-" + round);
      it.benefits.partners().register(it.operator, partner, "Short-lived", "gold");

      assertThat(
              Together.run(
                  () ->
                      it.benefits
                          .quotas()
                          .grant(
                              it.operator,
                              partner,
                              ExamLevel.ACP,
                              5,
                              it.clock.instant(),
                              it.in(Duration.ofDays(1))),
                  () -> it.benefits.partners().terminate(it.operator, partner, "It is over.")))
          .extracting(Outcome::name)
          .isSubsetOf("DONE", "PARTNER_SUSPENDED")
          .last()
          .isEqualTo("DONE");

      assertThat(it.benefits.quotas().ofPartner(it.operator, partner))
          .allMatch(quota -> quota.state() == QuotaState.REVOKED);
    }
    assertThat(it.benefits.retries()).isEqualTo(RetryCounts.NONE);
  }
}
