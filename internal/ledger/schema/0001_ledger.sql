-- +goose Up
CREATE TABLE ledger (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  digest TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX ledger_record ON ledger (kind, id, seq);
CREATE INDEX ledger_actor ON ledger (actor, seq);
-- What changed stands apart, so that personal data can be erased without breaking the chain: the
-- chain holds the digest of it.
CREATE TABLE ledger_change (
  seq BIGINT PRIMARY KEY REFERENCES ledger (seq),
  change TEXT NOT NULL
);
-- +goose Down
DROP TABLE ledger_change;
DROP TABLE ledger;
