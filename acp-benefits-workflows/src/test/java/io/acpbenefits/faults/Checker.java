package io.acpbenefits.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a database on which nothing runs any more, by SQL of its own and without the library, and
 * names whatever does not add up.
 */
final class Checker {

  /**
   * What must hold.
   *
   * @param name in a sentence
   * @param broken finds what breaks it, as one column of text
   */
  record Rule(String name, String broken) {}

  /** Holds once whoever imports has begun again what was not finished. */
  static final String IMPORTS = "An import that was begun has come to its end.";

  private static final String OPEN_APPLICATION =
      "('IN_REVIEW', 'ACTION_REQUIRED', 'APPROVED', 'FULFILLING', 'FULFILMENT_FAILED')";

  /** The open instances with the ids of their processes. */
  private static final String INSTANCES =
      """
      WITH instance AS (
        SELECT e.id_ AS id, e.business_key_ AS business_key, d.key_ AS process
        FROM act_ru_execution e JOIN act_re_procdef d ON d.id_ = e.proc_def_id_
        WHERE e.parent_id_ IS NULL AND e.super_exec_ IS NULL),
      candidate AS (
        SELECT c.holder AS account, c.exam_id AS exam FROM acp_exam_code c
        WHERE c.state IN ('ASSIGNED', 'RESERVED')
        UNION SELECT account_id, exam_id FROM acp_registration WHERE state = 'SCHEDULED'
        UNION SELECT account_id, exam_id FROM acp_binding
        WHERE state IN ('SUBMITTED', 'AWAITING_DATA', 'CHECK_IDS')),
      passed AS (
        SELECT r.account_id AS account, r.exam_id AS exam FROM acp_exam_record r
        JOIN acp_certificate c ON c.record_id = r.record_id
        WHERE r.outcome = 'PASS' AND r.account_id IS NOT NULL AND c.state = 'VALID'
          AND c.account_id IS NULL)
      """;

