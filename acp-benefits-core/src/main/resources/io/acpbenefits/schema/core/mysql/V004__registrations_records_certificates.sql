CREATE TABLE acp_registration (
  exam_registration_id VARCHAR(36) NOT NULL,
  account_id VARCHAR(200) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  payment VARCHAR(20) NOT NULL,
  code_id VARCHAR(36),
  delivery VARCHAR(20) NOT NULL,
  state VARCHAR(20) NOT NULL,
  appointment DATETIME(6) NOT NULL,
  candidate_id VARCHAR(200),
  registration_id VARCHAR(200),
  registered_at DATETIME(6) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  result_due_at DATETIME(6) NOT NULL,
  CONSTRAINT acp_registration_pk PRIMARY KEY (exam_registration_id),
  CONSTRAINT acp_registration_account FOREIGN KEY (account_id) REFERENCES acp_account (account_id),
  CONSTRAINT acp_registration_exam FOREIGN KEY (exam_id) REFERENCES acp_exam (exam_id),
  CONSTRAINT acp_registration_code FOREIGN KEY (code_id) REFERENCES acp_exam_code (code_id),
  CONSTRAINT acp_registration_state CHECK (state IN
    ('SCHEDULED', 'DELIVERED', 'CANCELED', 'LATE_CANCELED', 'NO_SHOW')),
  CONSTRAINT acp_registration_delivery CHECK (delivery IN ('TEST_CENTER', 'ONLINE')),
  CONSTRAINT acp_registration_due CHECK (result_due_at >= appointment),
  CONSTRAINT acp_registration_payment CHECK (
    (payment = 'CODE' AND code_id IS NOT NULL) OR (payment = 'SELF_PAID' AND code_id IS NULL))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_registration_by_account ON acp_registration (account_id, exam_id);
CREATE INDEX acp_registration_by_code ON acp_registration (code_id);
CREATE INDEX acp_registration_by_due ON acp_registration (state, result_due_at);
CREATE INDEX acp_registration_by_pair ON acp_registration (candidate_id, registration_id, exam_id);

-- Which booking at Pearson VUE a registration was made with.
CREATE TABLE acp_exam_booking (
  exam_registration_id VARCHAR(36) NOT NULL,
  booking_id VARCHAR(200) NOT NULL,
  CONSTRAINT acp_exam_booking_pk PRIMARY KEY (exam_registration_id),
  CONSTRAINT acp_exam_booking_registration FOREIGN KEY (exam_registration_id)
    REFERENCES acp_registration (exam_registration_id),
  CONSTRAINT acp_exam_booking_one UNIQUE (booking_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What both a waiting binding and an arriving record lock first, so that neither misses the other.
CREATE TABLE acp_record_key (
  candidate_id VARCHAR(200) NOT NULL,
  registration_id VARCHAR(200) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_record_key_pk PRIMARY KEY (candidate_id, registration_id, exam_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE acp_exam_record (
  record_id VARCHAR(36) NOT NULL,
  candidate_id VARCHAR(200) NOT NULL,
  registration_id VARCHAR(200) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  taken_at DATETIME(6) NOT NULL,
  outcome VARCHAR(20) NOT NULL,
  score VARCHAR(50),
  kind VARCHAR(20) NOT NULL,
  state VARCHAR(20) NOT NULL,
  received_at DATETIME(6) NOT NULL,
  account_id VARCHAR(200),
  code_id VARCHAR(36),
  -- Of all that was said of a pair of ids with an exam, one record stands at most.
  identity_slot VARCHAR(36) GENERATED ALWAYS AS
    (CASE WHEN state = 'RECEIVED' THEN 'STANDS' ELSE record_id END) STORED,
  CONSTRAINT acp_exam_record_pk PRIMARY KEY (record_id),
  CONSTRAINT acp_exam_record_identity
    UNIQUE (exam_id, candidate_id, registration_id, identity_slot),
  CONSTRAINT acp_exam_record_exam FOREIGN KEY (exam_id) REFERENCES acp_exam (exam_id),
  CONSTRAINT acp_exam_record_code FOREIGN KEY (code_id) REFERENCES acp_exam_code (code_id),
  CONSTRAINT acp_exam_record_outcome CHECK (outcome IN ('PASS', 'FAIL', 'NO_SHOW')),
  CONSTRAINT acp_exam_record_kind CHECK (kind IN ('RESULT', 'CORRECTION', 'INVALIDATION')),
  CONSTRAINT acp_exam_record_state CHECK (state IN ('RECEIVED', 'HELD', 'INVALIDATED')),
  CONSTRAINT acp_exam_record_no_result CHECK (kind <> 'INVALIDATION' OR state <> 'RECEIVED')
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_exam_record_by_account ON acp_exam_record (account_id, exam_id, state);
CREATE INDEX acp_exam_record_by_state ON acp_exam_record (state, record_id);
CREATE INDEX acp_exam_record_by_registration ON acp_exam_record (exam_id, registration_id);

-- How far each file has been taken, in the same transactions as what was taken from it.
CREATE TABLE acp_feed (
  feed_name VARCHAR(200) NOT NULL,
  state VARCHAR(20) NOT NULL,
  lines_taken BIGINT NOT NULL,
  last_line BIGINT NOT NULL,
  fingerprint VARCHAR(64) NOT NULL,
  stored BIGINT NOT NULL,
  corrected BIGINT NOT NULL,
  invalidated BIGINT NOT NULL,
  repeated BIGINT NOT NULL,
  held BIGINT NOT NULL,
  set_aside BIGINT NOT NULL,
  started_at DATETIME(6) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6),
  failure VARCHAR(200),
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_feed_pk PRIMARY KEY (feed_name),
  CONSTRAINT acp_feed_state CHECK (state IN ('RUNNING', 'STOPPED', 'FINISHED')),
  CONSTRAINT acp_feed_finished CHECK ((state = 'FINISHED') = (finished_at IS NOT NULL)),
  CONSTRAINT acp_feed_stopped CHECK ((state = 'STOPPED') = (failure IS NOT NULL)),
  CONSTRAINT acp_feed_adds_up CHECK (
    lines_taken = stored + corrected + invalidated + repeated + held + set_aside)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Where each source of records stands. The claim keeps two nodes from pulling at once.
CREATE TABLE acp_pull (
  feed_name VARCHAR(200) NOT NULL,
  state VARCHAR(20) NOT NULL,
  position VARCHAR(500),
  lines_taken BIGINT NOT NULL,
  stored BIGINT NOT NULL,
  corrected BIGINT NOT NULL,
  invalidated BIGINT NOT NULL,
  repeated BIGINT NOT NULL,
  held BIGINT NOT NULL,
  set_aside BIGINT NOT NULL,
  next_attempt_at DATETIME(6) NOT NULL,
  last_success_at DATETIME(6),
  last_failure_at DATETIME(6),
  last_failure VARCHAR(200),
  failures INT NOT NULL,
  claim VARCHAR(36),
  claimed_until DATETIME(6),
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_pull_pk PRIMARY KEY (feed_name),
  CONSTRAINT acp_pull_state CHECK (state IN ('IDLE', 'PULLING', 'BACKING_OFF')),
  CONSTRAINT acp_pull_claimed CHECK (
    (state = 'PULLING') = (claim IS NOT NULL AND claimed_until IS NOT NULL)),
  CONSTRAINT acp_pull_failures CHECK (failures >= 0),
  CONSTRAINT acp_pull_adds_up CHECK (
    lines_taken = stored + corrected + invalidated + repeated + held + set_aside)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Lines that were set aside: where, and what is wrong, but nothing of what they say.
CREATE TABLE acp_feed_problem (
  origin VARCHAR(10) NOT NULL,
  feed_name VARCHAR(200) NOT NULL,
  ordinal BIGINT NOT NULL,
  line_number BIGINT NOT NULL,
  problem VARCHAR(500) NOT NULL,
  CONSTRAINT acp_feed_problem_pk PRIMARY KEY (origin, feed_name, ordinal),
  CONSTRAINT acp_feed_problem_origin CHECK (origin IN ('FILE', 'PULL'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE acp_certificate (
  certificate_id VARCHAR(36) NOT NULL,
  record_id VARCHAR(36) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  level VARCHAR(10) NOT NULL,
  number VARCHAR(50) NOT NULL,
  state VARCHAR(20) NOT NULL,
  obtained_at DATETIME(6) NOT NULL,
  valid_from DATETIME(6) NOT NULL,
  valid_until DATETIME(6),
  account_id VARCHAR(200),
  organization_id VARCHAR(36),
  bound_at DATETIME(6),
  renewed_from VARCHAR(36),
  held_with_record BOOLEAN NOT NULL,
  -- A record earns one certificate; the renewals of that one stand on the same record.
  earned_by VARCHAR(36) GENERATED ALWAYS AS
    (CASE WHEN renewed_from IS NULL THEN record_id END) STORED,
  expires_at DATETIME(6) GENERATED ALWAYS AS
    (CASE WHEN state IN ('VALID', 'SUSPENDED') THEN valid_until END) STORED,
  CONSTRAINT acp_certificate_pk PRIMARY KEY (certificate_id),
  CONSTRAINT acp_certificate_number UNIQUE (number),
  CONSTRAINT acp_certificate_earned UNIQUE (earned_by),
  CONSTRAINT acp_certificate_one_renewal UNIQUE (renewed_from),
  CONSTRAINT acp_certificate_of_record FOREIGN KEY (record_id) REFERENCES acp_exam_record (record_id),
  CONSTRAINT acp_certificate_organization FOREIGN KEY (organization_id)
    REFERENCES acp_organization (organization_id),
  CONSTRAINT acp_certificate_renewed FOREIGN KEY (renewed_from)
    REFERENCES acp_certificate (certificate_id),
  CONSTRAINT acp_certificate_bound CHECK (
    (account_id IS NULL AND bound_at IS NULL AND organization_id IS NULL)
    OR (account_id IS NOT NULL AND bound_at IS NOT NULL)),
  CONSTRAINT acp_certificate_validity CHECK (valid_until IS NULL OR valid_until > valid_from),
  CONSTRAINT acp_certificate_held CHECK (NOT held_with_record OR state = 'SUSPENDED'),
  CONSTRAINT acp_certificate_state CHECK (state IN
    ('VALID', 'SUSPENDED', 'EXPIRED', 'REVOKED', 'SUPERSEDED'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_certificate_by_organization
  ON acp_certificate (organization_id, level, exam_id, state);
CREATE INDEX acp_certificate_by_organization_id ON acp_certificate (organization_id, certificate_id);
CREATE INDEX acp_certificate_by_account ON acp_certificate (account_id, certificate_id);
CREATE INDEX acp_certificate_by_record ON acp_certificate (record_id, certificate_id);
CREATE INDEX acp_certificate_by_expiry ON acp_certificate (expires_at);

-- Append-only: which state a certificate was in, since when. What counted at a past instant is
-- computed from it.
CREATE TABLE acp_certificate_change (
  change_id VARCHAR(36) NOT NULL,
  certificate_id VARCHAR(36) NOT NULL,
  state VARCHAR(20) NOT NULL,
  since DATETIME(6) NOT NULL,
  CONSTRAINT acp_certificate_change_pk PRIMARY KEY (change_id),
  CONSTRAINT acp_certificate_change_of FOREIGN KEY (certificate_id)
    REFERENCES acp_certificate (certificate_id),
  CONSTRAINT acp_certificate_change_state CHECK (state IN
    ('VALID', 'SUSPENDED', 'EXPIRED', 'REVOKED', 'SUPERSEDED'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_certificate_change_by_certificate
  ON acp_certificate_change (certificate_id, since, change_id);

CREATE TABLE acp_binding (
  binding_id VARCHAR(36) NOT NULL,
  account_id VARCHAR(200) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  candidate_id VARCHAR(200) NOT NULL,
  registration_id VARCHAR(200) NOT NULL,
  state VARCHAR(20) NOT NULL,
  reason VARCHAR(40),
  submitted_at DATETIME(6) NOT NULL,
  window_ends_at DATETIME(6) NOT NULL,
  tries INT NOT NULL,
  check_ids_since DATETIME(6),
  bound_at DATETIME(6),
  ended_at DATETIME(6),
  certificate_id VARCHAR(36),
  organization_id VARCHAR(36),
  open_account VARCHAR(200) GENERATED ALWAYS AS
    (CASE WHEN state IN ('AWAITING_DATA', 'CHECK_IDS') THEN account_id END) STORED,
  bound_certificate VARCHAR(36) GENERATED ALWAYS AS
    (CASE WHEN state = 'BOUND' THEN certificate_id END) STORED,
  CONSTRAINT acp_binding_pk PRIMARY KEY (binding_id),
  CONSTRAINT acp_binding_account FOREIGN KEY (account_id) REFERENCES acp_account (account_id),
  CONSTRAINT acp_binding_exam FOREIGN KEY (exam_id) REFERENCES acp_exam (exam_id),
  CONSTRAINT acp_binding_certificate FOREIGN KEY (certificate_id)
    REFERENCES acp_certificate (certificate_id),
  CONSTRAINT acp_binding_one_open UNIQUE (exam_id, open_account),
  CONSTRAINT acp_binding_one_bound UNIQUE (bound_certificate),
  CONSTRAINT acp_binding_state CHECK (state IN
    ('SUBMITTED', 'AWAITING_DATA', 'BOUND', 'CHECK_IDS', 'FAILED'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_binding_by_pair ON acp_binding (candidate_id, registration_id, exam_id, state);
CREATE INDEX acp_binding_by_account ON acp_binding (account_id, binding_id);
CREATE INDEX acp_binding_by_window ON acp_binding (state, window_ends_at);
CREATE INDEX acp_binding_by_check ON acp_binding (state, check_ids_since);
