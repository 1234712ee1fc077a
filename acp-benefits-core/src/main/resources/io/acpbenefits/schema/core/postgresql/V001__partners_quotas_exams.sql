-- Times are UTC, to the microsecond. Ids are the host's or UUIDs of version 7, as text.
-- All text is compared by its code points, whatever the database's own collation is: pages go by id,
-- and an index must not depend on the operating system's idea of an order.

CREATE TABLE acp_partner (
  partner_id VARCHAR(200) COLLATE "C" NOT NULL,
  name VARCHAR(500) COLLATE "C" NOT NULL,
  tier VARCHAR(200) COLLATE "C" NOT NULL,
  state VARCHAR(20) COLLATE "C" NOT NULL,
  created_at TIMESTAMP(6) NOT NULL,
  CONSTRAINT acp_partner_pk PRIMARY KEY (partner_id),
  CONSTRAINT acp_partner_state CHECK (state IN ('ACTIVE', 'SUSPENDED', 'TERMINATED'))
);

CREATE TABLE acp_exam (
  exam_id VARCHAR(200) COLLATE "C" NOT NULL,
  name VARCHAR(500) COLLATE "C" NOT NULL,
  name_key VARCHAR(500) COLLATE "C" NOT NULL,
  level VARCHAR(10) COLLATE "C" NOT NULL,
  certificate_type VARCHAR(500) COLLATE "C",
  instructions_url VARCHAR(2000) COLLATE "C",
  end_of_sale TIMESTAMP(6),
  end_of_life TIMESTAMP(6),
  CONSTRAINT acp_exam_pk PRIMARY KEY (exam_id),
  CONSTRAINT acp_exam_name UNIQUE (name_key),
  CONSTRAINT acp_exam_level CHECK (level IN ('ACP', 'ACE'))
);

-- What whoever grants quota of a level to a partner locks first: there may be no quota yet.
CREATE TABLE acp_quota_key (
  partner_id VARCHAR(200) COLLATE "C" NOT NULL,
  level VARCHAR(10) COLLATE "C" NOT NULL,
  CONSTRAINT acp_quota_key_pk PRIMARY KEY (partner_id, level)
);

CREATE TABLE acp_quota (
  quota_id VARCHAR(36) COLLATE "C" NOT NULL,
  partner_id VARCHAR(200) COLLATE "C" NOT NULL,
  level VARCHAR(10) COLLATE "C" NOT NULL,
  valid_from TIMESTAMP(6) NOT NULL,
  valid_until TIMESTAMP(6) NOT NULL,
  state VARCHAR(20) COLLATE "C" NOT NULL,
  granted BIGINT NOT NULL,
  held BIGINT NOT NULL,
  consumed BIGINT NOT NULL,
  expired BIGINT NOT NULL,
  CONSTRAINT acp_quota_pk PRIMARY KEY (quota_id),
  CONSTRAINT acp_quota_partner FOREIGN KEY (partner_id) REFERENCES acp_partner (partner_id),
  CONSTRAINT acp_quota_period CHECK (valid_until > valid_from),
  CONSTRAINT acp_quota_state CHECK (state IN
    ('PLANNED', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'REVOKED')),
  CONSTRAINT acp_quota_balance CHECK (
    granted >= 0 AND held >= 0 AND consumed >= 0 AND expired >= 0
    AND granted - held - consumed - expired >= 0)
);

-- What was revoked may be granted anew.
CREATE UNIQUE INDEX acp_quota_start ON acp_quota (partner_id, level, valid_from)
  WHERE state <> 'REVOKED';

CREATE INDEX acp_quota_by_partner ON acp_quota (partner_id, level, valid_from);
CREATE INDEX acp_quota_ending ON acp_quota (state, valid_until);
CREATE INDEX acp_quota_beginning ON acp_quota (state, valid_from);

CREATE TABLE acp_quota_entry (
  entry_id VARCHAR(36) COLLATE "C" NOT NULL,
  quota_id VARCHAR(36) COLLATE "C" NOT NULL,
  kind VARCHAR(20) COLLATE "C" NOT NULL,
  quantity BIGINT NOT NULL,
  reference VARCHAR(200) COLLATE "C",
  -- Since when it counts: an expiry by time from when it was due, all else from when it was made.
  effective_at TIMESTAMP(6) NOT NULL,
  made_at TIMESTAMP(6) NOT NULL,
  made_by VARCHAR(300) COLLATE "C" NOT NULL,
  CONSTRAINT acp_quota_entry_pk PRIMARY KEY (entry_id),
  CONSTRAINT acp_quota_entry_quota FOREIGN KEY (quota_id) REFERENCES acp_quota (quota_id),
  CONSTRAINT acp_quota_entry_kind CHECK (
    kind IN ('GRANT', 'HOLD', 'RELEASE', 'CONSUME', 'ADJUST', 'EXPIRE')),
  CONSTRAINT acp_quota_entry_quantity CHECK (quantity > 0 OR (kind = 'ADJUST' AND quantity < 0))
);

CREATE INDEX acp_quota_entry_by_quota ON acp_quota_entry (quota_id, entry_id);

-- The periods for which every partner's quota was brought to what the quota policy says.
CREATE TABLE acp_quota_period (
  valid_from TIMESTAMP(6) NOT NULL,
  valid_until TIMESTAMP(6) NOT NULL,
  begun_at TIMESTAMP(6) NOT NULL,
  CONSTRAINT acp_quota_period_pk PRIMARY KEY (valid_from, valid_until)
);
