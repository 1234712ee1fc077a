package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.organization.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface CertificateMapper {

  String COLUMNS =
      """
      SELECT certificate_id, record_id, exam_id, level, number, state, obtained_at, valid_from,
        valid_until, account_id, organization_id, bound_at, renewed_from, held_with_record
      FROM acp_certificate\s""";

  @Insert(
      """
      INSERT INTO acp_certificate (certificate_id, record_id, exam_id, level, number, state,
        obtained_at, valid_from, valid_until, account_id, organization_id, bound_at, renewed_from,
        held_with_record)
      VALUES (#{certificateId}, #{recordId}, #{examId}, #{level}, #{number}, #{state},
        #{obtainedAt}, #{validFrom}, #{validUntil}, #{accountId}, #{organizationId}, #{boundAt},
        #{renewedFrom}, #{heldWithRecord})""")
  int insert(Certificate certificate);

  @Update(
      """
      UPDATE acp_certificate SET state = #{state}, held_with_record = #{heldWithRecord}
      WHERE certificate_id = #{certificateId}""")
  int update(Certificate certificate);

  @Update(
      """
      UPDATE acp_certificate SET account_id = #{account}, organization_id = #{organization},
        bound_at = #{at}
      WHERE certificate_id = #{id} AND account_id IS NULL""")
  int bind(
      @Param("id") CertificateId id,
      @Param("account") AccountId account,
      @Param("organization") @Nullable OrganizationId organization,
      @Param("at") Instant at);

  @Select(COLUMNS + "WHERE certificate_id = #{id}")
  Optional<Certificate> find(@Param("id") CertificateId id);

  @Select(COLUMNS + "WHERE certificate_id = #{id} ${forUpdate}")
  Optional<Certificate> lock(@Param("id") CertificateId id);

  @Select("SELECT account_id FROM acp_certificate WHERE certificate_id = #{id}")
  Optional<AccountId> holder(@Param("id") CertificateId id);

  @Select(COLUMNS + "WHERE number = #{number}")
  Optional<Certificate> byNumber(@Param("number") CertificateNumber number);

  @Select(COLUMNS + "WHERE earned_by = #{record} ${forUpdate}")
  Optional<Certificate> lockByRecord(@Param("record") ExamRecordId record);

  @Select(COLUMNS + "WHERE earned_by = #{record}")
  Optional<Certificate> byRecord(@Param("record") ExamRecordId record);

  @Select(
      "SELECT certificate_id FROM acp_certificate WHERE record_id = #{record} ORDER BY certificate_id")
  List<CertificateId> standingOn(@Param("record") ExamRecordId record);

  @Select(COLUMNS + "WHERE renewed_from = #{id}")
  Optional<Certificate> renewalOf(@Param("id") CertificateId id);

  @Select(COLUMNS + "WHERE account_id = #{account} ORDER BY certificate_id")
  List<Certificate> ofAccount(@Param("account") AccountId account);

  @Select(
      """
      <script>
      SELECT certificate_id, record_id, exam_id, level, number, state, obtained_at, valid_from,
        valid_until, account_id, organization_id, bound_at, renewed_from, held_with_record
      FROM acp_certificate
      WHERE organization_id = #{organization} AND certificate_id &gt; #{after}
      <if test="filter.state() != null">
        AND CASE WHEN expires_at &lt;= #{now} THEN 'EXPIRED' ELSE state END = #{filter.state}
      </if>
      <if test="filter.examId() != null">AND exam_id = #{filter.examId}</if>
      <if test="filter.level() != null">AND level = #{filter.level}</if>
      <if test="filter.accountId() != null">AND account_id = #{filter.accountId}</if>
      <if test="filter.expiresBefore() != null">
        AND expires_at &gt; #{now} AND expires_at &lt; #{filter.expiresBefore}
      </if>
      ORDER BY certificate_id LIMIT #{size}
      </script>""")
  List<Certificate> ofOrganization(
      @Param("organization") OrganizationId organization,
      @Param("filter") CertificateFilter filter,
      @Param("now") Instant now,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      """
      SELECT certificate_id FROM acp_certificate
      WHERE expires_at <= #{now} AND certificate_id > #{after}
      ORDER BY certificate_id LIMIT #{size}""")
  List<CertificateId> due(
      @Param("now") Instant now, @Param("after") String after, @Param("size") int size);

  @Select("SELECT MIN(expires_at) FROM acp_certificate")
  Optional<Instant> nextDue();

  @Insert(
      """
      INSERT INTO acp_certificate_change (change_id, certificate_id, state, since)
      VALUES (#{changeId}, #{certificateId}, #{state}, #{since})""")
  int append(CertificateChange change);

  @Select(
      """
      SELECT change_id, certificate_id, state, since FROM acp_certificate_change
      WHERE certificate_id = #{id} ORDER BY since, change_id""")
  List<CertificateChange> history(@Param("id") CertificateId id);
}
