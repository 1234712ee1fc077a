package io.acpbenefits.insight;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** How far codes and self-paid bookings have come. */
interface FunnelMapper {

  /** The counts of one exam. */
  record FunnelRow(
      ExamId examId,
      ExamLevel level,
      long issued,
      long assigned,
      long booked,
      long sat,
      long passed,
      long bound) {}

  /**
   * What came of one sitting {@code f}: the last exam that its person had taken by when the sitting
   * was concluded. Ids would not tell: bookings and codes often come without them.
   */
  String RESULT =
      """
      LEFT JOIN acp_exam_record r ON r.record_id = CASE WHEN f.concluded_at IS NOT NULL THEN (
        SELECT p.record_id FROM acp_exam_record p
        WHERE p.account_id = f.person AND p.exam_id = f.exam_id AND p.state = 'RECEIVED'
          AND p.taken_at <= f.concluded_at
        ORDER BY p.taken_at DESC, p.record_id DESC LIMIT 1) END
      """;

  /**
   * Told of each sitting before they are counted: MariaDB does not look things up while it sums.
   */
  String SITTINGS =
      """
      FROM (
        SELECT f.*, e.level, CASE WHEN r.outcome = 'PASS' THEN 1 ELSE 0 END AS passed,
          CASE WHEN r.outcome = 'PASS' AND EXISTS (
            SELECT 1 FROM acp_certificate k
            WHERE k.record_id = r.record_id AND k.account_id = f.person
              AND k.organization_id = #{organization}) THEN 1 ELSE 0 END AS bound
        FROM (
      """;

  String BY_EXAM =
      """
      ) g
      GROUP BY g.exam_id, g.level ORDER BY g.exam_id LIMIT #{size}""";

  @Select(
      """
      SELECT g.exam_id, g.level, COUNT(*) AS issued, COUNT(g.person) AS assigned,
        COUNT(CASE WHEN g.used OR g.booked OR g.concluded_at IS NOT NULL THEN 1 END) AS booked,
        COUNT(g.concluded_at) AS sat, SUM(g.passed) AS passed, SUM(g.bound) AS bound
      """
          + SITTINGS
          + """
            SELECT c.exam_id, c.holder AS person,
              c.holder IS NOT NULL AND c.state IN ('RESERVED', 'REDEEMED', 'FORFEITED') AS used,
              EXISTS (
                SELECT 1 FROM acp_registration b
                WHERE b.code_id = c.code_id AND b.account_id = c.holder AND b.state <> 'CANCELED')
                AS booked,
              COALESCE(
                (SELECT MAX(d.changed_at) FROM acp_registration d
                  WHERE d.code_id = c.code_id AND d.account_id = c.holder
                    AND d.state = 'DELIVERED'),
                CASE WHEN c.holder IS NOT NULL AND c.state = 'REDEEMED' THEN c.changed_at END)
                AS concluded_at
            FROM acp_exam_code c
            WHERE c.partner_id = #{partner} AND c.issued_at >= #{from} AND c.issued_at < #{until}
              AND c.exam_id > #{after}
          ) f
            JOIN acp_exam e ON e.exam_id = f.exam_id
          """
          + RESULT
          + BY_EXAM)
  List<FunnelRow> withCode(
      @Param("partner") PartnerId partner,
      @Param("organization") OrganizationId organization,
      @Param("from") Instant from,
      @Param("until") Instant until,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      """
      SELECT g.exam_id, g.level, 0 AS issued, 0 AS assigned, COUNT(*) AS booked,
        COUNT(g.concluded_at) AS sat, SUM(g.passed) AS passed, SUM(g.bound) AS bound
      """
          + SITTINGS
          + """
            SELECT b.exam_id, b.account_id AS person,
              CASE WHEN b.state = 'DELIVERED' THEN b.changed_at END AS concluded_at
            FROM acp_membership m JOIN acp_registration b ON b.account_id = m.account_id
            WHERE m.organization_id = #{organization} AND b.registered_at >= m.joined_at
              AND (m.ended_at IS NULL OR b.registered_at < m.ended_at)
              AND b.payment = 'SELF_PAID' AND b.state <> 'CANCELED'
              AND b.registered_at >= #{from} AND b.registered_at < #{until}
              AND b.exam_id > #{after}
          ) f
            JOIN acp_exam e ON e.exam_id = f.exam_id
          """
          + RESULT
          + BY_EXAM)
  List<FunnelRow> selfPaid(
      @Param("organization") OrganizationId organization,
      @Param("from") Instant from,
      @Param("until") Instant until,
      @Param("after") String after,
      @Param("size") int size);
}
