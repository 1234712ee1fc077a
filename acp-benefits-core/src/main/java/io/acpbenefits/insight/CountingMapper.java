package io.acpbenefits.insight;

import io.acpbenefits.certificate.CertificateId;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.organization.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** The certificates that count for an organization, with the people who hold them. */
interface CountingMapper {

  /** That certificate {@code k} is valid now, whatever was written. */
  String VALID = "k.state = 'VALID' AND (k.expires_at IS NULL OR k.expires_at > #{now})\n";

  /** That certificate {@code k} counts now: valid, attributed, its holder a member if asked for. */
  String COUNTS =
      VALID
          + """
          AND k.organization_id = #{organization}
        AND (#{leaversToo} = TRUE OR EXISTS (
          SELECT 1 FROM acp_membership m
          WHERE m.active_account = k.account_id AND m.organization_id = k.organization_id))
      """;

  /** One certificate that counts. */
  record CountedRow(CertificateId certificateId, ExamId examId, ExamLevel level) {}

  /** How many count of one level. */
  record LevelRow(ExamLevel level, long certificates, long people) {}

  @Select(
      """
      SELECT k.level, COUNT(*) AS certificates, COUNT(DISTINCT k.account_id) AS people
      FROM acp_certificate k
      WHERE\s"""
          + COUNTS
          + "GROUP BY k.level")
  List<LevelRow> byLevel(
      @Param("organization") OrganizationId organization,
      @Param("leaversToo") boolean leaversToo,
      @Param("now") Instant now);

  /** A state holds from its change on until the next; of changes at one instant, the last. */
  @Select(
      """
      SELECT k.level, COUNT(*) AS certificates, COUNT(DISTINCT k.account_id) AS people
      FROM acp_certificate k
      WHERE k.organization_id = #{organization} AND k.bound_at <= #{at}
        AND (k.valid_until IS NULL OR k.valid_until > #{at})
        AND (
          SELECT h.state FROM acp_certificate_change h
          WHERE h.certificate_id = k.certificate_id AND h.since <= #{at}
          ORDER BY h.since DESC, h.change_id DESC LIMIT 1) = 'VALID'
        AND (#{leaversToo} = TRUE OR EXISTS (
          SELECT 1 FROM acp_membership m
          WHERE m.account_id = k.account_id AND m.organization_id = k.organization_id
            AND m.joined_at <= #{at} AND (m.ended_at IS NULL OR m.ended_at > #{at})))
      GROUP BY k.level""")
  List<LevelRow> byLevelAt(
      @Param("organization") OrganizationId organization,
      @Param("leaversToo") boolean leaversToo,
      @Param("at") Instant at);

  @Select(
      """
      SELECT k.certificate_id, k.exam_id, k.level
      FROM acp_certificate k
      WHERE k.account_id = #{account} AND\s"""
          + COUNTS
          + "ORDER BY k.certificate_id")
  List<CountedRow> heldBy(
      @Param("account") AccountId account,
      @Param("organization") OrganizationId organization,
      @Param("leaversToo") boolean leaversToo,
      @Param("now") Instant now);

  @Select(
      """
      SELECT account_id FROM acp_certificate
      WHERE certificate_id = #{certificate} AND organization_id = #{organization}""")
  Optional<AccountId> holder(
      @Param("certificate") CertificateId certificate,
      @Param("organization") OrganizationId organization);

  @Select(
      """
      SELECT COUNT(*) FROM acp_membership
      WHERE active_account = #{account} AND organization_id = #{organization}""")
  int memberships(
      @Param("account") AccountId account, @Param("organization") OrganizationId organization);
}
