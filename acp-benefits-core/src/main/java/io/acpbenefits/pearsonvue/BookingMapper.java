package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.Payment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface BookingMapper {

  /** What of a booking may have changed until its lock was there; read without joins for that. */
  record LockedRow(
      BookingId bookingId,
      String registrationId,
      ExamId examId,
      SlotId slotId,
      BookingState state,
      Instant heldUntil,
      long price,
      String currency,
      @Nullable ExamOutcome outcome,
      @Nullable String score) {}

  /** A booking as it is shown, with its slot and its candidate. */
  record BookingRow(
      BookingId bookingId,
      String registrationId,
      AccountId accountId,
      ExamId examId,
      SlotId slotId,
      Delivery delivery,
      @Nullable TestCenterId testCenterId,
      Instant startsAt,
      BookingState state,
      Instant heldUntil,
      long price,
      String currency,
      @Nullable Payment payment,
      @Nullable String candidateId,
      @Nullable ExamOutcome outcome,
      @Nullable String score) {

    Booking booking(Instant now, Duration cancelInTime) {
      return new Booking(
          bookingId,
          accountId,
          examId,
          slotId,
          delivery,
          testCenterId,
          startsAt,
          state.at(now, heldUntil),
          heldUntil,
          startsAt.minus(cancelInTime),
          Price.ofSmallestUnits(price, currency),
          payment,
          candidateId,
          outcome == null ? null : new ExamResult(outcome, score));
    }
  }

  String COLUMNS =
      """
      SELECT b.booking_id, b.registration_id, c.account_id, b.exam_id, b.slot_id, s.delivery,
        s.test_center_id, s.starts_at, b.state, b.held_until, b.price, b.currency, b.payment,
        b.candidate_id, b.outcome, b.score
      FROM acp_vue_booking b
        JOIN acp_vue_candidate c ON c.registration_id = b.registration_id
        JOIN acp_vue_slot s ON s.slot_id = b.slot_id\s""";

  @Insert(
      """
      INSERT INTO acp_vue_booking (booking_id, registration_id, exam_id, slot_id, seat, state,
        held_until, price, currency, booked_at)
      VALUES (#{id}, #{registrationId}, #{exam}, #{slot}, #{seat}, 'HELD', #{heldUntil}, #{price},
        #{currency}, #{now})""")
  int insert(
      @Param("id") BookingId id,
      @Param("registrationId") String registrationId,
      @Param("exam") ExamId exam,
      @Param("slot") SlotId slot,
      @Param("seat") int seat,
      @Param("heldUntil") Instant heldUntil,
      @Param("price") long price,
      @Param("currency") String currency,
      @Param("now") Instant now);

  @Update(
      """
      UPDATE acp_vue_booking SET state = 'SCHEDULED', payment = #{payment}, price = #{price},
        voucher_id = #{voucherId}, candidate_id = #{candidateId}
      WHERE booking_id = #{id} AND state = 'HELD'""")
  int schedule(
      @Param("id") BookingId id,
      @Param("payment") Payment payment,
      @Param("voucherId") @Nullable String voucherId,
      @Param("price") long price,
      @Param("candidateId") String candidateId);

  @Update(
      """
      UPDATE acp_vue_booking SET slot_id = #{slot}, seat = #{seat}
      WHERE booking_id = #{id} AND state = 'SCHEDULED'""")
  int moveTo(@Param("id") BookingId id, @Param("slot") SlotId slot, @Param("seat") int seat);

  @Select(
      """
      SELECT booking_id FROM acp_vue_booking
      WHERE registration_id = #{registrationId} AND candidate_id IS NOT NULL
      ORDER BY booking_id""")
  List<BookingId> withCandidateId(@Param("registrationId") String registrationId);

  @Update("UPDATE acp_vue_booking SET candidate_id = #{candidateId} WHERE booking_id = #{id}")
  int setCandidateId(@Param("id") BookingId id, @Param("candidateId") String candidateId);

  @Update("UPDATE acp_vue_booking SET state = #{state} WHERE booking_id = #{id}")
  int setState(@Param("id") BookingId id, @Param("state") BookingState state);

  @Update(
      """
      UPDATE acp_vue_booking SET state = #{state}, outcome = #{result.outcome},
        score = #{result.score}
      WHERE booking_id = #{id}""")
  int setResult(
      @Param("id") BookingId id,
      @Param("state") BookingState state,
      @Param("result") ExamResult result);

  /** Frees the seats whose checkout never came. */
  @Update(
      """
      UPDATE acp_vue_booking SET state = 'RELEASED'
      WHERE slot_id = #{slot} AND state = 'HELD' AND held_until <= #{now}""")
  int releaseLapsed(@Param("slot") SlotId slot, @Param("now") Instant now);

  @Select(
      """
      SELECT booking_id, registration_id, exam_id, slot_id, state, held_until, price, currency,
        outcome, score
      FROM acp_vue_booking WHERE booking_id = #{id} FOR UPDATE""")
  Optional<LockedRow> lock(@Param("id") BookingId id);

  @Select(
      """
      SELECT seat FROM acp_vue_booking
      WHERE slot_id = #{slot} AND taken_seat IS NOT NULL
        AND (state <> 'HELD' OR held_until > #{now})
      FOR UPDATE""")
  List<Integer> lockTakenSeats(@Param("slot") SlotId slot, @Param("now") Instant now);

  @Select(COLUMNS + "WHERE b.registration_id = #{registrationId} AND b.open_exam = #{exam}")
  Optional<BookingRow> open(
      @Param("registrationId") String registrationId, @Param("exam") ExamId exam);

  @Select(COLUMNS + "WHERE b.booking_id = #{id}")
  Optional<BookingRow> find(@Param("id") BookingId id);

  @Select(
      COLUMNS
          + """
          WHERE b.registration_id = #{registrationId} AND b.booking_id > #{after}
          ORDER BY b.booking_id LIMIT #{size}""")
  List<BookingRow> of(
      @Param("registrationId") String registrationId,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      COLUMNS
          + """
          WHERE s.slot_id = #{slot} AND b.taken_seat IS NOT NULL AND b.state <> 'HELD'
          ORDER BY b.seat""")
  List<BookingRow> expectedIn(@Param("slot") SlotId slot);
}
