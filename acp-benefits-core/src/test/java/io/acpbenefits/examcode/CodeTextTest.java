package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACPX7K2M9Q",
        "acpx7k2m9q",
        " [ACPX7K2M9Q] ",
        "\u00a0ACPX7K2M9Q\t\n",
        "[[AcpX7k2M9q"
      })
  void readsACodeAsPeoplePasteIt(String pasted) {
    assertThat(CodeText.parse(pasted)).isEqualTo(new CodeText("ACPX7K2M9Q"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ABC",
        "[ABC]",
        "AB CD",
        "AB]CD",
        "AB\u0000CD",
        "stra\u00dfe",
        "\u017f\u017f\u017f\u017f",
        "\u0131abc"
      })
  void refusesWhatIsNoCode(String text) {
    assertRefused(Reason.INVALID_INPUT, () -> CodeText.parse(text));
  }

  @Test
  void has4To64Characters() {
    assertThat(CodeText.parse("x".repeat(64)).value()).hasSize(64);
    assertThat(CodeText.parse("x".repeat(4)).value()).isEqualTo("XXXX");
    assertRefused(Reason.INVALID_INPUT, () -> CodeText.parse("x".repeat(65)));
  }

  @Test
  void isPrintedMasked() {
    assertThat(CodeText.parse("ACPX7K2M9Q")).hasToString("••••2M9Q");
    assertThat(CodeText.parse("ABCDE")).hasToString("••••DE");
    assertThat(CodeText.parse("ABCD").masked()).isEqualTo("••••CD");
    assertThat("" + List.of(CodeText.parse("ACPX7K2M9Q"))).doesNotContain("ACPX");
  }
}
