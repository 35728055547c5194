-- +goose Up
-- On which day the hand-over was complete, or the contract ended.
ALTER TABLE deal ADD COLUMN ended_on TEXT NOT NULL DEFAULT '';

-- What experts found of the technology.
CREATE TABLE deal_evaluation (
  id TEXT PRIMARY KEY,
  deal TEXT NOT NULL REFERENCES deal (id),
  side TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  evaluated_on TEXT NOT NULL,
  examined TEXT NOT NULL,
  findings TEXT NOT NULL,
  verdict TEXT NOT NULL,          -- of the list evaluation_verdicts
  attachment TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL
);
CREATE INDEX deal_evaluation_of ON deal_evaluation (deal, id);

-- What somebody found the technology to be worth.
CREATE TABLE deal_valuation (
  id TEXT PRIMARY KEY,
  deal TEXT NOT NULL REFERENCES deal (id),
  side TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  paper TEXT NOT NULL,
  valued_on TEXT NOT NULL,
  method TEXT NOT NULL,           -- of the list valuation_methods
  assumptions TEXT NOT NULL,
  low BIGINT NOT NULL,            -- whole dong
  high BIGINT NOT NULL,
  valid_until TEXT NOT NULL,      -- '' is open
  attachment TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL
);
CREATE INDEX deal_valuation_of ON deal_valuation (deal, id);

-- Which side says that a step of the hand-over is done.
CREATE TABLE deal_confirmation (
  deal TEXT NOT NULL REFERENCES deal (id),
  n BIGINT NOT NULL,              -- of the step, from 1
  side TEXT NOT NULL,
  done_on TEXT NOT NULL,
  words TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  PRIMARY KEY (deal, n, side)
);

-- Disputes about a contract in force.
CREATE TABLE deal_dispute (
  deal TEXT NOT NULL REFERENCES deal (id),
  n BIGINT NOT NULL,
  side TEXT NOT NULL,             -- that raised it
  words TEXT NOT NULL,
  at BIGINT NOT NULL,
  before TEXT NOT NULL,           -- state of the deal
  proposed_by TEXT NOT NULL,      -- side; '' before it
  settlement TEXT NOT NULL,
  ended_at BIGINT NOT NULL,       -- 0 while it is open
  PRIMARY KEY (deal, n)
);

-- What the receiver reports of a year, each report as it was made.
CREATE TABLE deal_report (
  deal TEXT NOT NULL REFERENCES deal (id),
  year BIGINT NOT NULL,
  n BIGINT NOT NULL,
  sales TEXT NOT NULL,            -- JSON of the figures
  sum BIGINT NOT NULL,            -- that it yields, whole dong
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  confirmed_at BIGINT NOT NULL,   -- 0 before it
  PRIMARY KEY (deal, year, n)
);

-- What was paid, and came.
CREATE TABLE deal_payment (
  deal TEXT NOT NULL REFERENCES deal (id),
  item TEXT NOT NULL,             -- instalment-1, year-2027
  paid_on TEXT NOT NULL,
  paper TEXT NOT NULL,            -- of the bank
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  received_at BIGINT NOT NULL,    -- 0 before it
  received_by TEXT NOT NULL,
  PRIMARY KEY (deal, item)
);

-- What the receiver says 6, 12 and 24 months after the hand-over.
CREATE TABLE deal_survey (
  deal TEXT NOT NULL REFERENCES deal (id),
  months BIGINT NOT NULL,
  producing INTEGER NOT NULL,
  since TEXT NOT NULL,
  revenue BIGINT NOT NULL,        -- whole dong
  jobs BIGINT NOT NULL,
  words TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  PRIMARY KEY (deal, months)
);

-- What the sides say of one another when the deal is over.
CREATE TABLE deal_review (
  deal TEXT NOT NULL REFERENCES deal (id),
  side TEXT NOT NULL,             -- that wrote it
  as_told BIGINT NOT NULL,        -- 1 to 5
  in_time BIGINT NOT NULL,
  support BIGINT NOT NULL,
  again INTEGER NOT NULL,
  words TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  PRIMARY KEY (deal, side)
);

-- Of which duties a side was reminded, so that each letter goes once.
CREATE TABLE deal_duty (
  deal TEXT NOT NULL REFERENCES deal (id),
  what TEXT NOT NULL,             -- filing, milestone-2, year-2027, survey-6
  side TEXT NOT NULL,
  due_on TEXT NOT NULL,
  step TEXT NOT NULL,             -- soon, late
  at BIGINT NOT NULL,
  PRIMARY KEY (deal, what, side, due_on, step)
);

-- A mandate (ủy quyền môi giới): an organisation has a broker act for it. Its owner is the principal.
CREATE TABLE mandate (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- proposed, in_force, declined, revoked
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- principal
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  broker TEXT NOT NULL,           -- organisation that acts
  proposed_by TEXT NOT NULL,      -- organisation
  kind TEXT NOT NULL,             -- of the listing that it is about; '' for all of the principal
  listing TEXT NOT NULL,
  scope TEXT NOT NULL,            -- what the broker does
  from_on TEXT NOT NULL,
  until_on TEXT NOT NULL,
  fee_kind TEXT NOT NULL,         -- of the list fee_kinds
  fee_rate TEXT NOT NULL,         -- per cent of the sum of the contract
  fee_sum BIGINT NOT NULL,        -- whole dong
  reason TEXT NOT NULL            -- why it was declined or revoked
);
CREATE INDEX mandate_owner ON mandate (owner, id);
CREATE INDEX mandate_broker ON mandate (broker, id);

-- Under which mandate a broker takes part in a deal.
CREATE TABLE deal_broker (
  deal TEXT NOT NULL REFERENCES deal (id),
  mandate TEXT NOT NULL REFERENCES mandate (id),
  side TEXT NOT NULL,             -- of the principal
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  PRIMARY KEY (deal, mandate)
);
CREATE INDEX deal_broker_mandate ON deal_broker (mandate, deal);

-- What a broker is to do about a deal or a mandate.
CREATE TABLE broker_task (
  id TEXT PRIMARY KEY,
  mandate TEXT NOT NULL REFERENCES mandate (id),
  deal TEXT NOT NULL,             -- '' for none
  what TEXT NOT NULL,
  due_on TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  done_at BIGINT NOT NULL         -- 0 before it
);
CREATE INDEX broker_task_of ON broker_task (mandate, done_at);

-- A fee that fell due under a mandate, as a record: the money goes its own way.
CREATE TABLE broker_fee (
  mandate TEXT NOT NULL REFERENCES mandate (id),
  deal TEXT NOT NULL,
  sum BIGINT NOT NULL,            -- whole dong
  billed_on TEXT NOT NULL,
  paper TEXT NOT NULL,            -- number of the bill
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  paid_on TEXT NOT NULL,          -- as the principal says; '' before it
  paid_by TEXT NOT NULL,
  PRIMARY KEY (mandate, deal)
);

-- +goose Down
DROP TABLE broker_fee;
DROP TABLE broker_task;
DROP TABLE deal_broker;
DROP TABLE mandate;
DROP TABLE deal_duty;
DROP TABLE deal_review;
DROP TABLE deal_survey;
DROP TABLE deal_payment;
DROP TABLE deal_report;
DROP TABLE deal_dispute;
DROP TABLE deal_confirmation;
DROP TABLE deal_valuation;
DROP TABLE deal_evaluation;
ALTER TABLE deal DROP COLUMN ended_on;
