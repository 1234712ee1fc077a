-- What training admins ask goes by partner and time, where the other features go by id.
CREATE INDEX acp_exam_code_by_expiry ON acp_exam_code (partner_id, expires_at, code_id);
CREATE INDEX acp_exam_code_by_issue ON acp_exam_code (partner_id, issued_at);
