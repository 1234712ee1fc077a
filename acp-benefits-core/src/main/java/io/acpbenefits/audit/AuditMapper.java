package io.acpbenefits.audit;

import io.acpbenefits.common.Operation;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

interface AuditMapper {

  String COLUMNS =
      """
      SELECT entry_id, operation, subject_id, from_state, to_state, made_at, made_by, why
      FROM acp_audit_entry\s""";

  @Insert(
      """
      INSERT INTO acp_audit_entry (entry_id, operation, subject_id, from_state, to_state, made_at,
        made_by, why)
      VALUES (#{entryId}, #{operation}, #{subjectId}, #{fromState}, #{toState}, #{madeAt},
        #{madeBy}, #{why})""")
  int append(AuditEntry entry);

  @Select(
      COLUMNS
          + """
          WHERE subject_id = #{subject} AND entry_id > #{after}
          ORDER BY entry_id LIMIT #{size}""")
  List<AuditEntry> of(
      @Param("subject") String subject, @Param("after") String after, @Param("size") int size);

  @Select(
      """
      <script>
      SELECT entry_id, operation, subject_id, from_state, to_state, made_at, made_by, why
      FROM acp_audit_entry WHERE entry_id &gt; #{after}
      <if test="operation != null">AND operation = #{operation}</if>
      ORDER BY entry_id LIMIT #{size}
      </script>""")
  List<AuditEntry> all(
      @Param("operation") @Nullable Operation operation,
      @Param("after") String after,
      @Param("size") int size);
}
