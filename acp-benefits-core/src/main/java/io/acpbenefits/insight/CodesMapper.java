package io.acpbenefits.insight;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Codes that are not used yet, and members who could use them. */
interface CodesMapper {

  String COLUMNS =
      """
      SELECT c.code_id, c.exam_id, e.name AS exam_name, c.state, c.holder, c.expires_at,
        e.end_of_sale, e.end_of_life
      FROM acp_exam_code c JOIN acp_exam e ON e.exam_id = c.exam_id
      """;

  /** A code with its exam. */
  record CodeRow(
      ExamCodeId codeId,
      ExamId examId,
      String examName,
      ExamCodeState state,
      @Nullable AccountId holder,
      Instant expiresAt,
      @Nullable Instant endOfSale,
      @Nullable Instant endOfLife) {}

  @Select(
      COLUMNS
          + """
          WHERE c.partner_id = #{partner} AND c.state IN ('ISSUED', 'ASSIGNED')
            AND c.expires_at > #{now} AND c.expires_at <= #{last}
            AND c.expires_at >= #{afterTime}
            AND (c.expires_at > #{afterTime} OR c.code_id > #{afterId})
          ORDER BY c.expires_at, c.code_id LIMIT #{size}""")
  List<CodeRow> expiring(
      @Param("partner") PartnerId partner,
      @Param("now") Instant now,
      @Param("last") Instant last,
      @Param("afterTime") Instant afterTime,
      @Param("afterId") String afterId,
      @Param("size") int size);

  @Select(
      COLUMNS
          + """
          WHERE c.partner_id = #{partner} AND c.state IN ('ISSUED', 'ASSIGNED')
            AND c.expires_at > #{now}
            AND (e.end_of_sale <= #{last} OR e.end_of_life <= #{last})
            AND c.exam_id >= #{afterExam}
            AND (c.exam_id > #{afterExam} OR c.code_id > #{afterId})
          ORDER BY c.exam_id, c.code_id LIMIT #{size}""")
  List<CodeRow> retiring(
      @Param("partner") PartnerId partner,
      @Param("now") Instant now,
      @Param("last") Instant last,
      @Param("afterExam") String afterExam,
      @Param("afterId") String afterId,
      @Param("size") int size);

  /** A member with the rank of the reason: 0 is the best. */
  record MemberRow(AccountId member, int because, Instant memberSince) {}

  /**
   * The reason is worked out once per member, in the inner query. Who holds an open code of the
   * partner for the exam is left out there, and who has a certificate of it that is not over,
   * whether or not it is bound yet.
   */
  @Select(
      """
      SELECT s.member, s.because, s.member_since
      FROM (
        SELECT m.account_id AS member, m.joined_at AS member_since,
          CASE
            WHEN EXISTS (
                SELECT 1 FROM acp_exam_record r
                WHERE r.account_id = m.account_id AND r.exam_id = #{exam} AND r.state = 'RECEIVED'
                  AND r.outcome IN ('FAIL', 'NO_SHOW') AND r.taken_at >= m.joined_at)
              OR EXISTS (
                SELECT 1 FROM acp_registration b
                WHERE b.account_id = m.account_id AND b.exam_id = #{exam} AND b.state = 'NO_SHOW'
                  AND b.appointment >= m.joined_at)
              THEN 0
            WHEN NOT EXISTS (
                SELECT 1 FROM acp_certificate k
                WHERE k.account_id = m.account_id AND k.level = #{level} AND k.state = 'VALID'
                  AND (k.expires_at IS NULL OR k.expires_at > #{now}))
              THEN 1
            ELSE 2 END AS because
        FROM acp_membership m
        WHERE m.organization_id = #{organization} AND m.state = 'ACTIVE'
          AND NOT EXISTS (
            SELECT 1 FROM acp_exam_code c
            WHERE c.partner_id = #{partner} AND c.exam_id = #{exam}
              AND c.open_holder = m.account_id
              AND (c.expires_at > #{now}
                OR (c.state = 'RESERVED' AND c.reserved_until > #{now})))
          AND NOT EXISTS (
            SELECT 1 FROM acp_certificate k
            WHERE k.account_id = m.account_id AND k.exam_id = #{exam}
              AND k.state IN ('VALID', 'SUSPENDED')
              AND (k.expires_at IS NULL OR k.expires_at > #{now}))
          AND NOT EXISTS (
            SELECT 1 FROM acp_exam_record r
            WHERE r.account_id = m.account_id AND r.exam_id = #{exam} AND r.outcome = 'PASS'
              AND EXISTS (
                SELECT 1 FROM acp_certificate k
                WHERE k.record_id = r.record_id AND k.bound_at IS NULL
                  AND k.state IN ('VALID', 'SUSPENDED')
                  AND (k.expires_at IS NULL OR k.expires_at > #{now})))
      ) s
      WHERE s.because >= #{afterReason}
        AND (s.because > #{afterReason} OR s.member_since > #{afterTime}
          OR (s.member_since = #{afterTime} AND s.member > #{afterMember}))
      ORDER BY s.because, s.member_since, s.member LIMIT #{size}""")
  List<MemberRow> members(
      @Param("partner") PartnerId partner,
      @Param("organization") OrganizationId organization,
      @Param("exam") ExamId exam,
      @Param("level") ExamLevel level,
      @Param("now") Instant now,
      @Param("afterReason") int afterReason,
      @Param("afterTime") Instant afterTime,
      @Param("afterMember") String afterMember,
      @Param("size") int size);
}
