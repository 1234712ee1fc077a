package io.acpbenefits.internal;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Makes ids of UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then a counter of 12 bits,
 * then randomness. Within one JVM every id sorts after the one before it, even when the clock
 * stands still or is set back, so that rows of one instant keep their order.
 */
final class IdSource {

  private static final int COUNTER_LIMIT = 1 << 12;

  private final SecureRandom random = new SecureRandom();
  private long lastMillis = Long.MIN_VALUE;
  private int counter;

  synchronized String next(long millis) {
    if (millis > lastMillis) {
      lastMillis = millis;
      counter = 0;
    } else if (++counter == COUNTER_LIMIT) {
      lastMillis++;
      counter = 0;
    }
    long high = (lastMillis << 16) | 0x7000L | counter;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
