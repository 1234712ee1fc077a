package io.acpbenefits.workflows;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;

/**
 * Ids of the engine's rows, made in the JVM. The engine by itself takes blocks of numbers from one
 * row that all nodes write, each in a transaction on a second connection of the thread that needs
 * one.
 *
 * <p>In one JVM each id sorts after the one before it, as jobs of one instant run in the order in
 * which they were made. An id has 32 characters, so that the engine has room for key and version
 * before it in the ids of process definitions, which have at most 64. Thread-safe.
 */
final class EngineIds implements IdGenerator {

  /** So many ids fit into a millisecond; more are taken from the next. */
  private static final int BITS_OF_COUNTER = 12;

  private static final HexFormat HEX = HexFormat.of();

  private final SecureRandom random = new SecureRandom();
  private final AtomicLong last = new AtomicLong();

  @Override
  public String getNextId() {
    long now = System.currentTimeMillis() << BITS_OF_COUNTER;
    long next = last.updateAndGet(before -> Math.max(before + 1, now));
    return HEX.toHexDigits(next) + HEX.toHexDigits(random.nextLong());
  }

  @Override
  public String toString() {
    return "ids in the order of time";
  }
}
