package io.acpbenefits.organization;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.partner.PartnerId;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface OrganizationMapper {

  String COLUMNS = "SELECT organization_id, partner_id, state, created_at FROM acp_organization ";

  @Insert(
      """
      INSERT INTO acp_organization (organization_id, partner_id, state, created_at)
      VALUES (#{organizationId}, #{partnerId}, #{state}, #{createdAt})""")
  int insert(Organization organization);

  @Select(COLUMNS + "WHERE organization_id = #{id}")
  Optional<Organization> find(@Param("id") OrganizationId id);

  @Select(COLUMNS + "WHERE organization_id = #{id} ${forUpdate}")
  Optional<Organization> lock(@Param("id") OrganizationId id);

  @Select(COLUMNS + "WHERE partner_id = #{partner}")
  Optional<Organization> ofPartner(@Param("partner") PartnerId partner);

  @Update("UPDATE acp_organization SET state = #{state} WHERE organization_id = #{id}")
  int setState(@Param("id") OrganizationId id, @Param("state") OrganizationState state);

  /** Whom a closing concerns: members and applicants. */
  @Select(
      """
      SELECT account_id FROM acp_membership
      WHERE organization_id = #{id} AND state = 'ACTIVE'
      UNION
      SELECT account_id FROM acp_join_request
      WHERE organization_id = #{id} AND state = 'SUBMITTED'""")
  List<AccountId> concerned(@Param("id") OrganizationId id);
}
