CREATE TABLE acp_application (
  application_id VARCHAR(36) NOT NULL,
  partner_id VARCHAR(200) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  quantity INT NOT NULL,
  state VARCHAR(20) NOT NULL,
  quota_id VARCHAR(36),
  reason VARCHAR(40),
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(300) NOT NULL,
  submitted_at DATETIME(6),
  decided_at DATETIME(6),
  decided_by VARCHAR(300),
  fulfilled_at DATETIME(6),
  attempts INT NOT NULL,
  CONSTRAINT acp_application_pk PRIMARY KEY (application_id),
  CONSTRAINT acp_application_partner FOREIGN KEY (partner_id) REFERENCES acp_partner (partner_id),
  CONSTRAINT acp_application_exam FOREIGN KEY (exam_id) REFERENCES acp_exam (exam_id),
  CONSTRAINT acp_application_quota FOREIGN KEY (quota_id) REFERENCES acp_quota (quota_id),
  CONSTRAINT acp_application_quantity CHECK (quantity > 0),
  CONSTRAINT acp_application_state CHECK (state IN ('DRAFT', 'IN_REVIEW', 'ACTION_REQUIRED',
    'APPROVED', 'FULFILLING', 'FULFILLED', 'FULFILMENT_FAILED', 'REJECTED', 'CANCELED'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_application_by_partner ON acp_application (partner_id, application_id);
CREATE INDEX acp_application_by_quota ON acp_application (quota_id, state);

-- What the Benefit Center was asked for and was neither taken nor given back yet.
CREATE TABLE acp_hand_out (
  application_id VARCHAR(36) NOT NULL,
  -- Until when an answer may come, as far as anybody knows who has not asked.
  answer_by DATETIME(6) NOT NULL,
  -- Once the application has ended without codes: when that is told next.
  give_back_at DATETIME(6),
  attempts INT NOT NULL,
  claim VARCHAR(36),
  last_failure VARCHAR(200),
  CONSTRAINT acp_hand_out_pk PRIMARY KEY (application_id),
  CONSTRAINT acp_hand_out_application FOREIGN KEY (application_id)
    REFERENCES acp_application (application_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_hand_out_due ON acp_hand_out (give_back_at, application_id);

CREATE TABLE acp_benefit_change (
  change_id VARCHAR(36) NOT NULL,
  partner_id VARCHAR(200) NOT NULL,
  quota_id VARCHAR(36) NOT NULL,
  level VARCHAR(10) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  quantity BIGINT NOT NULL,
  exam_id VARCHAR(200),
  application_id VARCHAR(36),
  made_at DATETIME(6) NOT NULL,
  made_by VARCHAR(300) NOT NULL,
  CONSTRAINT acp_benefit_change_pk PRIMARY KEY (change_id),
  CONSTRAINT acp_benefit_change_kind CHECK (kind IN ('GRANTED', 'ADJUSTED', 'HELD', 'RELEASED',
    'CODES_ISSUED', 'SUSPENDED', 'RESUMED', 'EXPIRED', 'REVOKED')),
  CONSTRAINT acp_benefit_change_quota FOREIGN KEY (quota_id) REFERENCES acp_quota (quota_id),
  CONSTRAINT acp_benefit_change_application FOREIGN KEY (application_id)
    REFERENCES acp_application (application_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_benefit_change_by_partner ON acp_benefit_change (partner_id, change_id);

CREATE TABLE acp_exam_code (
  code_id VARCHAR(36) NOT NULL,
  partner_id VARCHAR(200) NOT NULL,
  organization_id VARCHAR(36) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  application_id VARCHAR(36),
  state VARCHAR(20) NOT NULL,
  holder VARCHAR(200),
  code_cipher VARBINARY(500) NOT NULL,
  code_key_id VARCHAR(40) NOT NULL,
  code_lookup VARCHAR(64) NOT NULL,
  lookup_key_id VARCHAR(40) NOT NULL,
  issued_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  -- While reserved: until when a result may still come in.
  reserved_until DATETIME(6),
  -- While reserved: since when its holder is no member any more and nobody has decided on it.
  holder_left_at DATETIME(6),
  changed_at DATETIME(6) NOT NULL,
  -- At most one open code per member and exam.
  open_holder VARCHAR(200) GENERATED ALWAYS AS
    (CASE WHEN state IN ('ASSIGNED', 'RESERVED') THEN holder END) STORED,
  CONSTRAINT acp_exam_code_pk PRIMARY KEY (code_id),
  CONSTRAINT acp_exam_code_partner FOREIGN KEY (partner_id) REFERENCES acp_partner (partner_id),
  CONSTRAINT acp_exam_code_organization FOREIGN KEY (organization_id)
    REFERENCES acp_organization (organization_id),
  CONSTRAINT acp_exam_code_exam FOREIGN KEY (exam_id) REFERENCES acp_exam (exam_id),
  CONSTRAINT acp_exam_code_lookup UNIQUE (code_lookup),
  CONSTRAINT acp_exam_code_one_open UNIQUE (partner_id, exam_id, open_holder),
  CONSTRAINT acp_exam_code_state CHECK (state IN ('ISSUED', 'ASSIGNED', 'RESERVED', 'REDEEMED',
    'FORFEITED', 'EXPIRED', 'REVOKED'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_exam_code_free ON acp_exam_code (partner_id, exam_id, state, expires_at, code_id);
CREATE INDEX acp_exam_code_by_holder ON acp_exam_code (holder, code_id);
CREATE INDEX acp_exam_code_by_partner ON acp_exam_code (partner_id, code_id);
CREATE INDEX acp_exam_code_by_application ON acp_exam_code (application_id, code_id);
CREATE INDEX acp_exam_code_by_state ON acp_exam_code (partner_id, state, code_id);
CREATE INDEX acp_exam_code_due ON acp_exam_code (state, expires_at);
CREATE INDEX acp_exam_code_of_exam ON acp_exam_code (exam_id, state, expires_at);
