package io.acpbenefits.insight;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** What rests, one statement for each kind, all in the order of the ids of what rests. */
interface StuckMapper {

  /** Something that rests. */
  record StuckRow(
      String thingId,
      AccountId person,
      @Nullable ExamId examId,
      Instant since,
      @Nullable Instant until) {}

  String REQUEST =
      """
      SELECT q.request_id AS thing_id, q.account_id AS person,
        NULLIF(q.account_id, q.account_id) AS exam_id, q.submitted_at AS since, q.expires_at AS until
      FROM acp_join_request q
      WHERE q.organization_id = #{organization} AND q.state = 'SUBMITTED' AND q.expires_at > #{now}
        AND q.request_id > #{after}\s""";

  @Select(REQUEST + "AND q.waiting = TRUE ORDER BY q.request_id LIMIT #{size}")
  List<StuckRow> memberElsewhere(
      @Param("organization") OrganizationId organization,
      @Param("now") Instant now,
      @Param("after") String after,
      @Param("size") int size);

  /** How long a request has been open for a decision, only its end tells: waiting puts it off. */
  @Select(
      REQUEST
          + """
          AND q.waiting = FALSE AND q.expires_at <= #{endsBy}
          ORDER BY q.request_id LIMIT #{size}""")
  List<StuckRow> requestOverdue(
      @Param("organization") OrganizationId organization,
      @Param("now") Instant now,
      @Param("endsBy") Instant endsBy,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      """
      SELECT i.invitation_id AS thing_id, i.invited_account AS person,
        NULLIF(i.invited_account, i.invited_account) AS exam_id, i.sent_at AS since,
        i.expires_at AS until
      FROM acp_invitation i
      WHERE i.organization_id = #{organization} AND i.kind = 'PERSONAL' AND i.state = 'PENDING'
        AND i.sent_at <= #{sentBy}
        AND (i.expires_at IS NULL OR i.expires_at > #{now})
        AND i.invitation_id > #{after}
      ORDER BY i.invitation_id LIMIT #{size}""")
  List<StuckRow> invitationUnanswered(
      @Param("organization") OrganizationId organization,
      @Param("now") Instant now,
      @Param("sentBy") Instant sentBy,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      """
      SELECT c.code_id AS thing_id, c.holder AS person, c.exam_id, c.changed_at AS since,
        c.expires_at AS until
      FROM acp_exam_code c JOIN acp_exam e ON e.exam_id = c.exam_id
      WHERE c.partner_id = #{partner} AND c.state = 'ASSIGNED' AND c.expires_at > #{now}
        AND c.changed_at <= #{assignedBy}
        AND (e.end_of_life IS NULL OR e.end_of_life > #{now})
        AND c.code_id > #{after}
      ORDER BY c.code_id LIMIT #{size}""")
  List<StuckRow> codeNotBooked(
      @Param("partner") PartnerId partner,
      @Param("now") Instant now,
      @Param("assignedBy") Instant assignedBy,
      @Param("after") String after,
      @Param("size") int size);

  /** What a member booked with another partner's code is that partner's to look after. */
  @Select(
      """
      SELECT b.exam_registration_id AS thing_id, b.account_id AS person, b.exam_id,
        b.appointment AS since, NULLIF(b.appointment, b.appointment) AS until
      FROM acp_membership m
        JOIN acp_registration b ON b.account_id = m.account_id
        LEFT JOIN acp_exam_code c ON c.code_id = b.code_id
      WHERE m.organization_id = #{organization} AND m.state = 'ACTIVE'
        AND b.state = 'SCHEDULED' AND b.result_due_at <= #{now}
        AND (b.code_id IS NULL OR c.partner_id = #{partner})
        AND b.exam_registration_id > #{after}
      ORDER BY b.exam_registration_id LIMIT #{size}""")
  List<StuckRow> resultOverdue(
      @Param("partner") PartnerId partner,
      @Param("organization") OrganizationId organization,
      @Param("now") Instant now,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      """
      SELECT k.certificate_id AS thing_id, r.account_id AS person, r.exam_id,
        r.received_at AS since, k.expires_at AS until
      FROM acp_membership m
        JOIN acp_exam_record r ON r.account_id = m.account_id
        JOIN acp_certificate k ON k.record_id = r.record_id
      WHERE m.organization_id = #{organization} AND m.state = 'ACTIVE'
        AND r.state = 'RECEIVED' AND r.outcome = 'PASS' AND r.received_at <= #{receivedBy}
        AND k.bound_at IS NULL AND k.state = 'VALID'
        AND (k.expires_at IS NULL OR k.expires_at > #{now})
        AND NOT EXISTS (
          SELECT 1 FROM acp_binding b
          WHERE b.open_account = r.account_id AND b.exam_id = r.exam_id)
        AND k.certificate_id > #{after}
      ORDER BY k.certificate_id LIMIT #{size}""")
  List<StuckRow> passedNotBound(
      @Param("organization") OrganizationId organization,
      @Param("now") Instant now,
      @Param("receivedBy") Instant receivedBy,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      """
      SELECT b.binding_id AS thing_id, b.account_id AS person, b.exam_id,
        b.check_ids_since AS since,
        NULLIF(b.check_ids_since, b.check_ids_since) AS until
      FROM acp_membership m JOIN acp_binding b ON b.account_id = m.account_id
      WHERE m.organization_id = #{organization} AND m.state = 'ACTIVE'
        AND b.state = 'CHECK_IDS' AND b.check_ids_since > #{lapsedBy}
        AND b.binding_id > #{after}
      ORDER BY b.binding_id LIMIT #{size}""")
  List<StuckRow> checkIds(
      @Param("organization") OrganizationId organization,
      @Param("lapsedBy") Instant lapsedBy,
      @Param("after") String after,
      @Param("size") int size);

  @Select(
      """
      SELECT c.code_id AS thing_id, c.holder AS person, c.exam_id, c.holder_left_at AS since,
        c.reserved_until AS until
      FROM acp_exam_code c
      WHERE c.partner_id = #{partner} AND c.state = 'RESERVED' AND c.holder_left_at IS NOT NULL
        AND (c.expires_at > #{now} OR c.reserved_until > #{now})
        AND c.code_id > #{after}
      ORDER BY c.code_id LIMIT #{size}""")
  List<StuckRow> codeOfFormerMember(
      @Param("partner") PartnerId partner,
      @Param("now") Instant now,
      @Param("after") String after,
      @Param("size") int size);
}
