package io.acpbenefits.examcode;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.SealedSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface ExamCodeMapper {

  String COLUMNS =
      """
      SELECT code_id, partner_id, organization_id, exam_id, state, holder, issued_at, expires_at,
        reserved_until, holder_left_at
      FROM acp_exam_code\s""";

  /** What {@link ExamCode#at} calls due, as SQL inside an XML script. */
  String DUE =
      """
      (state IN ('ISSUED', 'ASSIGNED', 'RESERVED') AND expires_at &lt;= #{now}
        AND (reserved_until IS NULL OR reserved_until &lt;= #{now}))\s""";

  @Insert(
      """
      INSERT INTO acp_exam_code (code_id, partner_id, organization_id, exam_id, application_id,
        state, code_cipher, code_key_id, code_lookup, lookup_key_id, issued_at, expires_at,
        changed_at)
      VALUES (#{c.codeId}, #{c.partnerId}, #{c.organizationId}, #{c.examId}, #{reference},
        #{c.state}, #{secret.cipher}, #{secret.keyId}, #{lookup}, #{lookupKeyId}, #{c.issuedAt},
        #{c.expiresAt}, #{c.issuedAt})""")
  int insert(
      @Param("c") ExamCode code,
      @Param("reference") @Nullable String reference,
      @Param("secret") SealedSecret secret,
      @Param("lookup") String lookup,
      @Param("lookupKeyId") String lookupKeyId);

  @Update(
      """
      UPDATE acp_exam_code SET state = #{c.state}, holder = #{c.holder},
        expires_at = #{c.expiresAt}, reserved_until = #{c.reservedUntil},
        holder_left_at = #{c.holderLeftAt}, changed_at = #{now}
      WHERE code_id = #{c.codeId}""")
  int update(@Param("c") ExamCode code, @Param("now") Instant now);

  @Update(
      """
      UPDATE acp_exam_code SET expires_at = #{end}, changed_at = #{now}
      WHERE exam_id = #{exam} AND state IN ('ISSUED', 'ASSIGNED', 'RESERVED')
        AND expires_at > #{end}""")
  int endBy(@Param("exam") ExamId exam, @Param("end") Instant end, @Param("now") Instant now);

  @Select(COLUMNS + "WHERE code_id = #{id}")
  Optional<ExamCode> find(@Param("id") ExamCodeId id);

  @Select(COLUMNS + "WHERE code_id = #{id} ${forUpdate}")
  Optional<ExamCode> lock(@Param("id") ExamCodeId id);

  String FIRST_FREE =
      COLUMNS
          + """
          WHERE partner_id = #{partner} AND exam_id = #{exam} AND state = 'ISSUED'
            AND expires_at > #{now}
          ORDER BY expires_at, code_id LIMIT 1 ${forUpdate}\s""";

  /** Locks the first free code, past those that others are just taking. */
  @Select(FIRST_FREE + "SKIP LOCKED")
  Optional<ExamCode> claimFree(
      @Param("partner") PartnerId partner, @Param("exam") ExamId exam, @Param("now") Instant now);

  /** Locks the first free code, and waits for those who may leave one. */
  @Select(FIRST_FREE)
  Optional<ExamCode> lockFree(
      @Param("partner") PartnerId partner, @Param("exam") ExamId exam, @Param("now") Instant now);

  @Select(
      COLUMNS
          + """
          WHERE partner_id = #{partner} AND exam_id = #{exam} AND state = 'ISSUED'
            AND expires_at > #{now}
          ORDER BY expires_at, code_id LIMIT 1 OFFSET #{skip}""")
  Optional<ExamCode> nextFree(
      @Param("partner") PartnerId partner,
      @Param("exam") ExamId exam,
      @Param("now") Instant now,
      @Param("skip") int skip);

  @Select(
      COLUMNS
          + """
          WHERE holder = #{holder} AND state IN ('ASSIGNED', 'RESERVED') ORDER BY code_id""")
  List<ExamCode> openOf(@Param("holder") AccountId holder);

  @Select(
      COLUMNS
          + """
          WHERE holder = #{holder} AND code_id > #{after}
          ORDER BY code_id LIMIT #{size}""")
  List<ExamCode> ofHolder(
      @Param("holder") AccountId holder, @Param("after") String after, @Param("size") int size);

  @Select(
      "<script>"
          + COLUMNS
          + """
          WHERE partner_id = #{partner} AND code_id &gt; #{after}
          <if test="f.exam != null">AND exam_id = #{f.exam}</if>
          <if test="f.holder != null">AND holder = #{f.holder}</if>
          <if test="f.expiringBefore != null">AND expires_at &lt; #{f.expiringBefore}</if>
          <if test="f.state != null and f.state.name() == 'EXPIRED'">
            AND (state = 'EXPIRED' OR
          """
          + DUE
          + """
          )</if>
          <if test="f.state != null and f.state.name() != 'EXPIRED'">
            AND state = #{f.state} AND NOT
          """
          + DUE
          + """
          </if>
          ORDER BY code_id LIMIT #{size}
          </script>""")
  List<ExamCode> page(
      @Param("partner") PartnerId partner,
      @Param("f") CodeFilter filter,
      @Param("now") Instant now,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      """
      SELECT code_id FROM acp_exam_code
      WHERE partner_id = #{partner} AND state IN ('ISSUED', 'ASSIGNED', 'RESERVED')
      ORDER BY code_id""")
  List<ExamCodeId> openOfPartner(@Param("partner") PartnerId partner);

  @Select(
      COLUMNS
          + """
          WHERE partner_id = #{partner} AND state = 'RESERVED' AND code_id > #{after}
            AND (holder_left_at IS NOT NULL OR reserved_until <= #{now})
            AND NOT (expires_at <= #{now} AND reserved_until <= #{now})
          ORDER BY code_id LIMIT #{size}""")
  List<ExamCode> toDecide(
      @Param("partner") PartnerId partner,
      @Param("now") Instant now,
      @Param("after") String after,
      @Param("size") int size);

  @Select(COLUMNS + "WHERE application_id = #{reference} ORDER BY code_id")
  List<ExamCode> ofApplication(@Param("reference") String reference);

  @Select("SELECT application_id FROM acp_exam_code WHERE code_id = #{id}")
  Optional<String> reference(@Param("id") ExamCodeId id);

  @Select(COLUMNS + "WHERE code_lookup = #{lookup}")
  Optional<ExamCode> findByLookup(@Param("lookup") String lookup);

  @Select(
      """
      SELECT code_cipher AS cipher, code_key_id AS key_id
      FROM acp_exam_code WHERE code_id = #{id}""")
  SealedSecret secret(@Param("id") ExamCodeId id);

  @Select(
      """
      SELECT code_id FROM acp_exam_code
      WHERE state IN ('ISSUED', 'ASSIGNED', 'RESERVED') AND expires_at <= #{now}
        AND (reserved_until IS NULL OR reserved_until <= #{now}) AND code_id > #{after}
      ORDER BY code_id LIMIT #{size}""")
  List<ExamCodeId> due(
      @Param("now") Instant now, @Param("after") String after, @Param("size") int size);

  @Select(
      """
      SELECT MIN(CASE WHEN reserved_until > expires_at THEN reserved_until ELSE expires_at END)
      FROM acp_exam_code WHERE state IN ('ISSUED', 'ASSIGNED', 'RESERVED')""")
  Optional<Instant> nextDue();

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND holder = #{holder} AND state = #{state}
          ORDER BY code_id""")
  List<ExamCode> heldIn(
      @Param("organization") OrganizationId organization,
      @Param("holder") AccountId holder,
      @Param("state") ExamCodeState state);
}
