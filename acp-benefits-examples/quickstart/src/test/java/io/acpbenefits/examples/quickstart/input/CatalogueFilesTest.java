package io.acpbenefits.examples.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of partners.csv, exams.csv and quotas.csv. */
class CatalogueFilesTest {

  private final Path temp;

  CatalogueFilesTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p1,Three,Gold,o3 | 3 | 1 | partner_id   | each partner_id once   | "p1" again, as on line 2
          ,Three,Gold,o3   | 3 | 1 | partner_id   | a partner_id           | an empty cell
          p3,,Gold,o3      | 3 | 2 | name         | a name                 | an empty cell
          'p3,Three, ,o3'  | 3 | 3 | tier         | a tier                 | an empty cell
          p3,Three,Gold,   | 3 | 4 | main_account | a main_account         | an empty cell
          p3,Three,Gold,o1 | 3 | 4 | main_account | each main_account once | "o1" again, as on line 2
          """)
  void refusesInPartners(
      String record, int line, int column, String header, String expected, String found) {
    TestFolder.in(temp)
        .with("partners.csv", "partner_id,name,tier,main_account\np1,One,Gold,o1\n" + record)
        .with("quotas.csv", "partner_id,level,quantity,valid_from,valid_until\n")
        .isRefusedForACell(sentence("partners.csv", line, column, header, expected, found));
  }

  @Test
  void readsTheOptionalColumnsOfExams() {
    TestFolder folder =
        exams(
            """
            exam_id,instructions_url,name,level,end_of_sale,end_of_life,certificate_type
            x1,https://example.org/x1,Cloud,ACP,,,Associate
            x2,,Data,ACE,,,
            """);

    assertThat(folder.read().exams())
        .containsExactly(
            new ExamRow(
                "x1", "Cloud", Level.ACP, null, null, "Associate", "https://example.org/x1", 2),
            new ExamRow("x2", "Data", Level.ACE, null, null, null, null, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x1,Data,ACE,,,         | 1 | exam_id          | each exam_id once  | "x1" again, as on line 2
          x2,' cloud  ONE',ACE,,,  | 2 | name           | each name once     | "cloud ONE" again, as on line 2
          x2,Data [2],ACE,,,     | 2 | name             | a name without brackets, which enclose codes | "Data [****]"
          x2,Data,acp,,,         | 3 | level            | one of ACP, ACE    | "acp" (did you mean "ACP"?)
          x2,Data,,,,            | 3 | level            | one of ACP, ACE    | an empty cell
          x2,Data,ACE,soon,,     | 4 | end_of_sale      | an ISO-8601 UTC instant such as 2026-03-01T09:00:00Z | "soon"
          x2,Data,ACE,2026-06-01T00:00:00Z,2026-05-01T00:00:00Z, | 5 | end_of_life | a time not before the end of sale 2026-06-01T00:00:00Z | "2026-05-01T00:00:00Z"
          x2,Data,ACE,,,javascript:alert(1) | 6 | instructions_url | a web address such as https://example.org/exam | "javascript:alert(1)"
          """)
  void refusesInExams(String record, int column, String header, String expected, String found) {
    exams(
            "exam_id,name,level,end_of_sale,end_of_life,instructions_url\nx1,Cloud One,ACP,,,\n"
                + record.replace("'", ""))
        .isRefusedForACell(sentence("exams.csv", 3, column, header, expected, found));
  }

  @Test
  void acceptsAnEndOfLifeAtTheEndOfSale() {
    String time = "2026-06-01T00:00:00Z";

    assertThat(
            exams("exam_id,name,level,end_of_sale,end_of_life\nx1,A,ACP," + time + "," + time)
                .read()
                .exams())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p9,ACP,1,2027-01-01T00:00:00Z,2028-01-01T00:00:00Z | 1 | partner_id | a partner_id of partners.csv | "p9"
          P1,ACP,1,2027-01-01T00:00:00Z,2028-01-01T00:00:00Z | 1 | partner_id | a partner_id of partners.csv | "P1" (did you mean "p1"?)
          p1,ACX,1,2027-01-01T00:00:00Z,2028-01-01T00:00:00Z | 2 | level | one of ACP, ACE | "ACX" (did you mean "ACP"?)
          p1,ACP,0,2027-01-01T00:00:00Z,2028-01-01T00:00:00Z | 3 | quantity | a whole number from 1 to 2147483647 | "0"
          p1,ACP,-1,2027-01-01T00:00:00Z,2028-01-01T00:00:00Z | 3 | quantity | a whole number from 1 to 2147483647 | "-1"
          p1,ACP,1.5,2027-01-01T00:00:00Z,2028-01-01T00:00:00Z | 3 | quantity | a whole number from 1 to 2147483647 | "1.5"
          p1,ACP,2147483648,2027-01-01T00:00:00Z,2028-01-01T00:00:00Z | 3 | quantity | a whole number from 1 to 2147483647 | "2147483648"
          p1,ACP,99999999999999999999999999,2027-01-01T00:00:00Z,2028-01-01T00:00:00Z | 3 | quantity | a whole number from 1 to 2147483647 | "99999999999999999999999999"
          p1,ACP,,2027-01-01T00:00:00Z,2028-01-01T00:00:00Z | 3 | quantity | a whole number from 1 to 2147483647 | an empty cell
          p1,ACP,1,,2028-01-01T00:00:00Z | 4 | valid_from | an ISO-8601 UTC instant such as 2026-03-01T09:00:00Z | an empty cell
          p1,ACP,1,2027-01-01T00:00:00Z,2027-01-01T00:00:00Z | 5 | valid_until | a time after valid_from 2027-01-01T00:00:00Z | "2027-01-01T00:00:00Z"
          p1,ACP,1,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z | 4 | valid_from | a period that does not overlap another one of the same partner and level | 2026-06-01T00:00:00Z to 2026-07-01T00:00:00Z, but line 2 has 2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z
          p1,ACP,1,2025-06-01T00:00:00Z,2028-07-01T00:00:00Z | 4 | valid_from | a period that does not overlap another one of the same partner and level | 2025-06-01T00:00:00Z to 2028-07-01T00:00:00Z, but line 2 has 2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z
          """)
  void refusesInQuotas(String record, int column, String header, String expected, String found) {
    quotas("p1,ACP,10,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z\n" + record)
        .isRefusedForACell(sentence("quotas.csv", 3, column, header, expected, found));
  }

  @Test
  void acceptsPeriodsThatMeetAndPeriodsOfOtherLevelsAndPartners() {
    TestFolder folder =
        quotas(
            """
            p1,ACP,1,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z
            p1,ACP,2,2027-01-01T00:00:00Z,2028-01-01T00:00:00Z
            p1,ACP,3,2025-01-01T00:00:00Z,2026-01-01T00:00:00Z
            p1,ACE,4,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z
            p2,ACP,2147483647,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z
            """);

    assertThat(folder.read().quotas())
        .extracting(QuotaRow::quantity)
        .containsExactly(1, 2, 3, 4, Integer.MAX_VALUE);
  }

  private TestFolder exams(String text) {
    return TestFolder.in(temp).with("exams.csv", text).with("issued-codes.txt", "");
  }

  private TestFolder quotas(String records) {
    return TestFolder.in(temp)
        .with("quotas.csv", "partner_id,level,quantity,valid_from,valid_until\n" + records);
  }

  private static String sentence(
      String file, int line, int column, String header, String expected, String found) {
    return "%s, line %d, column %d (%s): expected %s, found %s"
        .formatted(file, line, column, header, expected, found);
  }
}
