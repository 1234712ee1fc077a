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
import org.jspecify.annotations.Nullable;

/** What changes an invitation has locked its row, whose second look at it locks as well. */
interface InvitationMapper {

  String COLUMNS =
      """
      SELECT invitation_id, organization_id, kind, main, state, invited_account, created_at, sent_at,
        resends, expires_at, maximum_uses, domains, uses
      FROM acp_invitation\s""";

  /** As it lies in the table. */
  record InvitationRow(
      InvitationId invitationId,
      OrganizationId organizationId,
      InvitationKind kind,
      boolean main,
      InvitationState state,
      @Nullable AccountId invitedAccount,
      Instant createdAt,
      Instant sentAt,
      int resends,
      @Nullable Instant expiresAt,
      @Nullable Integer maximumUses,
      @Nullable String domains,
      int uses) {

    static InvitationRow of(Invitation it) {
      return new InvitationRow(
          it.invitationId(),
          it.organizationId(),
          it.kind(),
          it.main(),
          it.state(),
          it.invitedAccount(),
          it.createdAt(),
          it.sentAt(),
          it.resends(),
          it.expiresAt(),
          it.limits().maximumUses(),
          it.limits().domainsAsText(),
          it.uses());
    }

    Invitation toInvitation() {
      return new Invitation(
          invitationId,
          organizationId,
          kind,
          main,
          state,
          invitedAccount,
          createdAt,
          sentAt,
          resends,
          new LinkLimits(expiresAt, maximumUses, LinkLimits.domainsOf(domains)),
          uses);
    }
  }

  @Insert(
      """
      INSERT INTO acp_invitation (invitation_id, organization_id, kind, main, state, token_hash,
        token_cipher, token_key_id, invited_account, created_at, created_by, sent_at, resends,
        expires_at, maximum_uses, domains, uses)
      VALUES (#{i.invitationId}, #{i.organizationId}, #{i.kind}, #{i.main}, #{i.state}, #{hash},
        #{token.cipher}, #{token.keyId}, #{i.invitedAccount}, #{i.createdAt}, #{by}, #{i.sentAt},
        #{i.resends}, #{i.expiresAt}, #{i.maximumUses}, #{i.domains}, #{i.uses})""")
  int insert(
      @Param("i") InvitationRow invitation,
      @Param("hash") String hash,
      @Param("token") SealedSecret token,
      @Param("by") String by);

  @Select("SELECT organization_id FROM acp_invitation WHERE token_hash = #{hash}")
  Optional<OrganizationId> organizationBehind(@Param("hash") String hash);

  @Select(COLUMNS + "WHERE token_hash = #{hash} ${forUpdate}")
  Optional<InvitationRow> lockByHash(@Param("hash") String hash);

  @Select(COLUMNS + "WHERE invitation_id = #{id} ${forUpdate}")
  Optional<InvitationRow> lock(@Param("id") InvitationId id);

  @Select(COLUMNS + "WHERE invitation_id = #{id}")
  Optional<InvitationRow> find(@Param("id") InvitationId id);

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND main
          ORDER BY CASE state WHEN 'ACTIVE' THEN 0 ELSE 1 END, invitation_id DESC LIMIT 1""")
  Optional<InvitationRow> latestMain(@Param("organization") OrganizationId organization);

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND main AND state = 'ACTIVE' ${forUpdate}""")
  List<InvitationRow> lockMain(@Param("organization") OrganizationId organization);

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND state IN ('PENDING', 'ACTIVE')
          ORDER BY invitation_id ${forUpdate}""")
  List<InvitationRow> lockOpen(@Param("organization") OrganizationId organization);

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND invited_account = #{account}
            AND state = 'PENDING' ${forUpdate}""")
  List<InvitationRow> lockPending(
      @Param("organization") OrganizationId organization, @Param("account") AccountId account);

  @Select(
      """
      <script>
      SELECT invitation_id, organization_id, kind, main, state, invited_account, created_at, sent_at,
        resends, expires_at, maximum_uses, domains, uses
      FROM acp_invitation
      WHERE organization_id = #{organization} AND invitation_id &gt; #{after}
      <if test="filter.kind != null">AND kind = #{filter.kind}</if>
      <if test="filter.state != null">
        AND CASE WHEN state IN ('PENDING', 'ACTIVE') AND expires_at &lt;= #{now} THEN 'EXPIRED'
          ELSE state END = #{filter.state}
      </if>
      ORDER BY invitation_id LIMIT #{size}
      </script>""")
  List<InvitationRow> list(
      @Param("organization") OrganizationId organization,
      @Param("filter") InvitationFilter filter,
      @Param("now") Instant now,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      """
      SELECT token_cipher AS cipher, token_key_id AS key_id
      FROM acp_invitation WHERE invitation_id = #{id}""")
  SealedSecret token(@Param("id") InvitationId id);

  @Select(
      COLUMNS
          + """
          WHERE state = 'PENDING' AND expires_at > #{now} AND invitation_id > #{after}
          ORDER BY invitation_id LIMIT #{size}""")
  List<InvitationRow> pending(
      @Param("now") Instant now, @Param("after") String after, @Param("size") int size);

  @Select("SELECT MIN(expires_at) FROM acp_invitation WHERE state IN ('PENDING', 'ACTIVE')")
  Optional<Instant> nextDue();

  @Select(
      """
      SELECT invitation_id FROM acp_invitation
      WHERE state IN ('PENDING', 'ACTIVE') AND expires_at <= #{now} AND invitation_id > #{after}
      ORDER BY invitation_id LIMIT #{size}""")
  List<InvitationId> due(
      @Param("now") Instant now, @Param("after") String after, @Param("size") int size);

  @Update(
      """
      UPDATE acp_invitation SET state = #{state}, sent_at = #{sentAt}, resends = #{resends},
        expires_at = #{expiresAt}, maximum_uses = #{maximumUses}, domains = #{domains},
        uses = #{uses}
      WHERE invitation_id = #{invitationId}""")
  int update(InvitationRow invitation);

  @Update(
      """
      UPDATE acp_invitation SET token_hash = #{hash}, token_cipher = #{token.cipher},
        token_key_id = #{token.keyId}
      WHERE invitation_id = #{id}""")
  int setToken(
      @Param("id") InvitationId id, @Param("hash") String hash, @Param("token") SealedSecret token);
}
