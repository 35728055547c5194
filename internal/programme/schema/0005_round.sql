-- +goose Up
-- A round of supervision, inspection or social criticism of a plan (đợt giám sát, kiểm tra, phản biện).
CREATE TABLE check_round (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- open, closed
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- organisation that holds it
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  kind TEXT NOT NULL,             -- supervision, inspection, criticism
  subject_vi TEXT NOT NULL,
  subject_en TEXT NOT NULL,
  plan TEXT NOT NULL REFERENCES plan (id),
  holder TEXT NOT NULL,           -- who holds it, in words
  decision TEXT NOT NULL,         -- number and date of the decision
  members TEXT NOT NULL,          -- a line for each
  begins_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  conclusion TEXT NOT NULL,
  is_public INTEGER NOT NULL
);
CREATE INDEX check_round_plan ON check_round (plan, id);

-- What a round found, who has to mend it until when, and what became of it (kiến nghị sau giám sát).
CREATE TABLE check_finding (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- open, answered, closed
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- body that has to answer
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  round TEXT NOT NULL REFERENCES check_round (id),
  clause TEXT NOT NULL,           -- path; '' for the whole plan
  words TEXT NOT NULL,
  due_on TEXT NOT NULL,
  closed_on TEXT NOT NULL
);
CREATE INDEX check_finding_round ON check_finding (round, id);
CREATE INDEX check_finding_owner ON check_finding (owner, state, due_on, id);

-- What a body answered to a finding, and what the round's holder decided on it.
CREATE TABLE check_finding_answer (
  id TEXT PRIMARY KEY,
  finding TEXT NOT NULL REFERENCES check_finding (id),
  words TEXT NOT NULL,
  state TEXT NOT NULL,            -- filed, accepted, returned
  reason TEXT NOT NULL,           -- why it was returned
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at BIGINT NOT NULL
);
CREATE INDEX check_finding_answer_finding ON check_finding_answer (finding, at, id);
CREATE UNIQUE INDEX check_finding_answer_waiting ON check_finding_answer (finding) WHERE state = 'filed';

-- What people say of a clause; nothing of it is shown before somebody of the office has let it pass.
CREATE TABLE opinion (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- waiting, shown, refused
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- 
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  plan TEXT NOT NULL REFERENCES plan (id),
  clause TEXT NOT NULL,
  words TEXT NOT NULL,
  name TEXT NOT NULL,             -- as the author wants to be called; '' for nobody
  refusal TEXT NOT NULL,          -- code of why it is not shown
  answer_vi TEXT NOT NULL,
  answer_en TEXT NOT NULL,
  answered_by TEXT NOT NULL,      -- body
  answered_on TEXT NOT NULL
);
CREATE INDEX opinion_plan ON opinion (plan, clause, state, id);
CREATE INDEX opinion_state ON opinion (state, id);
CREATE INDEX opinion_author ON opinion (created_by, created_at);

-- +goose Down
DROP TABLE opinion;
DROP TABLE check_finding_answer;
DROP TABLE check_finding;
DROP TABLE check_round;
