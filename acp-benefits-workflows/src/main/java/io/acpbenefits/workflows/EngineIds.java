package io.acpbenefits.workflows;

import io.acpbenefits.internal.IdSource;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;

/**
 * Ids of the engine's rows, made in the JVM like those of the library's. The engine by itself takes
 * blocks of numbers from one row that all nodes write, each in a transaction on a second connection
 * of the thread that needs one.
 */
final class EngineIds implements IdGenerator {

  private final IdSource source = new IdSource();

  @Override
  public String getNextId() {
    return source.next(System.currentTimeMillis());
  }

  @Override
  public String toString() {
    return "UUIDs of version 7";
  }
}
