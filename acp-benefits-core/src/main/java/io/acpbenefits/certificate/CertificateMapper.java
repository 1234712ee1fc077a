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
      SELECT certificate_id, record_id, exam_id, level, state, obtained_at, account_id,
        organization_id, bound_at
      FROM acp_certificate\s""";

  @Insert(
      """
      INSERT INTO acp_certificate (certificate_id, record_id, exam_id, level, state, obtained_at)
      VALUES (#{certificateId}, #{recordId}, #{examId}, #{level}, #{state}, #{obtainedAt})""")
  int insert(Certificate certificate);

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

  @Select(COLUMNS + "WHERE record_id = #{record} FOR UPDATE")
  Optional<Certificate> lockByRecord(@Param("record") ExamRecordId record);

  @Select(COLUMNS + "WHERE record_id = #{record}")
  Optional<Certificate> byRecord(@Param("record") ExamRecordId record);

  @Select(COLUMNS + "WHERE account_id = #{account} ORDER BY certificate_id")
  List<Certificate> ofAccount(@Param("account") AccountId account);

  @Select(
      """
      SELECT o.partner_id, c.exam_id, c.level, COUNT(*) AS certificates,
        COUNT(DISTINCT c.account_id) AS people
      FROM acp_certificate c
        JOIN acp_organization o ON o.organization_id = c.organization_id
        JOIN acp_membership m ON m.active_account = c.account_id
          AND m.organization_id = c.organization_id
      WHERE c.state = 'VALID' AND c.organization_id = #{organization}
      GROUP BY o.partner_id, c.exam_id, c.level
      ORDER BY c.exam_id""")
  List<Tally> tallyOfMembers(@Param("organization") OrganizationId organization);

  @Select(
      """
      SELECT o.partner_id, c.exam_id, c.level, COUNT(*) AS certificates,
        COUNT(DISTINCT c.account_id) AS people
      FROM acp_certificate c
        JOIN acp_organization o ON o.organization_id = c.organization_id
      WHERE c.state = 'VALID' AND c.organization_id = #{organization}
      GROUP BY o.partner_id, c.exam_id, c.level
      ORDER BY c.exam_id""")
  List<Tally> tallyOfAll(@Param("organization") OrganizationId organization);
}
