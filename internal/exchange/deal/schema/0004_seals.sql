-- +goose Up
-- What the digital signatures in a document say, as they were read when it came: JSON; '' for none.
ALTER TABLE deal_document ADD COLUMN seals TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE deal_document DROP COLUMN seals;
