package io.acpbenefits.workflows;

import java.util.function.IntSupplier;

/** Lets a test say when external tasks are worked off, as a host with a thread of its own does. */
public final class ExternalTasks {

  private ExternalTasks() {}

  /** Ends the engine's own worker; returns what works off all that can be worked off. */
  public static IntSupplier byHand(BenefitsEngine engine) {
    engine.plugin().stopWorker();
    return engine.plugin()::workOffExternalTasks;
  }
}
