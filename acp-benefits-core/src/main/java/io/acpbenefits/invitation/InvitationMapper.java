package io.acpbenefits.invitation;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.secret.SealedSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface InvitationMapper {

  String COLUMNS =
      """
      SELECT invitation_id, organization_id, kind, state, invited_account, created_at, expires_at,
        maximum_uses, uses
      FROM acp_invitation\s""";

  @Insert(
      """
      INSERT INTO acp_invitation (invitation_id, organization_id, kind, state, token_hash,
        token_cipher, token_key_id, invited_account, created_at, created_by, expires_at,
        maximum_uses, uses)
      VALUES (#{i.invitationId}, #{i.organizationId}, #{i.kind}, #{i.state}, #{hash},
        #{token.cipher}, #{token.keyId}, #{i.invitedAccount}, #{i.createdAt}, #{by},
        #{i.expiresAt}, #{i.maximumUses}, #{i.uses})""")
  int insert(
      @Param("i") Invitation invitation,
      @Param("hash") String hash,
      @Param("token") SealedSecret token,
      @Param("by") String by);

  @Select(COLUMNS + "WHERE token_hash = #{hash} FOR UPDATE")
  Optional<Invitation> lockByHash(@Param("hash") String hash);

  @Select(COLUMNS + "WHERE invitation_id = #{id} FOR UPDATE")
  Optional<Invitation> lock(@Param("id") InvitationId id);

  @Select(COLUMNS + "WHERE invitation_id = #{id}")
  Optional<Invitation> find(@Param("id") InvitationId id);

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND kind = 'LINK' AND state = 'ACTIVE'
          ORDER BY invitation_id""")
  List<Invitation> activeLinks(@Param("organization") OrganizationId organization);

  @Select(
      """
      SELECT token_cipher AS cipher, token_key_id AS key_id
      FROM acp_invitation WHERE invitation_id = #{id}""")
  SealedSecret token(@Param("id") InvitationId id);

  @Select(
      """
      SELECT MIN(expires_at) FROM acp_invitation WHERE kind = 'PERSONAL' AND state = 'PENDING'""")
  Optional<Instant> nextDue();

  @Select(
      """
      SELECT invitation_id FROM acp_invitation
      WHERE kind = 'PERSONAL' AND state = 'PENDING' AND expires_at <= #{now}
      ORDER BY invitation_id""")
  List<InvitationId> due(@Param("now") Instant now);

  @Update(
      """
      UPDATE acp_invitation SET state = #{state}, uses = #{uses}
      WHERE invitation_id = #{invitationId}""")
  int update(Invitation invitation);

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND invited_account = #{account}
            AND kind = 'PERSONAL' AND state = 'PENDING'""")
  List<Invitation> pendingFor(
      @Param("organization") OrganizationId organization, @Param("account") AccountId account);
}
