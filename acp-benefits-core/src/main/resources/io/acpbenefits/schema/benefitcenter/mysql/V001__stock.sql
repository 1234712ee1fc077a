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
  CONSTRAINT acp_stock_code_pk PRIMARY KEY (stock_id),
  CONSTRAINT acp_stock_code_lookup UNIQUE (code_lookup)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_stock_code_free ON acp_stock_code (exam_id, application_id, stock_id);
CREATE INDEX acp_stock_code_by_application ON acp_stock_code (application_id, stock_id);
