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
        reserved_until
      FROM acp_exam_code\s""";

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
        reserved_until = #{c.reservedUntil}, changed_at = #{now}
      WHERE code_id = #{c.codeId}""")
  int update(@Param("c") ExamCode code, @Param("now") Instant now);

  @Select(COLUMNS + "WHERE code_id = #{id}")
  Optional<ExamCode> find(@Param("id") ExamCodeId id);

  @Select(COLUMNS + "WHERE code_id = #{id} FOR UPDATE")
  Optional<ExamCode> lock(@Param("id") ExamCodeId id);

  @Select(
      COLUMNS
          + """
          WHERE partner_id = #{partner} AND exam_id = #{exam} AND state = 'ISSUED'
            AND expires_at > #{now}
          ORDER BY expires_at, code_id FETCH FIRST 1 ROW ONLY FOR UPDATE SKIP LOCKED""")
  Optional<ExamCode> lockFree(
      @Param("partner") PartnerId partner, @Param("exam") ExamId exam, @Param("now") Instant now);

  @Select(
      COLUMNS
          + """
          WHERE holder = #{holder} AND state IN ('ASSIGNED', 'RESERVED') ORDER BY code_id""")
  List<ExamCode> openOf(@Param("holder") AccountId holder);

  @Select(COLUMNS + "WHERE partner_id = #{partner} ORDER BY code_id")
  List<ExamCode> ofPartner(@Param("partner") PartnerId partner);

  @Select(COLUMNS + "WHERE application_id = #{reference} ORDER BY code_id")
  List<ExamCode> ofApplication(@Param("reference") String reference);

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
        AND (reserved_until IS NULL OR reserved_until <= #{now})
      ORDER BY code_id""")
  List<ExamCodeId> due(@Param("now") Instant now);

  @Select(
      """
      SELECT MIN(CASE WHEN reserved_until > expires_at THEN reserved_until ELSE expires_at END)
      FROM acp_exam_code WHERE state IN ('ISSUED', 'ASSIGNED', 'RESERVED')""")
  Optional<Instant> nextDue();

  @Select(
      COLUMNS
          + """
          WHERE organization_id = #{organization} AND holder = #{holder} AND state = 'ASSIGNED'
          ORDER BY code_id""")
  List<ExamCode> assignedIn(
      @Param("organization") OrganizationId organization, @Param("holder") AccountId holder);
}
