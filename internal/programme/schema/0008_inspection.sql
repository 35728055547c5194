-- +goose Up
-- What of the plan a round looks at, and whom: paths and bodies, a space between two; '' for all.
ALTER TABLE check_round ADD COLUMN clauses TEXT NOT NULL DEFAULT '';
ALTER TABLE check_round ADD COLUMN bodies TEXT NOT NULL DEFAULT '';

-- Where the author of an opinion that came by a confirmed letter is told what became of it. It stands
-- in no ledger, and goes as soon as nothing more is to be told.
CREATE TABLE opinion_address (
  opinion TEXT PRIMARY KEY REFERENCES opinion (id),
  email TEXT NOT NULL,
  locale TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX opinion_address_at ON opinion_address (at);
CREATE INDEX opinion_shown ON opinion (id) WHERE state = 'shown';
CREATE INDEX check_round_owner ON check_round (owner, id) WHERE owner <> '';
CREATE INDEX check_round_author ON check_round (created_by, id);

-- +goose Down
DROP INDEX check_round_author;
DROP INDEX check_round_owner;
DROP INDEX opinion_shown;
DROP TABLE opinion_address;
ALTER TABLE check_round DROP COLUMN bodies;
ALTER TABLE check_round DROP COLUMN clauses;
