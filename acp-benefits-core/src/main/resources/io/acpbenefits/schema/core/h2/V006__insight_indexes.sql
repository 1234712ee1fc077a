-- What training admins ask goes by partner or organization and by time, where the other features go
-- by id.
CREATE INDEX acp_exam_code_by_expiry ON acp_exam_code (partner_id, expires_at, code_id);
CREATE INDEX acp_exam_code_by_issue ON acp_exam_code (partner_id, issued_at);
CREATE INDEX acp_join_request_by_organization
  ON acp_join_request (organization_id, state, request_id);
