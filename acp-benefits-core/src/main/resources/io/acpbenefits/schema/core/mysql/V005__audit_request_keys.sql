-- Append-only: who did what to what. Also what makes every change of a state accountable.
CREATE TABLE acp_audit_entry (
  entry_id VARCHAR(36) NOT NULL,
  operation VARCHAR(40) NOT NULL,
  subject_id VARCHAR(200) NOT NULL,
  from_state VARCHAR(20),
  to_state VARCHAR(20),
  made_at DATETIME(6) NOT NULL,
  made_by VARCHAR(300) NOT NULL,
  why VARCHAR(500),
  CONSTRAINT acp_audit_entry_pk PRIMARY KEY (entry_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_audit_entry_by_subject ON acp_audit_entry (subject_id, entry_id);
CREATE INDEX acp_audit_entry_by_operation ON acp_audit_entry (operation, entry_id);

-- The payload is a keyed hash: it may have held secrets.
CREATE TABLE acp_request_key (
  actor VARCHAR(300) NOT NULL,
  request_key VARCHAR(200) NOT NULL,
  operation VARCHAR(40) NOT NULL,
  payload VARCHAR(64) NOT NULL,
  result VARCHAR(4000),
  made_at DATETIME(6) NOT NULL,
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_request_key_pk PRIMARY KEY (actor, request_key)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_request_key_by_time ON acp_request_key (made_at);

-- What retention looks for.
CREATE INDEX acp_join_request_decided ON acp_join_request (decided_at);
CREATE INDEX acp_membership_ended ON acp_membership (ended_at);
