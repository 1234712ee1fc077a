package io.acpbenefits.application;

import io.acpbenefits.partner.PartnerId;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

interface BenefitChangeMapper {

  String COLUMNS =
      """
      SELECT change_id, partner_id, quota_id, kind, quantity, exam_id, application_id, made_at, made_by
      FROM acp_benefit_change\s""";

  @Insert(
      """
      INSERT INTO acp_benefit_change (change_id, partner_id, quota_id, kind, quantity, exam_id,
        application_id, made_at, made_by)
      VALUES (#{changeId}, #{partnerId}, #{quotaId}, #{kind}, #{quantity}, #{examId},
        #{applicationId}, #{madeAt}, #{madeBy})""")
  int insert(BenefitChange change);

  @Select(COLUMNS + "WHERE change_id = #{id}")
  Optional<BenefitChange> find(@Param("id") BenefitChangeId id);

  @Select(COLUMNS + "WHERE partner_id = #{partner} ORDER BY change_id")
  List<BenefitChange> ofPartner(@Param("partner") PartnerId partner);
}
