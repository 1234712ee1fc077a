package io.acpbenefits.faults;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** How long a node keeps what it has in hand, and how soon it does what is due. */
enum Pace {
  /** Ports are called by whoever plays, when a story waits: so a commit is always of its step. */
  STEP_BY_STEP(Duration.ofMinutes(5), Duration.ofDays(1), 1, Duration.ofMillis(100)),

  /** By itself, after another node was stopped at a commit. */
  TAKES_OVER(Duration.ofMinutes(5), Duration.ofMillis(20), 1, Duration.ofMillis(100)),

  /** What a dead node had in hand comes back soon, and nothing is given up. */
  UNDER_LOAD(Duration.ofSeconds(3), Duration.ofMillis(50), 40, Duration.ofMillis(250)),

  /** By itself, with the patience of those before. */
  AFTER_LOAD(Duration.ofMinutes(5), Duration.ofMillis(20), 40, Duration.ofMillis(250));

  /** How long an answer may take, and a node may have something in hand. */
  final Duration lock;

  /** How often ports are called. */
  final Duration portCalls;

  private final int repetitions;
  private final Duration pause;

  Pace(Duration lock, Duration portCalls, int repetitions, Duration pause) {
    this.lock = lock;
    this.portCalls = portCalls;
    this.repetitions = repetitions;
    this.pause = pause;
  }

  /** After how long what a port did not do is tried again. */
  List<Duration> pauses() {
    return Collections.nCopies(repetitions, pause);
  }
}
