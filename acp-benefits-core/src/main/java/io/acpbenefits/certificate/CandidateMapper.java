package io.acpbenefits.certificate;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

interface CandidateMapper {

  /** Each once, however many codes, bookings and bindings there are. */
  @Select(
      """
      SELECT a.account_key, a.account_id, c.exam_id FROM (
        SELECT holder AS account_id, exam_id FROM acp_exam_code
        WHERE state IN ('ASSIGNED', 'RESERVED') AND holder IS NOT NULL
        UNION SELECT account_id, exam_id FROM acp_registration WHERE state = 'SCHEDULED'
        UNION SELECT account_id, exam_id FROM acp_binding
        WHERE state IN ('SUBMITTED', 'AWAITING_DATA', 'CHECK_IDS')
      ) c JOIN acp_account a ON a.account_id = c.account_id
      WHERE a.account_key > #{key} OR (a.account_key = #{key} AND c.exam_id > #{exam})
      ORDER BY a.account_key, c.exam_id LIMIT #{size}""")
  List<Candidate> open(
      @Param("key") String accountKey, @Param("exam") String exam, @Param("size") int size);
}
