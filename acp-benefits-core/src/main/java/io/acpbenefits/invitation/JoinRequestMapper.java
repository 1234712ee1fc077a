package io.acpbenefits.invitation;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.organization.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface JoinRequestMapper {

  String COLUMNS =
      """
      SELECT request_id, organization_id, account_id, invitation_id, state, waiting, submitted_at,
        expires_at, decided_at
      FROM acp_join_request\s""";

  /** One field that an applicant filled in. */
  record FieldRow(JoinRequestId requestId, String name, String content) {}

  @Insert(
      """
      INSERT INTO acp_join_request (request_id, organization_id, account_id, invitation_id, state,
        waiting, submitted_at, expires_at)
      VALUES (#{requestId}, #{organizationId}, #{accountId}, #{invitationId}, #{state}, #{waiting},
        #{submittedAt}, #{expiresAt})""")
  int insert(JoinRequest request);

  @Insert(
      """
      INSERT INTO acp_join_request_field (request_id, name, content)
      VALUES (#{id}, #{name}, #{content})""")
  int insertField(
      @Param("id") JoinRequestId id, @Param("name") String name, @Param("content") String content);

  @Select(
      """
      <script>
      SELECT request_id, name, content FROM acp_join_request_field WHERE request_id IN
      <foreach item="id" collection="ids" open="(" separator="," close=")">#{id}</foreach>
      </script>""")
  List<FieldRow> fields(@Param("ids") List<JoinRequestId> ids);

  @Select(COLUMNS + "WHERE request_id = #{id}")
  Optional<JoinRequest> find(@Param("id") JoinRequestId id);

  @Select(COLUMNS + "WHERE request_id = #{id} ${forUpdate}")
  Optional<JoinRequest> lock(@Param("id") JoinRequestId id);

  @Select(
      COLUMNS
          + """
          WHERE account_id = #{account} AND state = 'SUBMITTED' ORDER BY request_id ${forUpdate}""")
  List<JoinRequest> lockOpenOf(@Param("account") AccountId account);

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND state = 'SUBMITTED'
          ORDER BY request_id ${forUpdate}""")
  List<JoinRequest> lockOpenAt(@Param("organization") OrganizationId organization);

  @Select(
      COLUMNS
          + """
          WHERE account_id = #{account} AND organization_id = #{organization}
          ORDER BY CASE state WHEN 'SUBMITTED' THEN 0 ELSE 1 END, submitted_at DESC, request_id DESC
          LIMIT 1""")
  Optional<JoinRequest> latest(
      @Param("organization") OrganizationId organization, @Param("account") AccountId account);

  @Select(
      """
      <script>
      SELECT request_id, organization_id, account_id, invitation_id, state, waiting, submitted_at,
        expires_at, decided_at
      FROM acp_join_request
      WHERE organization_id = #{organization} AND request_id &gt; #{after}
      <if test="filter.state != null">
        AND CASE WHEN state = 'SUBMITTED' AND expires_at &lt;= #{now} THEN 'EXPIRED'
          ELSE state END = #{filter.state}
      </if>
      <if test="filter.waiting != null">
        AND CASE WHEN expires_at &lt;= #{now} THEN FALSE ELSE waiting END = #{filter.waiting}
      </if>
      ORDER BY request_id LIMIT #{size}
      </script>""")
  List<JoinRequest> applicants(
      @Param("organization") OrganizationId organization,
      @Param("filter") ApplicantFilter filter,
      @Param("now") Instant now,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      """
      SELECT request_id FROM acp_join_request
      WHERE state = 'SUBMITTED' AND expires_at <= #{now} AND request_id > #{after}
      ORDER BY request_id LIMIT #{size}""")
  List<JoinRequestId> due(
      @Param("now") Instant now, @Param("after") String after, @Param("size") int size);

  @Select(
      COLUMNS
          + """
          WHERE state = 'SUBMITTED' AND expires_at > #{now} AND request_id > #{after}
          ORDER BY request_id LIMIT #{size}""")
  List<JoinRequest> open(
      @Param("now") Instant now, @Param("after") String after, @Param("size") int size);

  @Select("SELECT MIN(expires_at) FROM acp_join_request WHERE state = 'SUBMITTED'")
  Optional<Instant> nextDue();

  @Update(
      """
      UPDATE acp_join_request SET state = #{state}, waiting = FALSE, decided_at = #{at},
        decided_by = #{by}
      WHERE request_id = #{id} AND state = 'SUBMITTED'""")
  int decide(
      @Param("id") JoinRequestId id,
      @Param("state") JoinRequestState state,
      @Param("at") Instant at,
      @Param("by") @Nullable String by);

  @Update(
      """
      UPDATE acp_join_request SET waiting = #{waiting}, expires_at = #{expiresAt}
      WHERE request_id = #{id} AND state = 'SUBMITTED'""")
  int setWaiting(
      @Param("id") JoinRequestId id,
      @Param("waiting") boolean waiting,
      @Param("expiresAt") Instant expiresAt);
}
