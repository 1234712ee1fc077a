package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No diagram changes without a new version tag, and none is forgotten. */
class KeptDiagramsTest {

  static Stream<Diagram> diagrams() {
    return Diagram.all();
  }

  private static List<Path> files(String process) throws IOException {
    try (Stream<Path> files = Files.list(KeptDiagrams.FOLDER.resolve(process))) {
      return files.sorted(Comparator.comparing(KeptDiagramsTest::tag, byNumbers())).toList();
    }
  }

  private static String tag(Path file) {
    return file.getFileName().toString().replaceFirst("\\.bpmn$", "");
  }

  private static Comparator<String> byNumbers() {
    return Comparator.comparing(
        tag ->
            Stream.of(tag.split("\\."))
                .map(number -> "%6s".formatted(number))
                .reduce("", String::concat));
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void whatIsShippedIsKeptUnderItsTagAndIsTheNewest(Diagram diagram) throws IOException {
    String tag = diagram.process().getCamundaVersionTag();

    assertThat(KeptDiagrams.kept(diagram.id(), tag))
        .as("A changed diagram needs a new version tag, and a copy kept under it")
        .isEqualTo(diagram.text());
    List<Path> kept = files(diagram.id());
    assertThat(tag(kept.get(kept.size() - 1))).isEqualTo(tag);
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void eachFileIsTheVersionThatItsNameSays(Diagram diagram) throws IOException {
    for (Path file : files(diagram.id())) {
      Process process =
          Bpmn.readModelFromFile(file.toFile())
              .getModelElementsByType(Process.class)
              .iterator()
              .next();
      assertThat(process.getId()).isEqualTo(diagram.id());
      assertThat(process.getCamundaVersionTag()).isEqualTo(tag(file));
    }
  }

  @Test
  void noFileChangesOnceItIsKept() throws Exception {
    Map<String, String> sums = new TreeMap<>();
    for (Diagram diagram : Diagram.all().toList()) {
      for (Path file : files(diagram.id())) {
        byte[] sum =
            MessageDigest.getInstance("SHA-256")
                .digest(Files.readString(file).getBytes(StandardCharsets.UTF_8));
        sums.put(diagram.id() + "/" + file.getFileName(), HexFormat.of().formatHex(sum));
      }
    }
    assertThat(Files.readAllLines(KeptDiagrams.FOLDER.resolve("SHA256SUMS")))
        .as("as sha256sum */*.bpmn lists them")
        .containsExactlyElementsOf(
            sums.entrySet().stream().map(sum -> sum.getValue() + "  " + sum.getKey()).toList());
  }
}
