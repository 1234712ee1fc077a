package io.acpbenefits.idempotency;

import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

interface RequestKeyMapper {

  /** What was asked for under a key, and what came of it. */
  record Earlier(String operation, String payload, @Nullable String result) {}

  @Insert(
      """
      INSERT INTO acp_request_key (actor, request_key, operation, payload, made_at)
      VALUES (#{actor}, #{key}, #{operation}, #{payload}, #{at}) ${ifMissing}""")
  int insert(
      @Param("actor") String actor,
      @Param("key") String key,
      @Param("operation") String operation,
      @Param("payload") String payload,
      @Param("at") Instant at);

  @Select(
      """
      SELECT operation, payload, result FROM acp_request_key
      WHERE actor = #{actor} AND request_key = #{key} FOR UPDATE""")
  Optional<Earlier> lock(@Param("actor") String actor, @Param("key") String key);

  @Update(
      """
      UPDATE acp_request_key SET result = #{result}
      WHERE actor = #{actor} AND request_key = #{key} AND result IS NULL""")
  int finish(
      @Param("actor") String actor, @Param("key") String key, @Param("result") String result);

  @Delete("DELETE FROM acp_request_key WHERE made_at < #{before}")
  int forget(@Param("before") Instant before);
}
