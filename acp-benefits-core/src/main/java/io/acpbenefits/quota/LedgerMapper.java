package io.acpbenefits.quota;

import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** The append-only ledger, and what it comes to. */
interface LedgerMapper {

  /** A quota's counters beside what its ledger comes to. */
  record Proof(
      QuotaId quotaId,
      PartnerId partnerId,
      long granted,
      long held,
      long consumed,
      long expired,
      long ledgerGranted,
      long ledgerHeld,
      long ledgerConsumed,
      long ledgerExpired) {}

  String BALANCE =
      """
      SELECT q.quota_id, q.partner_id, q.level, q.valid_from, q.valid_until,
        SUM(CASE WHEN e.kind IN ('GRANT', 'ADJUST') THEN e.quantity ELSE 0 END) AS granted,
        SUM(CASE e.kind WHEN 'HOLD' THEN e.quantity WHEN 'RELEASE' THEN -e.quantity
          WHEN 'CONSUME' THEN -e.quantity ELSE 0 END) AS held,
        SUM(CASE e.kind WHEN 'CONSUME' THEN e.quantity ELSE 0 END) AS consumed,
        SUM(CASE e.kind WHEN 'EXPIRE' THEN e.quantity ELSE 0 END) AS expired
      FROM acp_quota q JOIN acp_quota_entry e ON e.quota_id = q.quota_id
      WHERE e.effective_at <= #{at} AND\s""";

  String BALANCE_GROUPS =
      """
      \s
      GROUP BY q.quota_id, q.partner_id, q.level, q.valid_from, q.valid_until
      ORDER BY q.level, q.valid_from, q.quota_id""";

  @Insert(
      """
      INSERT INTO acp_quota_entry (entry_id, quota_id, kind, quantity, reference, effective_at,
        made_at, made_by)
      VALUES (#{entryId}, #{quotaId}, #{kind}, #{quantity}, #{reference}, #{effectiveAt}, #{madeAt},
        #{madeBy})""")
  int append(QuotaEntry entry);

  @Select(
      """
      SELECT entry_id, quota_id, kind, quantity, reference, effective_at, made_at, made_by
      FROM acp_quota_entry WHERE quota_id = #{id} AND entry_id > #{after}
      ORDER BY entry_id LIMIT #{size}""")
  List<QuotaEntry> of(
      @Param("id") QuotaId id, @Param("after") String after, @Param("size") int size);

  @Select("SELECT MAX(effective_at) FROM acp_quota_entry WHERE quota_id = #{id}")
  Instant latest(@Param("id") QuotaId id);

  /** What others than the policy added to or took from what was granted first. */
  @Select(
      """
      SELECT COALESCE(SUM(quantity), 0) FROM acp_quota_entry
      WHERE quota_id = #{id} AND kind = 'ADJUST'
        AND (reference IS NULL OR reference <> 'policy')""")
  long adjustedByOthers(@Param("id") QuotaId id);

  @Select(BALANCE + "q.quota_id = #{id}" + BALANCE_GROUPS)
  Optional<QuotaBalance> balance(@Param("id") QuotaId id, @Param("at") Instant at);

  @Select(BALANCE + "q.partner_id = #{partner}" + BALANCE_GROUPS)
  List<QuotaBalance> balances(@Param("partner") PartnerId partner, @Param("at") Instant at);

  /** The page is cut before anything is summed. */
  @Select(
      """
      SELECT q.quota_id, q.partner_id, q.granted, q.held, q.consumed, q.expired,
        SUM(CASE WHEN e.kind IN ('GRANT', 'ADJUST') THEN e.quantity ELSE 0 END) AS ledger_granted,
        SUM(CASE e.kind WHEN 'HOLD' THEN e.quantity WHEN 'RELEASE' THEN -e.quantity
          WHEN 'CONSUME' THEN -e.quantity ELSE 0 END) AS ledger_held,
        SUM(CASE e.kind WHEN 'CONSUME' THEN e.quantity ELSE 0 END) AS ledger_consumed,
        SUM(CASE e.kind WHEN 'EXPIRE' THEN e.quantity ELSE 0 END) AS ledger_expired
      FROM (
        SELECT quota_id, partner_id, granted, held, consumed, expired FROM acp_quota
        WHERE quota_id > #{after} ORDER BY quota_id LIMIT #{size}) q
        LEFT JOIN acp_quota_entry e ON e.quota_id = q.quota_id
      GROUP BY q.quota_id, q.partner_id, q.granted, q.held, q.consumed, q.expired
      ORDER BY q.quota_id""")
  List<Proof> proofs(@Param("after") String after, @Param("size") int size);

  @Select(
      """
      SELECT q.quota_id, q.partner_id, q.granted, q.held, q.consumed, q.expired,
        SUM(CASE WHEN e.kind IN ('GRANT', 'ADJUST') THEN e.quantity ELSE 0 END) AS ledger_granted,
        SUM(CASE e.kind WHEN 'HOLD' THEN e.quantity WHEN 'RELEASE' THEN -e.quantity
          WHEN 'CONSUME' THEN -e.quantity ELSE 0 END) AS ledger_held,
        SUM(CASE e.kind WHEN 'CONSUME' THEN e.quantity ELSE 0 END) AS ledger_consumed,
        SUM(CASE e.kind WHEN 'EXPIRE' THEN e.quantity ELSE 0 END) AS ledger_expired
      FROM acp_quota q LEFT JOIN acp_quota_entry e ON e.quota_id = q.quota_id
      WHERE q.quota_id = #{id}
      GROUP BY q.quota_id, q.partner_id, q.granted, q.held, q.consumed, q.expired""")
  Proof proof(@Param("id") QuotaId id);
}
