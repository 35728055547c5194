-- +goose Up
-- A table by which tasks go out to another tracker, as it was loaded. A new one of the same key ends
-- the old one; nothing is edited.
CREATE TABLE tracker_mapping (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  content TEXT NOT NULL,          -- TOML
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  ended BIGINT NOT NULL           -- when another one took its place; 0 while it holds
);
CREATE UNIQUE INDEX tracker_mapping_key ON tracker_mapping (key, ended);

-- +goose Down
DROP TABLE tracker_mapping;
