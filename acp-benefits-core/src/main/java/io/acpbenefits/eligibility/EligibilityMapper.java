package io.acpbenefits.eligibility;

import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaPeriod;
import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Whose an organization is, and which periods were begun. */
interface EligibilityMapper {

  @Select("SELECT partner_id FROM acp_organization WHERE organization_id = #{id}")
  Optional<PartnerId> partnerOf(@Param("id") OrganizationId id);

  @Select(
      """
      SELECT COUNT(*) FROM acp_quota_period
      WHERE valid_from = #{p.from} AND valid_until = #{p.until}""")
  int begun(@Param("p") QuotaPeriod period);

  @Insert(
      """
      INSERT INTO acp_quota_period (valid_from, valid_until, begun_at)
      VALUES (#{p.from}, #{p.until}, #{at}) ${ifMissing}""")
  int begin(@Param("p") QuotaPeriod period, @Param("at") Instant at);
}
