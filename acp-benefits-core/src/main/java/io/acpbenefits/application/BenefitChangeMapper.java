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
      SELECT change_id, partner_id, quota_id, level, kind, quantity, exam_id, application_id,
        made_at, made_by
      FROM acp_benefit_change\s""";

  @Insert(
      """
      INSERT INTO acp_benefit_change (change_id, partner_id, quota_id, level, kind, quantity,
        exam_id, application_id, made_at, made_by)
      VALUES (#{changeId}, #{partnerId}, #{quotaId}, #{level}, #{kind}, #{quantity}, #{examId},
        #{applicationId}, #{madeAt}, #{madeBy})""")
  int insert(BenefitChange change);

  @Select(COLUMNS + "WHERE change_id = #{id}")
  Optional<BenefitChange> find(@Param("id") BenefitChangeId id);

  @Select(
      "<script>"
          + COLUMNS
          + """
          WHERE partner_id = #{partner} AND change_id &gt; #{after}
          <if test="f.kind() != null">AND kind = #{f.kind}</if>
          <if test="f.level() != null">AND level = #{f.level}</if>
          <if test="f.examId() != null">AND exam_id = #{f.examId}</if>
          <if test="f.from() != null">AND made_at &gt;= #{f.from}</if>
          <if test="f.until() != null">AND made_at &lt; #{f.until}</if>
          ORDER BY change_id LIMIT #{size}
          </script>""")
  List<BenefitChange> ofPartner(
      @Param("partner") PartnerId partner,
      @Param("f") BenefitChangeFilter filter,
      @Param("after") String after,
      @Param("size") int size);
}
