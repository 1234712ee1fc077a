-- What Pearson VUE is asked for: committed before the call, so that what a process leaves behind is
-- finished, or undone. Times are UTC.
CREATE TABLE acp_exam_booking_request (
  request_id VARCHAR(36) NOT NULL,
  account_id VARCHAR(200) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  step VARCHAR(20) NOT NULL,
  payment VARCHAR(20),
  code_id VARCHAR(36),
  slot_id VARCHAR(200),
  former_slot_id VARCHAR(200),
  exam_registration_id VARCHAR(36),
  booking_id VARCHAR(200),
  -- What the caller named the command by; forgotten with a refusal.
  request_key VARCHAR(200),
  state VARCHAR(20) NOT NULL,
  asked_at DATETIME(6) NOT NULL,
  -- Counted before the call: one that ends the process counts as well.
  attempts INT NOT NULL,
  next_attempt_at DATETIME(6),
  claim VARCHAR(36),
  last_failure VARCHAR(200),
  refused_for VARCHAR(40),
  open_exam VARCHAR(200) GENERATED ALWAYS AS
    (CASE WHEN state IN ('OPEN', 'ASKING', 'GIVEN_UP') THEN exam_id END) STORED,
  CONSTRAINT acp_exam_booking_request_pk PRIMARY KEY (request_id),
  -- Two things asked for at once about one exam of one person would answer each other.
  CONSTRAINT acp_exam_booking_request_open UNIQUE (account_id, open_exam),
  CONSTRAINT acp_exam_booking_request_acct FOREIGN KEY (account_id)
    REFERENCES acp_account (account_id),
  CONSTRAINT acp_exam_booking_request_reg FOREIGN KEY (exam_registration_id)
    REFERENCES acp_registration (exam_registration_id),
  CONSTRAINT acp_exam_booking_request_code FOREIGN KEY (code_id)
    REFERENCES acp_exam_code (code_id),
  CONSTRAINT acp_exam_booking_request_step CHECK (
    (step = 'HOLD_SEAT' AND payment IS NOT NULL AND slot_id IS NOT NULL)
    OR (step = 'CHECK_OUT' AND payment IS NOT NULL AND booking_id IS NOT NULL
      AND exam_registration_id IS NOT NULL)
    OR (step = 'GIVE_BACK' AND booking_id IS NOT NULL AND refused_for IS NOT NULL)
    OR (step IN ('MOVE', 'MOVE_BACK') AND booking_id IS NOT NULL AND slot_id IS NOT NULL
      AND former_slot_id IS NOT NULL AND exam_registration_id IS NOT NULL)
    OR (step = 'CANCEL' AND booking_id IS NOT NULL AND exam_registration_id IS NOT NULL)),
  CONSTRAINT acp_exam_booking_request_state CHECK (
    (state = 'ASKING' AND next_attempt_at IS NOT NULL AND claim IS NOT NULL)
    OR (state = 'OPEN' AND next_attempt_at IS NOT NULL AND claim IS NULL)
    OR (state IN ('DONE', 'REFUSED', 'GIVEN_UP', 'ABANDONED') AND next_attempt_at IS NULL
      AND claim IS NULL))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Only what is open has a time.
CREATE INDEX acp_exam_booking_request_due ON acp_exam_booking_request (next_attempt_at, request_id);
CREATE INDEX acp_exam_booking_request_by_state ON acp_exam_booking_request (state, request_id);
CREATE INDEX acp_exam_booking_request_by_reg ON acp_exam_booking_request (exam_registration_id);
CREATE INDEX acp_exam_booking_request_by_code ON acp_exam_booking_request (code_id);
