package io.acpbenefits.pearsonvue;

import io.acpbenefits.registration.ExamRegistrationId;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

interface ExamBookingMapper {

  @Insert(
      """
      INSERT INTO acp_exam_booking (exam_registration_id, booking_id)
      VALUES (#{registration}, #{booking})""")
  int insert(
      @Param("registration") ExamRegistrationId registration, @Param("booking") BookingId booking);

  @Select(
      """
      SELECT booking_id FROM acp_exam_booking WHERE exam_registration_id = #{registration}""")
  Optional<BookingId> bookingOf(@Param("registration") ExamRegistrationId registration);
}
