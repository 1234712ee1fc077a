package io.acpbenefits.examples.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuedCodesFileTest {

  private static final String EXAM = "Cloud Computing Professional ";
  private static final String CODE_FORM =
      "a code of 4 to 64 printable ASCII characters without blanks";

  private final Path temp;

  IssuedCodesFileTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void toleratesWhatPastingLeavesBetweenTheCodes() {
    String pasted =
        """
        \uFEFF\u00A0cloud  COMPUTING\tProfessional\u00A0[AAAA1], [\u00A0AAAA2 ];[AAAA3]\u3000;\r

        Big Data Expert[BBBB1]
        Cloud Computing Professional [AAAA4]""";

    assertThat(codes(pasted).read().stock())
        .containsExactly(
            new StockCode("x1", "AAAA1", 1),
            new StockCode("x1", "AAAA2", 1),
            new StockCode("x1", "AAAA3", 1),
            new StockCode("x2", "BBBB1", 3),
            new StockCode("x1", "AAAA4", 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n \r\n"})
  void takesAnEmptyFileForAnEmptyStock(String empty) {
    assertThat(codes(empty).read().stock()).isEmpty();
  }

  @Test
  void acceptsTheShortestAndTheLongestCode() {
    String longest = "x".repeat(64);

    assertThat(codes(EXAM + "[a-1!][" + longest + "]").read().stock())
        .extracting(StockCode::code)
        .isEqualTo(List.of("a-1!", longest));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Cloud Computing Professional            | 29 | codes in brackets after the exam's name | the end of the line
          [AAAA1]                                 | 1  | an exam's name before the codes | none
          Cloud Computing Professional [AAAA1     | 30 | a ] that closes this [ | the end of the line
          Cloud Computing Professional [AA[AAAA2] | 30 | a ] that closes this [ | another [
          Cloud Computing Professional AAAA1]     | 35 | a [ before each ]      | a ] without one
          Cloud Computing Professional [AAAA1]]   | 37 | a [ before each ]      | a ] without one
          Cloud Computing Professional [AAAA1] BB | 38 | only codes in brackets after the exam's name | other text
          Cloud Computing Professional [ ]        | 32 | a code of 4 to 64 printable ASCII characters without blanks | empty brackets
          Cloud Computing Professional []         | 31 | a code of 4 to 64 printable ASCII characters without blanks | empty brackets
          Cloud Computing Professional [ABC]      | 31 | a code of 4 to 64 printable ASCII characters without blanks | 3 characters
          Cloud Computing Professional [AAAA 1]   | 31 | a code of 4 to 64 printable ASCII characters without blanks | a code with other characters or blanks
          Cloud Computing Professional [AÄAA1]    | 31 | a code of 4 to 64 printable ASCII characters without blanks | a code with other characters or blanks
          Cloud Computing Profesional [AAAA1]     | 1  | the name of an exam of exams.csv | "Cloud Computing Profesional" (did you mean "Cloud Computing Professional"?)
          """)
  void refuses(String text, int column, String expected, String found) {
    codes(EXAM + "[ZZZZ9]\n" + text).isRefusedWith(message(2, column, expected, found));
  }

  @Test
  void refusesACodeThatIsTooLong() {
    codes(EXAM + "[" + "x".repeat(65) + "]")
        .isRefusedWith(message(1, 31, CODE_FORM, "65 characters"));
  }

  @Test
  void refusesACodeThatStandsTwiceIgnoringCaseAndDoesNotTellIt() {
    codes(EXAM + "[ACPX7K2M9Q]\n\nBig Data Expert [BBBB1] [acpx7k2m9q]\n")
        .isRefusedWith(message(3, 26, "each code once", "****2m9q again, as on line 1"));
  }

  @Test
  void hidesWhatMayBeACodeWithoutBrackets() {
    codes(EXAM + "ACPX7K2M9Q [ACPX8L3N0R]")
        .isRefusedWith(
            message(
                1,
                1,
                "the name of an exam of exams.csv",
                "\"Cloud Computing Professional ****2M9Q\""
                    + " (did you mean \"Cloud Computing Professional\"?)"));
  }

  @Test
  void refusesControlCharacters() {
    codes(EXAM + "[AAAA1]\u0007")
        .isRefusedWith(message(1, 37, "text without control characters", "\"\\u0007\""));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    TestFolder.in(temp)
        .with(
            "issued-codes.txt",
            (EXAM + "[AAAA1]\nCaf\u00E9 [AAAA2]").getBytes(StandardCharsets.ISO_8859_1))
        .isRefusedWith(message(2, 4, "UTF-8 text", "the byte 0xE9, which is not"));
  }

  @Test
  void refusesALineOfTenMegabytes() {
    codes(EXAM + "[AAAA1]".repeat(1_500_000))
        .isRefusedWith(
            message(1, 1_000_001, "at most 1,000,000 characters on a line", "a longer line"));
  }

  @Test
  void masksACodeInText() {
    assertThat(new StockCode("x1", "ACPX7K2M9Q", 7))
        .hasToString("StockCode[examId=x1, code=****2M9Q, line=7]");
    assertThat(new StockCode("x1", "ABCD", 7))
        .hasToString("StockCode[examId=x1, code=****CD, line=7]");
  }

  private TestFolder codes(String text) {
    return TestFolder.in(temp).with("issued-codes.txt", text);
  }

  private static String message(int line, int column, String expected, String found) {
    return "issued-codes.txt, line %d, column %d: expected %s, found %s."
            .formatted(line, column, expected, found)
        + " Correct it and run again; nothing was changed.";
  }
}
