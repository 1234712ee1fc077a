package io.acpbenefits.examples.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single rows of journey.csv. */
class JourneyFileTest {

  private static final String AT = " at=2026-03-01T09:00:00Z ";
  private static final String INSTANT = "an ISO-8601 UTC instant such as 2026-03-01T09:00:00Z";

  /** A complete row of each action, after the rows that its ref may name. */
  private static final String[] ONE_OF_EACH = {
    "row=apply" + AT + "actor=o action=apply-for-codes partner_id=p1 exam_id=x1 quantity=5",
    "row=rotate" + AT + "actor=o action=rotate-invitation-link partner_id=p1",
    "row=join" + AT + "actor=a action=request-to-join partner_id=p1",
    "row=join-by-ref" + AT + "actor=a action=request-to-join ref=rotate",
    "row=withdraw" + AT + "actor=a action=withdraw-request partner_id=p1",
    "row=approve" + AT + "actor=o action=approve partner_id=p1 account=a",
    "row=reject" + AT + "actor=o action=reject partner_id=p1 account=a",
    "row=remove" + AT + "actor=o action=remove-member partner_id=p1 account=a",
    "row=quit" + AT + "actor=a action=quit-organization",
    "row=assign" + AT + "actor=o action=assign-code partner_id=p1 exam_id=x1 account=a",
    "row=return" + AT + "actor=a action=return-code exam_id=x1",
    "row=return-by-ref" + AT + "actor=a action=return-code ref=assign",
    "row=register"
        + AT
        + "actor=a action=register-exam exam_id=x1 payment=CODE delivery=ONLINE"
        + " appointment=2026-03-09T09:00:00Z ref=assign candidate_id=c registration_id=r",
    "row=move"
        + AT
        + "actor=a action=reschedule-exam ref=register appointment=2026-03-10T00:00:00Z",
    "row=cancel" + AT + "actor=a action=cancel-exam ref=register",
    "row=record"
        + AT
        + "action=exam-record outcome=PASS exam_id=x1 candidate_id=c"
        + " registration_id=r",
    "row=record-by-ref" + AT + "action=exam-record outcome=NO_SHOW ref=register",
    "row=bind" + AT + "actor=a action=bind-certificate exam_id=x1 candidate_id=c registration_id=r",
    "row=correct" + AT + "actor=a action=correct-binding ref=bind candidate_id=c registration_id=r",
    "row=advance" + AT + "action=advance",
  };

  private final Path temp;

  JourneyFileTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void readsEachAction(Action action) {
    assertThat(journey(ONE_OF_EACH).read().rowsInOrder())
        .extracting(JourneyRow::action)
        .contains(action);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          apply    | actor           | 3  | actor           | an actor
          apply    | partner_id      | 5  | partner_id      | a partner_id
          apply    | exam_id         | 6  | exam_id         | an exam_id
          apply    | quantity        | 8  | quantity        | a quantity
          rotate   | actor           | 3  | actor           | an actor
          rotate   | partner_id      | 5  | partner_id      | a partner_id
          join     | actor           | 3  | actor           | an actor
          join     | partner_id      | 5  | partner_id      | a partner_id or a ref
          withdraw | actor           | 3  | actor           | an actor
          withdraw | partner_id      | 5  | partner_id      | a partner_id
          approve  | actor           | 3  | actor           | an actor
          approve  | partner_id      | 5  | partner_id      | a partner_id
          approve  | account         | 7  | account         | an account
          reject   | actor           | 3  | actor           | an actor
          reject   | partner_id      | 5  | partner_id      | a partner_id
          reject   | account         | 7  | account         | an account
          remove   | actor           | 3  | actor           | an actor
          remove   | partner_id      | 5  | partner_id      | a partner_id
          remove   | account         | 7  | account         | an account
          quit     | actor           | 3  | actor           | an actor
          assign   | actor           | 3  | actor           | an actor
          assign   | partner_id      | 5  | partner_id      | a partner_id
          assign   | exam_id         | 6  | exam_id         | an exam_id
          assign   | account         | 7  | account         | an account
          return   | actor           | 3  | actor           | an actor
          return   | exam_id         | 6  | exam_id         | an exam_id or a ref
          register | actor           | 3  | actor           | an actor
          register | exam_id         | 6  | exam_id         | an exam_id
          register | payment         | 9  | payment         | a payment
          register | delivery        | 10 | delivery        | a delivery
          register | appointment     | 11 | appointment     | an appointment
          move     | actor           | 3  | actor           | an actor
          move     | appointment     | 11 | appointment     | an appointment
          move     | ref             | 15 | ref             | a ref
          cancel   | actor           | 3  | actor           | an actor
          cancel   | ref             | 15 | ref             | a ref
          record   | exam_id         | 6  | exam_id         | an exam_id or a ref
          record   | candidate_id    | 12 | candidate_id    | a candidate_id or a ref
          record   | registration_id | 13 | registration_id | a registration_id or a ref
          record   | outcome         | 14 | outcome         | an outcome
          bind     | actor           | 3  | actor           | an actor
          bind     | exam_id         | 6  | exam_id         | an exam_id
          bind     | candidate_id    | 12 | candidate_id    | a candidate_id
          bind     | registration_id | 13 | registration_id | a registration_id
          correct  | actor           | 3  | actor           | an actor
          correct  | candidate_id    | 12 | candidate_id    | a candidate_id
          correct  | registration_id | 13 | registration_id | a registration_id
          correct  | ref             | 15 | ref             | a ref
          """)
  void refusesARowWithoutACellThatItsActionNeeds(
      String row, String without, int column, String header, String expected) {
    String[] rows = ONE_OF_EACH.clone();
    int index = 0;
    while (!rows[index].startsWith("row=" + row + " ")) {
      index++;
    }
    Pattern cell = Pattern.compile(" " + without + "=\\S+");
    rows[index] = cell.matcher(rows[index]).replaceFirst("");
    String action = rows[index].replaceFirst(".*action=(\\S+).*", "$1");

    journey(rows)
        .isRefusedForACell(
            "journey.csv, line %d, column %d (%s): expected %s, which %s needs, found an empty cell"
                .formatted(index + 2, column, header, expected, action));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at=2026-03-01T09:00:00Z row=advance      | 1  | row        | each row once | "advance" again, as on line 21
          at=2026-03-01T09:00:00Z row=             | 1  | row        | a row | an empty cell
          row=z at=                                | 2  | at         | an ISO-8601 UTC instant such as 2026-03-01T09:00:00Z | an empty cell
          row=z at=2026-03-01T09:00:00Z action=    | 4  | action     | one of apply-for-codes, rotate-invitation-link, request-to-join, withdraw-request, approve, reject, remove-member, quit-organization, assign-code, return-code, register-exam, reschedule-exam, cancel-exam, exam-record, bind-certificate, correct-binding, advance | an empty cell
          row=z at=2026-03-01T09:00:00Z action=Advance | 4 | action  | one of apply-for-codes, rotate-invitation-link, request-to-join, withdraw-request, approve, reject, remove-member, quit-organization, assign-code, return-code, register-exam, reschedule-exam, cancel-exam, exam-record, bind-certificate, correct-binding, advance | "Advance" (did you mean "advance"?)
          row=z at=2026-03-01T09:00:00Z partner_id=p9 | 5 | partner_id | a partner_id of partners.csv | "p9"
          row=z at=2026-03-01T09:00:00Z exam_id=x9 | 6  | exam_id    | an exam_id of exams.csv | "x9"
          row=z at=2026-03-01T09:00:00Z quantity=many | 8 | quantity | a whole number from 1 to 2147483647 | "many"
          row=z at=2026-03-01T09:00:00Z payment=code | 9 | payment   | one of CODE, SELF_PAID | "code" (did you mean "CODE"?)
          row=z at=2026-03-01T09:00:00Z delivery=TEST_CENTRE | 10 | delivery | one of TEST_CENTER, ONLINE | "TEST_CENTRE" (did you mean "TEST_CENTER"?)
          row=z at=2026-03-01T09:00:00Z appointment=2026-03-01 | 11 | appointment | an ISO-8601 UTC instant such as 2026-03-01T09:00:00Z | "2026-03-01"
          row=z at=2026-03-01T09:00:00Z outcome=PASSED | 14 | outcome | one of PASS, FAIL, NO_SHOW | "PASSED" (did you mean "PASS"?)
          """)
  void refusesAnyCellThatDoesNotParseWhetherOrNotTheActionNeedsIt(
      String cells, int column, String header, String expected, String found) {
    String row = cells.contains("action=") ? cells : cells + " action=advance";
    String[] rows = Arrays.copyOf(ONE_OF_EACH, ONE_OF_EACH.length + 1);
    rows[ONE_OF_EACH.length] = row;

    journey(rows)
        .isRefusedForACell(
            "journey.csv, line 22, column %d (%s): expected %s, found %s"
                .formatted(column, header, expected, found));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-03-01T09:00:00.123456Z | 2026-03-01T09:00:00.123456Z
          2026-03-01T09:00Z           | 2026-03-01T09:00:00Z
          2026-03-01T09:00:00.5Z      | 2026-03-01T09:00:00.500Z
          2028-02-29T23:59:59Z        | 2028-02-29T23:59:59Z
          1970-01-01T00:00:00Z        | 1970-01-01T00:00:00Z
          9999-12-31T23:59:59Z        | 9999-12-31T23:59:59Z
          """)
  void readsInstants(String text, Instant expected) {
    assertThat(journey("row=r at=" + text + " action=advance").read().rowsInOrder())
        .extracting(JourneyRow::at)
        .containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30T09:00:00Z",
        "2026-02-29T09:00:00Z",
        "2026-13-01T09:00:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T09:60:00Z",
        "2026-12-31T23:59:60Z",
        "2026-03-01T09:00:00",
        "2026-03-01T09:00:00+01:00",
        "2026-03-01t09:00:00z",
        "2026-03-01",
        "01.03.2026",
        "+99999999-01-01T00:00:00.Z",
        "1772355600",
        "\u0662\u0660\u0662\u0666-03-01T09:00:00Z",
      })
  void refusesImpossibleTimes(String time) {
    journey("row=r at=" + time + " action=advance")
        .isRefusedForACell(
            "journey.csv, line 2, column 2 (at): expected %s, found \"%s\""
                .formatted(INSTANT, time));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T09:00:00.1234567Z, an instant with at most 6 decimals of a second",
    "1969-12-31T23:59:59Z, an instant in the years 1970 to 9999",
    "+10000-01-01T00:00:00Z, an instant in the years 1970 to 9999",
  })
  void refusesTimesThatTheDatabaseCannotKeep(String time, String expected) {
    journey("row=r at=" + time + " action=advance")
        .isRefusedForACell(
            "journey.csv, line 2, column 2 (at): expected %s, found \"%s\""
                .formatted(expected, time));
  }

  @Test
  void refusesAnAppointmentThatHasPassedWhenItIsBooked() {
    journey(
            "row=r"
                + AT
                + "actor=a action=register-exam exam_id=x1 payment=CODE delivery=ONLINE"
                + " appointment=2026-03-01T08:59:59Z")
        .isRefusedForACell(
            "journey.csv, line 2, column 11 (appointment): expected an appointment not before the"
                + " row's time 2026-03-01T09:00:00Z, found \"2026-03-01T08:59:59Z\"");
  }

  @Test
  void refusesARescheduleToTimeThatHasPassed() {
    journey(
            "row=r"
                + AT
                + "actor=a action=register-exam exam_id=x1 payment=CODE delivery=ONLINE"
                + " appointment=2026-03-01T09:00:00Z",
            "row=s" + AT + "actor=a action=reschedule-exam ref=r appointment=2026-02-28T00:00:00Z")
        .isRefusedForACell(
            "journey.csv, line 3, column 11 (appointment): expected an appointment not before the"
                + " row's time 2026-03-01T09:00:00Z, found \"2026-02-28T00:00:00Z\"");
  }

  @ParameterizedTest
  @CsvSource({
    "candidate_id, registration_id, 13",
    "registration_id, candidate_id, 12",
  })
  void refusesHalfAPairOfIdsOnARegistration(String given, String missing, int column) {
    journey(
            "row=r"
                + AT
                + "actor=a action=register-exam exam_id=x1 payment=CODE delivery=ONLINE"
                + " appointment=2026-03-09T09:00:00Z "
                + given
                + "=17")
        .isRefusedForACell(
            "journey.csv, line 2, column %d (%s): expected a %s beside the %s, found an empty cell"
                .formatted(column, missing, missing, given));
  }

  @Test
  void givesTheSameFingerprintWhereverTheRowStandsAndHoweverItIsWritten() {
    JourneyRow row = only("row=r" + AT + "action=advance quantity=7 actor=a");
    String reordered =
        "outcome,ref,registration_id,candidate_id,appointment,delivery,payment,quantity,account,"
            + "exam_id,partner_id,action,actor,at,row\n\n"
            + ",,,,,,, 007,,,,\"advance\",a,2026-03-01T09:00:00.000Z,r\n";

    JourneyRow same =
        TestFolder.in(temp).with("journey.csv", reordered).read().rowsInOrder().get(0);

    assertThat(same.line()).isNotEqualTo(row.line());
    assertThat(same.fingerprint()).isEqualTo(row.fingerprint()).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "row=r at=2026-03-01T09:00:00Z action=advance actor=an account=b",
        "row=r at=2026-03-01T09:00:00Z action=advance actor=ab",
        "row=r at=2026-03-01T09:00:00Z action=advance account=a",
        "row=r at=2026-03-01T09:00:01Z action=advance actor=a",
        "row=s at=2026-03-01T09:00:00Z action=advance actor=a",
        "row=r at=2026-03-01T09:00:00Z action=quit-organization actor=a",
      })
  void givesAnotherFingerprintToOtherValues(String other) {
    assertThat(only(other).fingerprint())
        .isNotEqualTo(only("row=r" + AT + "action=advance actor=a").fingerprint());
  }

  private TestFolder journey(String... rows) {
    return TestFolder.in(temp).withRows(rows);
  }

  private JourneyRow only(String row) {
    return journey(row).read().rowsInOrder().get(0);
  }
}
