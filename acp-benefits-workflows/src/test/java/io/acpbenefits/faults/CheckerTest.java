package io.acpbenefits.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.Operation;
import io.acpbenefits.workflows.BenefitApplicationProcess;
import io.acpbenefits.workflows.CertificateBindingProcess;
import io.acpbenefits.workflows.InvitationToApprovalProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damages a database that is in order, in a transaction that is rolled back, for each rule. */
@OnlyOn(
    value = TestDatabase.Kind.H2,
    because = "These tests have a server of their own; once is enough.")
class CheckerTest {

  private static final String A_BRANCH = "FROM act_ru_execution WHERE parent_id_ IS NULL LIMIT 1";

  private static final Map<String, String> DAMAGE =
      Map.ofEntries(
          Map.entry(
              "A quota's columns are the sums of its ledger.",
              "DELETE FROM acp_quota_entry WHERE kind = 'CONSUME'"),
          Map.entry(
              "What was granted is available, held, consumed or expired, and none is negative.",
              """
              ALTER TABLE acp_quota DROP CONSTRAINT acp_quota_balance;
              UPDATE acp_quota SET consumed = granted + 1"""),
          Map.entry(
              "A quota holds what open applications ask for.",
              "UPDATE acp_quota SET granted = granted + 1, held = held + 1"),
          Map.entry(
              "An application has all its codes when it is fulfilled, and none before.",
              """
              UPDATE acp_exam_code SET application_id = NULL
              WHERE code_id = (SELECT min(code_id) FROM acp_exam_code
                WHERE application_id IS NOT NULL)"""),
          Map.entry(
              "What was consumed for an application is what it asked for, once.",
              "UPDATE acp_quota_entry SET quantity = 2 * quantity WHERE kind = 'CONSUME'"),
          Map.entry(
              "No code is there twice.",
              """
              ALTER TABLE acp_exam_code DROP CONSTRAINT acp_exam_code_lookup;
              UPDATE acp_exam_code SET code_lookup = 'same'"""),
          Map.entry(
              "A code has a holder exactly while it is somebody's.",
              "UPDATE acp_exam_code SET holder = 'somebody' WHERE state = 'ISSUED'"),
          Map.entry(
              "A code belongs to the partner of its organization.",
              """
              UPDATE acp_exam_code SET organization_id = (
                SELECT organization_id FROM acp_organization o
                WHERE o.partner_id <> acp_exam_code.partner_id LIMIT 1)"""),
          Map.entry(
              "The holder of an assigned code is an active member of its organization.",
              """
              UPDATE acp_exam_code SET state = 'ASSIGNED', holder = 'nobody'
              WHERE code_id = (SELECT min(code_id) FROM acp_exam_code)"""),
          Map.entry(
              "A code is reserved by exactly one booking, or for one that is being asked for.",
              """
              UPDATE acp_exam_code SET state = 'RESERVED', holder = 'nobody'
              WHERE code_id = (SELECT min(code_id) FROM acp_exam_code)"""),
          Map.entry(
              "Who is booked with a code has that code reserved, unless somebody has released it.",
              """
              UPDATE acp_registration SET state = 'SCHEDULED' WHERE code_id IN (
                SELECT code_id FROM acp_exam_code WHERE state NOT IN ('REVOKED', 'EXPIRED'))"""),
          Map.entry(
              "A booking at Pearson VUE stands behind each registration that was made there.",
              """
              UPDATE acp_registration SET state = 'CANCELED' WHERE exam_registration_id IN (
                SELECT exam_registration_id FROM acp_exam_booking)"""),
          Map.entry(
              "No seat is kept at Pearson VUE for a booking that the library does not know.",
              "DELETE FROM acp_exam_booking"),
          Map.entry(
              "The Benefit Center has handed out as many codes as an application asked for.",
              """
              UPDATE acp_stock_code SET application_id = NULL WHERE stock_id = (
                SELECT min(stock_id) FROM acp_stock_code WHERE application_id IS NOT NULL)"""),
          Map.entry(
              "What the Benefit Center has handed out was taken, or is for an open application.",
              """
              UPDATE acp_exam_code SET code_lookup = 'x' || code_id
              WHERE application_id IS NOT NULL"""),
          Map.entry(
              "No code that a partner has is free at the Benefit Center.",
              """
              UPDATE acp_stock_code SET application_id = NULL
              WHERE code_lookup IN (SELECT code_lookup FROM acp_exam_code)"""),
          Map.entry(
              "A process waits where its thing stands.",
              "UPDATE acp_application SET state = 'APPROVED' WHERE state = 'IN_REVIEW'"),
          Map.entry(
              "An account has one active membership at most.",
              """
              ALTER TABLE acp_membership DROP CONSTRAINT acp_membership_one_active;
              UPDATE acp_membership SET account_id = (SELECT min(account_id) FROM acp_account)"""),
          Map.entry(
              "An organization that is not closed has an owner.",
              "UPDATE acp_membership SET role = 'MEMBER'"),
          Map.entry(
              "A request that was approved has made one membership.", "DELETE FROM acp_membership"),
          Map.entry(
              "A record that says PASS has earned exactly one certificate.",
              """
              UPDATE acp_exam_record SET outcome = 'PASS' WHERE outcome = 'FAIL'"""),
          Map.entry(
              "A certificate is one account's, the one of its binding.",
              "UPDATE acp_binding SET state = 'FAILED'"),
          Map.entry(
              "What is bound is a certificate of that account.",
              """
              UPDATE acp_certificate SET account_id = NULL, bound_at = NULL,
                organization_id = NULL"""),
          Map.entry(
              "An open application has one instance, an ended one none.",
              """
              UPDATE acp_application SET state = 'APPROVED' WHERE application_id = (
                SELECT min(application_id) FROM acp_application)"""),
          Map.entry(
              "An open request or invitation has one instance, an ended one none.",
              """
              UPDATE acp_join_request SET state = 'SUBMITTED' WHERE request_id = (
                SELECT min(request_id) FROM acp_join_request)"""),
          Map.entry(
              "Who is on the way to a certificate has one instance for the exam.",
              "UPDATE act_ru_execution SET business_key_ = 'lost'"),
          Map.entry(
              "An instance for an exam has somebody on the way to its certificate.",
              "UPDATE acp_registration SET state = 'CANCELED'"),
          Map.entry(
              "An instance stands for something in the domain.",
              """
              UPDATE act_ru_execution SET business_key_ = 'nothing', proc_def_id_ = (
                SELECT id_ FROM act_re_procdef WHERE key_ = 'benefit-application')"""),
          Map.entry(
              "No branch of a process waits for nothing.",
              "DELETE FROM act_ru_event_subscr; DELETE FROM act_ru_task"),
          Map.entry(
              "What is not tried any more is an incident.",
              """
              INSERT INTO act_ru_job (id_, rev_, type_, retries_, process_def_id_)
              SELECT 'given-up', 1, 'message', 0, proc_def_id_ %s"""
                  .formatted(A_BRANCH)),
          Map.entry(
              "Nothing is in the hands of a node that has gone.",
              """
              UPDATE acp_notice SET state = 'SENDING', claim = 'x', ended_at = NULL,
                next_attempt_at = queued_at"""),
          Map.entry(Checker.IMPORTS, "UPDATE acp_feed SET state = 'RUNNING', finished_at = NULL"),
          Map.entry(
              "No notice is queued twice.",
              """
              ALTER TABLE acp_notice DROP CONSTRAINT acp_notice_by_key;
              UPDATE acp_notice SET notice_key = 'same'"""),
          Map.entry(
              "The audit says how an application came into its state.",
              "DELETE FROM acp_audit_entry"));

