package io.acpbenefits.application;

import io.acpbenefits.partner.PartnerId;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface BenefitApplicationMapper {

  String COLUMNS =
      """
      SELECT application_id, partner_id, exam_id, quantity, state, quota_id, reason, created_at,
        submitted_at, fulfilled_at, attempts
      FROM acp_application\s""";

  @Insert(
      """
      INSERT INTO acp_application (application_id, partner_id, exam_id, quantity, state, created_at,
        created_by, attempts)
      VALUES (#{a.applicationId}, #{a.partnerId}, #{a.examId}, #{a.quantity}, #{a.state},
        #{a.createdAt}, #{by}, #{a.attempts})""")
  int insert(@Param("a") BenefitApplication application, @Param("by") String by);

  @Update(
      """
      UPDATE acp_application SET state = #{state}, quota_id = #{quotaId}, reason = #{reason},
        submitted_at = #{submittedAt}, fulfilled_at = #{fulfilledAt}, attempts = #{attempts}
      WHERE application_id = #{applicationId}""")
  int update(BenefitApplication application);

  @Select(COLUMNS + "WHERE application_id = #{id}")
  Optional<BenefitApplication> find(@Param("id") BenefitApplicationId id);

  @Select(COLUMNS + "WHERE application_id = #{id} FOR UPDATE")
  Optional<BenefitApplication> lock(@Param("id") BenefitApplicationId id);

  @Select(COLUMNS + "WHERE partner_id = #{partner} ORDER BY application_id")
  List<BenefitApplication> ofPartner(@Param("partner") PartnerId partner);
}
