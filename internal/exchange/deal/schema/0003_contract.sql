-- +goose Up
-- The text of a contract: each version is kept as it was made.
CREATE TABLE deal_contract (
  deal TEXT NOT NULL REFERENCES deal (id),
  n BIGINT NOT NULL,
  side TEXT NOT NULL,
  contract TEXT NOT NULL,         -- JSON
  digest TEXT NOT NULL,
  words TEXT NOT NULL,            -- that go with it
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  PRIMARY KEY (deal, n)
);

-- +goose Down
DROP TABLE deal_contract;
