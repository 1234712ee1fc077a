package io.acpbenefits.organization;

import io.acpbenefits.common.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/**
 * A membership's row is protected by its account's row, and its role by its organization's row as
 * well. What is read after such a lock locks too, because H2 may answer the same plain query with
 * what it has answered before.
 */
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

  @Select(COLUMNS + "WHERE active_account = #{account} ${forUpdate}")
  Optional<Membership> lockActive(@Param("account") AccountId account);

  @Select(
      """
      <script>
      SELECT membership_id, organization_id, account_id, role, state, joined_at, ended_at
      FROM acp_membership
      WHERE organization_id = #{organization} AND membership_id &gt; #{after}
      <if test="filter.role != null">AND role = #{filter.role}</if>
      <if test="filter.state != null">AND state = #{filter.state}</if>
      ORDER BY membership_id LIMIT #{size}
      </script>""")
  List<Membership> ofOrganization(
      @Param("organization") OrganizationId organization,
      @Param("filter") MemberFilter filter,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND state = 'ACTIVE'
          ORDER BY membership_id ${forUpdate}""")
  List<Membership> lockAll(@Param("organization") OrganizationId organization);

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND role = 'OWNER' AND state = 'ACTIVE'
          ORDER BY membership_id ${forUpdate}""")
  List<Membership> lockOwners(@Param("organization") OrganizationId organization);

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
