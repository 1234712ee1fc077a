package io.acpbenefits.pearsonvue;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.secret.SealedSecret;
import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface VoucherMapper {

  /** A voucher without its code. */
  record VoucherRow(
      String voucherId, ExamId examId, @Nullable BookingId bookingId, Instant expiresAt) {}

  @Insert(
      """
      INSERT INTO acp_vue_voucher (voucher_id, exam_id, code_cipher, code_key_id, code_lookup,
        lookup_key_id, registered_at, expires_at)
      VALUES (#{v.voucherId}, #{v.examId}, #{secret.cipher}, #{secret.keyId}, #{lookup},
        #{lookupKeyId}, #{at}, #{v.expiresAt})""")
  int insert(
      @Param("v") VoucherRow voucher,
      @Param("secret") SealedSecret secret,
      @Param("lookup") String lookup,
      @Param("lookupKeyId") String lookupKeyId,
      @Param("at") Instant at);

  @Select(
      """
      SELECT voucher_id, exam_id, booking_id, expires_at FROM acp_vue_voucher
      WHERE code_lookup = #{lookup}""")
  Optional<VoucherRow> find(@Param("lookup") String lookup);

  @Select(
      """
      SELECT voucher_id, exam_id, booking_id, expires_at FROM acp_vue_voucher
      WHERE code_lookup = #{lookup} FOR UPDATE""")
  Optional<VoucherRow> lock(@Param("lookup") String lookup);

  @Select(
      """
      SELECT voucher_id, exam_id, booking_id, expires_at FROM acp_vue_voucher
      WHERE booking_id = #{booking} FOR UPDATE""")
  Optional<VoucherRow> lockOf(@Param("booking") BookingId booking);

  @Update(
      """
      UPDATE acp_vue_voucher SET booking_id = #{booking}
      WHERE voucher_id = #{id} AND booking_id IS NULL""")
  int use(@Param("id") String id, @Param("booking") BookingId booking);

  @Update(
      """
      UPDATE acp_vue_voucher SET booking_id = NULL
      WHERE voucher_id = #{id} AND booking_id IS NOT NULL""")
  int free(@Param("id") String id);

  @Update(
      """
      UPDATE acp_vue_voucher SET expires_at = #{until}
      WHERE voucher_id = #{id} AND booking_id IS NULL""")
  int expireAt(@Param("id") String id, @Param("until") Instant until);
}
