-- What a later version might bring.
ALTER TABLE acp_join_request ADD COLUMN heard_of_us_from VARCHAR(200);

CREATE INDEX acp_join_request_heard ON acp_join_request (organization_id, heard_of_us_from);
