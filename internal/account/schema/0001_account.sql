-- +goose Up
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL,            -- as it was typed; '' when the account was closed
  email_key TEXT NOT NULL UNIQUE, -- as it is compared
  name TEXT NOT NULL,
  found TEXT NOT NULL,            -- name and e-mail folded, for searching
  locale TEXT NOT NULL,
  password TEXT NOT NULL,         -- argon2id in the PHC form; '' for none
  created BIGINT NOT NULL,
  confirmed BIGINT NOT NULL,      -- when the e-mail was proven; 0 for never
  suspended BIGINT NOT NULL,      -- when an administrator shut the account; 0 for never
  closed BIGINT NOT NULL          -- when its owner closed it for good; 0 for never
);

CREATE TABLE account_role (
  account TEXT NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  granted BIGINT NOT NULL,
  granted_by TEXT NOT NULL,
  PRIMARY KEY (account, role)
);
CREATE INDEX account_role_by_role ON account_role (role);

CREATE TABLE membership (
  account TEXT NOT NULL REFERENCES account (id),
  organisation TEXT NOT NULL,
  manager INTEGER NOT NULL,
  asked BIGINT NOT NULL,
  since BIGINT NOT NULL,          -- 0 while it is only asked for
  admitted_by TEXT NOT NULL,
  PRIMARY KEY (account, organisation)
);
CREATE INDEX membership_by_organisation ON membership (organisation, since);

CREATE TABLE invitation (
  id TEXT PRIMARY KEY,
  organisation TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  manager INTEGER NOT NULL,
  created BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  expires BIGINT NOT NULL,
  UNIQUE (organisation, email_key)
);
CREATE INDEX invitation_by_email ON invitation (email_key);

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,    -- sha256 of the token
  account TEXT NOT NULL REFERENCES account (id),
  way TEXT NOT NULL,              -- passkey, password, link, provider, sign_up
  created BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  agent TEXT NOT NULL,
  address TEXT NOT NULL           -- the network only
);
CREATE INDEX session_by_account ON session (account, created);
CREATE INDEX session_by_end ON session (expires);

CREATE TABLE passkey (
  id TEXT PRIMARY KEY,            -- the credential's id, base64url
  account TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  record TEXT NOT NULL,           -- the credential record, JSON
  created BIGINT NOT NULL,
  used BIGINT NOT NULL
);
CREATE INDEX passkey_by_account ON passkey (account);

CREATE TABLE second_factor (
  account TEXT PRIMARY KEY REFERENCES account (id),
  secret TEXT NOT NULL,           -- base32
  created BIGINT NOT NULL,
  confirmed BIGINT NOT NULL,      -- 0 until a first code was told
  step BIGINT NOT NULL            -- the last time step whose code was used
);

CREATE TABLE recovery_code (
  account TEXT NOT NULL REFERENCES account (id),
  digest TEXT NOT NULL,
  PRIMARY KEY (account, digest)
);

CREATE TABLE identity (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES account (id),
  created BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_by_account ON identity (account);

CREATE TABLE ticket (
  digest TEXT PRIMARY KEY,        -- sha256 of the token
  purpose TEXT NOT NULL,
  account TEXT NOT NULL,          -- '' when it is nobody's yet
  data TEXT NOT NULL,             -- JSON
  expires BIGINT NOT NULL
);
CREATE INDEX ticket_by_account ON ticket (account);
CREATE INDEX ticket_by_end ON ticket (expires);

CREATE TABLE attempt (
  about TEXT PRIMARY KEY,         -- what was tried and on whom, hashed
  tries BIGINT NOT NULL,
  last BIGINT NOT NULL
);

-- +goose Down
DROP TABLE attempt;
DROP TABLE ticket;
DROP TABLE identity;
DROP TABLE recovery_code;
DROP TABLE second_factor;
DROP TABLE passkey;
DROP TABLE session;
DROP TABLE invitation;
DROP TABLE membership;
DROP TABLE account_role;
DROP TABLE account;
