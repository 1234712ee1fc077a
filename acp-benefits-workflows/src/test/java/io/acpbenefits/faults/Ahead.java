package io.acpbenefits.faults;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** A clock that can be put forward, and the engine's with it. */
final class Ahead extends Clock {

  private volatile Duration ahead = Duration.ZERO;
  private Duration apart = Duration.ZERO;
  private int days;

  /** How far this node's clock is from those of others. */
  synchronized void apart(Duration time) {
    apart = time;
    set();
  }

  synchronized void later(Duration time) {
    apart(apart.plus(time));
  }

  /** How many days have passed for all nodes. */
  synchronized void days(int passed) {
    days = passed;
    set();
  }

  private void set() {
    ahead = apart.plusDays(days);
    ClockUtil.offset(ahead.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
