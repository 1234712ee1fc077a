package io.acpbenefits.workflows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** One BPMN file of this module, as it stands in the source tree. */
record Diagram(String id, String text, BpmnModelInstance model) {

  private static final Path FOLDER = Path.of("src/main/resources/io/acpbenefits/processes");
  private static final String ENDING = ".bpmn";

  /** Read once: nobody changes what is read. */
  private static final List<Diagram> ALL = readAll();

  /** All of them, so that a diagram that is added later has to keep the rules as well. */
  static Stream<Diagram> all() {
    return ALL.stream();
  }

  private static List<Diagram> readAll() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Diagram::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Diagram read(Path file) {
    try {
      String name = file.getFileName().toString();
      String text = Files.readString(file);
      return new Diagram(name.substring(0, name.length() - ENDING.length()), text, parse(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that is not, or not only, shipped. */
  static Diagram of(String text) {
    BpmnModelInstance model = parse(text);
    return new Diagram(
        model.getModelElementsByType(Process.class).iterator().next().getId(), text, model);
  }

  private static BpmnModelInstance parse(String text) {
    return Bpmn.readModelFromStream(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  Process process() {
    return all(Process.class).iterator().next();
  }

  <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
    return model.getModelElementsByType(type);
  }

  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
