package io.acpbenefits.quota;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.CertificateEligibility.Counted;
import io.acpbenefits.quota.CertificateEligibility.Steps;
import io.acpbenefits.quota.QuotaPolicy.Standing;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateEligibilityTest {

  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
  private static final QuotaPeriods YEARS = QuotaPeriods.calendarYears();

  private static Standing standing(String tier, ExamLevel level, long certificates, long people) {
    return new Standing(
        PartnerId.of("acme"), tier, level, YEARS.at(NOW).orElseThrow(), certificates, people);
  }

  @ParameterizedTest
  @CsvSource({
    // base, perStep, step, cap, counted, entitled
    "10, 2, 3, 20, 0, 10",
    "10, 2, 3, 20, 2, 10",
    "10, 2, 3, 20, 3, 12",
    "10, 2, 3, 20, 5, 12",
    "10, 2, 3, 20, 6, 14",
    "10, 2, 3, 20, 15, 20",
    "10, 2, 3, 20, 18, 20",
    "10, 2, 3, 21, 15, 20",
    "10, 2, 3, 21, 18, 21",
    "10, 0, 1, 10, 99, 10",
    "0, 1, 1, 5, 5, 5",
    "0, 1, 1, 5, 6, 5",
    "0, 9223372036854775807, 1, 9223372036854775807, 9223372036854775807, 9223372036854775807",
    "5, 9, 1, 9223372036854775807, 9223372036854775807, 9223372036854775807",
    "0, 0, 1, 0, 7, 0",
  })
  void addsTheFullStepsUpToTheCap(
      long base, long perStep, long step, long cap, long counted, long entitled) {
    assertThat(new Steps(base, perStep, step, cap).of(counted)).isEqualTo(entitled);
  }

  @Test
  void refusesStepsThatMakeNoSense() {
    assertRefused(Reason.INVALID_INPUT, () -> new Steps(-1, 1, 1, 1));
    assertRefused(Reason.INVALID_INPUT, () -> new Steps(0, -1, 1, 1));
    assertRefused(Reason.INVALID_INPUT, () -> new Steps(0, 1, 0, 1));
    assertRefused(Reason.INVALID_INPUT, () -> new Steps(2, 1, 1, 1));
  }

  @Test
  void countsCertificatesOrPeoplePerLevelAndTier() {
    CertificateEligibility policy =
        CertificateEligibility.in(YEARS, Counted.CERTIFICATES)
            .with(ExamLevel.ACP, "gold", new Steps(10, 1, 1, 99))
            .with(ExamLevel.ACP, "silver", new Steps(5, 1, 1, 99))
            .with(ExamLevel.ACE, "gold", new Steps(1, 1, 1, 99));
    assertThat(policy.entitlement(standing("gold", ExamLevel.ACP, 7, 3))).hasValue(17);
    assertThat(policy.entitlement(standing("silver", ExamLevel.ACP, 7, 3))).hasValue(12);
    assertThat(policy.entitlement(standing("gold", ExamLevel.ACE, 7, 3))).hasValue(8);

    assertThat(
            CertificateEligibility.in(YEARS, Counted.PEOPLE)
                .with(ExamLevel.ACP, "gold", new Steps(10, 1, 1, 99))
                .entitlement(standing("gold", ExamLevel.ACP, 7, 3)))
        .hasValue(13);
    assertThat(policy.period(NOW)).isEqualTo(YEARS.at(NOW));
    assertThat(policy.toString()).contains("CERTIFICATES", "gold", "silver");
  }

  @Test
  void saysNothingOfLevelsWithoutStepsAndRefusesUnknownTiersOfThoseWith() {
    CertificateEligibility policy =
        CertificateEligibility.in(YEARS, Counted.CERTIFICATES)
            .with(ExamLevel.ACP, "silver", new Steps(5, 1, 1, 99))
            .with(ExamLevel.ACP, "gold", new Steps(10, 1, 1, 99));
    assertThat(policy.entitlement(standing("golden", ExamLevel.ACE, 0, 0))).isEmpty();
    assertThat(refusal(() -> policy.entitlement(standing("golden", ExamLevel.ACP, 0, 0))))
        .hasMessageContaining("'golden'")
        .hasMessageContaining("[gold, silver]")
        .extracting(r -> r.reason())
        .isEqualTo(Reason.INVALID_INPUT);
  }

  @Test
  void explicitGrantsSayNothingAtAll() {
    assertThat(QuotaPolicy.EXPLICIT_GRANTS.period(NOW)).isEmpty();
    assertThat(QuotaPolicy.EXPLICIT_GRANTS.entitlement(standing("x", ExamLevel.ACP, 1, 1)))
        .isEmpty();
    assertThat(QuotaPolicy.EXPLICIT_GRANTS).hasToString("explicit grants");
  }
}
