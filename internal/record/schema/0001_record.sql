-- +goose Up
CREATE TABLE record_number (
  name TEXT PRIMARY KEY,
  last BIGINT NOT NULL
);
CREATE TABLE code (
  list TEXT NOT NULL,
  code TEXT NOT NULL,
  vi TEXT NOT NULL,
  en TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (list, code, valid_from)
);
CREATE TABLE claim (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  claim TEXT NOT NULL,
  level TEXT NOT NULL,
  statement_vi TEXT NOT NULL,
  statement_en TEXT NOT NULL,
  attachment TEXT NOT NULL,
  third_party TEXT NOT NULL,
  checked_by TEXT NOT NULL,
  checked_at BIGINT NOT NULL,
  valid_until TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX claim_record ON claim (kind, record);
CREATE INDEX claim_until ON claim (valid_until) WHERE valid_until <> '';
CREATE TABLE attachment (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  size BIGINT NOT NULL,
  level INTEGER NOT NULL,
  title_vi TEXT NOT NULL,
  title_en TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX attachment_record ON attachment (kind, record);
CREATE INDEX attachment_sha ON attachment (sha256);
-- +goose Down
DROP TABLE attachment;
DROP TABLE claim;
DROP TABLE code;
DROP TABLE record_number;
