CREATE TABLE acp_sound (
  sound_id VARCHAR(36) NOT NULL,
  CONSTRAINT acp_sound_pk PRIMARY KEY (sound_id)
);
