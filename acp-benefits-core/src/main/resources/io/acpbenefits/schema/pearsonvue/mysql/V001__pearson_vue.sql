-- The embedded Pearson VUE. Times are UTC, to the microsecond.
-- Locks are taken in this order: candidate, slots by id, booking, voucher, feed.

-- The only place of a candidate's personal data; all else refers to the Registration ID.
CREATE TABLE acp_vue_candidate (
  registration_id VARCHAR(36) NOT NULL,
  account_id VARCHAR(200) NOT NULL,
  name VARCHAR(200) NOT NULL,
  email VARCHAR(254) NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  equipment_passed_at DATETIME(6),
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_vue_candidate_pk PRIMARY KEY (registration_id),
  CONSTRAINT acp_vue_candidate_account UNIQUE (account_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE acp_vue_exam (
  exam_id VARCHAR(200) NOT NULL,
  name VARCHAR(500) NOT NULL,
  -- In the smallest unit of the currency, such as cents.
  price BIGINT NOT NULL,
  currency VARCHAR(3) NOT NULL,
  ends_at DATETIME(6),
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_vue_exam_pk PRIMARY KEY (exam_id),
  CONSTRAINT acp_vue_exam_price CHECK (price >= 0)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE acp_vue_test_center (
  test_center_id VARCHAR(200) NOT NULL,
  name VARCHAR(200) NOT NULL,
  city VARCHAR(200) NOT NULL,
  time_zone VARCHAR(60) NOT NULL,
  CONSTRAINT acp_vue_test_center_pk PRIMARY KEY (test_center_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A time at a test center, or online, with so many seats.
CREATE TABLE acp_vue_slot (
  slot_id VARCHAR(36) NOT NULL,
  delivery VARCHAR(20) NOT NULL,
  test_center_id VARCHAR(200),
  starts_at DATETIME(6) NOT NULL,
  capacity INT NOT NULL,
  site VARCHAR(200) GENERATED ALWAYS AS (COALESCE(test_center_id, '')) STORED,
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_vue_slot_pk PRIMARY KEY (slot_id),
  CONSTRAINT acp_vue_slot_test_center FOREIGN KEY (test_center_id)
    REFERENCES acp_vue_test_center (test_center_id),
  CONSTRAINT acp_vue_slot_start UNIQUE (site, starts_at),
  CONSTRAINT acp_vue_slot_delivery CHECK (
    (delivery = 'TEST_CENTER' AND test_center_id IS NOT NULL)
    OR (delivery = 'ONLINE' AND test_center_id IS NULL)),
  CONSTRAINT acp_vue_slot_capacity CHECK (capacity > 0)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_vue_slot_by_start ON acp_vue_slot (delivery, starts_at, slot_id);

-- A booking has one numbered seat of its slot, 1 to capacity, for as long as it keeps it.
CREATE TABLE acp_vue_booking (
  booking_id VARCHAR(36) NOT NULL,
  registration_id VARCHAR(36) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  slot_id VARCHAR(36) NOT NULL,
  seat INT NOT NULL,
  state VARCHAR(20) NOT NULL,
  held_until DATETIME(6) NOT NULL,
  price BIGINT NOT NULL,
  currency VARCHAR(3) NOT NULL,
  payment VARCHAR(20),
  -- What paid for it, even if it was reinstated since: the feed names it, the same every time.
  voucher_id VARCHAR(36),
  candidate_id VARCHAR(36),
  outcome VARCHAR(20),
  score VARCHAR(50),
  booked_at DATETIME(6) NOT NULL,
  taken_seat INT GENERATED ALWAYS AS
    (CASE WHEN state IN ('HELD', 'SCHEDULED', 'DELIVERED', 'NO_SHOW', 'INVALIDATED') THEN seat END)
    STORED,
  open_exam VARCHAR(200) GENERATED ALWAYS AS
    (CASE WHEN state IN ('HELD', 'SCHEDULED') THEN exam_id END) STORED,
  CONSTRAINT acp_vue_booking_pk PRIMARY KEY (booking_id),
  CONSTRAINT acp_vue_booking_candidate FOREIGN KEY (registration_id)
    REFERENCES acp_vue_candidate (registration_id) ON UPDATE CASCADE,
  CONSTRAINT acp_vue_booking_exam FOREIGN KEY (exam_id) REFERENCES acp_vue_exam (exam_id),
  CONSTRAINT acp_vue_booking_slot FOREIGN KEY (slot_id) REFERENCES acp_vue_slot (slot_id),
  CONSTRAINT acp_vue_booking_one_seat UNIQUE (slot_id, taken_seat),
  CONSTRAINT acp_vue_booking_one_open UNIQUE (registration_id, open_exam),
  CONSTRAINT acp_vue_booking_by_candidate_id UNIQUE (candidate_id),
  CONSTRAINT acp_vue_booking_seat CHECK (seat > 0 AND price >= 0),
  CONSTRAINT acp_vue_booking_paid CHECK (
    (state IN ('HELD', 'RELEASED') AND payment IS NULL AND candidate_id IS NULL)
    OR (state NOT IN ('HELD', 'RELEASED') AND payment IS NOT NULL AND candidate_id IS NOT NULL)),
  CONSTRAINT acp_vue_booking_payment CHECK (
    payment IS NULL OR (payment = 'CODE' AND price = 0) OR payment = 'SELF_PAID'),
  CONSTRAINT acp_vue_booking_result CHECK (
    (outcome IS NOT NULL AND state IN ('DELIVERED', 'NO_SHOW', 'INVALIDATED'))
    OR (outcome IS NULL AND state NOT IN ('DELIVERED', 'NO_SHOW', 'INVALIDATED'))),
  CONSTRAINT acp_vue_booking_state CHECK (state IN ('HELD', 'RELEASED', 'SCHEDULED', 'CANCELED',
    'LATE_CANCELED', 'DELIVERED', 'NO_SHOW', 'INVALIDATED'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_vue_booking_by_candidate ON acp_vue_booking (registration_id, booking_id);

-- The booking that a voucher pays for stands at the voucher: there is room for one.
CREATE TABLE acp_vue_voucher (
  voucher_id VARCHAR(36) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  booking_id VARCHAR(36),
  code_cipher VARBINARY(500) NOT NULL,
  code_key_id VARCHAR(40) NOT NULL,
  code_lookup VARCHAR(64) NOT NULL,
  lookup_key_id VARCHAR(40) NOT NULL,
  registered_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  CONSTRAINT acp_vue_voucher_pk PRIMARY KEY (voucher_id),
  CONSTRAINT acp_vue_voucher_exam FOREIGN KEY (exam_id) REFERENCES acp_vue_exam (exam_id),
  CONSTRAINT acp_vue_voucher_booking FOREIGN KEY (booking_id)
    REFERENCES acp_vue_booking (booking_id),
  CONSTRAINT acp_vue_voucher_one_use UNIQUE (booking_id),
  CONSTRAINT acp_vue_voucher_lookup UNIQUE (code_lookup)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE acp_vue_booking ADD CONSTRAINT acp_vue_booking_voucher FOREIGN KEY (voucher_id)
  REFERENCES acp_vue_voucher (voucher_id);

-- What the feed tells, append-only; numbered in the order of their commits.
CREATE TABLE acp_vue_result (
  result_number BIGINT NOT NULL,
  booking_id VARCHAR(36) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  outcome VARCHAR(20) NOT NULL,
  score VARCHAR(50),
  made_at DATETIME(6) NOT NULL,
  told_from DATETIME(6) NOT NULL,
  CONSTRAINT acp_vue_result_pk PRIMARY KEY (result_number),
  CONSTRAINT acp_vue_result_booking FOREIGN KEY (booking_id)
    REFERENCES acp_vue_booking (booking_id),
  CONSTRAINT acp_vue_result_kind CHECK (kind IN ('RESULT', 'CORRECTION', 'INVALIDATION')),
  CONSTRAINT acp_vue_result_outcome CHECK (outcome IN ('PASS', 'FAIL', 'NO_SHOW'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One row, locked by whoever appends a result.
CREATE TABLE acp_vue_feed (
  feed_name VARCHAR(10) NOT NULL,
  last_number BIGINT NOT NULL,
  last_told_from DATETIME(6) NOT NULL,
  CONSTRAINT acp_vue_feed_pk PRIMARY KEY (feed_name)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO acp_vue_feed (feed_name, last_number, last_told_from)
VALUES ('results', 0, TIMESTAMP '1970-01-01 00:00:00');
