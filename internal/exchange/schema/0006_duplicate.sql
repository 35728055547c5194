-- +goose Up
-- Two listings that are likely copies of each other, one before other by id, and what an officer
-- decided on them. Of a merger it keeps which one stays and what the other was before.
CREATE TABLE duplicate (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  likeness BIGINT NOT NULL,
  found_at BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  note TEXT NOT NULL,
  stays TEXT NOT NULL,
  state_before TEXT NOT NULL,
  review TEXT NOT NULL,
  UNIQUE (kind, one, other)
);
CREATE INDEX duplicate_likeness ON duplicate (verdict, likeness, id);
CREATE INDEX duplicate_decided ON duplicate (verdict, decided_at, id);
CREATE INDEX duplicate_other ON duplicate (kind, other);
-- How far the ledger was read when listings were last compared.
CREATE TABLE comparison (
  id BIGINT PRIMARY KEY,
  seq BIGINT NOT NULL,
  done BIGINT NOT NULL
);
-- +goose Down
DROP TABLE comparison;
DROP TABLE duplicate;
