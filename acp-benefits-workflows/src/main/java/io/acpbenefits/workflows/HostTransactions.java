package io.acpbenefits.workflows;

import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Who began the transaction of the calling thread, by the kind of engine. */
final class HostTransactions {

  private HostTransactions() {}

  static BooleanSupplier of(ProcessEngineConfigurationImpl configuration) {
    if (!configuration.isTransactionsExternallyManaged()) {
      return () -> false;
    }
    // A transaction manager that cannot be asked is taken to have begun one.
    return isSpring(configuration) ? new Spring() : () -> true;
  }

  /** As far as it can be asked for: a transaction manager that cannot be asked hinders nothing. */
  static BooleanSupplier known(ProcessEngineConfigurationImpl configuration) {
    return configuration.isTransactionsExternallyManaged() && isSpring(configuration)
        ? new Spring()
        : () -> false;
  }

  /** By name, since Spring need not be on the class path. */
  static boolean isSpring(ProcessEngineConfigurationImpl configuration) {
    for (Class<?> type = configuration.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().startsWith("org.camunda.bpm.engine.spring.")) {
        return true;
      }
    }
    return false;
  }

  /** A class of its own, loaded in Spring hosts only. */
  private static final class Spring implements BooleanSupplier {

    @Override
    public boolean getAsBoolean() {
      return TransactionSynchronizationManager.isActualTransactionActive();
    }
  }
}
