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
      SELECT record_id, candidate_id, registration_id, exam_id, taken_at, outcome, score, state,
        received_at, account_id
      FROM acp_exam_record\s""";

  @Insert(
      """
      INSERT INTO acp_record_key (candidate_id, registration_id, exam_id)
      VALUES (#{ids.candidateId}, #{ids.registrationId}, #{exam})""")
  int insertKey(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Select(
      """
      SELECT exam_id FROM acp_record_key
      WHERE candidate_id = #{ids.candidateId} AND registration_id = #{ids.registrationId}
        AND exam_id = #{exam}
      FOR UPDATE""")
  Optional<ExamId> lockKey(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Insert(
      """
      INSERT INTO acp_exam_record (record_id, candidate_id, registration_id, exam_id, taken_at,
        outcome, score, state, received_at, account_id)
      VALUES (#{recordId}, #{candidateId}, #{registrationId}, #{examId}, #{takenAt}, #{outcome},
        #{score}, #{state}, #{receivedAt}, #{accountId})""")
  int insert(ExamRecord row);

  @Select(COLUMNS + "WHERE record_id = #{id}")
  Optional<ExamRecord> find(@Param("id") ExamRecordId id);

  @Select(
      COLUMNS
          + """
          WHERE candidate_id = #{ids.candidateId} AND registration_id = #{ids.registrationId}
            AND exam_id = #{exam} AND state <> 'HELD'""")
  Optional<ExamRecord> standing(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Select(
      COLUMNS
          + """
          WHERE account_id = #{account} AND exam_id = #{exam} AND state = 'RECEIVED'
          ORDER BY record_id""")
  List<ExamRecord> of(@Param("account") AccountId account, @Param("exam") ExamId exam);

  @Update("UPDATE acp_exam_record SET account_id = #{account} WHERE record_id = #{id}")
  int setAccount(@Param("id") ExamRecordId id, @Param("account") AccountId account);

  @Select(
      COLUMNS
          + """
          WHERE candidate_id = #{ids.candidateId} AND registration_id = #{ids.registrationId}
            AND exam_id = #{exam} AND state = 'HELD'
          ORDER BY record_id""")
  List<ExamRecord> heldBeside(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Select(COLUMNS + "WHERE state = 'HELD' ORDER BY record_id")
  List<ExamRecord> held();
}
