package io.acpbenefits.workflows;

import io.acpbenefits.common.DomainEventListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;

/**
 * Every version of the diagrams that has ever been shipped, as {@code diagrams/<id>/<tag>.bpmn};
 * the newest is among them.
 */
public final class KeptDiagrams {

  static final Path FOLDER = Path.of("src/test/resources/diagrams");

  /** The first of each. */
  public static final String FIRST = "0.1.0";

  private static final String TAG = "camunda:versionTag=\"%s\"";
  private static final AtomicInteger DEPLOYED = new AtomicInteger();

  private KeptDiagrams() {}

  public static String kept(String process, String tag) {
    try {
      return Files.readString(FOLDER.resolve(process).resolve(tag + ".bpmn"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tags of all versions of a process that are kept. */
  static List<String> tags(String process) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(process))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.bpmn$", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Diagram shipped(String process) {
    return Diagram.all().filter(diagram -> diagram.id().equals(process)).findAny().orElseThrow();
  }

  static String tagOfShipped(String process) {
    return shipped(process).process().getCamundaVersionTag();
  }

  /** The shipped one. */
  public static String newest(String process) {
    return shipped(process).text();
  }

  /** What comes after the shipped one and differs in nothing but its tag. */
  public static String next(String process) {
    return retagged(newest(process), tagOfShipped(process), "99.0.0");
  }

  private static String retagged(String diagram, String from, String to) {
    return diagram.replace(TAG.formatted(from), TAG.formatted(to));
  }

  /** Makes a diagram the newest version of its process. */
  static void deploy(RepositoryService repository, String process, String diagram) {
    repository
        .createDeployment()
        .name("a later release")
        .addString(process + ".bpmn", diagram + "<!-- " + DEPLOYED.incrementAndGet() + " -->")
        .deploy();
  }

  /** The library as it was with the first diagrams. */
  static Contribution first() {
    return with(
        Map.of(
            BenefitApplicationProcess.RESOURCE, kept(BenefitApplicationProcess.KEY, FIRST),
            InvitationToApprovalProcess.RESOURCE, kept(InvitationToApprovalProcess.KEY, FIRST),
            CertificateBindingProcess.RESOURCE, kept(CertificateBindingProcess.KEY, FIRST)));
  }

  /** The library as it will be when each of its diagrams has changed. */
  static Contribution next() {
    return with(
        Map.of(
            BenefitApplicationProcess.RESOURCE, next(BenefitApplicationProcess.KEY),
            InvitationToApprovalProcess.RESOURCE, next(InvitationToApprovalProcess.KEY),
            CertificateBindingProcess.RESOURCE, next(CertificateBindingProcess.KEY)));
  }

  private static Contribution with(Map<String, String> diagrams) {
    Processes library = new Processes();
    return new Contribution() {

      @Override
      public List<String> resources() {
        return library.resources();
      }

      @Override
      public InputStream open(String resource) {
        String diagram = Objects.requireNonNull(diagrams.get(resource), resource);
        return new ByteArrayInputStream(diagram.getBytes(StandardCharsets.UTF_8));
      }

      @Override
      public void register(Delegates delegates, Embedding embedding) {
        library.register(delegates, embedding);
      }

      @Override
      public List<DomainEventListener> listeners(Embedding embedding) {
        return library.listeners(embedding);
      }
    };
  }
}
