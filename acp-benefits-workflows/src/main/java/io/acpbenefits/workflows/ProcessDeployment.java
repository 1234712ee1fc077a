package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.DeploymentQuery;

/**
 * Deploys diagrams under fixed names, so that only changed ones get a new version, and keeps the
 * earlier versions going.
 */
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

  /**
   * Has the engine's job executor run the jobs of all versions of the library's diagrams. An engine
   * that is aware of deployments would run those of the present version alone, and the instances
   * that began with an earlier one would stand still.
   */
  static void registerOwn(ProcessEngine engine) {
    register(engine, engine.getRepositoryService().createDeploymentQuery().deploymentName(NAME));
  }

  /** The same for every diagram that is deployed now, on an engine that is the library's own. */
  static void registerAll(ProcessEngine engine) {
    register(engine, engine.getRepositoryService().createDeploymentQuery());
  }

  private static void register(ProcessEngine engine, DeploymentQuery deployments) {
    deployments
        .unlimitedList()
        .forEach(
            deployment ->
                engine.getManagementService().registerDeploymentForJobExecutor(deployment.getId()));
  }
}
