-- +goose Up
-- An enquiry about a listing (yêu cầu trao đổi): the first move of a deal. Its owner is who asks.
CREATE TABLE enquiry (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- screening, delivered, questioned, agreed, opened, declined, refused, withdrawn, lapsed
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- organisation that asks
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,     -- who asks is not named until both agree
  shown TEXT NOT NULL,
  kind TEXT NOT NULL,             -- of the listing: offer, need
  listing TEXT NOT NULL,
  holder TEXT NOT NULL,           -- organisation that answers
  holder_closed INTEGER NOT NULL, -- it is not named until both agree
  cooperation TEXT NOT NULL,
  wish TEXT NOT NULL,             -- what co-operation is wanted
  unclear TEXT NOT NULL,          -- what is to be known first
  about TEXT NOT NULL,            -- who asks
  budget_min BIGINT NOT NULL,
  budget_max BIGINT NOT NULL,
  timing TEXT NOT NULL,
  due_on TEXT NOT NULL,           -- of the answer; '' when it does not wait for the holder
  delivered_at BIGINT NOT NULL,
  answered_at BIGINT NOT NULL,    -- first answer of the holder; 0 before it
  answered_by TEXT NOT NULL,
  reason TEXT NOT NULL,           -- of the list decline_reasons
  note TEXT NOT NULL,             -- words of a declination or refusal
  deal TEXT NOT NULL
);
CREATE INDEX enquiry_owner ON enquiry (owner, id);
CREATE INDEX enquiry_holder ON enquiry (holder, id);
CREATE INDEX enquiry_listing ON enquiry (listing, owner);
CREATE INDEX enquiry_due ON enquiry (due_on) WHERE due_on <> '';

-- What was asked back about an enquiry, and answered.
CREATE TABLE enquiry_question (
  id TEXT PRIMARY KEY,
  enquiry TEXT NOT NULL REFERENCES enquiry (id),
  asked_at BIGINT NOT NULL,
  asked_by TEXT NOT NULL,
  question TEXT NOT NULL,
  answered_at BIGINT NOT NULL,    -- 0 before it
  answered_by TEXT NOT NULL,
  answer TEXT NOT NULL
);
CREATE INDEX enquiry_question_of ON enquiry_question (enquiry, id);

-- Who was reminded of an enquiry, so that nobody is twice.
CREATE TABLE enquiry_notice (
  enquiry TEXT NOT NULL REFERENCES enquiry (id),
  step TEXT NOT NULL,             -- due, silent
  due_on TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (enquiry, step, due_on)
);

-- What an owner asks of those who enquire about a listing.
CREATE TABLE enquiry_condition (
  kind TEXT NOT NULL,
  listing TEXT NOT NULL,
  words_vi TEXT NOT NULL,
  words_en TEXT NOT NULL,
  least_budget BIGINT NOT NULL,
  confirmed_only INTEGER NOT NULL, -- only organisations whose identity an officer confirmed
  set_by TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (kind, listing)
);

-- A deal (giao dịch): from the opened enquiry to what became of it.
CREATE TABLE deal (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- '': a deal belongs to its sides
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  enquiry TEXT NOT NULL,
  kind TEXT NOT NULL,             -- of the listing
  listing TEXT NOT NULL,
  title_vi TEXT NOT NULL,
  title_en TEXT NOT NULL,
  supplier TEXT NOT NULL,         -- organisation that transfers
  receiver TEXT NOT NULL,         -- organisation that takes over
  nda TEXT NOT NULL,              -- '', proposed, signed, skipped, declined
  nda_until TEXT NOT NULL,        -- last day of the agreement; '' is open
  reason TEXT NOT NULL,           -- of the list stop_reasons
  note TEXT NOT NULL,
  moved_at BIGINT NOT NULL        -- last act of a side
);
CREATE INDEX deal_supplier ON deal (supplier, id);
CREATE INDEX deal_receiver ON deal (receiver, id);
CREATE INDEX deal_listing ON deal (listing);
CREATE INDEX deal_moved ON deal (state, moved_at);

-- At which steps the sides were asked what became of a deal in which nothing moved.
CREATE TABLE deal_notice (
  deal TEXT NOT NULL REFERENCES deal (id),
  days BIGINT NOT NULL,           -- without a move: 30, 60, 90
  moved_at BIGINT NOT NULL,       -- the move since when nothing happened
  at BIGINT NOT NULL,
  PRIMARY KEY (deal, days, moved_at)
);

-- Who takes part in a deal, in time.
CREATE TABLE deal_person (
  id TEXT PRIMARY KEY,
  deal TEXT NOT NULL REFERENCES deal (id),
  account TEXT NOT NULL,
  side TEXT NOT NULL,             -- supplier, receiver, broker
  duty TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,          -- 0 while it holds
  added_by TEXT NOT NULL
);
CREATE INDEX deal_person_of ON deal_person (deal, account);
CREATE INDEX deal_person_account ON deal_person (account);

