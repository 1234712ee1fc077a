package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.junit.jupiter.api.Test;

/**
 * The table of settings in the docs is made here and compared with the page; {@code mvn test -pl
 * acp-benefits-workflows -am -Dtest=EngineSettingsTableTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dupdate.docs=true} writes it anew.
 */
class EngineSettingsTableTest {

  private static final Path PAGE = Path.of("..", "docs", "operations.md");
  private static final String BEGIN = "<!-- settings -->\n";
  private static final String END = "<!-- end of settings -->";

  @Test
  void theSettingsInTheDocsAreThoseOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).contains(BEGIN, END);
    String expected =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table()
            + page.substring(page.indexOf(END));

    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE).content().as("made anew with -Dupdate.docs=true").isEqualTo(expected);
  }

  private static String table() {
    StandaloneProcessEngineConfiguration plain = new StandaloneProcessEngineConfiguration();
    plain.setJobExecutor(new DefaultJobExecutor());
    return EngineSetting.adviceOn(plain).stream()
        .map(
            advice ->
                "| `%s` | %s | %s | %s |\n"
                    .formatted(advice.setting(), advice.is(), advice.recommended(), advice.why()))
        .collect(
            Collectors.joining(
                "", "| setting | by default | here | why |\n|---|---|---|---|\n", ""));
  }
}
