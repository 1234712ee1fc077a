package io.acpbenefits.examples.quickstart.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads issued-codes.txt: on each line an exam's name and its codes in brackets, as a person pastes
 * them from the Benefit Center. No message repeats a code.
 */
final class IssuedCodesFile {

  static final String NAME = "issued-codes.txt";

  private static final String CODE_FORM =
      "a code of %d to %d printable ASCII characters without blanks"
          .formatted(Limits.SHORTEST_CODE, Limits.LONGEST_CODE);

  private final Problems problems;
  private final Map<String, ExamRow> examsByName = new HashMap<>();
  private final List<String> examNames = new ArrayList<>();
  private final boolean examsAreKnown;
  private final Map<String, Integer> firstLines = new HashMap<>();
  private final List<StockCode> stock = new ArrayList<>();
  private int line;

  private IssuedCodesFile(List<ExamRow> exams, Problems problems) {
    this.problems = problems;
    this.examsAreKnown = problems.noneIn(Columns.EXAMS.file());
    for (ExamRow exam : exams) {
      examsByName.put(Blanks.nameKey(exam.name()), exam);
      examNames.add(exam.name());
    }
  }

  static List<StockCode> read(Path folder, List<ExamRow> exams, Problems problems) {
    IssuedCodesFile file = new IssuedCodesFile(exams, problems);
    try (Utf8Source source = Utf8Source.open(folder.resolve(NAME))) {
      file.readLines(source);
    } catch (Unreadable e) {
      problems.add(new Problem(NAME, e.line(), e.column(), null, e.expected(), e.found()));
    }
    return List.copyOf(file.stock);
  }

  private void readLines(Utf8Source source) {
    while (source.peek() != Utf8Source.END) {
      line = source.line();
      String text = readLine(source);
      if (!Blanks.isBlank(text) && hasNoControlCharacters(text)) {
        readCodes(text);
      }
    }
  }

  private String readLine(Utf8Source source) {
    StringBuilder text = new StringBuilder();
    while (source.peek() != Utf8Source.END && source.peek() != '\n') {
      if (text.length() == Limits.PASTED_LINE) {
        String limit = "at most " + Shown.count(Limits.PASTED_LINE) + " characters on a line";
        throw new Unreadable(line, source.column(), limit, "a longer line");
      }
      text.append((char) source.take());
    }
    source.take();
    return text.toString();
  }

  private boolean hasNoControlCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\t') {
        refuse(i, "text without control characters", Shown.quoted(Character.toString(c)));
        return false;
      }
    }
    return true;
  }

  private void readCodes(String text) {
    int open = text.indexOf('[');
    int close = text.indexOf(']');
    if (close >= 0 && (open < 0 || close < open)) {
      refuse(close, "a [ before each ]", "a ] without one");
      return;
    }
    if (open < 0) {
      refuse(text.length(), "codes in brackets after the exam's name", "the end of the line");
      return;
    }
    ExamRow exam = exam(text, open);
    int next = open;
    while (next < text.length()) {
      if (text.charAt(next) != '[') {
        boolean unopened = text.charAt(next) == ']';
        refuse(
            next,
            unopened ? "a [ before each ]" : "only codes in brackets after the exam's name",
            unopened ? "a ] without one" : "other text");
        return;
      }
      int end = text.indexOf(']', next);
      int nested = text.indexOf('[', next + 1);
      if (end < 0 || (nested >= 0 && nested < end)) {
        refuse(next, "a ] that closes this [", nested >= 0 ? "another [" : "the end of the line");
        return;
      }
      addCode(exam, text, next + 1, end);
      next = skipSeparators(text, end + 1);
    }
  }

  private @Nullable ExamRow exam(String text, int open) {
    String name = Blanks.collapse(text.substring(0, open));
    if (name.isEmpty()) {
      refuse(open, "an exam's name before the codes", "none");
      return null;
    }
    ExamRow exam = examsByName.get(Blanks.nameKey(name));
    if (exam == null && examsAreKnown) {
      refuse(
          afterBlanks(text, 0),
          "the name of an exam of " + Columns.EXAMS.file(),
          Shown.withHint(Shown.withoutCodes(name), examNames));
    }
    return exam;
  }

  private void addCode(@Nullable ExamRow exam, String text, int from, int until) {
    String code = Blanks.trim(text.substring(from, until));
    int at = Math.min(afterBlanks(text, from), until);
    if (code.isEmpty()) {
      refuse(at, CODE_FORM, "empty brackets");
      return;
    }
    if (code.length() < Limits.SHORTEST_CODE || code.length() > Limits.LONGEST_CODE) {
      refuse(at, CODE_FORM, Shown.count(code.length()) + " characters");
      return;
    }
    if (!code.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      refuse(at, CODE_FORM, "a code with other characters or blanks");
      return;
    }
    Integer first = firstLines.putIfAbsent(code.toUpperCase(Locale.ROOT), line);
    if (first != null) {
      refuse(at, "each code once", Shown.maskedCode(code) + " again, as on line " + first);
      return;
    }
    problems.keepSecret(code);
    if (firstLines.size() > Limits.CODES) {
      throw new Unreadable(
          line, at + 1, "at most " + Shown.count(Limits.CODES) + " codes", "one more");
    }
    if (exam != null) {
      stock.add(new StockCode(exam.examId(), code, line));
    }
  }

  private static int skipSeparators(String text, int from) {
    int next = from;
    while (next < text.length()
        && (Blanks.isBlank(text.charAt(next)) || ",;".indexOf(text.charAt(next)) >= 0)) {
      next++;
    }
    return next;
  }

  private static int afterBlanks(String text, int from) {
    int next = from;
    while (next < text.length() && Blanks.isBlank(text.charAt(next))) {
      next++;
    }
    return next;
  }

  private void refuse(int index, String expected, String found) {
    problems.add(new Problem(NAME, line, index + 1, null, expected, found));
  }
}
