package io.acpbenefits.organization;

import io.acpbenefits.partner.PartnerId;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

interface OrganizationMapper {

  String COLUMNS = "SELECT organization_id, partner_id, state, created_at FROM acp_organization ";

  @Insert(
      """
      INSERT INTO acp_organization (organization_id, partner_id, state, created_at)
      VALUES (#{organizationId}, #{partnerId}, #{state}, #{createdAt})""")
  int insert(Organization organization);

  @Select(COLUMNS + "WHERE organization_id = #{id}")
  Optional<Organization> find(@Param("id") OrganizationId id);

  @Select(COLUMNS + "WHERE organization_id = #{id} FOR UPDATE")
  Optional<Organization> lock(@Param("id") OrganizationId id);

  @Select(COLUMNS + "WHERE partner_id = #{partner}")
  Optional<Organization> ofPartner(@Param("partner") PartnerId partner);
}
