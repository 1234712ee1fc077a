package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Reason;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodePolicyTest {

  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void isAYearADayAndNoRefundByDefault() {
    assertThat(CodePolicy.DEFAULT)
        .isEqualTo(new CodePolicy(Period.ofMonths(12), Duration.ofHours(24), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0D", "P100Y", "P1200M", "P36500D"})
  void takesALifeOfUpTo100Years(String life) {
    assertThat(new CodePolicy(Period.parse(life), DAY).life()).isEqualTo(Period.parse(life));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-1D", "P1Y-1D", "P100Y1M", "P1201M", "P36501D"})
  void refusesALifeThatCannotBe(String life) {
    assertRefused(Reason.INVALID_INPUT, () -> new CodePolicy(Period.parse(life), DAY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "P365D"})
  void takesANoticeOfUpToAYear(String notice) {
    Duration ahead = Duration.parse(notice);
    assertThat(new CodePolicy(Period.ofDays(1), ahead).cancelInTime()).isEqualTo(ahead);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "P365DT1S"})
  void refusesANoticeThatCannotBe(String notice) {
    assertRefused(
        Reason.INVALID_INPUT, () -> new CodePolicy(Period.ofDays(1), Duration.parse(notice)));
  }
}
