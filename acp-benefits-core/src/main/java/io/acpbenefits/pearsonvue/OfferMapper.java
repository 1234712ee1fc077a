package io.acpbenefits.pearsonvue;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.Delivery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface OfferMapper {

  /** An exam as it is stored. */
  record ExamRow(
      ExamId examId, String name, long price, String currency, @Nullable Instant endsAt) {

    CatalogueExam exam() {
      return new CatalogueExam(examId, name, Price.ofSmallestUnits(price, currency), endsAt);
    }
  }

  /** A test center as it is stored. */
  record TestCenterRow(TestCenterId testCenterId, String name, String city, String timeZone) {

    TestCenter testCenter() {
      return new TestCenter(testCenterId, name, city, ZoneId.of(timeZone));
    }
  }

  @Insert(
      """
      INSERT INTO acp_vue_exam (exam_id, name, price, currency, ends_at)
      VALUES (#{examId}, #{name}, #{price}, #{currency}, #{endsAt}) ${ifMissing}""")
  int insertExam(ExamRow exam);

  @Update(
      """
      UPDATE acp_vue_exam SET name = #{name}, price = #{price}, currency = #{currency},
        ends_at = #{endsAt}
      WHERE exam_id = #{examId}""")
  int updateExam(ExamRow exam);

  @Select("SELECT exam_id, name, price, currency, ends_at FROM acp_vue_exam WHERE exam_id = #{id}")
  Optional<ExamRow> exam(@Param("id") ExamId id);

  @Select(
      """
      SELECT exam_id, name, price, currency, ends_at FROM acp_vue_exam
      WHERE exam_id > #{after} AND (ends_at IS NULL OR ends_at > #{now})
      ORDER BY exam_id LIMIT #{size}""")
  List<ExamRow> exams(
      @Param("after") String after, @Param("now") Instant now, @Param("size") int size);

  @Insert(
      """
      INSERT INTO acp_vue_test_center (test_center_id, name, city, time_zone)
      VALUES (#{testCenterId}, #{name}, #{city}, #{timeZone})""")
  int insertTestCenter(TestCenterRow testCenter);

  @Select(
      """
      SELECT test_center_id, name, city, time_zone FROM acp_vue_test_center
      WHERE test_center_id = #{id}""")
  Optional<TestCenterRow> testCenter(@Param("id") TestCenterId id);

  @Select(
      """
      SELECT test_center_id, name, city, time_zone FROM acp_vue_test_center
      WHERE test_center_id > #{after}
      ORDER BY test_center_id LIMIT #{size}""")
  List<TestCenterRow> testCenters(@Param("after") String after, @Param("size") int size);

  @Insert(
      """
      INSERT INTO acp_vue_slot (slot_id, delivery, test_center_id, starts_at, capacity)
      VALUES (#{slotId}, #{delivery}, #{testCenterId}, #{startsAt}, #{capacity}) ${ifMissing}""")
  int insertSlot(Slot slot);

  String SLOT =
      """
      SELECT s.slot_id, s.delivery, s.test_center_id, s.starts_at, s.capacity,
        s.capacity - (SELECT COUNT(*) FROM acp_vue_booking b
          WHERE b.slot_id = s.slot_id AND b.taken_seat IS NOT NULL
            AND (NOT b.state = 'HELD' OR b.held_until > #{now})) AS free
      FROM acp_vue_slot s\s""";

  @Select(SLOT + "WHERE s.slot_id = #{id}")
  Optional<Slot> slot(@Param("id") SlotId id, @Param("now") Instant now);

  @Select("SELECT slot_id FROM acp_vue_slot WHERE slot_id = #{id} FOR UPDATE")
  Optional<SlotId> lockSlot(@Param("id") SlotId id);

  @Select(
      """
      <script>
      SELECT slot_id, delivery, test_center_id, starts_at, capacity, free FROM (
      """
          + SLOT
          + """
        WHERE s.delivery = #{delivery} AND s.starts_at &gt;= #{from} AND s.starts_at &lt; #{until}
        <if test="testCenter != null">AND s.site = #{testCenter}</if>
        <if test="after != null">
          AND (s.starts_at &gt; #{after} OR (s.starts_at = #{after} AND s.slot_id &gt; #{afterId}))
        </if>
      ) candidate
      WHERE free &gt; 0
      ORDER BY starts_at, slot_id LIMIT #{size}
      </script>""")
  List<Slot> freeSlots(
      @Param("delivery") Delivery delivery,
      @Param("testCenter") @Nullable TestCenterId testCenter,
      @Param("from") Instant from,
      @Param("until") Instant until,
      @Param("after") @Nullable Instant after,
      @Param("afterId") @Nullable SlotId afterId,
      @Param("now") Instant now,
      @Param("size") int size);
}
