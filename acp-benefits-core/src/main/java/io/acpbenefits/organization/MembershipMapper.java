package io.acpbenefits.organization;

import io.acpbenefits.common.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface MembershipMapper {

  String COLUMNS =
      """
      SELECT membership_id, organization_id, account_id, role, state, joined_at, ended_at
      FROM acp_membership\s""";

  @Insert(
      """
      INSERT INTO acp_membership (membership_id, organization_id, account_id, role, state, joined_at)
      VALUES (#{membershipId}, #{organizationId}, #{accountId}, #{role}, #{state}, #{joinedAt})""")
  int insert(Membership membership);

  @Select(COLUMNS + "WHERE active_account = #{account}")
  Optional<Membership> active(@Param("account") AccountId account);

  @Select(COLUMNS + "WHERE organization_id = #{organization} ORDER BY membership_id")
  List<Membership> ofOrganization(@Param("organization") OrganizationId organization);

  @Select(
      """
      SELECT COUNT(*) FROM acp_membership
      WHERE organization_id = #{organization} AND role = 'OWNER' AND state = 'ACTIVE'""")
  int owners(@Param("organization") OrganizationId organization);

  @Update(
      """
      UPDATE acp_membership SET state = #{state}, ended_at = #{at}
      WHERE membership_id = #{id} AND state = 'ACTIVE'""")
  int end(
      @Param("id") MembershipId id, @Param("state") MembershipState state, @Param("at") Instant at);

  @Update(
      "UPDATE acp_membership SET role = #{role} WHERE membership_id = #{id} AND state = 'ACTIVE'")
  int setRole(@Param("id") MembershipId id, @Param("role") Role role);
}
