package io.acpbenefits.examrecord;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface FeedMapper {

  /** A file's row; the fingerprint is of the lines taken. */
  record FeedRow(
      FeedName feedName,
      FeedState state,
      long linesTaken,
      long lastLine,
      String fingerprint,
      long stored,
      long corrected,
      long invalidated,
      long repeated,
      long held,
      long setAside,
      Instant startedAt,
      Instant changedAt,
      @Nullable Instant finishedAt,
      @Nullable String failure) {

    FeedCounts counts() {
      return new FeedCounts(stored, corrected, invalidated, repeated, held, setAside);
    }

    FeedImport told() {
      return new FeedImport(
          feedName, state, lastLine, counts(), startedAt, changedAt, finishedAt, failure);
    }
  }

  /** Whose lines were set aside; a file and a source may have one name. */
  enum Origin {
    FILE,
    PULL
  }

  /** A line that was set aside, and the how-manieth it is. */
  record ProblemRow(long ordinal, long lineNumber, String problem) {

    FeedReport.Problem told() {
      return new FeedReport.Problem(lineNumber, problem);
    }
  }

  String COLUMNS =
      """
      SELECT feed_name, state, lines_taken, last_line, fingerprint, stored, corrected, invalidated,
        repeated, held, set_aside, started_at, changed_at, finished_at, failure
      FROM acp_feed\s""";

  @Insert(
      """
      INSERT INTO acp_feed (feed_name, state, lines_taken, last_line, fingerprint, stored,
        corrected, invalidated, repeated, held, set_aside, started_at, changed_at)
      VALUES (#{name}, 'RUNNING', 0, 0, '', 0, 0, 0, 0, 0, 0, #{now}, #{now}) ${ifMissing}""")
  int insert(@Param("name") FeedName name, @Param("now") Instant now);

  @Select(COLUMNS + "WHERE feed_name = #{name}")
  Optional<FeedRow> find(@Param("name") FeedName name);

  @Select(COLUMNS + "WHERE feed_name = #{name} FOR UPDATE")
  Optional<FeedRow> lock(@Param("name") FeedName name);

  @Select(
      COLUMNS
          + """
          WHERE feed_name > #{after}
          ORDER BY feed_name LIMIT #{size}""")
  List<FeedRow> all(@Param("after") String after, @Param("size") int size);

  @Update(
      """
      UPDATE acp_feed SET state = #{state}, finished_at = #{finishedAt}, failure = #{failure},
        changed_at = #{now}
      WHERE feed_name = #{name} AND lines_taken = #{linesTaken}""")
  int setState(
      @Param("name") FeedName name,
      @Param("linesTaken") long linesTaken,
      @Param("state") FeedState state,
      @Param("finishedAt") @Nullable Instant finishedAt,
      @Param("failure") @Nullable String failure,
      @Param("now") Instant now);

  @Update(
      """
      UPDATE acp_feed SET lines_taken = lines_taken + #{lines}, last_line = #{lastLine},
        fingerprint = #{fingerprint}, stored = stored + #{c.stored},
        corrected = corrected + #{c.corrected}, invalidated = invalidated + #{c.invalidated},
        repeated = repeated + #{c.repeated}, held = held + #{c.held},
        set_aside = set_aside + #{c.setAside}, changed_at = #{now}
      WHERE feed_name = #{name}""")
  int advance(
      @Param("name") FeedName name,
      @Param("lines") long lines,
      @Param("lastLine") long lastLine,
      @Param("fingerprint") String fingerprint,
      @Param("c") FeedCounts counts,
      @Param("now") Instant now);

  @Insert(
      """
      INSERT INTO acp_feed_problem (origin, feed_name, ordinal, line_number, problem)
      VALUES (#{origin}, #{name}, #{p.ordinal}, #{p.lineNumber}, #{p.problem})""")
  int setAside(
      @Param("origin") Origin origin, @Param("name") FeedName name, @Param("p") ProblemRow problem);

  @Select(
      """
      SELECT ordinal, line_number, problem FROM acp_feed_problem
      WHERE origin = #{origin} AND feed_name = #{name} AND ordinal > #{after}
      ORDER BY ordinal LIMIT #{size}""")
  List<ProblemRow> problems(
      @Param("origin") Origin origin,
      @Param("name") FeedName name,
      @Param("after") long after,
      @Param("size") int size);
}
