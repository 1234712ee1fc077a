package io.acpbenefits.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The code blocks of a document, and the code of a test that stands between two markers. */
final class Guide {

  private static final Path ROOT = Path.of("..");
  private static final Path SOURCES = Path.of("src/test/java");
  private static final Pattern REGION =
      Pattern.compile("(?ms)^ *// In the guide:[^\n]*\n(.*?)^ *// End\n");

  private Guide() {}

  /** What stands between fences with this language, each without its indentation. */
  static List<String> blocks(String document, String language) throws IOException {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
        .matcher(Files.readString(ROOT.resolve(document)))
        .results()
        .map(Guide::unindented)
        .toList();
  }

  /** What stands between the markers of a test's source, each without its indentation. */
  static List<String> regions(Class<?> test) throws IOException {
    Path source = SOURCES.resolve(test.getName().replace('.', '/') + ".java");
    return REGION.matcher(Files.readString(source)).results().map(Guide::unindented).toList();
  }

  private static String unindented(MatchResult found) {
    String text = found.group(1);
    int indentation =
        text.lines()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return text.lines()
        .map(line -> line.isBlank() ? "" : line.substring(indentation))
        .collect(Collectors.joining("\n"))
        .stripTrailing();
  }
}