  static final List<Rule> RULES =
      List.of(
          new Rule(
              "A quota's columns are the sums of its ledger.",
              """
              SELECT q.quota_id FROM acp_quota q LEFT JOIN (
                SELECT quota_id,
                  sum(CASE WHEN kind IN ('GRANT', 'ADJUST') THEN quantity ELSE 0 END) AS granted,
                  sum(CASE kind WHEN 'HOLD' THEN quantity WHEN 'RELEASE' THEN -quantity
                    WHEN 'CONSUME' THEN -quantity ELSE 0 END) AS held,
                  sum(CASE WHEN kind = 'CONSUME' THEN quantity ELSE 0 END) AS consumed,
                  sum(CASE WHEN kind = 'EXPIRE' THEN quantity ELSE 0 END) AS expired
                FROM acp_quota_entry GROUP BY quota_id) l ON l.quota_id = q.quota_id
              WHERE (q.granted, q.held, q.consumed, q.expired)
                IS DISTINCT FROM (l.granted, l.held, l.consumed, l.expired)"""),
          new Rule(
              "What was granted is available, held, consumed or expired, and none is negative.",
              """
              SELECT quota_id FROM acp_quota WHERE held < 0 OR consumed < 0 OR expired < 0
                OR granted - held - consumed - expired < 0"""),
          new Rule(
              "A quota holds what open applications ask for.",
              """
              SELECT q.quota_id FROM acp_quota q WHERE q.held <> (
                SELECT coalesce(sum(a.quantity), 0) FROM acp_application a
                WHERE a.quota_id = q.quota_id AND a.state IN %s)"""
                  .formatted(OPEN_APPLICATION)),
          new Rule(
              "An application has all its codes when it is fulfilled, and none before.",
              """
              SELECT a.application_id FROM acp_application a
              WHERE (CASE a.state WHEN 'FULFILLED' THEN a.quantity ELSE 0 END) <> (
                SELECT count(*) FROM acp_exam_code c WHERE c.application_id = a.application_id)"""),
          new Rule(
              "What was consumed for an application is what it asked for, once.",
              """
              SELECT a.application_id FROM acp_application a
              WHERE (CASE a.state WHEN 'FULFILLED' THEN a.quantity ELSE 0 END) <> (
                SELECT coalesce(sum(e.quantity), 0) FROM acp_quota_entry e
                WHERE e.kind = 'CONSUME' AND e.reference = a.application_id)"""),
          new Rule(
              "No code is there twice.",
              """
              SELECT string_agg(code_id, ' ') FROM acp_exam_code
              GROUP BY code_lookup HAVING count(*) > 1"""),
          new Rule(
              "A code has a holder exactly while it is somebody's.",
              """
              SELECT code_id FROM acp_exam_code
              WHERE (state IN ('ASSIGNED', 'RESERVED') AND holder IS NULL)
                OR (state = 'ISSUED' AND holder IS NOT NULL)"""),
          new Rule(
              "A code belongs to the partner of its organization.",
              """
              SELECT c.code_id FROM acp_exam_code c
              JOIN acp_organization o ON o.organization_id = c.organization_id
              WHERE o.partner_id <> c.partner_id"""),
          new Rule(
              "The holder of an assigned code is an active member of its organization.",
              """
              SELECT c.code_id FROM acp_exam_code c WHERE c.state = 'ASSIGNED' AND NOT EXISTS (
                SELECT 1 FROM acp_membership m WHERE m.organization_id = c.organization_id
                AND m.account_id = c.holder AND m.state = 'ACTIVE')"""),
          new Rule(
              "A code is reserved by exactly one booking, or for one that is being asked for.",
              """
              SELECT c.code_id FROM acp_exam_code c WHERE c.state = 'RESERVED' AND (
                SELECT count(*) FROM acp_registration r
                WHERE r.code_id = c.code_id AND r.state = 'SCHEDULED') + (
                SELECT count(*) FROM acp_exam_booking_request b
                WHERE b.code_id = c.code_id AND b.exam_registration_id IS NULL
                  AND b.state IN ('OPEN', 'ASKING', 'GIVEN_UP')) <> 1"""),
          new Rule(
              "Who is booked with a code has that code reserved, unless somebody has released it.",
              """
              SELECT r.exam_registration_id FROM acp_registration r
              JOIN acp_exam_code c ON c.code_id = r.code_id
              WHERE r.state = 'SCHEDULED' AND c.state NOT IN ('REVOKED', 'EXPIRED')
                AND (c.state <> 'RESERVED' OR c.holder IS DISTINCT FROM r.account_id)
                AND NOT EXISTS (SELECT 1 FROM acp_audit_entry e
                  WHERE e.subject_id = c.code_id AND e.operation = 'RELEASE_CODE')"""),
          new Rule(
              "A booking at Pearson VUE stands behind each registration that was made there.",
              """
              SELECT r.exam_registration_id FROM acp_registration r
              JOIN acp_exam_booking x ON x.exam_registration_id = r.exam_registration_id
              JOIN acp_vue_booking b ON b.booking_id = x.booking_id
              WHERE (r.state = 'SCHEDULED') <> (
                  b.state IN ('SCHEDULED', 'DELIVERED', 'NO_SHOW', 'INVALIDATED')
                  OR (b.state = 'HELD' AND b.held_until > TIMESTAMP ':now'))
                AND r.state IN ('SCHEDULED', 'CANCELED', 'LATE_CANCELED')"""),
          new Rule(
              "No seat is kept at Pearson VUE for a booking that the library does not know.",
              """
              SELECT b.booking_id FROM acp_vue_booking b
              WHERE b.state = 'SCHEDULED' AND NOT EXISTS (
                SELECT 1 FROM acp_exam_booking x WHERE x.booking_id = b.booking_id)"""),
          new Rule(
              "The Benefit Center has handed out as many codes as an application asked for.",
              """
              SELECT s.application_id FROM acp_stock_code s
              LEFT JOIN acp_application a ON a.application_id = s.application_id
              WHERE s.application_id IS NOT NULL
              GROUP BY s.application_id, a.quantity
              HAVING a.quantity IS DISTINCT FROM count(*)"""),
          new Rule(
              "What the Benefit Center has handed out was taken, or is for an open application.",
              """
              SELECT s.application_id FROM acp_stock_code s
              JOIN acp_application a ON a.application_id = s.application_id
              WHERE a.state NOT IN %s AND NOT EXISTS (
                SELECT 1 FROM acp_exam_code c
                WHERE c.application_id = a.application_id AND c.code_lookup = s.code_lookup)"""
                  .formatted(OPEN_APPLICATION)),
          new Rule(
              "No code that a partner has is free at the Benefit Center.",
              """
              SELECT c.code_id FROM acp_exam_code c
              JOIN acp_stock_code s ON s.code_lookup = c.code_lookup
              WHERE s.application_id IS NULL"""),
          new Rule(
              "An account has one active membership at most.",
              """
              SELECT account_id FROM acp_membership WHERE state = 'ACTIVE'
              GROUP BY account_id HAVING count(*) > 1"""),
          new Rule(
              "An organization that is not closed has an owner.",
              """
              SELECT o.organization_id FROM acp_organization o WHERE o.state <> 'CLOSED'
              AND NOT EXISTS (SELECT 1 FROM acp_membership m
                WHERE m.organization_id = o.organization_id AND m.state = 'ACTIVE'
                AND m.role = 'OWNER')"""),
          new Rule(
              "A request that was approved has made one membership.",
              """
              SELECT r.request_id FROM acp_join_request r WHERE r.state = 'APPROVED' AND NOT EXISTS (
                SELECT 1 FROM acp_membership m WHERE m.organization_id = r.organization_id
                AND m.account_id = r.account_id)"""),
          new Rule(
              "A record that says PASS has earned exactly one certificate.",
              """
              SELECT r.record_id FROM acp_exam_record r
              WHERE r.outcome = 'PASS' AND r.state = 'RECEIVED' AND r.kind <> 'INVALIDATION' AND (
                SELECT count(*) FROM acp_certificate c
                WHERE c.record_id = r.record_id AND c.renewed_from IS NULL) <> 1"""),
          new Rule(
              "A certificate is one account's, the one of its binding.",
              """
              SELECT c.certificate_id FROM acp_certificate c
              WHERE c.renewed_from IS NULL AND c.account_id IS NOT NULL AND (
                SELECT count(*) FROM acp_binding b WHERE b.certificate_id = c.certificate_id
                AND b.state = 'BOUND' AND b.account_id = c.account_id) <> 1"""),
          new Rule(
              "What is bound is a certificate of that account.",
              """
              SELECT b.binding_id FROM acp_binding b
              LEFT JOIN acp_certificate c ON c.certificate_id = b.certificate_id
              WHERE b.state = 'BOUND' AND c.account_id IS DISTINCT FROM b.account_id"""),
          new Rule(
              "An open application has one instance, an ended one none.",
              INSTANCES
                  + """
                  SELECT a.application_id || ' of ' || a.partner_id || ' ' || a.state || ' at ' || coalesce((
                    SELECT string_agg(act_id_, ', ') FROM act_ru_execution e
                    JOIN instance i ON i.id = e.proc_inst_id_
                    WHERE i.business_key = a.application_id), 'nothing')
                  FROM acp_application a
                  WHERE (CASE WHEN a.state IN %s THEN 1 ELSE 0 END) <> (
                    SELECT count(*) FROM instance i WHERE i.process = 'benefit-application'
                    AND i.business_key = a.application_id)"""
                      .formatted(OPEN_APPLICATION)),
          new Rule(
              "An open request or invitation has one instance, an ended one none.",
              INSTANCES
                  + """
                  SELECT w.id FROM (
                    SELECT request_id AS id, state = 'SUBMITTED' AS open FROM acp_join_request
                    UNION ALL SELECT invitation_id, state = 'PENDING' FROM acp_invitation) w
                  WHERE (CASE WHEN w.open THEN 1 ELSE 0 END) <> (
                    SELECT count(*) FROM instance i WHERE i.process = 'invitation-to-approval'
                    AND i.business_key = w.id)"""),
          new Rule(
              "Who is on the way to a certificate has one instance for the exam.",
              INSTANCES
                  + """
                  SELECT a.account_key || ':' || c.exam FROM candidate c
                  JOIN acp_account a ON a.account_id = c.account WHERE (
                    SELECT count(*) FROM instance i WHERE i.process = 'exam-to-certificate-binding'
                    AND i.business_key = a.account_key || ':' || c.exam) <> 1"""),
          new Rule(
              "An instance for an exam has somebody on the way to its certificate.",
              INSTANCES
                  + """
                  SELECT i.business_key || ' of ' || (
                    SELECT account_id FROM acp_account WHERE i.business_key LIKE account_key || ':%')
                    || ' at ' || (SELECT string_agg(act_id_, ', ') FROM act_ru_execution
                    WHERE proc_inst_id_ = i.id)
                  FROM instance i
                  WHERE i.process = 'exam-to-certificate-binding' AND NOT EXISTS (
                    SELECT 1 FROM (SELECT * FROM candidate UNION SELECT * FROM passed) c
                    JOIN acp_account a ON a.account_id = c.account
                    WHERE i.business_key = a.account_key || ':' || c.exam)"""),
          new Rule(
              "An instance stands for something in the domain.",
              INSTANCES
                  + """
                  SELECT i.id FROM instance i
                  WHERE (i.process = 'benefit-application' AND NOT EXISTS (
                    SELECT 1 FROM acp_application a WHERE a.application_id = i.business_key))
                  OR (i.process = 'invitation-to-approval' AND NOT EXISTS (
                    SELECT 1 FROM acp_join_request r WHERE r.request_id = i.business_key)
                    AND NOT EXISTS (
                    SELECT 1 FROM acp_invitation v WHERE v.invitation_id = i.business_key))"""),
          new Rule(
              "A process waits where its thing stands.",
              INSTANCES
                  + """
                  , attempt AS (
                    SELECT i.id, a.account_id AS account, split_part(i.business_key, ':', 2) AS exam
                    FROM instance i JOIN acp_account a ON i.business_key LIKE a.account_key || ':%'
                    WHERE i.process = 'exam-to-certificate-binding')
                  SELECT i.business_key || ' at ' || e.act_id_ FROM act_ru_execution e
                  JOIN instance i ON i.id = e.proc_inst_id_
                  LEFT JOIN acp_application a ON a.application_id = i.business_key
                  LEFT JOIN acp_join_request r ON r.request_id = i.business_key
                  LEFT JOIN acp_invitation v ON v.invitation_id = i.business_key
                  LEFT JOIN attempt t ON t.id = i.id
                  WHERE NOT CASE e.act_id_
                    WHEN 'UserTask_ReviewApplication' THEN a.state = 'IN_REVIEW'
                    WHEN 'Catch_ApplicationResubmitted' THEN a.state = 'ACTION_REQUIRED'
                    WHEN 'ServiceTask_GetCodes' THEN a.state IN ('APPROVED', 'FULFILLING')
                    WHEN 'Catch_NextTry' THEN a.state = 'FULFILLING'
                    WHEN 'UserTask_DecideOnFailure' THEN a.state = 'FULFILMENT_FAILED'
                    WHEN 'ReceiveTask_AwaitAnswer' THEN v.state = 'PENDING'
                    WHEN 'UserTask_DecideJoinRequest' THEN r.state = 'SUBMITTED' AND NOT r.waiting
                    WHEN 'EventGateway_AwaitAccountFree' THEN r.state = 'SUBMITTED' AND r.waiting
                    WHEN 'EventGateway_ExamUnderWay' THEN EXISTS (
                      SELECT 1 FROM candidate c WHERE c.account = t.account AND c.exam = t.exam)
                    WHEN 'EventGateway_AwaitBinding' THEN EXISTS (
                      SELECT 1 FROM passed p WHERE p.account = t.account AND p.exam = t.exam)
                    WHEN 'EventGateway_AwaitRecord' THEN EXISTS (
                      SELECT 1 FROM acp_binding b WHERE b.account_id = t.account
                      AND b.exam_id = t.exam AND b.state IN ('SUBMITTED', 'AWAITING_DATA'))
                    WHEN 'UserTask_CheckIds' THEN EXISTS (
                      SELECT 1 FROM acp_binding b WHERE b.account_id = t.account
                      AND b.exam_id = t.exam AND b.state = 'CHECK_IDS')
                    ELSE TRUE END"""),
          new Rule(
              "No branch of a process waits for nothing.",
              """
              SELECT e.id_ FROM act_ru_execution e
              WHERE e.is_active_ AND NOT EXISTS (
                SELECT 1 FROM act_ru_execution c WHERE c.parent_id_ = e.id_)
              AND NOT EXISTS (
                SELECT 1 FROM act_ru_execution s WHERE s.super_exec_ = e.id_)
              AND NOT EXISTS (SELECT 1 FROM act_ru_task t WHERE t.execution_id_ = e.id_)
              AND NOT EXISTS (
                SELECT 1 FROM act_ru_job j WHERE j.execution_id_ = e.id_ AND j.retries_ > 0)
              AND NOT EXISTS (SELECT 1 FROM act_ru_event_subscr s WHERE s.execution_id_ = e.id_)
              AND NOT EXISTS (SELECT 1 FROM act_ru_ext_task x WHERE x.execution_id_ = e.id_
                AND (x.retries_ IS NULL OR x.retries_ > 0))
              AND NOT EXISTS (SELECT 1 FROM act_ru_incident n WHERE n.execution_id_ = e.id_)"""),
          new Rule(
              "What is not tried any more is an incident.",
              """
              SELECT j.id_ FROM act_ru_job j WHERE j.retries_ = 0 AND j.process_def_id_ IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM act_ru_incident n WHERE n.configuration_ = j.id_)
              UNION ALL
              SELECT x.id_ FROM act_ru_ext_task x WHERE x.retries_ = 0
                AND NOT EXISTS (SELECT 1 FROM act_ru_incident n WHERE n.configuration_ = x.id_)"""),
          new Rule(
              "Nothing is in the hands of a node that has gone.",
              """
              SELECT notice_id FROM acp_notice
              WHERE state = 'SENDING' AND next_attempt_at <= TIMESTAMP ':now'
              UNION ALL SELECT request_id FROM acp_exam_booking_request
              WHERE state = 'ASKING' AND next_attempt_at <= TIMESTAMP ':now'
              UNION ALL SELECT feed_name FROM acp_pull
              WHERE state = 'PULLING' AND claimed_until <= TIMESTAMP ':now'"""),
          new Rule(IMPORTS, "SELECT feed_name FROM acp_feed WHERE state = 'RUNNING'"),
          new Rule(
              "No notice is queued twice.",
              """
              SELECT string_agg(notice_id, ' ') FROM acp_notice
              GROUP BY notice_key HAVING count(*) > 1"""),
          new Rule(
              "The audit says how an application came into its state.",
              """
              SELECT a.application_id FROM acp_application a WHERE NOT EXISTS (
                SELECT 1 FROM acp_audit_entry e
                WHERE e.subject_id = a.application_id AND e.to_state = a.state)"""));

