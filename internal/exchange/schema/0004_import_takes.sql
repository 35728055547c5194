-- +goose Up
-- How often the run was taken up since its start: one that kills its server is not taken up for ever.
ALTER TABLE import_run ADD COLUMN takes BIGINT NOT NULL DEFAULT 0;
-- +goose Down
ALTER TABLE import_run DROP COLUMN takes;
