package io.acpbenefits.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface HandOutMapper {

  /** What is to be given back, how often that was tried, and by whom it is being tried. */
  record Due(
      BenefitApplicationId applicationId,
      int attempts,
      @Nullable String claim,
      @Nullable String lastFailure) {}

  @Update(
      """
      UPDATE acp_hand_out SET
        answer_by = CASE WHEN answer_by < #{by} THEN #{by} ELSE answer_by END
      WHERE application_id = #{id}""")
  int askAgain(@Param("id") BenefitApplicationId id, @Param("by") Instant by);

  @Insert(
      """
      INSERT INTO acp_hand_out (application_id, answer_by, give_back_at, owed_since, attempts)
      VALUES (#{id}, #{by}, #{owedSince}, #{owedSince}, 0)""")
  int insert(
      @Param("id") BenefitApplicationId id,
      @Param("by") Instant by,
      @Param("owedSince") @Nullable Instant owedSince);

  @Update(
      """
      UPDATE acp_hand_out SET owed_since = COALESCE(owed_since, #{now}),
        give_back_at = CASE WHEN answer_by < #{now} THEN #{now} ELSE answer_by END
      WHERE application_id = #{id}""")
  int owe(@Param("id") BenefitApplicationId id, @Param("now") Instant now);

  /** Whoever gives it back at this moment will find that it is to be done again. */
  @Update(
      """
      UPDATE acp_hand_out SET claim = NULL, owed_since = COALESCE(owed_since, #{now}),
        give_back_at = CASE WHEN answer_by < #{now} THEN #{now} ELSE answer_by END
      WHERE application_id = #{id}""")
  int oweAnew(@Param("id") BenefitApplicationId id, @Param("now") Instant now);

  @Delete("DELETE FROM acp_hand_out WHERE application_id = #{id}")
  int taken(@Param("id") BenefitApplicationId id);

  /** The one that is due longest, unless somebody has it in hand at this moment. */
  @Select(
      """
      SELECT application_id, attempts, claim, last_failure FROM acp_hand_out
      WHERE give_back_at <= #{now}
      ORDER BY give_back_at, application_id LIMIT 1 FOR UPDATE SKIP LOCKED""")
  Optional<Due> lockDue(@Param("now") Instant now);

  @Update(
      """
      UPDATE acp_hand_out SET claim = #{claim}, attempts = attempts + 1, give_back_at = #{until},
        last_failure = #{failure}
      WHERE application_id = #{id}""")
  int claim(
      @Param("id") BenefitApplicationId id,
      @Param("claim") String claim,
      @Param("until") Instant until,
      @Param("failure") @Nullable String failure);

  @Delete("DELETE FROM acp_hand_out WHERE application_id = #{id} AND claim = #{claim}")
  int givenBack(@Param("id") BenefitApplicationId id, @Param("claim") String claim);

  @Update(
      """
      UPDATE acp_hand_out SET claim = NULL, give_back_at = #{next}, last_failure = #{failure}
      WHERE application_id = #{id} AND claim = #{claim}""")
  int failed(
      @Param("id") BenefitApplicationId id,
      @Param("claim") String claim,
      @Param("next") Instant next,
      @Param("failure") String failure);

  @Select(
      """
      SELECT application_id, COALESCE(owed_since, give_back_at) AS owed_since, attempts,
        give_back_at AS next_attempt_at, last_failure
      FROM acp_hand_out
      WHERE give_back_at IS NOT NULL AND last_failure IS NOT NULL AND application_id > #{after}
      ORDER BY application_id LIMIT #{size}""")
  List<GiveBack> stuck(@Param("after") String after, @Param("size") int size);

  @Select(
      """
      SELECT COUNT(*) FROM acp_hand_out
      WHERE give_back_at IS NOT NULL AND last_failure IS NOT NULL AND attempts >= #{attempts}""")
  long failing(int attempts);

  @Select(
      """
      SELECT application_id, COALESCE(owed_since, give_back_at) AS owed_since, attempts,
        give_back_at AS next_attempt_at, last_failure
      FROM acp_hand_out WHERE application_id = #{id} AND give_back_at IS NOT NULL FOR UPDATE""")
  Optional<GiveBack> lockOwed(@Param("id") BenefitApplicationId id);

  /** Whoever gives it back at this moment does so for nothing, which does no harm. */
  @Update(
      """
      UPDATE acp_hand_out SET claim = NULL, attempts = 0, give_back_at = #{now}
      WHERE application_id = #{id}""")
  int retry(@Param("id") BenefitApplicationId id, @Param("now") Instant now);

  @Select("SELECT MIN(give_back_at) FROM acp_hand_out WHERE give_back_at IS NOT NULL")
  Optional<Instant> nextDue();
}
