package io.acpbenefits.workflows;

import java.util.UUID;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;

/**
 * Ids of the engine's rows, made in the JVM. The engine by itself takes blocks of numbers from one
 * row that all nodes write, each in a transaction on a second connection of the thread that needs
 * one.
 */
final class EngineIds implements IdGenerator {

  @Override
  public String getNextId() {
    return UUID.randomUUID().toString();
  }

  @Override
  public String toString() {
    return "random UUIDs";
  }
}
