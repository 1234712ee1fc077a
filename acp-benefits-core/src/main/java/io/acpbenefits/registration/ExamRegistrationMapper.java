package io.acpbenefits.registration;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.organization.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

interface ExamRegistrationMapper {

  String COLUMNS =
      """
      SELECT exam_registration_id, account_id, exam_id, payment, code_id, delivery, state,
        appointment, candidate_id, registration_id, registered_at, result_due_at
      FROM acp_registration\s""";

  @Insert(
      """
      INSERT INTO acp_registration (exam_registration_id, account_id, exam_id, payment, code_id,
        delivery, state, appointment, candidate_id, registration_id, registered_at, changed_at,
        result_due_at)
      VALUES (#{examRegistrationId}, #{accountId}, #{examId}, #{payment}, #{codeId}, #{delivery},
        #{state}, #{appointment}, #{candidateId}, #{registrationId}, #{registeredAt},
        #{registeredAt}, #{resultDueAt})""")
  int insert(ExamRegistration registration);

  @Update(
      """
      UPDATE acp_registration SET state = #{r.state}, appointment = #{r.appointment},
        result_due_at = #{r.resultDueAt}, changed_at = #{now}
      WHERE exam_registration_id = #{r.examRegistrationId}""")
  int update(@Param("r") ExamRegistration registration, @Param("now") Instant now);

  @Update(
      """
      UPDATE acp_registration SET candidate_id = #{ids.candidateId},
        registration_id = #{ids.registrationId}, changed_at = #{now}
      WHERE exam_registration_id = #{id}""")
  int setIds(
      @Param("id") ExamRegistrationId id, @Param("ids") IdPair ids, @Param("now") Instant now);

  @Select(COLUMNS + "WHERE exam_registration_id = #{id}")
  Optional<ExamRegistration> find(@Param("id") ExamRegistrationId id);

  @Select(COLUMNS + "WHERE exam_registration_id = #{id} ${forUpdate}")
  Optional<ExamRegistration> lock(@Param("id") ExamRegistrationId id);

  @Select(
      COLUMNS
          + """
          WHERE account_id = #{account} AND exam_id = #{exam}
          ORDER BY appointment, exam_registration_id""")
  List<ExamRegistration> of(@Param("account") AccountId account, @Param("exam") ExamId exam);

  @Select(
      COLUMNS
          + """
          WHERE candidate_id = #{ids.candidateId} AND registration_id = #{ids.registrationId}
            AND exam_id = #{exam} AND state = 'SCHEDULED'
          ORDER BY exam_registration_id""")
  List<ExamRegistration> scheduledWith(@Param("ids") IdPair ids, @Param("exam") ExamId exam);

  @Select(COLUMNS + "WHERE code_id = #{code} AND state = 'SCHEDULED' ORDER BY exam_registration_id")
  List<ExamRegistration> scheduledBy(@Param("code") ExamCodeId code);

  @Select(
      COLUMNS
          + """
          WHERE state = 'SCHEDULED' AND result_due_at <= #{now} AND exam_registration_id > #{after}
          ORDER BY exam_registration_id LIMIT #{size}""")
  List<ExamRegistration> overdue(
      @Param("now") Instant now, @Param("after") String after, @Param("size") int size);

  @Select(
      COLUMNS
          + """
          WHERE state = 'SCHEDULED' AND result_due_at <= #{now} AND exam_registration_id > #{after}
            AND account_id IN (SELECT active_account FROM acp_membership
              WHERE organization_id = #{organization})
          ORDER BY exam_registration_id LIMIT #{size}""")
  List<ExamRegistration> overdueIn(
      @Param("organization") OrganizationId organization,
      @Param("now") Instant now,
      @Param("after") String after,
      @Param("size") int size);
}
