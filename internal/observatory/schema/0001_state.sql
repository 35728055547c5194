-- +goose Up
-- In which state each record was from when to when, as the ledger tells it.
CREATE TABLE record_state (
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  seq BIGINT NOT NULL,            -- of the entry that began it
  state TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,          -- when the next one began; a far day while it lasts
  PRIMARY KEY (kind, record, seq)
);
CREATE INDEX record_state_until ON record_state (kind, state, until, since);

-- How far of the ledger was followed.
CREATE TABLE record_state_cursor (
  one INTEGER PRIMARY KEY,        -- always 1
  seq BIGINT NOT NULL
);

-- What a measure counted at the end of a day that has passed. Never changed: a measure that counts
-- otherwise has another version.
CREATE TABLE measure_value (
  measure TEXT NOT NULL,
  version BIGINT NOT NULL,
  day TEXT NOT NULL,
  n BIGINT NOT NULL,
  whole BIGINT NOT NULL,          -- what it is a part of; -1 for a plain count
  sha256 TEXT NOT NULL,           -- of the records behind it, in the order of their ids
  at BIGINT NOT NULL,
  PRIMARY KEY (measure, version, day)
);
-- +goose Down
DROP TABLE measure_value;
DROP TABLE record_state_cursor;
DROP TABLE record_state;
