package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;

/** Deploys diagrams under fixed names, so that only changed ones get a new version. */
final class ProcessDeployment {

  private static final String NAME = "acp-benefits";

  private ProcessDeployment() {}

  static void deploy(RepositoryService repository, List<String> resources) {
    if (resources.isEmpty()) {
      return;
    }
    DeploymentBuilder deployment =
        repository.createDeployment().name(NAME).enableDuplicateFiltering(true);
    for (String resource : resources) {
      try (InputStream in = ProcessDeployment.class.getResourceAsStream("/" + resource)) {
        if (in == null) {
          throw new BenefitsException("The library's jar lacks its diagram " + resource + ".");
        }
        deployment.addInputStream(resource, in);
      } catch (IOException e) {
        throw new BenefitsException("The diagram " + resource + " could not be read.", e);
      }
    }
    deployment.deploy();
  }
}
