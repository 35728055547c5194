-- +goose Up
-- What is known of a document that plans cite: whether it is still in force, and what replaced it.
CREATE TABLE cited_document (
  symbol TEXT PRIMARY KEY,        -- 45-NQ/TW
  state TEXT NOT NULL,            -- in_force, replaced, ended
  replaced_by TEXT NOT NULL,      -- symbol of the document that replaced it
  since TEXT NOT NULL,            -- first day on which that holds
  basis TEXT NOT NULL,            -- where it is said
  author TEXT NOT NULL,
  at BIGINT NOT NULL
);
-- +goose Down
DROP TABLE cited_document;