  /** What is seen of these stands elsewhere. */
  private static final Set<Operation> NOT_IN_THE_AUDIT =
      EnumSet.of(
          // In the ledger of the quota.
          Operation.HOLD_QUOTA,
          Operation.RELEASE_QUOTA,
          Operation.CONSUME_QUOTA,
          // In the audit as what it does: it erases accounts.
          Operation.APPLY_RETENTION);

  static Stream<Checker.Rule> rules() {
    return Checker.RULES.stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void namesWhatIsDamaged(Checker.Rule rule) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Ground.shared().url)) {
      connection.setAutoCommit(false);
      assertThat(Checker.breaking(connection, rule, Instant.now())).as("before").isEmpty();
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL session_replication_role = replica");
        statement.execute(DAMAGE.getOrDefault(rule.name(), ""));
      }

      List<String> broken = Checker.breaking(connection, rule, Instant.now());

      connection.rollback();
      assertThat(broken).as(rule.name()).isNotEmpty();
    }
  }

  @Test
  void everyRuleIsBrokenOnce() {
    assertThat(DAMAGE.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Checker.RULES.stream().map(Checker.Rule::name).toList());
    assertThat(DAMAGE.keySet()).containsAll(Checker.AT_REST);
  }

  /** What is checked is what is left by everything that can be done. */
  @Test
  void everyOperationThatIsWrittenToTheAuditIsPlayed() throws SQLException {
    Set<String> played = Ground.shared().operations();
    Set<String> toBePlayed =
        Stream.of(Operation.values())
            .filter(operation -> !NOT_IN_THE_AUDIT.contains(operation))
            .map(Operation::name)
            .filter(name -> !name.matches("(SEE|LIST|PREVIEW)_.*|CHECK_QUOTAS"))
            .collect(Collectors.toSet());

    assertThat(played).containsExactlyInAnyOrderElementsOf(toBePlayed);
  }

  @Test
  void everyCommandIsPlayed() throws SQLException {
    assertThat(Ground.shared().commands()).containsExactlyElementsOf(Commands.all());
  }

  /** So each delegate is called, in a job or in the command before it. */
  @Test
  void everyNodeOfEachDiagramIsGoneThrough() throws SQLException {
    Set<String> gone = new TreeSet<>();
    for (String url : Ground.shared().urls) {
      try (Connection connection = DriverManager.getConnection(url)) {
        gone.addAll(Checker.rows(connection, "SELECT DISTINCT act_id_ FROM act_hi_actinst"));
      }
    }

    assertThat(gone).containsAll(nodesOfDiagrams());
  }

  @Test
  void everyNodeOfEachDiagramIsEnteredWhereANodeIsKilled() {
    assertThat(killedAt(CommitPoints.Passed::nodes)).containsAll(nodesOfDiagrams());
  }

  @Test
  void everyCommandIsGoingOnWhereANodeIsKilled() {
    assertThat(killedAt(CommitPoints.Passed::commands)).containsExactlyElementsOf(Commands.all());
  }

  /** Of commits that are the same, only the first is a place to be killed at. */
  private static Set<String> killedAt(Function<CommitPoints.Passed, List<String>> what) {
    Set<String> kinds = new HashSet<>();
    return Ground.shared().points.values().stream()
        .flatMap(List::stream)
        .filter(passed -> kinds.add(passed.kind()))
        .flatMap(passed -> what.apply(passed).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Set<String> nodesOfDiagrams() {
    return Stream.of(
            BenefitApplicationProcess.RESOURCE,
            InvitationToApprovalProcess.RESOURCE,
            CertificateBindingProcess.RESOURCE)
        .map(resource -> CheckerTest.class.getResourceAsStream("/" + resource))
        .flatMap(in -> Bpmn.readModelFromStream(in).getModelElementsByType(FlowNode.class).stream())
        .map(FlowNode::getId)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
