-- +goose Up
-- A search that somebody saved, or that a listing of theirs stands for.
CREATE TABLE saved_search (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  address TEXT NOT NULL,          -- the query of the search's address; '' for one of a listing
  tongue TEXT NOT NULL,           -- of the page on which it was saved
  kind TEXT NOT NULL,             -- of the listing that looks for its counterpart; '' for one that was typed
  record TEXT NOT NULL,           -- its id
  rhythm TEXT NOT NULL,           -- at_once, daily, weekly
  since BIGINT NOT NULL,          -- seq of the ledger after which it is told of what happens
  paused BIGINT NOT NULL,         -- when its owner paused it; 0 while it watches
  deleted BIGINT NOT NULL,        -- when its owner deleted it; 0 while it stands
  created BIGINT NOT NULL,
  changed BIGINT NOT NULL         -- when any of this last changed
);
CREATE INDEX saved_search_account ON saved_search (account);
CREATE INDEX saved_search_changed ON saved_search (changed);
CREATE UNIQUE INDEX saved_search_record ON saved_search (kind, record, account) WHERE record <> '';

-- What a saved search found: a listing, once for each change worth telling.
CREATE TABLE finding (
  search TEXT NOT NULL REFERENCES saved_search (id),
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  seq BIGINT NOT NULL,            -- of the ledger's entry that brought it
  what TEXT NOT NULL,             -- new, again, changed
  facts TEXT NOT NULL,            -- which facts changed, parted by spaces
  at BIGINT NOT NULL,
  letter TEXT NOT NULL,           -- the letter that tells of it; '' while it waits, '-' when none will
  PRIMARY KEY (search, kind, record, seq)
);
CREATE INDEX finding_waiting ON finding (search) WHERE letter = '';
CREATE INDEX finding_letter ON finding (letter);
CREATE INDEX finding_at ON finding (at);

-- A listing as its watchers know it: what is compared to see what is worth telling.
CREATE TABLE watched_listing (
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  on_floor INTEGER NOT NULL,
  price BIGINT NOT NULL,          -- as everybody may see it; 0 when it is not told
  trl BIGINT NOT NULL,
  summary TEXT NOT NULL,          -- a digest of what everybody may read
  PRIMARY KEY (kind, record)
);

-- How far of the ledger was followed.
CREATE TABLE alert_cursor (
  one INTEGER PRIMARY KEY,        -- always 1
  seq BIGINT NOT NULL
);

-- A letter that tells what the searches of one person found.
CREATE TABLE alert_letter (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  rhythm TEXT NOT NULL,
  at BIGINT NOT NULL,
  sent BIGINT NOT NULL            -- 0 while it is on its way
);
CREATE INDEX alert_letter_account ON alert_letter (account);

-- Who wants no letters about saved searches.
CREATE TABLE alert_stop (
  account TEXT PRIMARY KEY REFERENCES account (id),
  at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE alert_stop;
DROP TABLE alert_letter;
DROP TABLE alert_cursor;
DROP TABLE watched_listing;
DROP TABLE finding;
DROP TABLE saved_search;
