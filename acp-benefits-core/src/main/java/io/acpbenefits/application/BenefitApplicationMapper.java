package io.acpbenefits.application;

import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.quota.QuotaUses;
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
      UPDATE acp_application SET exam_id = #{examId}, quantity = #{quantity},
        state = #{state}, quota_id = #{quotaId}, reason = #{reason}, submitted_at = #{submittedAt},
        fulfilled_at = #{fulfilledAt}, attempts = #{attempts}
      WHERE application_id = #{applicationId}""")
  int update(BenefitApplication application);

  @Select(COLUMNS + "WHERE application_id = #{id}")
  Optional<BenefitApplication> find(@Param("id") BenefitApplicationId id);

  @Select(COLUMNS + "WHERE application_id = #{id} ${forUpdate}")
  Optional<BenefitApplication> lock(@Param("id") BenefitApplicationId id);

  @Select(
      COLUMNS
          + """
          WHERE partner_id = #{partner} AND application_id > #{after}
          ORDER BY application_id LIMIT #{size}""")
  List<BenefitApplication> ofPartner(
      @Param("partner") PartnerId partner, @Param("after") String after, @Param("size") int size);

  @Select(
      COLUMNS
          + """
          WHERE state NOT IN ('DRAFT', 'FULFILLED', 'REJECTED', 'CANCELED')
            AND application_id > #{after}
          ORDER BY application_id LIMIT #{size}""")
  List<BenefitApplication> open(@Param("after") String after, @Param("size") int size);

  @Select(
      """
      SELECT application_id FROM acp_application
      WHERE partner_id = #{partner} AND state NOT IN ('FULFILLED', 'REJECTED', 'CANCELED')
      ORDER BY application_id""")
  List<BenefitApplicationId> openOf(@Param("partner") PartnerId partner);

  @Select(
      """
      SELECT quota_id,
        SUM(CASE WHEN state IN ('IN_REVIEW', 'ACTION_REQUIRED', 'APPROVED', 'FULFILLING',
          'FULFILMENT_FAILED') THEN quantity ELSE 0 END) AS held,
        SUM(CASE WHEN state = 'FULFILLED' THEN quantity ELSE 0 END) AS consumed
      FROM acp_application
      WHERE quota_id >= #{first} AND quota_id <= #{last}
      GROUP BY quota_id""")
  List<QuotaUses.Use> uses(@Param("first") QuotaId first, @Param("last") QuotaId last);
}
