package io.acpbenefits.examples.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs the example, and holds docs/pearson-vue.md against it. */
class CandidateExampleTest {

  private static final Path GUIDE = Path.of("../../docs/pearson-vue.md");
  private static final Path SOURCE =
      Path.of("src/main/java/io/acpbenefits/examples/candidate/CandidateExample.java");

  private static List<String> found(String pattern, Path in) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(in))
        .results()
        .map(match -> match.group(1).stripTrailing().stripIndent())
        .toList();
  }

  private static String said() {
    PrintStream console = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      CandidateExample.main(new String[0]);
    } finally {
      System.setOut(console);
    }
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n").strip();
  }

  @Test
  void saysWhatTheGuideShows() throws IOException {
    assertThat(found("(?ms)^```text\n(.*?)^```$", GUIDE)).containsExactly(said());
  }

  @Test
  void theGuidesCodeIsTheExamples() throws IOException {
    assertThat(found("(?ms)^```java\n(.*?)^```$", GUIDE))
        .isNotEmpty()
        .isSubsetOf(found("(?ms)^ *// In the guide:[^\n]*\n(.*?)^ *// End\n", SOURCE));
  }
}
