package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.IdPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface BindingMapper {

  String COLUMNS =
      """
      SELECT binding_id, account_id, exam_id, candidate_id, registration_id, state, reason,
        submitted_at, window_ends_at, tries, check_ids_since, bound_at, certificate_id,
        organization_id
      FROM acp_binding\s""";

  @Insert(
      """
      INSERT INTO acp_binding (binding_id, account_id, exam_id, candidate_id, registration_id, state,
        reason, submitted_at, window_ends_at, tries, check_ids_since, bound_at, certificate_id,
        organization_id)
      VALUES (#{bindingId}, #{accountId}, #{examId}, #{candidateId}, #{registrationId}, #{state},
        #{reason}, #{submittedAt}, #{windowEndsAt}, #{tries}, #{checkIdsSince}, #{boundAt},
        #{certificateId}, #{organizationId})""")
  int insert(CertificateBinding binding);

  @Update(
      """
      UPDATE acp_binding SET candidate_id = #{candidateId}, registration_id = #{registrationId},
        state = #{state}, reason = #{reason}, window_ends_at = #{windowEndsAt}, tries = #{tries},
        check_ids_since = #{checkIdsSince}, bound_at = #{boundAt},
        certificate_id = #{certificateId}, organization_id = #{organizationId}
      WHERE binding_id = #{bindingId}""")
  int update(CertificateBinding binding);

  @Select(COLUMNS + "WHERE binding_id = #{id}")
  Optional<CertificateBinding> find(@Param("id") BindingId id);

  @Select(COLUMNS + "WHERE binding_id = #{id} ${forUpdate}")
  Optional<CertificateBinding> lock(@Param("id") BindingId id);

  @Select(COLUMNS + "WHERE open_account = #{account} AND exam_id = #{exam}")
  Optional<CertificateBinding> open(
      @Param("account") AccountId account, @Param("exam") ExamId exam);

  @Select(COLUMNS + "WHERE open_account = #{account} AND exam_id = #{exam} ${forUpdate}")
  Optional<CertificateBinding> lockOpen(
      @Param("account") AccountId account, @Param("exam") ExamId exam);

  /** Those it has submitted, and those of records that are known to be its own. */
  @Select(
      """
      SELECT candidate_id, registration_id FROM acp_binding
      WHERE account_id = #{account} AND exam_id = #{exam}
      UNION
      SELECT candidate_id, registration_id FROM acp_exam_record
      WHERE account_id = #{account} AND exam_id = #{exam}
      ORDER BY candidate_id, registration_id""")
  List<IdPair> pairs(@Param("account") AccountId account, @Param("exam") ExamId exam);

  @Select(COLUMNS + "WHERE bound_certificate = #{certificate}")
  Optional<CertificateBinding> ofCertificate(@Param("certificate") CertificateId certificate);

  @Select(
      COLUMNS
          + """
          WHERE candidate_id = #{ids.candidateId} AND registration_id = #{ids.registrationId}
            AND exam_id = #{exam} AND state IN ('AWAITING_DATA', 'CHECK_IDS')
          ORDER BY binding_id""")
  List<CertificateBinding> openWith(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Select(
      COLUMNS
          + """
          WHERE account_id = #{account} AND binding_id > #{after}
          ORDER BY binding_id LIMIT #{size}""")
  List<CertificateBinding> ofAccount(
      @Param("account") AccountId account, @Param("after") String after, @Param("size") int size);

  @Select(COLUMNS + "WHERE account_id = #{account} AND certificate_id = #{certificate}")
  Optional<CertificateBinding> thatBound(
      @Param("account") AccountId account, @Param("certificate") CertificateId certificate);

  @Select("SELECT MIN(window_ends_at) FROM acp_binding WHERE state = 'AWAITING_DATA'")
  Optional<Instant> nextWindowEnd();

  @Select("SELECT MIN(check_ids_since) FROM acp_binding WHERE state = 'CHECK_IDS'")
  Optional<Instant> longestChecking();

  @Select(
      """
      SELECT binding_id FROM acp_binding
      WHERE binding_id > #{after}
        AND ((state = 'AWAITING_DATA' AND window_ends_at <= #{now})
          OR (state = 'CHECK_IDS' AND check_ids_since <= #{checkedBefore}))
      ORDER BY binding_id LIMIT #{size}""")
  List<BindingId> due(
      @Param("now") Instant now,
      @Param("checkedBefore") Instant checkedBefore,
      @Param("after") String after,
      @Param("size") int size);
}
