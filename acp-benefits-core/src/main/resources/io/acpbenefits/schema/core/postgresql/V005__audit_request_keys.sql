-- Append-only: who did what to what. Also what makes every change of a state accountable.
CREATE TABLE acp_audit_entry (
  entry_id VARCHAR(36) COLLATE "C" NOT NULL,
  operation VARCHAR(40) COLLATE "C" NOT NULL,
  subject_id VARCHAR(200) COLLATE "C" NOT NULL,
  from_state VARCHAR(20) COLLATE "C",
  to_state VARCHAR(20) COLLATE "C",
  made_at TIMESTAMP(6) NOT NULL,
  made_by VARCHAR(300) COLLATE "C" NOT NULL,
  why VARCHAR(500) COLLATE "C",
  CONSTRAINT acp_audit_entry_pk PRIMARY KEY (entry_id)
);

CREATE INDEX acp_audit_entry_by_subject ON acp_audit_entry (subject_id, entry_id);
CREATE INDEX acp_audit_entry_by_operation ON acp_audit_entry (operation, entry_id);

-- The payload is a keyed hash: it may have held secrets.
CREATE TABLE acp_request_key (
  actor VARCHAR(300) COLLATE "C" NOT NULL,
  request_key VARCHAR(200) COLLATE "C" NOT NULL,
  operation VARCHAR(40) COLLATE "C" NOT NULL,
  payload VARCHAR(64) COLLATE "C" NOT NULL,
  result VARCHAR(4000) COLLATE "C",
  made_at TIMESTAMP(6) NOT NULL,
  CONSTRAINT acp_request_key_pk PRIMARY KEY (actor, request_key)
);

CREATE INDEX acp_request_key_by_time ON acp_request_key (made_at);

-- What retention looks for.
CREATE INDEX acp_join_request_decided ON acp_join_request (decided_at);
CREATE INDEX acp_membership_ended ON acp_membership (ended_at);
