-- For MySQL from 8.0.16 on and MariaDB from 10.6 on.
-- Times are UTC, to the microsecond. Ids are the host's or UUIDs of version 7, as text.
-- All text is compared by its code points: pages go by id, and ids that differ in case differ.
-- Neither database has partial indexes: a generated column is null where a unique key is not to hold.
-- The column times_met counts who wanted to insert a row that was there: only by changing the row can
-- an INSERT tell whether it inserted.

CREATE TABLE acp_partner (
  partner_id VARCHAR(200) NOT NULL,
  name VARCHAR(500) NOT NULL,
  tier VARCHAR(200) NOT NULL,
  state VARCHAR(20) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  CONSTRAINT acp_partner_pk PRIMARY KEY (partner_id),
  CONSTRAINT acp_partner_state CHECK (state IN ('ACTIVE', 'SUSPENDED', 'TERMINATED'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE acp_exam (
  exam_id VARCHAR(200) NOT NULL,
  name VARCHAR(500) NOT NULL,
  name_key VARCHAR(500) NOT NULL,
  level VARCHAR(10) NOT NULL,
  certificate_type VARCHAR(500),
  instructions_url VARCHAR(2000),
  end_of_sale DATETIME(6),
  end_of_life DATETIME(6),
  CONSTRAINT acp_exam_pk PRIMARY KEY (exam_id),
  CONSTRAINT acp_exam_name UNIQUE (name_key),
  CONSTRAINT acp_exam_level CHECK (level IN ('ACP', 'ACE'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What whoever grants quota of a level to a partner locks first: there may be no quota yet.
CREATE TABLE acp_quota_key (
  partner_id VARCHAR(200) NOT NULL,
  level VARCHAR(10) NOT NULL,
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_quota_key_pk PRIMARY KEY (partner_id, level)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE acp_quota (
  quota_id VARCHAR(36) NOT NULL,
  partner_id VARCHAR(200) NOT NULL,
  level VARCHAR(10) NOT NULL,
  valid_from DATETIME(6) NOT NULL,
  valid_until DATETIME(6) NOT NULL,
  state VARCHAR(20) NOT NULL,
  granted BIGINT NOT NULL,
  held BIGINT NOT NULL,
  consumed BIGINT NOT NULL,
  expired BIGINT NOT NULL,
  -- What was revoked may be granted anew.
  live_from DATETIME(6) GENERATED ALWAYS AS
    (CASE WHEN state <> 'REVOKED' THEN valid_from END) STORED,
  CONSTRAINT acp_quota_pk PRIMARY KEY (quota_id),
  CONSTRAINT acp_quota_partner FOREIGN KEY (partner_id) REFERENCES acp_partner (partner_id),
  CONSTRAINT acp_quota_start UNIQUE (partner_id, level, live_from),
  CONSTRAINT acp_quota_period CHECK (valid_until > valid_from),
  CONSTRAINT acp_quota_state CHECK (state IN
    ('PLANNED', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'REVOKED')),
  CONSTRAINT acp_quota_balance CHECK (
    granted >= 0 AND held >= 0 AND consumed >= 0 AND expired >= 0
    AND granted - held - consumed - expired >= 0)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_quota_by_partner ON acp_quota (partner_id, level, valid_from);
CREATE INDEX acp_quota_ending ON acp_quota (state, valid_until);
CREATE INDEX acp_quota_beginning ON acp_quota (state, valid_from);

CREATE TABLE acp_quota_entry (
  entry_id VARCHAR(36) NOT NULL,
  quota_id VARCHAR(36) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  quantity BIGINT NOT NULL,
  reference VARCHAR(200),
  -- Since when it counts: an expiry by time from when it was due, all else from when it was made.
  effective_at DATETIME(6) NOT NULL,
  made_at DATETIME(6) NOT NULL,
  made_by VARCHAR(300) NOT NULL,
  CONSTRAINT acp_quota_entry_pk PRIMARY KEY (entry_id),
  CONSTRAINT acp_quota_entry_quota FOREIGN KEY (quota_id) REFERENCES acp_quota (quota_id),
  CONSTRAINT acp_quota_entry_kind CHECK (
    kind IN ('GRANT', 'HOLD', 'RELEASE', 'CONSUME', 'ADJUST', 'EXPIRE')),
  CONSTRAINT acp_quota_entry_quantity CHECK (quantity > 0 OR (kind = 'ADJUST' AND quantity < 0))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_quota_entry_by_quota ON acp_quota_entry (quota_id, entry_id);

-- The periods for which every partner's quota was brought to what the quota policy says.
CREATE TABLE acp_quota_period (
  valid_from DATETIME(6) NOT NULL,
  valid_until DATETIME(6) NOT NULL,
  begun_at DATETIME(6) NOT NULL,
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_quota_period_pk PRIMARY KEY (valid_from, valid_until)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
