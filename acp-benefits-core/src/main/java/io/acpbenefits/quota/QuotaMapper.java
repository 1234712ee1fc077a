package io.acpbenefits.quota;

import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface QuotaMapper {

  String COLUMNS =
      """
      SELECT quota_id, partner_id, level, valid_from, valid_until, state, granted, held, consumed,
        expired
      FROM acp_quota\s""";

  @Insert(
      """
      INSERT INTO acp_quota_key (partner_id, level)
      VALUES (#{partner}, #{level}) ${ifMissing}""")
  int insertKey(@Param("partner") PartnerId partner, @Param("level") ExamLevel level);

  @Select(
      """
      SELECT partner_id FROM acp_quota_key
      WHERE partner_id = #{partner} AND level = #{level} FOR UPDATE""")
  Optional<PartnerId> lockKey(@Param("partner") PartnerId partner, @Param("level") ExamLevel level);

  @Insert(
      """
      INSERT INTO acp_quota (quota_id, partner_id, level, valid_from, valid_until, state, granted,
        held, consumed, expired)
      VALUES (#{quotaId}, #{partnerId}, #{level}, #{validFrom}, #{validUntil}, #{state}, #{granted},
        #{held}, #{consumed}, #{expired})""")
  int insert(Quota quota);

  @Update(
      """
      UPDATE acp_quota SET state = #{state}, granted = #{granted}, held = #{held},
        consumed = #{consumed}, expired = #{expired}
      WHERE quota_id = #{quotaId}""")
  int update(Quota quota);

  @Select(COLUMNS + "WHERE quota_id = #{id}")
  Optional<Quota> find(@Param("id") QuotaId id);

  @Select(COLUMNS + "WHERE quota_id = #{id} ${forUpdate}")
  Optional<Quota> lock(@Param("id") QuotaId id);

  @Select(
      COLUMNS
          + """
          WHERE partner_id = #{partner} AND level = #{level} AND state <> 'REVOKED'
            AND valid_from <= #{now} AND valid_until > #{now}
          ${forUpdate}""")
  Optional<Quota> lockCurrent(
      @Param("partner") PartnerId partner,
      @Param("level") ExamLevel level,
      @Param("now") Instant now);

  /** Locks those of one period; revoked ones may have been granted anew. */
  @Select(
      COLUMNS
          + """
          WHERE partner_id = #{partner} AND level = #{level} AND valid_from = #{from}
            AND valid_until = #{until}
          ORDER BY quota_id ${forUpdate}""")
  List<Quota> lockOfPeriod(
      @Param("partner") PartnerId partner,
      @Param("level") ExamLevel level,
      @Param("from") Instant from,
      @Param("until") Instant until);

  @Select(
      """
      SELECT COUNT(*) FROM acp_quota
      WHERE partner_id = #{partner} AND level = #{level} AND state <> 'REVOKED'
        AND valid_from < #{until} AND valid_until > #{from}""")
  int overlapping(
      @Param("partner") PartnerId partner,
      @Param("level") ExamLevel level,
      @Param("from") Instant from,
      @Param("until") Instant until);

  @Select(COLUMNS + "WHERE partner_id = #{partner} ORDER BY level, valid_from, quota_id")
  List<Quota> ofPartner(@Param("partner") PartnerId partner);

  @Select(
      """
      SELECT quota_id FROM acp_quota
      WHERE quota_id > #{after}
        AND ((state IN ('ACTIVE', 'SUSPENDED') AND valid_until <= #{now})
          OR (state = 'PLANNED' AND valid_from <= #{now}))
      ORDER BY quota_id LIMIT #{size}""")
  List<QuotaId> due(
      @Param("now") Instant now, @Param("after") String after, @Param("size") int size);

  @Select("SELECT MIN(valid_until) FROM acp_quota WHERE state IN ('ACTIVE', 'SUSPENDED')")
  Optional<Instant> nextEnd();

  @Select("SELECT MIN(valid_from) FROM acp_quota WHERE state = 'PLANNED'")
  Optional<Instant> nextBeginning();
}
