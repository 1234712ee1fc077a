package io.acpbenefits.permission;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Who;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Roles as they are now; of ended memberships there are none. */
interface AccessMapper {

  @Select(
      """
      SELECT role FROM acp_membership
      WHERE active_account = #{account} AND organization_id = #{organization}""")
  Optional<Who> roleIn(
      @Param("account") AccountId account, @Param("organization") String organization);

  @Select(
      """
      SELECT m.role FROM acp_membership m
        JOIN acp_organization o ON o.organization_id = m.organization_id
      WHERE m.active_account = #{account} AND o.partner_id = #{partner}""")
  Optional<Who> roleAt(@Param("account") AccountId account, @Param("partner") String partner);

  @Select(
      """
      SELECT m.role FROM acp_membership m
        JOIN acp_membership other ON other.organization_id = m.organization_id
      WHERE m.active_account = #{account} AND other.active_account = #{colleague}""")
  Optional<Who> roleBeside(
      @Param("account") AccountId account, @Param("colleague") AccountId colleague);
}
