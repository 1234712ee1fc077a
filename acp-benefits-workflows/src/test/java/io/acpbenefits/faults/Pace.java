package io.acpbenefits.faults;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** How long a node keeps what it has in hand, and how soon it does what is due. */
enum Pace {
  /** Ports are called by whoever plays, when a story waits: so a commit is always of its step. */
  STEP_BY_STEP(Duration.ofMinutes(5), Duration.ofDays(1), List.of(Duration.ofMillis(100))),

  /** By itself, after another node was stopped at a commit. */
  TAKES_OVER(Duration.ofMinutes(5), Duration.ofMillis(20), List.of(Duration.ofMillis(100))),

  /** What a dead node had in hand comes back soon, and nothing is given up. */
  UNDER_LOAD(Duration.ofSeconds(3), Duration.ofMillis(50), often()),

  /** By itself, with the patience of those before. */
  AFTER_LOAD(Duration.ofMinutes(5), Duration.ofMillis(20), often());

  /** How long an answer may take, and a node may have something in hand. */
  final Duration lock;

  /** How often ports are called. */
  final Duration portCalls;

  /** After how long what a port did not do is tried again. */
  final List<Duration> pauses;

  Pace(Duration lock, Duration portCalls, List<Duration> pauses) {
    this.lock = lock;
    this.portCalls = portCalls;
    this.pauses = pauses;
  }

  private static List<Duration> often() {
    return Collections.nCopies(40, Duration.ofMillis(250));
  }
}
