-- +goose Up
CREATE TABLE draft_input (
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  typed TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (kind, record, account, name)
);
-- +goose Down
DROP TABLE draft_input;
