package io.acpbenefits.examples.quickstart.input;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name a mistyped one is closest to, by edit distance, ignoring case. */
final class NearestName {

  private static final int LONGEST = 100;

  private NearestName() {}

  static Optional<String> of(String mistyped, Collection<String> validNames) {
    if (mistyped.isEmpty() || mistyped.length() > LONGEST) {
      return Optional.empty();
    }
    // More than a third of it wrong is another name, not a slip of the finger.
    int best = mistyped.length() / 3 + 1;
    String nearest = null;
    String wanted = mistyped.toLowerCase(Locale.ROOT);
    for (String name : validNames) {
      if (Math.abs(name.length() - wanted.length()) < best) {
        int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
        if (distance < best) {
          best = distance;
          nearest = name;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
