-- +goose Up
-- A review of all plans of a body names one plan and the further ones.
ALTER TABLE plan_review ADD COLUMN also TEXT NOT NULL DEFAULT ''; -- ids of the further plans, a space between
-- +goose Down
ALTER TABLE plan_review DROP COLUMN also;