  /** Hold once nothing is left to be done, and not at each moment before. */
  static final Set<String> AT_REST =
      Set.of(
          "A booking at Pearson VUE stands behind each registration that was made there.",
          "No seat is kept at Pearson VUE for a booking that the library does not know.",
          "What the Benefit Center has handed out was taken, or is for an open application.",
          "An open application has one instance, an ended one none.",
          "An open request or invitation has one instance, an ended one none.",
          "Who is on the way to a certificate has one instance for the exam.",
          "An instance for an exam has somebody on the way to its certificate.",
          "Nothing is in the hands of a node that has gone.",
          IMPORTS);

  private Checker() {}

  /** What does not hold of that which holds at each moment, also while nodes work. */
  static List<String> brokenNow(String url) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      for (Rule rule : RULES) {
        List<String> rows =
            AT_REST.contains(rule.name()) ? List.of() : breaking(connection, rule, Instant.EPOCH);
        if (!rows.isEmpty()) {
          found.add(rule.name() + " But: " + String.join(", ", rows));
        }
      }
      connection.rollback();
    }
    return found;
  }

  /**
   * What does not hold: each rule with what breaks it.
   *
   * @param connection to the database
   * @param now the latest time that a node has had
   * @param damaged ids with which rows begin that are not looked at, since it was damaged on
   *     purpose and not yet repaired
   */
  static List<String> broken(Connection connection, Instant now, Set<String> damaged)
      throws SQLException {
    List<String> found = new ArrayList<>();
    for (Rule rule : RULES) {
      List<String> rows = new ArrayList<>(breaking(connection, rule, now));
      rows.removeIf(row -> damaged.contains(row.split(" ", -1)[0]));
      if (!rows.isEmpty()) {
        found.add(rule.name() + " But: " + String.join(", ", rows));
      }
    }
    return found;
  }

  /** What breaks one rule. */
  static List<String> breaking(Connection connection, Rule rule, Instant now) throws SQLException {
    return rows(connection, rule.broken().replace(":now", now.toString()));
  }

  static List<String> rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return texts(statement.executeQuery(query));
    }
  }

  /** The first column; closes the rows. */
  static List<String> texts(ResultSet rows) throws SQLException {
    List<String> found = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(1)));
      }
    }
    return found;
  }
}
