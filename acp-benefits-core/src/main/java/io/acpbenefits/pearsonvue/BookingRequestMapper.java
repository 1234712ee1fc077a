package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.Payment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface BookingRequestMapper {

  /** A request as it is stored; slot and former slot are where a booking is to be and was. */
  record RequestRow(
      ExamBookingRequestId requestId,
      AccountId accountId,
      ExamId examId,
      ExamBookingStep step,
      @Nullable Payment payment,
      @Nullable ExamCodeId codeId,
      @Nullable SlotId slotId,
      @Nullable SlotId formerSlotId,
      @Nullable ExamRegistrationId examRegistrationId,
      @Nullable BookingId bookingId,
      @Nullable String requestKey,
      ExamBookingRequestState state,
      Instant askedAt,
      int attempts,
      @Nullable Instant nextAttemptAt,
      @Nullable String claim,
      @Nullable String lastFailure,
      @Nullable Reason refusedFor) {

    ExamBookingRequest told() {
      return new ExamBookingRequest(
          requestId,
          accountId,
          examId,
          step,
          state,
          examRegistrationId,
          bookingId,
          askedAt,
          attempts,
          nextAttemptAt,
          lastFailure,
          refusedFor);
    }
  }

  String COLUMNS =
      """
      SELECT request_id, account_id, exam_id, step, payment, code_id, slot_id, former_slot_id,
        exam_registration_id, booking_id, request_key, state, asked_at, attempts, next_attempt_at,
        claim, last_failure, refused_for
      FROM acp_exam_booking_request\s""";

  @Insert(
      """
      INSERT INTO acp_exam_booking_request (request_id, account_id, exam_id, step, payment, code_id,
        slot_id, former_slot_id, exam_registration_id, booking_id, request_key, state, asked_at,
        attempts, next_attempt_at, claim)
      VALUES (#{requestId}, #{accountId}, #{examId}, #{step}, #{payment}, #{codeId}, #{slotId},
        #{formerSlotId}, #{examRegistrationId}, #{bookingId}, #{requestKey}, #{state}, #{askedAt},
        #{attempts}, #{nextAttemptAt}, #{claim})""")
  int insert(RequestRow row);

  @Select(COLUMNS + "WHERE request_id = #{id}")
  Optional<RequestRow> find(@Param("id") ExamBookingRequestId id);

  @Select(COLUMNS + "WHERE request_id = #{id} FOR UPDATE")
  Optional<RequestRow> lock(@Param("id") ExamBookingRequestId id);

  @Select(COLUMNS + "WHERE account_id = #{account} AND open_exam = #{exam} FOR UPDATE")
  Optional<RequestRow> lockOpen(@Param("account") AccountId account, @Param("exam") ExamId exam);

  @Select(
      COLUMNS
          + """
          WHERE account_id = #{account} AND step = 'HOLD_SEAT' AND open_exam IS NOT NULL
          ORDER BY request_id FOR UPDATE""")
  List<RequestRow> lockHolding(@Param("account") AccountId account);

  @Select(
      COLUMNS
          + """
          WHERE next_attempt_at <= #{now}
          ORDER BY next_attempt_at, request_id LIMIT 1 FOR UPDATE SKIP LOCKED""")
  Optional<RequestRow> lockDue(@Param("now") Instant now);

  @Update(
      """
      UPDATE acp_exam_booking_request SET state = 'ASKING', attempts = attempts + 1,
        claim = #{claim}, next_attempt_at = #{until}, last_failure = #{failure}
      WHERE request_id = #{id}""")
  int ask(
      @Param("id") ExamBookingRequestId id,
      @Param("claim") String claim,
      @Param("until") Instant until,
      @Param("failure") @Nullable String failure);

  /** The claim goes on with the next step, which has tries of its own. */
  @Update(
      """
      UPDATE acp_exam_booking_request SET step = #{step}, attempts = 1, next_attempt_at = #{until},
        exam_registration_id = #{registration}, booking_id = #{booking}, refused_for = #{reason}
      WHERE request_id = #{id}""")
  int advance(
      @Param("id") ExamBookingRequestId id,
      @Param("step") ExamBookingStep step,
      @Param("until") Instant until,
      @Param("registration") @Nullable ExamRegistrationId registration,
      @Param("booking") @Nullable BookingId booking,
      @Param("reason") @Nullable Reason reason);

  @Update(
      """
      UPDATE acp_exam_booking_request SET state = 'OPEN', attempts = #{attempts}, claim = NULL,
        next_attempt_at = #{next}, last_failure = #{failure}
      WHERE request_id = #{id}""")
  int await(
      @Param("id") ExamBookingRequestId id,
      @Param("attempts") int attempts,
      @Param("next") Instant next,
      @Param("failure") @Nullable String failure);

  @Update(
      """
      UPDATE acp_exam_booking_request SET state = #{state}, claim = NULL, next_attempt_at = NULL,
        last_failure = #{failure}, refused_for = #{reason}
      WHERE request_id = #{id}""")
  int end(
      @Param("id") ExamBookingRequestId id,
      @Param("state") ExamBookingRequestState state,
      @Param("failure") @Nullable String failure,
      @Param("reason") @Nullable Reason reason);

  @Select("SELECT COUNT(*) FROM acp_exam_booking_request WHERE state = #{state}")
  long count(ExamBookingRequestState state);

  @Select(
      """
      SELECT MIN(next_attempt_at) FROM acp_exam_booking_request WHERE next_attempt_at IS NOT NULL""")
  Optional<Instant> nextDue();

  @Select(
      COLUMNS
          + """
          WHERE (state = 'GIVEN_UP' OR (state IN ('OPEN', 'ASKING') AND last_failure IS NOT NULL))
            AND request_id > #{after}
          ORDER BY request_id LIMIT #{size}""")
  List<RequestRow> stuck(@Param("after") String after, @Param("size") int size);
}
