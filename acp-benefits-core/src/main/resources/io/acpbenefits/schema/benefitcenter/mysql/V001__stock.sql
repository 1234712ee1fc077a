-- The stock of the embedded Benefit Center: codes that wait to be handed out.
CREATE TABLE acp_stock_code (
  stock_id VARCHAR(36) NOT NULL,
  exam_id VARCHAR(200) NOT NULL,
  application_id VARCHAR(200),
  code_cipher VARBINARY(500) NOT NULL,
  code_key_id VARCHAR(40) NOT NULL,
  code_lookup VARCHAR(64) NOT NULL,
  lookup_key_id VARCHAR(40) NOT NULL,
  imported_at DATETIME(6) NOT NULL,
  -- The exam, while the code can be handed out: the index has only to be read in its order.
  free_for VARCHAR(200) GENERATED ALWAYS AS
    (CASE WHEN application_id IS NULL THEN exam_id END) STORED,
  CONSTRAINT acp_stock_code_pk PRIMARY KEY (stock_id),
  CONSTRAINT acp_stock_code_lookup UNIQUE (code_lookup)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_stock_code_free ON acp_stock_code (free_for, stock_id);
CREATE INDEX acp_stock_code_by_application ON acp_stock_code (application_id, stock_id);

-- Who asks twice at once for one application waits here.
CREATE TABLE acp_stock_hand_out (
  application_id VARCHAR(200) NOT NULL,
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_stock_hand_out_pk PRIMARY KEY (application_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
