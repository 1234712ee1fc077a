package io.acpbenefits.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.examples.quickstart.report.ReportData.BindingLine;
import io.acpbenefits.examples.quickstart.report.ReportData.MemberLine;
import io.acpbenefits.examples.quickstart.report.ReportData.RowSubject;
import io.acpbenefits.examples.quickstart.report.ReportData.TimelineLine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {

  private final SampleReport sample = SampleReport.empty();

  @ParameterizedTest
  @CsvSource({
    "UserTask_ReviewApplication, true",
    "UserTask_DecideOnFailure, true",
    "UserTask_DecideJoinRequest, true",
    "EventGateway_AwaitAccountFree, true",
    "EventGateway_AwaitBinding, true",
    "UserTask_AddedByADesigner, true",
    "Catch_NextTry, false"
  })
  void tellsWhereAProcessStands(String element, boolean person) {
    event(element, "entered");

    assertThat(waiting()).extracting(Waiting::person).containsExactly(person);
  }

  @Test
  void doesNotTellOfStepsThatWereLeftOrThatNobodyWaitsAt() {
    event("UserTask_ReviewApplication", "entered");
    event("UserTask_ReviewApplication", "left");
    event("EventGateway_ExamUnderWay", "entered");

    assertThat(waiting()).isEmpty();
  }

  @Test
  void doesNotTellOfAnInstanceThatHasEnded() {
    event("UserTask_DecideJoinRequest", "entered");
    event("EndEvent_RequestWithdrawn", "ended");

    assertThat(waiting()).isEmpty();
  }

  @Test
  void goesOnAfterAReminder() {
    event("UserTask_DecideJoinRequest", "entered");
    event("EndEvent_OwnersReminded", "ended");

    assertThat(waiting()).hasSize(1);
  }

  @Test
  void tellsOfAnIncident() {
    event("ServiceTask_GetCodes", "incident");

    assertThat(waiting())
        .extracting(Waiting::what)
        .containsExactly("The process benefit-application is stopped at ServiceTask_GetCodes.");
  }

  @Test
  void putsWhatSomebodyMustDoBeforeWhatOnlyNeedsTime() {
    binding("r1", "anna", "AWAITING_DATA", 1);
    binding("r2", "bert", "CHECK_IDS", 3);
    binding("r3", "carl", "FAILED", 2);
    binding("r4", "dora", "BOUND", 0);

    assertThat(waiting()).extracting(Waiting::row).containsExactly("r3", "r2", "r1");
  }

  @Test
  void forgetsAFailedBindingThatWasTriedAgain() {
    binding("r1", "anna", "FAILED", 1);
    binding("r2", "anna", "BOUND", 2);

    assertThat(waiting()).isEmpty();
  }

  @Test
  void findsThePartnerOfARowByTheRowThenByTheMembership() {
    sample.members.add(new MemberLine("old", "anna", "MEMBER", "LEFT"));
    sample.members.add(new MemberLine("new", "anna", "MEMBER", "ACTIVE"));
    sample.members.add(new MemberLine("old", "bert", "MEMBER", "LEFT"));
    sample.members.add(new MemberLine("new", "bert", "MEMBER", "REMOVED"));
    sample.members.add(new MemberLine("old", "carl", "MEMBER", "LEFT"));
    sample.subjects.add(new RowSubject("said", "anna", "said", null, null, null));
    sample.subjects.add(new RowSubject("active", "anna", null, null, null, null));
    sample.subjects.add(new RowSubject("several", "bert", null, null, null, null));
    sample.subjects.add(new RowSubject("left", "carl", null, null, null, null));
    PartnerOfRow rows = new PartnerOfRow(sample.data());

    assertThat(rows.of("said")).contains("said");
    assertThat(rows.of("active")).contains("new");
    assertThat(rows.of("several")).isEmpty();
    assertThat(rows.of("left")).contains("old");
    assertThat(rows.of("unknown")).isEmpty();
    assertThat(rows.of(null)).isEmpty();
  }

  private List<Waiting> waiting() {
    ReportData data = sample.data();
    return Waiting.in(data, new PartnerOfRow(data));
  }

  private void event(String element, String event) {
    sample.timeline.add(
        new TimelineLine(SampleReport.START, "benefit-application", "r1", element, event));
  }

  private void binding(String row, String account, String state, int day) {
    sample.bindings.add(
        new BindingLine(
            row, account, "x1", state, null, SampleReport.START.plusSeconds(day), null, null));
  }
}
