-- +goose Up
CREATE TABLE installation_key (
  id TEXT PRIMARY KEY,            -- fingerprint; the key itself is never in the database
  since BIGINT NOT NULL
);

-- +goose Down
DROP TABLE installation_key;
