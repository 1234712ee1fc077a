-- What changed in place since commit ac714fc, as a release would have brought it: only added, while
-- nodes of that commit run. Not needed for any version since the first release. In the table of
-- booking requests only collations and an index differ, which are left as they are.
CREATE TABLE acp_hand_out (
  application_id VARCHAR(36) COLLATE "C" NOT NULL,
  answer_by TIMESTAMP(6) NOT NULL,
  give_back_at TIMESTAMP(6),
  attempts INTEGER NOT NULL,
  claim VARCHAR(36) COLLATE "C",
  last_failure VARCHAR(200) COLLATE "C",
  CONSTRAINT acp_hand_out_pk PRIMARY KEY (application_id),
  CONSTRAINT acp_hand_out_application FOREIGN KEY (application_id)
    REFERENCES acp_application (application_id)
);

CREATE INDEX acp_hand_out_due ON acp_hand_out (give_back_at, application_id)
  WHERE give_back_at IS NOT NULL;

ALTER TABLE acp_stock_code ADD COLUMN free_for VARCHAR(200) COLLATE "C" GENERATED ALWAYS AS
  (CASE WHEN application_id IS NULL THEN exam_id END) STORED;

CREATE INDEX acp_stock_code_free_for ON acp_stock_code (free_for, stock_id)
  WHERE free_for IS NOT NULL;

CREATE TABLE acp_stock_hand_out (
  application_id VARCHAR(200) COLLATE "C" NOT NULL,
  CONSTRAINT acp_stock_hand_out_pk PRIMARY KEY (application_id)
);
