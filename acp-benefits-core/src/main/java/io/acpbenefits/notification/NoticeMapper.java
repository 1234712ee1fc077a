package io.acpbenefits.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface NoticeMapper {

  /** A notice as it is stored. */
  record NoticeRow(
      NoticeId noticeId,
      Notice.Kind kind,
      String subjectId,
      String noticeKey,
      NoticeState state,
      Instant queuedAt,
      int attempts,
      @Nullable Instant nextAttemptAt,
      @Nullable String claim,
      @Nullable String lastFailure,
      @Nullable Instant endedAt) {

    Notice notice() {
      return new Notice(kind, subjectId, noticeKey);
    }

    QueuedNotice told() {
      return new QueuedNotice(
          noticeId, notice(), state, queuedAt, attempts, nextAttemptAt, lastFailure, endedAt);
    }
  }

  String COLUMNS =
      """
      SELECT notice_id, kind, subject_id, notice_key, state, queued_at, attempts, next_attempt_at,
        claim, last_failure, ended_at
      FROM acp_notice\s""";

  @Insert(
      """
      INSERT INTO acp_notice (notice_id, kind, subject_id, notice_key, state, queued_at, attempts,
        next_attempt_at)
      VALUES (#{id}, #{n.kind}, #{n.subjectId}, #{n.key}, 'WAITING', #{now}, 0, #{now}) ${ifMissing}""")
  int insert(@Param("id") NoticeId id, @Param("n") Notice notice, @Param("now") Instant now);

  /** The one that has waited longest, unless somebody has it in hand at this moment. */
  @Select(
      COLUMNS
          + """
          WHERE next_attempt_at <= #{now}
          ORDER BY next_attempt_at, notice_id LIMIT 1 FOR UPDATE SKIP LOCKED""")
  Optional<NoticeRow> lockDue(@Param("now") Instant now);

  @Select(COLUMNS + "WHERE notice_id = #{id} FOR UPDATE")
  Optional<NoticeRow> lock(@Param("id") NoticeId id);

  @Select(COLUMNS + "WHERE notice_id = #{id}")
  Optional<NoticeRow> find(@Param("id") NoticeId id);

  @Select("SELECT COUNT(*) FROM acp_notice WHERE state = #{state}")
  long count(NoticeState state);

  @Update(
      """
      UPDATE acp_notice SET state = 'SENDING', attempts = attempts + 1, claim = #{claim},
        next_attempt_at = #{until}, last_failure = #{failure}
      WHERE notice_id = #{id}""")
  int send(
      @Param("id") NoticeId id,
      @Param("claim") String claim,
      @Param("until") Instant until,
      @Param("failure") @Nullable String failure);

  @Update(
      """
      UPDATE acp_notice SET state = 'WAITING', attempts = #{attempts}, claim = NULL,
        next_attempt_at = #{next}, last_failure = #{failure}
      WHERE notice_id = #{id}""")
  int await(
      @Param("id") NoticeId id,
      @Param("attempts") int attempts,
      @Param("next") Instant next,
      @Param("failure") @Nullable String failure);

  @Update(
      """
      UPDATE acp_notice SET state = 'GIVEN_UP', claim = NULL, next_attempt_at = NULL,
        last_failure = #{failure}
      WHERE notice_id = #{id}""")
  int giveUp(@Param("id") NoticeId id, @Param("failure") String failure);

  @Update(
      """
      UPDATE acp_notice SET state = #{state}, claim = NULL, next_attempt_at = NULL,
        ended_at = #{now}
      WHERE notice_id = #{id}""")
  int end(@Param("id") NoticeId id, @Param("state") NoticeState state, @Param("now") Instant now);

  @Delete("DELETE FROM acp_notice WHERE ended_at <= #{before}")
  int forget(@Param("before") Instant before);

  @Select("SELECT MIN(next_attempt_at) FROM acp_notice WHERE next_attempt_at IS NOT NULL")
  Optional<Instant> nextDue();

  @Select(
      COLUMNS
          + """
          WHERE state = #{state} AND notice_id > #{after}
          ORDER BY notice_id LIMIT #{size}""")
  List<NoticeRow> inState(
      @Param("state") NoticeState state, @Param("after") String after, @Param("size") int size);

  @Select(
      COLUMNS
          + """
          WHERE (state = 'GIVEN_UP' OR (state IN ('WAITING', 'SENDING') AND last_failure IS NOT NULL))
            AND notice_id > #{after}
          ORDER BY notice_id LIMIT #{size}""")
  List<NoticeRow> stuck(@Param("after") String after, @Param("size") int size);
}
