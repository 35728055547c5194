-- +goose Up
-- The mandate under which a broker answered for the holder; '' for none.
ALTER TABLE enquiry ADD COLUMN mandate TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE enquiry DROP COLUMN mandate;
