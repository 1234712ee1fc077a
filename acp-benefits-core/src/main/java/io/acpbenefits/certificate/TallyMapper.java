package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.organization.MembershipState;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Counts. With {@code leavers} it does not matter whether the holder is a member. */
interface TallyMapper {

  String VALID_FOR_MEMBERS =
      """
        AND c.state = 'VALID' AND (c.expires_at IS NULL OR c.expires_at > #{now})
        AND (#{leavers} = TRUE OR EXISTS (
          SELECT 1 FROM acp_membership m
          WHERE m.active_account = c.account_id AND m.organization_id = c.organization_id))\s""";

  @Select(
      """
      SELECT o.partner_id, c.exam_id, c.level, COUNT(*) AS certificates,
        COUNT(DISTINCT c.account_id) AS people
      FROM acp_certificate c
        JOIN acp_organization o ON o.organization_id = c.organization_id
      WHERE c.organization_id = #{organization}
      """
          + VALID_FOR_MEMBERS
          + """
          GROUP BY o.partner_id, c.exam_id, c.level
          ORDER BY c.exam_id""")
  List<Tally> now(
      @Param("organization") OrganizationId organization,
      @Param("leavers") boolean leavers,
      @Param("now") Instant now);

  /** A state holds from its change on, until the next; of changes at one instant, the last. */
  @Select(
      """
      SELECT o.partner_id, c.exam_id, c.level, COUNT(*) AS certificates,
        COUNT(DISTINCT c.account_id) AS people
      FROM acp_certificate c
        JOIN acp_organization o ON o.organization_id = c.organization_id
      WHERE c.organization_id = #{organization} AND c.bound_at <= #{at}
        AND (c.valid_until IS NULL OR c.valid_until > #{at})
        AND (
          SELECT h.state FROM acp_certificate_change h
          WHERE h.certificate_id = c.certificate_id AND h.since <= #{at}
          ORDER BY h.since DESC, h.change_id DESC LIMIT 1) = 'VALID'
        AND (#{leavers} = TRUE OR EXISTS (
          SELECT 1 FROM acp_membership m
          WHERE m.account_id = c.account_id AND m.organization_id = c.organization_id
            AND m.joined_at <= #{at} AND (m.ended_at IS NULL OR m.ended_at > #{at})))
      GROUP BY o.partner_id, c.exam_id, c.level
      ORDER BY c.exam_id""")
  List<Tally> past(
      @Param("organization") OrganizationId organization,
      @Param("leavers") boolean leavers,
      @Param("at") Instant at);

  @Select(
      """
      SELECT #{partner} AS partner_id, #{level} AS level, COUNT(*) AS certificates,
        COUNT(DISTINCT c.account_id) AS people
      FROM acp_certificate c
        JOIN acp_organization o ON o.organization_id = c.organization_id
      WHERE o.partner_id = #{partner} AND c.level = #{level}
      """
          + VALID_FOR_MEMBERS)
  TallyTotal total(
      @Param("partner") PartnerId partner,
      @Param("level") ExamLevel level,
      @Param("leavers") boolean leavers,
      @Param("now") Instant now);

  /** How an account's last membership in an organization stands. */
  @Select(
      """
      SELECT state FROM acp_membership
      WHERE account_id = #{account} AND organization_id = #{organization}
      ORDER BY CASE state WHEN 'ACTIVE' THEN 0 ELSE 1 END, membership_id DESC LIMIT 1""")
  Optional<MembershipState> lastMembership(
      @Param("account") AccountId account, @Param("organization") OrganizationId organization);
}
