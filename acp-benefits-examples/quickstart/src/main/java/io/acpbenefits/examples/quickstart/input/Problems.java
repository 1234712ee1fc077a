package io.acpbenefits.examples.quickstart.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, so that one run tells about many; gives up when there are too many. */
final class Problems {

  static final int LIMIT = 20;

  private static final Comparator<Problem> READING_ORDER =
      Comparator.<Problem>comparingInt(problem -> JourneyFolder.FILES.indexOf(problem.file()))
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  private final List<Problem> found = new ArrayList<>();

  void add(Problem problem) {
    if (found.size() == LIMIT) {
      throw new BadInput(sorted(), true);
    }
    found.add(problem);
  }

  boolean noneIn(String file) {
    return found.stream().noneMatch(problem -> problem.file().equals(file));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new BadInput(sorted());
    }
  }

  private List<Problem> sorted() {
    return found.stream().sorted(READING_ORDER).toList();
  }
}
