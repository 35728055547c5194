-- +goose Up
-- What people say of a match that is not right: of a need and what was found for it, with a reason.
-- Organisation is the one that they act for, when one of the two is its own.
CREATE TABLE match_judgement (
  id TEXT PRIMARY KEY,
  need TEXT NOT NULL,
  kind TEXT NOT NULL,
  supply TEXT NOT NULL,
  reason TEXT NOT NULL,
  words TEXT NOT NULL,
  judged_by TEXT NOT NULL,
  organisation TEXT NOT NULL,
  judged_at BIGINT NOT NULL,
  UNIQUE (need, kind, supply, judged_by)
);
CREATE INDEX match_judgement_supply ON match_judgement (kind, supply, id);
-- What officers propose for a need: something that stands on the exchange, or in their own words
-- an expert or another exchange with its address.
CREATE TABLE match_proposal (
  id TEXT PRIMARY KEY,
  need TEXT NOT NULL,
  kind TEXT NOT NULL,
  supply TEXT NOT NULL,
  name TEXT NOT NULL,
  link TEXT NOT NULL,
  words TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at BIGINT NOT NULL
);
CREATE INDEX match_proposal_need ON match_proposal (need, id);
CREATE UNIQUE INDEX match_proposal_supply ON match_proposal (need, kind, supply) WHERE supply <> '';
-- How each need stood when all were last matched: its best grade, and why there is none better.
CREATE TABLE match_outlook (
  need TEXT PRIMARY KEY,
  grade BIGINT NOT NULL,
  causes TEXT NOT NULL,
  seen_at BIGINT NOT NULL
);
CREATE INDEX match_outlook_grade ON match_outlook (grade, need);
-- +goose Down
DROP TABLE match_outlook;
DROP TABLE match_proposal;
DROP TABLE match_judgement;
