-- +goose Up
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
-- +goose Down
DROP TABLE setting;
