package io.acpbenefits.examples.quickstart.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects problems, so that one run tells about many; gives up when there are too many. */
final class Problems {

  static final int LIMIT = 20;

  private static final Comparator<Problem> READING_ORDER =
      Comparator.<Problem>comparingInt(problem -> JourneyFolder.FILES.indexOf(problem.file()))
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  private static final Pattern WORD = Pattern.compile("[\\p{Alnum}_-]+");

  private final List<Problem> found = new ArrayList<>();
  private final Set<String> codes = new HashSet<>();

  /** A code of the stock, which no message repeats, whichever cell it was put into by mistake. */
  void keepSecret(String code) {
    codes.add(code.toUpperCase(Locale.ROOT));
  }

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
    return found.stream().sorted(READING_ORDER).map(this::withoutCodes).toList();
  }

  private Problem withoutCodes(Problem problem) {
    String shown =
        WORD.matcher(problem.found())
            .replaceAll(
                word ->
                    codes.contains(word.group().toUpperCase(Locale.ROOT))
                        ? Shown.maskedCode(word.group())
                        : word.group());
    return new Problem(
        problem.file(),
        problem.line(),
        problem.column(),
        problem.header(),
        problem.expected(),
        shown);
  }
}
