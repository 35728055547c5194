-- +goose Up
CREATE TABLE import_run (
  id TEXT PRIMARY KEY,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  owner TEXT NOT NULL,
  file TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  sheet TEXT NOT NULL,
  tongue TEXT NOT NULL,
  head TEXT NOT NULL,
  mapping TEXT NOT NULL,
  state TEXT NOT NULL,
  dry INTEGER NOT NULL DEFAULT 0,
  stopping INTEGER NOT NULL DEFAULT 0,
  try BIGINT NOT NULL DEFAULT 0,
  started_by TEXT NOT NULL DEFAULT '',
  started_at BIGINT NOT NULL DEFAULT 0,
  ended_at BIGINT NOT NULL DEFAULT 0,
  seen_at BIGINT NOT NULL DEFAULT 0,
  bytes_done BIGINT NOT NULL DEFAULT 0,
  bytes_all BIGINT NOT NULL DEFAULT 0,
  count_new BIGINT NOT NULL DEFAULT 0,
  count_changed BIGINT NOT NULL DEFAULT 0,
  count_same BIGINT NOT NULL DEFAULT 0,
  count_bad BIGINT NOT NULL DEFAULT 0,
  amiss TEXT NOT NULL DEFAULT ''
);
CREATE INDEX import_run_created ON import_run (created_at, id);
CREATE TABLE import_mapping (
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  mapping TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (source, kind)
);
-- +goose Down
DROP TABLE import_mapping;
DROP TABLE import_run;
