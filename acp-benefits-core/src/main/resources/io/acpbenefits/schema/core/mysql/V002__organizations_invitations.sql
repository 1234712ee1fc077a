-- The row of an account is what its changes lock; it is also the only place of the host's account id
-- beside the rows that refer to it.
CREATE TABLE acp_account (
  account_id VARCHAR(200) NOT NULL,
  account_key VARCHAR(36) NOT NULL,
  times_met BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT acp_account_pk PRIMARY KEY (account_id),
  CONSTRAINT acp_account_by_key UNIQUE (account_key)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE acp_organization (
  organization_id VARCHAR(36) NOT NULL,
  partner_id VARCHAR(200) NOT NULL,
  state VARCHAR(20) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  CONSTRAINT acp_organization_pk PRIMARY KEY (organization_id),
  CONSTRAINT acp_organization_of_partner UNIQUE (partner_id),
  CONSTRAINT acp_organization_partner FOREIGN KEY (partner_id) REFERENCES acp_partner (partner_id),
  CONSTRAINT acp_organization_state CHECK (state IN ('ACTIVE', 'SUSPENDED', 'CLOSED'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The generated column, which queries name, is the account while active, else null.
CREATE TABLE acp_membership (
  membership_id VARCHAR(36) NOT NULL,
  organization_id VARCHAR(36) NOT NULL,
  account_id VARCHAR(200) NOT NULL,
  role VARCHAR(20) NOT NULL,
  state VARCHAR(20) NOT NULL,
  joined_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6),
  active_account VARCHAR(200) GENERATED ALWAYS AS
    (CASE WHEN state = 'ACTIVE' THEN account_id END) STORED,
  CONSTRAINT acp_membership_pk PRIMARY KEY (membership_id),
  CONSTRAINT acp_membership_organization FOREIGN KEY (organization_id)
    REFERENCES acp_organization (organization_id),
  CONSTRAINT acp_membership_account FOREIGN KEY (account_id) REFERENCES acp_account (account_id),
  CONSTRAINT acp_membership_one_active UNIQUE (active_account),
  CONSTRAINT acp_membership_role CHECK (role IN ('OWNER', 'MANAGER', 'MEMBER')),
  CONSTRAINT acp_membership_state CHECK (state IN ('ACTIVE', 'LEFT', 'REMOVED'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_membership_by_organization ON acp_membership (organization_id, membership_id);

-- The generated columns keep an organization from having two main links, and an account from having
-- two pending invitations to one organization. The domains are separated by blanks.
CREATE TABLE acp_invitation (
  invitation_id VARCHAR(36) NOT NULL,
  organization_id VARCHAR(36) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  main BOOLEAN NOT NULL,
  state VARCHAR(20) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  token_cipher VARBINARY(500) NOT NULL,
  token_key_id VARCHAR(40) NOT NULL,
  invited_account VARCHAR(200),
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(300) NOT NULL,
  sent_at DATETIME(6) NOT NULL,
  resends INT NOT NULL,
  expires_at DATETIME(6),
  maximum_uses INT,
  domains VARCHAR(5200),
  uses INT NOT NULL,
  main_link_of VARCHAR(36) GENERATED ALWAYS AS
    (CASE WHEN main AND state = 'ACTIVE' THEN organization_id END) STORED,
  pending_account VARCHAR(200) GENERATED ALWAYS AS
    (CASE WHEN state = 'PENDING' THEN invited_account END) STORED,
  CONSTRAINT acp_invitation_pk PRIMARY KEY (invitation_id),
  CONSTRAINT acp_invitation_organization FOREIGN KEY (organization_id)
    REFERENCES acp_organization (organization_id),
  CONSTRAINT acp_invitation_token UNIQUE (token_hash),
  CONSTRAINT acp_invitation_one_main_link UNIQUE (main_link_of),
  CONSTRAINT acp_invitation_one_pending UNIQUE (organization_id, pending_account),
  CONSTRAINT acp_invitation_kind CHECK (
    (kind = 'PERSONAL' AND NOT main AND invited_account IS NOT NULL AND expires_at IS NOT NULL
      AND state IN ('PENDING', 'ACCEPTED', 'DECLINED', 'REVOKED', 'EXPIRED'))
    OR (kind = 'LINK' AND invited_account IS NULL AND resends = 0
      AND state IN ('ACTIVE', 'REVOKED', 'EXPIRED', 'EXHAUSTED'))),
  CONSTRAINT acp_invitation_uses CHECK (uses >= 0 AND (maximum_uses IS NULL OR uses <= maximum_uses))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_invitation_by_organization ON acp_invitation (organization_id, invitation_id);

CREATE INDEX acp_invitation_by_end ON acp_invitation (state, expires_at);

CREATE TABLE acp_join_request (
  request_id VARCHAR(36) NOT NULL,
  organization_id VARCHAR(36) NOT NULL,
  account_id VARCHAR(200) NOT NULL,
  invitation_id VARCHAR(36) NOT NULL,
  state VARCHAR(20) NOT NULL,
  waiting BOOLEAN NOT NULL,
  submitted_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  decided_at DATETIME(6),
  decided_by VARCHAR(300),
  open_account VARCHAR(200) GENERATED ALWAYS AS
    (CASE WHEN state = 'SUBMITTED' THEN account_id END) STORED,
  CONSTRAINT acp_join_request_pk PRIMARY KEY (request_id),
  CONSTRAINT acp_join_request_organization FOREIGN KEY (organization_id)
    REFERENCES acp_organization (organization_id),
  CONSTRAINT acp_join_request_account FOREIGN KEY (account_id) REFERENCES acp_account (account_id),
  CONSTRAINT acp_join_request_invitation FOREIGN KEY (invitation_id)
    REFERENCES acp_invitation (invitation_id),
  CONSTRAINT acp_join_request_one_open UNIQUE (organization_id, open_account),
  CONSTRAINT acp_join_request_state CHECK (state IN
    ('SUBMITTED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX acp_join_request_by_account ON acp_join_request (account_id, request_id);

CREATE INDEX acp_join_request_by_organization ON acp_join_request (organization_id, request_id);

CREATE INDEX acp_join_request_by_end ON acp_join_request (state, expires_at);

-- One row per field that the applicant filled in; the form has none unless the host adds them.
CREATE TABLE acp_join_request_field (
  request_id VARCHAR(36) NOT NULL,
  name VARCHAR(200) NOT NULL,
  content VARCHAR(4000) NOT NULL,
  CONSTRAINT acp_join_request_field_pk PRIMARY KEY (request_id, name),
  CONSTRAINT acp_join_request_field_request FOREIGN KEY (request_id)
    REFERENCES acp_join_request (request_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
