package io.acpbenefits.examples.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rows of journey.csv say about each other. */
class JourneyRefsTest {

  private static final String[] EARLIER = {
    "row=rotate at=2026-03-01T00:00:00Z actor=o action=rotate-invitation-link partner_id=p1",
    "row=join at=2026-03-02T00:00:00Z actor=a action=request-to-join ref=rotate",
    "row=assign at=2026-03-03T00:00:00Z actor=o action=assign-code partner_id=p1 exam_id=x1"
        + " account=a",
    "row=register at=2026-03-04T00:00:00Z actor=a action=register-exam exam_id=x1 payment=CODE"
        + " delivery=ONLINE appointment=2026-03-20T00:00:00Z",
    "row=bind at=2026-03-05T00:00:00Z actor=a action=bind-certificate exam_id=x1 candidate_id=c"
        + " registration_id=r",
    "row=late at=2026-03-30T00:00:00Z action=advance",
  };

  private final Path temp;

  JourneyRefsTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          actor=a action=request-to-join ref=join
          actor=a action=request-to-join ref=join partner_id=p1
          actor=a action=request-to-join ref=rotate partner_id=p1
          actor=a action=return-code ref=assign
          actor=a action=cancel-exam ref=register
          actor=a action=register-exam exam_id=x2 payment=CODE delivery=ONLINE appointment=2026-03-20T00:00:00Z ref=assign
          action=exam-record outcome=PASS exam_id=x1 ref=register candidate_id=c registration_id=r
          actor=a action=correct-binding ref=bind candidate_id=c registration_id=r
          actor=a action=quit-organization ref=join
          """)
  void accepts(String cells) {
    assertThat(journeyEndingWith(cells).read().row("z")).isPresent();
  }

  @Test
  void acceptsARefToTheRowAboveOfTheSameInstant() {
    TestFolder folder =
        TestFolder.in(temp)
            .withRows(
                "row=a at=2026-03-01T00:00:00Z action=advance",
                "row=b at=2026-03-01T00:00:00Z action=advance ref=a");

    assertThat(folder.read().rowsInOrder()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          actor=a action=cancel-exam ref=regster  | 15 | ref | the id of a row | "regster" (did you mean "register"?)
          actor=a action=cancel-exam ref=z        | 15 | ref | a row that is played before this one | "z", the row itself
          actor=a action=cancel-exam ref=late     | 15 | ref | a row that is played before this one | "late", which is played later, at 2026-03-30T00:00:00Z
          actor=a action=cancel-exam ref=assign   | 15 | ref | a row with the action register-exam | "assign", which is assign-code
          actor=a action=reschedule-exam ref=join appointment=2026-03-20T00:00:00Z | 15 | ref | a row with the action register-exam | "join", which is request-to-join
          actor=a action=request-to-join ref=bind | 15 | ref | a row with the action rotate-invitation-link or request-to-join | "bind", which is bind-certificate
          actor=a action=return-code ref=register | 15 | ref | a row with the action assign-code | "register", which is register-exam
          actor=a action=register-exam exam_id=x1 payment=CODE delivery=ONLINE appointment=2026-03-20T00:00:00Z ref=bind | 15 | ref | a row with the action assign-code | "bind", which is bind-certificate
          action=exam-record outcome=PASS exam_id=x1 candidate_id=c registration_id=r ref=bind | 15 | ref | a row with the action register-exam | "bind", which is bind-certificate
          actor=a action=correct-binding ref=register candidate_id=c registration_id=r | 15 | ref | a row with the action bind-certificate or correct-binding | "register", which is register-exam
          actor=a action=request-to-join partner_id=p2 ref=rotate | 5 | partner_id | the partner of the ref's link, "p1" | "p2"
          actor=a action=request-to-join partner_id=p2 ref=join | 5 | partner_id | the partner of the ref's link, "p1" | "p2"
          action=exam-record outcome=PASS exam_id=x2 candidate_id=c registration_id=r ref=register | 6 | exam_id | the exam of the ref, "x1" | "x2"
          action=exam-record outcome=PASS ref=register | 12 | candidate_id | a candidate_id and a registration_id here or in the row of ref | an empty cell
          action=exam-record outcome=PASS ref=register candidate_id=c | 13 | registration_id | a registration_id beside the candidate_id | an empty cell
          """)
  void refuses(String cells, int column, String header, String expected, String found) {
    journeyEndingWith(cells)
        .isRefusedForACell(
            "journey.csv, line 8, column %d (%s): expected %s, found %s"
                .formatted(column, header, expected, found));
  }

  @Test
  void refusesARefToTheRowBelowOfTheSameInstant() {
    TestFolder.in(temp)
        .withRows(
            "row=a at=2026-03-01T00:00:00Z action=advance ref=b",
            "row=b at=2026-03-01T00:00:00Z action=advance")
        .isRefusedForACell(
            "journey.csv, line 2, column 15 (ref): expected a row that is played before this one,"
                + " found \"b\", which is played later, at 2026-03-01T00:00:00Z");
  }

  @Test
  void doesNotBlameARefToARowThatWasRefused() {
    BadInput refusal =
        TestFolder.in(temp)
            .withRows(
                "row=a at=never action=advance",
                "row=b at=2026-03-01T00:00:00Z action=advance ref=a")
            .refusal();

    assertThat(refusal.problems()).extracting(Problem::line).containsExactly(2);
  }

  private TestFolder journeyEndingWith(String cells) {
    String[] rows = Arrays.copyOf(EARLIER, EARLIER.length + 1);
    rows[EARLIER.length] = "row=z at=2026-03-10T00:00:00Z " + cells;
    return TestFolder.in(temp).withRows(rows);
  }
}
