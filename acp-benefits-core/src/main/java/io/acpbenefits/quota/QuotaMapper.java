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
      INSERT INTO acp_quota (quota_id, partner_id, level, valid_from, valid_until, state, granted,
        held, consumed, expired)
      VALUES (#{quotaId}, #{partnerId}, #{level}, #{validFrom}, #{validUntil}, #{state}, #{granted},
        #{held}, #{consumed}, #{expired})""")
  int insert(Quota quota);

  @Insert(
      """
      INSERT INTO acp_quota_entry (entry_id, quota_id, kind, quantity, reference, made_at, made_by)
      VALUES (#{entryId}, #{quotaId}, #{kind}, #{quantity}, #{reference}, #{madeAt}, #{madeBy})""")
  int append(QuotaEntry entry);

  @Update(
      """
      UPDATE acp_quota SET state = #{state}, held = #{held}, consumed = #{consumed},
        expired = #{expired}
      WHERE quota_id = #{quotaId}""")
  int update(Quota quota);

  @Select(COLUMNS + "WHERE quota_id = #{id} FOR UPDATE")
  Optional<Quota> lock(@Param("id") QuotaId id);

  @Select(
      COLUMNS
          + """
          WHERE partner_id = #{partner} AND level = #{level}
            AND valid_from <= #{now} AND valid_until > #{now}
          FOR UPDATE""")
  Optional<Quota> lockCurrent(
      @Param("partner") PartnerId partner,
      @Param("level") ExamLevel level,
      @Param("now") Instant now);

  @Select(
      COLUMNS
          + """
          WHERE partner_id = #{partner} AND level = #{level}
            AND valid_from < #{until} AND valid_until > #{from}""")
  List<Quota> overlapping(
      @Param("partner") PartnerId partner,
      @Param("level") ExamLevel level,
      @Param("from") Instant from,
      @Param("until") Instant until);

  @Select(COLUMNS + "WHERE partner_id = #{partner} ORDER BY level, valid_from")
  List<Quota> ofPartner(@Param("partner") PartnerId partner);

  @Select(
      """
      SELECT quota_id FROM acp_quota
      WHERE state IN ('ACTIVE', 'SUSPENDED') AND valid_until <= #{now} ORDER BY quota_id""")
  List<QuotaId> due(@Param("now") Instant now);

  @Select("SELECT MIN(valid_until) FROM acp_quota WHERE state IN ('ACTIVE', 'SUSPENDED')")
  Optional<Instant> nextDue();

  @Select(
      """
      SELECT entry_id, quota_id, kind, quantity, reference, made_at, made_by
      FROM acp_quota_entry WHERE quota_id = #{id} ORDER BY entry_id""")
  List<QuotaEntry> ledger(@Param("id") QuotaId id);
}
