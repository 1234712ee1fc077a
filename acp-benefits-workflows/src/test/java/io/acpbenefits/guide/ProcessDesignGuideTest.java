package io.acpbenefits.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.secret.KeyRing;
import io.acpbenefits.workflows.BenefitsEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

/** What docs/process-design.md says about deploying a changed diagram. */
class ProcessDesignGuideTest {

  private static final String PROCESS = "invitation-to-approval";

  @Test
  void aChangedDiagramStaysTheLatestWhenTheLibraryStartsAgain() throws IOException {
    JdbcConnectionPool database =
        JdbcConnectionPool.create("jdbc:h2:mem:redesign;DB_CLOSE_DELAY=-1", "sa", "");
    KeyRing keys = KeyRing.ephemeral();
    try (BenefitsEngine engine = start(database, keys)) {
      deploy(engine.processEngine().getRepositoryService(), changed());
    }
    try (BenefitsEngine engine = start(database, keys)) {
      RepositoryService repository = engine.processEngine().getRepositoryService();
      deploy(repository, changed());

      assertThat(versions(repository))
          .extracting(ProcessDefinition::getVersionTag)
          .containsExactly(versionTag(shipped()), "of-the-host");
    } finally {
      database.dispose();
    }
  }

  private static BenefitsEngine start(DataSource database, KeyRing keys) {
    return BenefitsEngine.on(database).keys(keys).jobExecutor(false).build();
  }

  private static void deploy(RepositoryService repository, String diagram) {
    repository
        .createDeployment()
        .name("of-the-host")
        .enableDuplicateFiltering(true)
        .addString("of-the-host/" + PROCESS + ".bpmn", diagram)
        .deploy();
  }

  private static List<ProcessDefinition> versions(RepositoryService repository) {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey(PROCESS)
        .orderByProcessDefinitionVersion()
        .asc()
        .list();
  }

  private static String changed() throws IOException {
    String diagram = shipped();
    return diagram.replace("\"" + versionTag(diagram) + "\"", "\"of-the-host\"");
  }

  private static String versionTag(String diagram) {
    return diagram.replaceFirst("(?s).*camunda:versionTag=\"([^\"]*)\".*", "$1");
  }

  private static String shipped() throws IOException {
    try (InputStream in =
        ProcessDesignGuideTest.class.getResourceAsStream(
            "/io/acpbenefits/processes/" + PROCESS + ".bpmn")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
