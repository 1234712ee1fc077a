package io.acpbenefits.workflows.spring;

import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.workflows.AcpBenefitsPlugin;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Registers the plugin's delegates as singletons under their names once the plugin is there. */
final class DelegateBeans implements BeanPostProcessor, BeanFactoryAware {

  private @Nullable ConfigurableListableBeanFactory beans;

  @Override
  public void setBeanFactory(BeanFactory factory) {
    this.beans = (ConfigurableListableBeanFactory) factory;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof AcpBenefitsPlugin plugin && beans != null) {
      plugin.delegates().entrySet().forEach(delegate -> register(beans, delegate));
    }
    return bean;
  }

  private static void register(
      ConfigurableListableBeanFactory beans, Map.Entry<String, Object> delegate) {
    // Not overriding: whichever of the two were meant, the other's diagrams would call the wrong.
    if (beans.containsBean(delegate.getKey())) {
      throw new BenefitsException(
          "The application context has a bean '%s' already; the library's diagrams need that name."
              .formatted(delegate.getKey()));
    }
    beans.registerSingleton(delegate.getKey(), delegate.getValue());
  }
}
