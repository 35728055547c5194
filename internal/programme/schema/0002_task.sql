-- +goose Up
-- Who has what to do with a clause, by which document. A row is closed, never edited.
CREATE TABLE assignment (
  id TEXT PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  clause TEXT NOT NULL,           -- path
  role TEXT NOT NULL,             -- lead, execute, coordinate, inform
  body TEXT NOT NULL,             -- organisation; '' while only the printed words are known
  class TEXT NOT NULL,            -- class of bodies, expanded as of a day; '' for one body
  printed TEXT NOT NULL,          -- the words of the document
  basis TEXT NOT NULL,            -- document and clause that assigns
  state TEXT NOT NULL,            -- proposed, assigned, transferred, closed
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,         -- last day; '' while it holds
  predecessor TEXT NOT NULL,      -- assignment that was handed over
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  confirmed_by TEXT NOT NULL,
  confirmed_at BIGINT NOT NULL
);
CREATE INDEX assignment_clause ON assignment (plan, clause);
CREATE INDEX assignment_body ON assignment (body, state) WHERE body <> '';

-- A piece of work that one body answers for.
CREATE TABLE task (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- open, accepted, transferred, cancelled
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- the body
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  plan TEXT NOT NULL REFERENCES plan (id),
  clause TEXT NOT NULL,
  assignment TEXT NOT NULL,
  parent TEXT NOT NULL,           -- task of the plan above
  title_vi TEXT NOT NULL,
  title_en TEXT NOT NULL,
  product_vi TEXT NOT NULL,
  product_en TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  unit TEXT NOT NULL,
  begins_on TEXT NOT NULL,
  due_on TEXT NOT NULL,           -- '' when nobody set a day
  due_basis TEXT NOT NULL,        -- clause or decision that sets it
  recurrence TEXT NOT NULL,       -- FREQ=MONTHLY;INTERVAL=3, CONTINUOUS
  budget BIGINT NOT NULL,         -- đồng
  budget_source TEXT NOT NULL,
  secret INTEGER NOT NULL,        -- only its number is kept
  done_on TEXT NOT NULL,          -- the day the product was there
  said TEXT NOT NULL,             -- what its body last said: running, done, blocked
  confidence TEXT NOT NULL,       -- green, amber, red; '' when nobody told
  confidence_reason TEXT NOT NULL,
  predecessor TEXT NOT NULL,      -- task that was handed over, or the last one of a series
  accepted_on TEXT NOT NULL,
  closed_on TEXT NOT NULL         -- last day of one that was transferred or cancelled
);
CREATE INDEX task_plan ON task (plan, clause);
CREATE INDEX task_owner ON task (owner, state, due_on, id);
CREATE INDEX task_due ON task (state, due_on, id);
CREATE UNIQUE INDEX task_series ON task (predecessor, owner, due_on) WHERE predecessor <> '';
CREATE INDEX task_parent ON task (parent) WHERE parent <> '';

-- A due day moves only by a recorded decision.
CREATE TABLE due_change (
  id TEXT PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (id),
  old TEXT NOT NULL,
  now TEXT NOT NULL,
  reason TEXT NOT NULL,
  decision TEXT NOT NULL,         -- number and date of the decision
  author TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX due_change_task ON due_change (task, at);

-- What a body reports on a task for a period, and what became of the report.
CREATE TABLE progress_report (
  id TEXT PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (id),
  period TEXT NOT NULL,           -- 2026-10, 2026-Q3, 2026-H1, 2026
  state TEXT NOT NULL,            -- filed, accepted, returned, replaced
  said TEXT NOT NULL,             -- not_begun, running, done, blocked
  done_on TEXT NOT NULL,
  words TEXT NOT NULL,
  difficulty TEXT NOT NULL,       -- law, money, people, coordination, time, data, technical; '' for none
  proposal TEXT NOT NULL,
  confidence TEXT NOT NULL,
  confidence_reason TEXT NOT NULL,
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  reason TEXT NOT NULL            -- why it was returned
);
CREATE UNIQUE INDEX progress_report_period ON progress_report (task, period) WHERE state IN ('filed', 'accepted');
CREATE INDEX progress_report_task ON progress_report (task, at, id);
CREATE INDEX progress_report_state ON progress_report (state, at, id);

-- A file or record that shows that something was done.
CREATE TABLE evidence_item (
  id TEXT PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  clause TEXT NOT NULL,
  task TEXT NOT NULL,             -- '' when it speaks for the clause
  kind TEXT NOT NULL,             -- file, or the kind of the record
  record TEXT NOT NULL,           -- attachment or record
  title TEXT NOT NULL,
  form TEXT NOT NULL,             -- original, certified_copy, copy
  dated TEXT NOT NULL,
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  checked_by TEXT NOT NULL,
  checked_at BIGINT NOT NULL,
  refused TEXT NOT NULL,          -- why it does not count; '' otherwise
  removed BIGINT NOT NULL
);
CREATE INDEX evidence_item_clause ON evidence_item (plan, clause);
CREATE INDEX evidence_item_task ON evidence_item (task) WHERE task <> '';

-- Which measure speaks for a clause.
CREATE TABLE evidence_rule (
  id TEXT PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  clause TEXT NOT NULL,
  mission TEXT NOT NULL,          -- row of the city's mission: H06
  measure TEXT NOT NULL,
  version BIGINT NOT NULL,
  target BIGINT NOT NULL,         -- -1 when none was set
  target_basis TEXT NOT NULL,
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  ended BIGINT NOT NULL
);
CREATE INDEX evidence_rule_clause ON evidence_rule (plan, clause);

-- +goose Down
DROP TABLE evidence_rule;
DROP TABLE evidence_item;
DROP TABLE progress_report;
DROP TABLE due_change;
DROP TABLE task;
DROP TABLE assignment;
