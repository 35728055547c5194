-- +goose Up
ALTER TABLE setting ADD COLUMN text TEXT NOT NULL DEFAULT ''; -- of a setting that is no number; in two tongues: JSON
-- +goose Down
ALTER TABLE setting DROP COLUMN text;
