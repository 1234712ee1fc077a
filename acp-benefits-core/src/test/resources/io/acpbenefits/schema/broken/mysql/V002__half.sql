CREATE TABLE acp_first_half (
  half_id VARCHAR(36) NOT NULL,
  CONSTRAINT acp_first_half_pk PRIMARY KEY (half_id)
);

INSERT INTO acp_second_half (half_id) VALUES ('it is missing');
