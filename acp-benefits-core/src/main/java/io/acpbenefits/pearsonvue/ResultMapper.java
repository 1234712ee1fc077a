package io.acpbenefits.pearsonvue;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordKind;
import io.acpbenefits.secret.SealedSecret;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface ResultMapper {

  /** Up to where results have been appended. */
  record FeedRow(long lastNumber, Instant lastToldFrom) {}

  /** A result with what its line says, the code still sealed. */
  @SuppressWarnings("ArrayRecordComponent") // Only carried from the row to the vault.
  record ResultRow(
      long resultNumber,
      ExamRecordKind kind,
      ExamOutcome outcome,
      @Nullable String score,
      ExamId examId,
      String candidateId,
      String registrationId,
      Instant startsAt,
      @Nullable String voucherId,
      byte @Nullable [] codeCipher,
      @Nullable String codeKeyId) {

    @Nullable SealedSecret secret() {
      return codeCipher == null || codeKeyId == null
          ? null
          : new SealedSecret(codeCipher, codeKeyId);
    }
  }

  @Select(
      """
      SELECT last_number, last_told_from FROM acp_vue_feed
      WHERE feed_name = 'results' FOR UPDATE""")
  FeedRow lockFeed();

  @Update(
      """
      UPDATE acp_vue_feed SET last_number = #{lastNumber}, last_told_from = #{lastToldFrom}
      WHERE feed_name = 'results'""")
  int moveFeed(FeedRow feed);

  @Insert(
      """
      INSERT INTO acp_vue_result (result_number, booking_id, kind, outcome, score, made_at,
        told_from)
      VALUES (#{feed.lastNumber}, #{booking}, #{kind}, #{result.outcome}, #{result.score}, #{now},
        #{feed.lastToldFrom})""")
  int insert(
      @Param("feed") FeedRow feed,
      @Param("booking") BookingId booking,
      @Param("kind") ExamRecordKind kind,
      @Param("result") ExamResult result,
      @Param("now") Instant now);

  @Select(
      """
      SELECT r.result_number, r.kind, r.outcome, r.score, b.exam_id, b.candidate_id,
        b.registration_id, s.starts_at, v.voucher_id, v.code_cipher, v.code_key_id
      FROM acp_vue_result r
        JOIN acp_vue_booking b ON b.booking_id = r.booking_id
        JOIN acp_vue_slot s ON s.slot_id = b.slot_id
        LEFT JOIN acp_vue_voucher v ON v.voucher_id = b.voucher_id
      WHERE r.result_number > #{after} AND r.told_from <= #{now}
      ORDER BY r.result_number LIMIT #{size}""")
  List<ResultRow> told(
      @Param("after") long after, @Param("now") Instant now, @Param("size") int size);
}
