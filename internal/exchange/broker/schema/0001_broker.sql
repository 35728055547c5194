-- +goose Up
-- An intermediary on the register (tổ chức trung gian). Its owner is the organisation.
CREATE TABLE intermediary (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- applied, registered, refused, suspended
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL UNIQUE,     -- one entry an organisation
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  kind TEXT NOT NULL,             -- of the list intermediary_kinds
  services TEXT NOT NULL,         -- of the list intermediary_services
  staff BIGINT NOT NULL,
  facilities_vi TEXT NOT NULL,
  facilities_en TEXT NOT NULL,
  registered_on TEXT NOT NULL,
  reason TEXT NOT NULL            -- why it was refused or suspended
);
CREATE INDEX intermediary_state ON intermediary (state, id);

-- +goose Down
DROP TABLE intermediary;
