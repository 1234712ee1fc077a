-- What people are to be told, until it was said. Holds ids only. Times are UTC.
CREATE TABLE acp_notice (
  notice_id VARCHAR(36) NOT NULL,
  kind VARCHAR(40) NOT NULL,
  subject_id VARCHAR(300) NOT NULL,
  notice_key VARCHAR(500) NOT NULL,
  state VARCHAR(20) NOT NULL,
  queued_at DATETIME(6) NOT NULL,
  -- Counted before the notifier is called: a call that ends the process counts as well.
  attempts INT NOT NULL,
  -- When it is sent next; of one that is being sent, when its sender is no longer waited for.
  next_attempt_at DATETIME(6),
  claim VARCHAR(36),
  last_failure VARCHAR(200),
  ended_at DATETIME(6),
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_notice_pk PRIMARY KEY (notice_id),
  CONSTRAINT acp_notice_by_key UNIQUE (notice_key),
  CONSTRAINT acp_notice_state CHECK (
    (state = 'WAITING' AND next_attempt_at IS NOT NULL AND claim IS NULL AND ended_at IS NULL)
    OR (state = 'SENDING' AND next_attempt_at IS NOT NULL AND claim IS NOT NULL
      AND ended_at IS NULL)
    OR (state = 'GIVEN_UP' AND next_attempt_at IS NULL AND claim IS NULL AND ended_at IS NULL)
    OR (state IN ('DELIVERED', 'DISCARDED') AND next_attempt_at IS NULL AND claim IS NULL
      AND ended_at IS NOT NULL)),
  CONSTRAINT acp_notice_attempts CHECK (attempts >= 0)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Only what waits or is being sent has a time.
CREATE INDEX acp_notice_due ON acp_notice (next_attempt_at, notice_id);
CREATE INDEX acp_notice_by_state ON acp_notice (state, notice_id);
CREATE INDEX acp_notice_ended ON acp_notice (ended_at);
