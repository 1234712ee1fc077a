package io.acpbenefits.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Chance that can be repeated: the same seed falls the same way. */
final class Dice {

  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  /** True in so many of a hundred cases. */
  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  <T> T oneOf(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... some) {
    return some[random.nextInt(some.length)];
  }

  <T> Optional<T> anyOf(Collection<T> some) {
    return some.isEmpty() ? Optional.empty() : Optional.of(oneOf(new ArrayList<>(some)));
  }

  /** Hours more often than days, and days more often than months. */
  Duration aWhile() {
    return switch (between(1, 20)) {
      case 1, 2, 3, 4, 5, 6, 7, 8 -> Duration.ofHours(between(1, 30));
      case 9, 10, 11, 12, 13, 14, 15, 16 -> Duration.ofDays(between(1, 7));
      case 17, 18, 19 -> Duration.ofDays(between(8, 40));
      default -> Duration.ofDays(between(41, 200));
    };
  }
}
