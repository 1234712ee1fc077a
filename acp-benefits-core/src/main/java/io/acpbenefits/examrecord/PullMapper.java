package io.acpbenefits.examrecord;

import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface PullMapper {

  /** A source's row. */
  record PullRow(
      FeedName feedName,
      PullPhase state,
      @Nullable String position,
      long linesTaken,
      long stored,
      long corrected,
      long invalidated,
      long repeated,
      long held,
      long setAside,
      Instant nextAttemptAt,
      @Nullable Instant lastSuccessAt,
      @Nullable Instant lastFailureAt,
      @Nullable String lastFailure,
      int failures,
      @Nullable String claim,
      @Nullable Instant claimedUntil) {

    PullState told(Instant now) {
      boolean pulling = claimedUntil != null;
      return new PullState(
          feedName,
          pulling && !isClaimed(now) ? PullPhase.INTERRUPTED : state,
          position,
          new FeedCounts(stored, corrected, invalidated, repeated, held, setAside),
          claimedUntil != null ? claimedUntil : nextAttemptAt,
          lastSuccessAt,
          lastFailureAt,
          lastFailure,
          failures);
    }

    boolean isClaimed(Instant now) {
      return claimedUntil != null && now.isBefore(claimedUntil);
    }
  }

  String COLUMNS =
      """
      SELECT feed_name, state, position, lines_taken, stored, corrected, invalidated, repeated,
        held, set_aside, next_attempt_at, last_success_at, last_failure_at, last_failure, failures,
        claim, claimed_until
      FROM acp_pull\s""";

  @Insert(
      """
      INSERT INTO acp_pull (feed_name, state, lines_taken, stored, corrected, invalidated,
        repeated, held, set_aside, next_attempt_at, failures)
      VALUES (#{name}, 'IDLE', 0, 0, 0, 0, 0, 0, 0, #{now}, 0) ${ifMissing}""")
  int insert(@Param("name") FeedName name, @Param("now") Instant now);

  @Select(COLUMNS + "WHERE feed_name = #{name}")
  Optional<PullRow> find(@Param("name") FeedName name);

  @Select(COLUMNS + "WHERE feed_name = #{name} FOR UPDATE")
  Optional<PullRow> lock(@Param("name") FeedName name);

  @Update(
      """
      UPDATE acp_pull SET state = 'PULLING', claim = #{claim}, claimed_until = #{until}
      WHERE feed_name = #{name}""")
  int claim(
      @Param("name") FeedName name, @Param("claim") String claim, @Param("until") Instant until);

  @Update(
      """
      UPDATE acp_pull SET position = #{position}, claimed_until = #{until},
        lines_taken = lines_taken + #{c.lines}, stored = stored + #{c.stored},
        corrected = corrected + #{c.corrected}, invalidated = invalidated + #{c.invalidated},
        repeated = repeated + #{c.repeated}, held = held + #{c.held},
        set_aside = set_aside + #{c.setAside}
      WHERE feed_name = #{name} AND claim = #{claim}""")
  int advance(
      @Param("name") FeedName name,
      @Param("claim") String claim,
      @Param("position") @Nullable String position,
      @Param("c") FeedCounts counts,
      @Param("until") Instant until);

  @Update(
      """
      UPDATE acp_pull SET state = 'IDLE', claim = NULL, claimed_until = NULL, failures = 0,
        last_success_at = #{now}, next_attempt_at = #{next}
      WHERE feed_name = #{name} AND claim = #{claim}""")
  int succeeded(
      @Param("name") FeedName name,
      @Param("claim") String claim,
      @Param("now") Instant now,
      @Param("next") Instant next);

  @Update(
      """
      UPDATE acp_pull SET state = 'BACKING_OFF', claim = NULL, claimed_until = NULL,
        failures = #{failures}, last_failure_at = #{now}, last_failure = #{failure},
        next_attempt_at = #{next}
      WHERE feed_name = #{name} AND claim = #{claim}""")
  int failed(
      @Param("name") FeedName name,
      @Param("claim") String claim,
      @Param("failures") int failures,
      @Param("failure") String failure,
      @Param("now") Instant now,
      @Param("next") Instant next);
}
