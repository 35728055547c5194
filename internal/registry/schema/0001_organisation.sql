-- +goose Up
CREATE TABLE organisation (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  name_vi TEXT NOT NULL,
  name_en TEXT NOT NULL,
  short_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  tax_code TEXT NOT NULL,
  founded BIGINT NOT NULL,
  staff BIGINT NOT NULL,
  address_vi TEXT NOT NULL,
  address_en TEXT NOT NULL,
  place TEXT NOT NULL,
  website TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  languages TEXT NOT NULL,
  about_vi TEXT NOT NULL,
  about_en TEXT NOT NULL,
  subjects TEXT NOT NULL,
  confirmer TEXT NOT NULL,
  refusal TEXT NOT NULL
);
CREATE UNIQUE INDEX organisation_source ON organisation (source, external_id) WHERE source <> '';
CREATE INDEX organisation_tax_code ON organisation (tax_code) WHERE tax_code <> '';
CREATE INDEX organisation_state ON organisation (state, created_at, id);
-- +goose Down
DROP TABLE organisation;