-- The time line of a deal. What is written here is never changed.
CREATE TABLE deal_entry (
  id TEXT PRIMARY KEY,
  deal TEXT NOT NULL REFERENCES deal (id),
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  side TEXT NOT NULL,             -- supplier, receiver, broker; '' for the exchange
  audience TEXT NOT NULL,         -- all, or the side that alone reads it
  kind TEXT NOT NULL,             -- message, visit, call, minutes, or the name of an act
  words TEXT NOT NULL,
  held_on TEXT NOT NULL,          -- of a visit or call
  about TEXT NOT NULL             -- what it concerns: number of a version, id of a document
);
CREATE INDEX deal_entry_of ON deal_entry (deal, id);

-- Signatures under the confidentiality agreement, one a side and proposal.
CREATE TABLE deal_nda (
  deal TEXT NOT NULL REFERENCES deal (id),
  proposal BIGINT NOT NULL,
  side TEXT NOT NULL,
  act TEXT NOT NULL,              -- proposed, signed, declined
  words TEXT NOT NULL,            -- of the agreement, with the proposal
  digest TEXT NOT NULL,           -- SHA-256 of the words that were signed
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  PRIMARY KEY (deal, proposal, side)
);

-- Offers and counter-offers: each version is kept as it was made.
CREATE TABLE deal_version (
  deal TEXT NOT NULL REFERENCES deal (id),
  n BIGINT NOT NULL,
  side TEXT NOT NULL,
  terms TEXT NOT NULL,
  digest TEXT NOT NULL,
  words TEXT NOT NULL,            -- that go with it
  expires_on TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  ended TEXT NOT NULL,            -- '', replaced, withdrawn, expired, accepted, closed
  ended_at BIGINT NOT NULL,
  PRIMARY KEY (deal, n)
);

-- Clauses of the other side's version that a side accepted.
CREATE TABLE deal_clause (
  deal TEXT NOT NULL,
  n BIGINT NOT NULL,
  clause TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  PRIMARY KEY (deal, n, clause),
  FOREIGN KEY (deal, n) REFERENCES deal_version (deal, n)
);

-- Documents of a deal: the file is an attachment of it.
CREATE TABLE deal_document (
  attachment TEXT PRIMARY KEY,
  deal TEXT NOT NULL REFERENCES deal (id),
  side TEXT NOT NULL,             -- that brought it
  audience TEXT NOT NULL          -- own, both, nda (both, while the agreement is in force)
);
CREATE INDEX deal_document_of ON deal_document (deal, attachment);

-- Every opening of a document.
CREATE TABLE deal_opening (
  id TEXT PRIMARY KEY,
  attachment TEXT NOT NULL REFERENCES deal_document (attachment),
  at BIGINT NOT NULL,
  account TEXT NOT NULL,
  side TEXT NOT NULL
);
CREATE INDEX deal_opening_of ON deal_opening (attachment, id);

-- The legal route of a deal, as an officer told it, and the papers on its way.
CREATE TABLE deal_legal (
  deal TEXT PRIMARY KEY REFERENCES deal (id),
  edition TEXT NOT NULL,          -- of the rules; a running deal keeps its own
  class TEXT NOT NULL,
  direction TEXT NOT NULL,
  state_money TEXT NOT NULL,
  certificate INTEGER NOT NULL,
  amendment INTEGER NOT NULL,
  contribution INTEGER NOT NULL,
  day TEXT NOT NULL,
  outcome TEXT NOT NULL,          -- blocked, licence, registration, voluntary
  note TEXT NOT NULL,             -- what the officer says of the open questions
  told_at BIGINT NOT NULL,
  told_by TEXT NOT NULL,
  approval_number TEXT NOT NULL,
  approval_on TEXT NOT NULL,
  agreed_on TEXT NOT NULL,        -- on which the sides want it to take effect
  signed_on TEXT NOT NULL,
  due_on TEXT NOT NULL,           -- of the step that is waited for
  filed_on TEXT NOT NULL,
  paper_number TEXT NOT NULL,     -- of the licence or the certificate of registration
  paper_on TEXT NOT NULL,
  effective_on TEXT NOT NULL
);

-- The signed contract, as each side brought it.
CREATE TABLE deal_signature (
  deal TEXT NOT NULL REFERENCES deal (id),
  side TEXT NOT NULL,
  attachment TEXT NOT NULL,
  digest TEXT NOT NULL,           -- SHA-256 of the file
  signed_on TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  PRIMARY KEY (deal, side)
);

-- What both sides agreed on.
CREATE TABLE deal_sheet (
  deal TEXT PRIMARY KEY REFERENCES deal (id),
  terms TEXT NOT NULL,
  digest TEXT NOT NULL,
  rests_on TEXT NOT NULL,         -- numbers of the versions, a space between
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL
);

-- +goose Down
DROP TABLE deal_sheet;
DROP TABLE deal_signature;
DROP TABLE deal_legal;
DROP TABLE deal_opening;
DROP TABLE deal_document;
DROP TABLE deal_clause;
DROP TABLE deal_version;
DROP TABLE deal_nda;
DROP TABLE deal_entry;
DROP TABLE deal_person;
DROP TABLE deal_notice;
DROP TABLE deal;
DROP TABLE enquiry_condition;
DROP TABLE enquiry_notice;
DROP TABLE enquiry_question;
DROP TABLE enquiry;
