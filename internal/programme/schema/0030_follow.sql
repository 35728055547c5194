-- +goose Up
-- A body was reminded of a task: once for each step and due day (nhắc việc).
CREATE TABLE task_reminder (
  id TEXT PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (id),
  step TEXT NOT NULL,             -- T-14, T-7, T-1, T+1: keys of lists/reminders.toml
  due_on TEXT NOT NULL,           -- the due day of which it reminds
  body TEXT NOT NULL,
  batch TEXT NOT NULL,            -- what one body is told in one letter
  day TEXT NOT NULL,              -- morning
  at BIGINT NOT NULL,
  channel TEXT NOT NULL,          -- mail; desk where nobody of the body has letters
  sent BIGINT NOT NULL,           -- when the first letter went; 0 before
  seen BIGINT NOT NULL,           -- when somebody first came through its link; 0 before
  UNIQUE (task, step, due_on)
);
CREATE INDEX task_reminder_body ON task_reminder (body, id);
CREATE INDEX task_reminder_batch ON task_reminder (batch);

-- A letter to one reader: the reminders of a morning, or the digest of a week.
CREATE TABLE reminder_letter (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,             -- reminders, weekly
  batch TEXT NOT NULL,
  body TEXT NOT NULL,
  account TEXT NOT NULL,
  day TEXT NOT NULL,
  at BIGINT NOT NULL,
  state TEXT NOT NULL,            -- waiting, sent, needless (nothing left to tell), unwanted, refused
  sent BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  UNIQUE (batch, account)
);
CREATE INDEX reminder_letter_body ON reminder_letter (body, id);

-- How a body wants to be followed up, where it differs from the usual.
CREATE TABLE body_following (
  body TEXT PRIMARY KEY,
  weekday BIGINT NOT NULL,        -- of the digest: 1 is Monday; 0 for none
  author TEXT NOT NULL,
  at BIGINT NOT NULL
);

-- People of a body who get none of its letters.
CREATE TABLE reminder_stop (
  body TEXT NOT NULL,
  account TEXT NOT NULL,
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (body, account)
);

-- An official letter that urges a body to do what is overdue (công văn đôn đốc).
CREATE TABLE urging_letter (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- draft, issued
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- organisation that urges
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  body TEXT NOT NULL,             -- that is urged
  as_of TEXT NOT NULL,            -- day on which the list was drawn up
  addressee TEXT NOT NULL,        -- as printed
  abstract TEXT NOT NULL,
  opening TEXT NOT NULL,          -- words above the list
  closing TEXT NOT NULL,          -- words below it
  layout TEXT NOT NULL,
  symbol TEXT NOT NULL,           -- 215/SKHCN-VP
  issued_on TEXT NOT NULL,
  place TEXT NOT NULL,
  superior TEXT NOT NULL,
  issuer TEXT NOT NULL,
  signer_authority TEXT NOT NULL,
  signer_title TEXT NOT NULL,
  signer_name TEXT NOT NULL,
  sent_to TEXT NOT NULL           -- a line for each
);
CREATE INDEX urging_letter_body ON urging_letter (body, id);

-- The overdue tasks of such a letter, as they stood when the list was drawn up.
CREATE TABLE urging_task (
  letter TEXT NOT NULL REFERENCES urging_letter (id),
  ord BIGINT NOT NULL,
  task TEXT NOT NULL,
  number TEXT NOT NULL,
  plan TEXT NOT NULL,             -- symbol of the document
  clause TEXT NOT NULL,
  title_vi TEXT NOT NULL,
  title_en TEXT NOT NULL,
  due_on TEXT NOT NULL,
  PRIMARY KEY (letter, task)
);
CREATE INDEX urging_task_task ON urging_task (task);

-- +goose Down
DROP TABLE urging_task;
DROP TABLE urging_letter;
DROP TABLE reminder_stop;
DROP TABLE body_following;
DROP TABLE reminder_letter;
DROP TABLE task_reminder;
