package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.DeploymentQuery;

/**
 * Deploys diagrams under fixed names, so that only new ones get a new version, and keeps the
 * earlier versions going.
 */
final class ProcessDeployment {

  private static final String NAME = "acp-benefits";

  private ProcessDeployment() {}

  /** Returns whether there was something new. */
  static boolean deploy(RepositoryService repository, Contribution contribution) {
    Map<String, byte[]> diagrams = new LinkedHashMap<>();
    for (String resource : contribution.resources()) {
      diagrams.put(resource, read(contribution, resource));
    }
    diagrams.keySet().removeAll(superseded(repository, diagrams));
    if (diagrams.isEmpty()) {
      return false;
    }
    DeploymentBuilder deployment =
        repository.createDeployment().name(NAME).enableDuplicateFiltering(true);
    diagrams.forEach(
        (name, bytes) -> deployment.addInputStream(name, new ByteArrayInputStream(bytes)));
    deployment.deploy();
    return true;
  }

  /**
   * Those that were deployed before and have a successor. The engine compares with the last
   * deployment only: a node of the previous release that starts again in a rolling upgrade would
   * make its diagrams the newest once more.
   */
  private static Set<String> superseded(
      RepositoryService repository, Map<String, byte[]> diagrams) {
    Set<String> known = new HashSet<>();
    for (Deployment deployment :
        repository.createDeploymentQuery().deploymentName(NAME).unlimitedList()) {
      Set<String> names = Set.copyOf(repository.getDeploymentResourceNames(deployment.getId()));
      diagrams.forEach(
          (name, bytes) -> {
            if (names.contains(name) && Arrays.equals(bytes, read(repository, deployment, name))) {
              known.add(name);
            }
          });
    }
    return known;
  }

  private static byte[] read(Contribution contribution, String resource) {
    try (InputStream in = contribution.open(resource)) {
      if (in == null) {
        throw new BenefitsException("The library's jar lacks its diagram " + resource + ".");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new BenefitsException("The diagram " + resource + " could not be read.", e);
    }
  }

  private static byte[] read(RepositoryService repository, Deployment deployment, String resource) {
    try (InputStream in = repository.getResourceAsStream(deployment.getId(), resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new BenefitsException("The deployed diagram " + resource + " could not be read.", e);
    }
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
