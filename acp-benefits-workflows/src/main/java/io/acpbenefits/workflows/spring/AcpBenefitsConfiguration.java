package io.acpbenefits.workflows.spring;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.workflows.AcpBenefitsPlugin;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the library part of a Spring host, by {@code @Import(AcpBenefitsConfiguration.class)}.
 *
 * <p>The host has one bean of type {@link AcpBenefitsPlugin}, with its keys, and adds it to the
 * plugins of its {@code SpringProcessEngineConfiguration} (Camunda's Spring Boot starter does that
 * by itself). From here come the names that the library's diagrams call, as beans beside the host's
 * own, which the host's own diagrams may call as before, and a bean {@link AcpBenefits}.
 */
@Configuration(proxyBeanMethods = false)
public class AcpBenefitsConfiguration {

  /** Called by Spring. */
  public AcpBenefitsConfiguration() {}

  /**
   * Adds the delegates' beans.
   *
   * @return called by Spring as soon as there is a plugin, and so before there is an engine
   */
  @Bean
  static DelegateBeans acpBenefitsDelegateBeans() {
    return new DelegateBeans();
  }

  /**
   * The library.
   *
   * @param plugin the host's
   * @param engines asked for, so that the engine is built before
   * @return the entry; the plugin closes it, after the engine
   */
  @Bean(destroyMethod = "")
  AcpBenefits acpBenefits(AcpBenefitsPlugin plugin, ObjectProvider<ProcessEngine> engines) {
    engines.forEach(engine -> {});
    return plugin.benefits();
  }
}
