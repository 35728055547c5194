-- +goose Up
-- How a clause of one plan stands to a clause of another: it implements it, or continues it.
ALTER TABLE plan_link ADD COLUMN relation TEXT NOT NULL DEFAULT 'implements';

-- +goose Down
ALTER TABLE plan_link DROP COLUMN relation;
