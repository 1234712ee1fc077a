package io.acpbenefits.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What has become of a world, without ids and times: the same for each that played a story. */
final class Outcome {

  /**
   * Rows that belong to a world end with its name somewhere. Links that were asked for twice are
   * there twice: only the one that everybody copies is counted. A booking that is refused may be
   * asked for again, so each kind counts once.
   */
  private static final List<String> QUERIES =
      List.of(
          """
          SELECT 'partner ' || partner_id || ' ' || state FROM acp_partner
          WHERE partner_id LIKE '%-WORLD' ORDER BY 1""",
          """
          SELECT 'application ' || exam_id || ' ' || quantity || ' ' || state FROM acp_application
          WHERE partner_id LIKE '%-WORLD' ORDER BY 1""",
          """
          SELECT 'quota ' || state || ' ' || granted || ' ' || held || ' ' || consumed || ' '
            || expired FROM acp_quota WHERE partner_id LIKE '%-WORLD' ORDER BY 1""",
          """
          SELECT 'ledger ' || e.kind || ' ' || count(*) || ' ' || sum(e.quantity)
          FROM acp_quota_entry e JOIN acp_quota q ON q.quota_id = e.quota_id
          WHERE q.partner_id LIKE '%-WORLD' GROUP BY e.kind ORDER BY 1""",
          """
          SELECT 'change ' || kind || ' ' || count(*) || ' ' || sum(quantity)
          FROM acp_benefit_change WHERE partner_id LIKE '%-WORLD' GROUP BY kind ORDER BY 1""",
          """
          SELECT 'code ' || state || ' ' || coalesce(holder, 'nobody') || ' ' || count(*)
          FROM acp_exam_code WHERE partner_id LIKE '%-WORLD' GROUP BY state, holder ORDER BY 1""",
          """
          SELECT 'stock ' || (application_id IS NULL) || ' ' || count(*) FROM acp_stock_code
          WHERE exam_id LIKE '%-WORLD' GROUP BY application_id IS NULL ORDER BY 1""",
          """
          SELECT 'membership ' || account_id || ' ' || role || ' ' || state FROM acp_membership
          WHERE account_id LIKE '%-WORLD' ORDER BY 1""",
          """
          SELECT 'request ' || account_id || ' ' || state || ' ' || waiting FROM acp_join_request
          WHERE account_id LIKE '%-WORLD' ORDER BY 1""",
          """
          SELECT 'invitation ' || i.kind || ' ' || i.main || ' ' || i.state || ' ' || i.uses
          FROM acp_invitation i JOIN acp_organization o ON o.organization_id = i.organization_id
          WHERE o.partner_id LIKE '%-WORLD' AND (i.kind <> 'LINK' OR (i.main AND i.state <> 'REVOKED'))
          ORDER BY 1""",
          """
          SELECT 'registration ' || account_id || ' ' || payment || ' ' || state
          FROM acp_registration WHERE exam_id LIKE '%-WORLD' ORDER BY 1""",
          """
          SELECT 'record ' || candidate_id || ' ' || outcome || ' ' || state FROM acp_exam_record
          WHERE exam_id LIKE '%-WORLD' ORDER BY 1""",
          """
          SELECT 'certificate ' || coalesce(account_id, 'nobody') || ' ' || state
          FROM acp_certificate WHERE exam_id LIKE '%-WORLD' ORDER BY 1""",
          """
          SELECT 'binding ' || account_id || ' ' || state FROM acp_binding
          WHERE exam_id LIKE '%-WORLD' ORDER BY 1""",
          """
          SELECT 'booking ' || state || ' ' || coalesce(payment, 'unpaid') FROM acp_vue_booking
          WHERE exam_id LIKE '%-WORLD' AND state <> 'RELEASED' ORDER BY 1""",
          """
          SELECT 'rows of the host ' || count(*) FROM host_there WHERE id = 'WORLD'""",
          """
          SELECT DISTINCT 'asked ' || step || ' ' || state FROM acp_exam_booking_request
          WHERE exam_id LIKE '%-WORLD' ORDER BY 1""",
          """
          SELECT 'instance ' || d.key_ || ' ' || count(*) FROM act_ru_execution e
          JOIN act_re_procdef d ON d.id_ = e.proc_def_id_
          WHERE e.parent_id_ IS NULL AND (
            e.business_key_ LIKE '%-WORLD'
            OR e.business_key_ IN (
              SELECT application_id FROM acp_application WHERE partner_id LIKE '%-WORLD')
            OR e.business_key_ IN (
              SELECT request_id FROM acp_join_request WHERE account_id LIKE '%-WORLD'))
          GROUP BY d.key_ ORDER BY 1""");

  private Outcome() {}

  static List<String> of(Connection connection, String world) throws SQLException {
    List<String> found = new ArrayList<>();
    for (String query : QUERIES) {
      for (String row : Checker.rows(connection, query.replace("WORLD", world))) {
        found.add(row.replace("-" + world, ""));
      }
    }
    return found;
  }
}
