package io.acpbenefits.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.StateMachine;
import io.acpbenefits.common.StateMachine.Transition;
import io.acpbenefits.common.Who;
import io.acpbenefits.permission.Permissions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables in the docs are what the code says: they are made here and compared with the files.
 *
 * <p>{@code mvn test -pl acp-benefits-core -Dtest=GeneratedTablesTest -Dupdate.docs=true} writes
 * them anew.
 */
class GeneratedTablesTest {

  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void theStateMachinesInTheDocsAreThoseOfTheCode() throws IOException {
    List<StateMachine<?>> machines = machines();
    assertThat(machines).hasSizeGreaterThanOrEqualTo(1);
    StringBuilder text =
        new StringBuilder(
            """
            # State machines

            Which operation leads from which state to which. Made from the code (`lifecycle()` of each
            state enum) and compared with it by `GeneratedTablesTest`, which also writes this page anew:

                mvn test -pl acp-benefits-core -Dtest=GeneratedTablesTest -Dupdate.docs=true

            Whatever is not in a table is refused with ILLEGAL_STATE, and the refusal names the state and
            what is allowed in it. Who may do an operation is in [permissions.md](permissions.md). Each
            transition is written to the audit with actor and time, interventions also with the reason that was
            given, and told to listeners, in the
            same transaction.
            """);
    machines.forEach(machine -> append(text, machine));
    assertSame("state-machines.md", text.toString());
  }

  @Test
  void thePermissionsInTheDocsAreThoseOfTheCode() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Permissions

            Who may do what by default. Made from the code (`Operation`) and compared with it by
            `GeneratedTablesTest`. A host changes rows with
            `AcpBenefits.on(...).permissions(Permissions.DEFAULT.allow(...))`, and asks with
            `benefits.access().allows(...)` before it offers something.

            - OPERATOR is a person who runs the platform, SYSTEM the library itself.
            - OWNER, MANAGER and MEMBER are roles in the organization that the thing belongs to, as they
              are at that moment.
            - SELF is the person concerned: the holder of a code, the applicant, the candidate.
            - ANYONE is any account.

            Things of another organization that are looked up by their id answer NOT_FOUND, everything
            else that is not permitted NOT_PERMITTED. Rows with SYSTEM alone are steps that the library
            takes by itself or inside other operations; they cannot be handed out.
            """);
    String area = "";
    for (Operation operation : Operation.values()) {
      if (!operation.area().equals(area)) {
        area = operation.area();
        text.append("\n## ")
            .append(area)
            .append("\n\n| operation | what it does | who |\n|---|---|---|\n");
      }
      text.append("| ")
          .append(operation)
          .append(" | ")
          .append(operation.description())
          .append(" | ");
      text.append(who(operation)).append(" |\n");
    }
    assertSame("permissions.md", text.toString());
  }

  private static void append(StringBuilder text, StateMachine<?> machine) {
    String noun = machine.noun();
    text.append("\n## ")
        .append(noun.substring(0, 1).toUpperCase(Locale.ROOT))
        .append(noun.substring(1));
    text.append("\n\n```mermaid\nstateDiagram-v2\n");
    for (Transition<?> arrow : machine.transitions()) {
      if (arrow.from() != arrow.to()) {
        text.append("  ").append(arrow.from() == null ? "[*]" : arrow.from().name());
        text.append(" --> ").append(arrow.to().name()).append(": ");
        text.append(arrow.operation().words()).append('\n');
      }
    }
    text.append("```\n\n| operation | from | to | who |\n|---|---|---|---|\n");
    for (Transition<?> arrow : machine.transitions()) {
      text.append("| ").append(arrow.operation()).append(" | ");
      text.append(arrow.from() == null ? "(none)" : arrow.from().name()).append(" | ");
      text.append(arrow.to().name()).append(" | ").append(who(arrow.operation())).append(" |\n");
    }
  }

  private static String who(Operation operation) {
    return Permissions.DEFAULT.of(operation).stream()
        .map(Who::name)
        .collect(Collectors.joining(", "));
  }

  private static List<StateMachine<?>> machines() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.acpbenefits")
            .stream()
            .filter(type -> type.isEnum())
            .sorted(Comparator.comparing(type -> type.getSimpleName()))
            .flatMap(type -> Arrays.stream(type.reflect().getMethods()))
            .filter(method -> method.getReturnType() == StateMachine.class)
            .map(GeneratedTablesTest::call)
            .collect(Collectors.toList());
  }

  private static StateMachine<?> call(Method method) {
    try {
      return (StateMachine<?>) method.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(method + " must be public, static and without parameters", e);
    }
  }

  private static void assertSame(String file, String text) throws IOException {
    Path path = DOCS.resolve(file);
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(path, text);
    }
    assertThat(path).content().as("made anew with -Dupdate.docs=true").isEqualTo(text);
  }
}
