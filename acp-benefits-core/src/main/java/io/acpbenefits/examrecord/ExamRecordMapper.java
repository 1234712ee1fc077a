package io.acpbenefits.examrecord;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.IdPair;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface ExamRecordMapper {

  String COLUMNS =
      """
      SELECT record_id, candidate_id, registration_id, exam_id, taken_at, outcome, score, kind,
        state, received_at, account_id, code_id
      FROM acp_exam_record\s""";

  String OF_IDENTITY =
      """
      WHERE candidate_id = #{ids.candidateId} AND registration_id = #{ids.registrationId}
        AND exam_id = #{exam}\s""";

  @Insert(
      """
      INSERT INTO acp_record_key (candidate_id, registration_id, exam_id)
      VALUES (#{ids.candidateId}, #{ids.registrationId}, #{exam}) ${ifMissing}""")
  int insertKey(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Select("SELECT exam_id FROM acp_record_key " + OF_IDENTITY + "FOR UPDATE")
  Optional<ExamId> lockKey(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Insert(
      """
      INSERT INTO acp_exam_record (record_id, candidate_id, registration_id, exam_id, taken_at,
        outcome, score, kind, state, received_at, account_id, code_id)
      VALUES (#{recordId}, #{candidateId}, #{registrationId}, #{examId}, #{takenAt}, #{outcome},
        #{score}, #{kind}, #{state}, #{receivedAt}, #{accountId}, #{codeId})""")
  int insert(ExamRecord row);

  @Update(
      """
      UPDATE acp_exam_record SET taken_at = #{takenAt}, outcome = #{outcome}, score = #{score},
        kind = #{kind}, state = #{state}, received_at = #{receivedAt}, account_id = #{accountId},
        code_id = #{codeId}
      WHERE record_id = #{recordId}""")
  int update(ExamRecord row);

  @Select(COLUMNS + "WHERE record_id = #{id}")
  Optional<ExamRecord> find(@Param("id") ExamRecordId id);

  @Select(COLUMNS + "WHERE record_id = #{id} ${forUpdate}")
  Optional<ExamRecord> lock(@Param("id") ExamRecordId id);

  /** Adds up 1 if the Candidate ID stands with another Registration ID, 2 for the reverse. */
  @Select(
      """
      SELECT
        CASE WHEN EXISTS (SELECT 1 FROM acp_exam_record
          WHERE exam_id = #{exam} AND candidate_id = #{ids.candidateId}
            AND registration_id <> #{ids.registrationId} AND state = 'RECEIVED')
          THEN 1 ELSE 0 END
        + CASE WHEN EXISTS (SELECT 1 FROM acp_exam_record
          WHERE exam_id = #{exam} AND registration_id = #{ids.registrationId}
            AND candidate_id <> #{ids.candidateId} AND state = 'RECEIVED')
          THEN 2 ELSE 0 END""")
  int halves(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Select(COLUMNS + OF_IDENTITY + "ORDER BY received_at, record_id")
  List<ExamRecord> known(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Select(COLUMNS + OF_IDENTITY + "ORDER BY received_at, record_id ${forUpdate}")
  List<ExamRecord> lockKnown(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Select(
      COLUMNS
          + """
          WHERE account_id = #{account} AND exam_id = #{exam} AND state = 'RECEIVED'
          ORDER BY record_id""")
  List<ExamRecord> of(@Param("account") AccountId account, @Param("exam") ExamId exam);

  @Update("UPDATE acp_exam_record SET account_id = #{account} WHERE record_id = #{id}")
  int setAccount(@Param("id") ExamRecordId id, @Param("account") AccountId account);

  @Update(
      "UPDATE acp_exam_record SET account_id = #{account} "
          + OF_IDENTITY
          + "AND account_id IS NULL")
  int setMissingAccount(
      @Param("ids") IdPair ids, @Param("exam") ExamId exam, @Param("account") AccountId account);

  @Select(
      COLUMNS
          + """
          WHERE state = 'HELD' AND record_id > #{after}
          ORDER BY record_id LIMIT #{size}""")
  List<ExamRecord> held(@Param("after") String after, @Param("size") int size);
}
