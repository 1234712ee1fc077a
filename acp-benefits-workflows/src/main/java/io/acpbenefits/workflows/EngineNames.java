package io.acpbenefits.workflows;

import io.acpbenefits.common.BenefitsException;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.StartProcessVariableScope;

/** Makes the library's names known to the expressions of an engine's diagrams. */
final class EngineNames {

  private EngineNames() {}

  /**
   * Adds the names to the bean map. Not to one that a Spring engine does not have: without a map
   * every bean of the application context can be called, with one only what it holds.
   */
  static void add(ProcessEngineConfigurationImpl configuration, Map<String, Object> added) {
    Map<Object, Object> beans = configuration.getBeans();
    if (beans == null && HostTransactions.isSpring(configuration)) {
      return;
    }
    Map<Object, Object> hosts = beans != null ? beans : Map.of();
    for (String name : added.keySet()) {
      if (hosts.containsKey(name)) {
        throw new BenefitsException(
            "The engine has a bean '%s' already; the library's diagrams need that name."
                .formatted(name));
      }
    }
    configuration.setBeans(new AddedBeans(hosts, added));
  }

  /** Fails at the start rather than in the first process that meets an unknown name. */
  static void check(ProcessEngineConfigurationImpl configuration, Set<String> names) {
    configuration
        .getCommandExecutorTxRequired()
        .execute(
            context -> {
              names.forEach(name -> check(configuration, name));
              return true;
            });
  }

  private static void check(ProcessEngineConfigurationImpl configuration, String name) {
    try {
      configuration
          .getExpressionManager()
          .createExpression("${" + name + "}")
          .getValue(StartProcessVariableScope.getSharedInstance());
    } catch (ProcessEngineException unknown) {
      throw new BenefitsException(
          "The engine does not resolve '%s', which the library's diagrams call. In a Spring host, add"
                  .formatted(name)
              + " @Import(AcpBenefitsConfiguration.class); elsewhere, let the engine's expression"
              + " manager look up the plugin's delegates().",
          unknown);
    }
  }
}
