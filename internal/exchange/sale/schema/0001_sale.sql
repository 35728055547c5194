-- +goose Up
-- An offer of the floor put up for sale in public. Its owner is the seller.
CREATE TABLE sale (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- draft, announced, open, revealing, evaluating, settling, awarded, void, cancelled
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- organisation that sells
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  listing TEXT NOT NULL,          -- offer
  mode TEXT NOT NULL,             -- fixed_price, call, sealed_bids, auction
  title_vi TEXT NOT NULL,
  title_en TEXT NOT NULL,
  use_right TEXT NOT NULL,        -- of the list rights
  territory TEXT NOT NULL,
  months BIGINT NOT NULL,         -- 0 is without end
  conditions_vi TEXT NOT NULL,
  conditions_en TEXT NOT NULL,
  screened INTEGER NOT NULL,      -- the seller admits each bidder
  deposit BIGINT NOT NULL,        -- whole đồng; 0 for none
  start_price BIGINT NOT NULL,
  reserve BIGINT NOT NULL,        -- known to the seller alone
  step BIGINT NOT NULL,
  extension BIGINT NOT NULL,      -- minutes
  reveal_hours BIGINT NOT NULL,
  result_open INTEGER NOT NULL,
  opens_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  revealed_at BIGINT NOT NULL,
  top BIGINT NOT NULL,
  leader TEXT NOT NULL,           -- bidder
  bids BIGINT NOT NULL,
  winner TEXT NOT NULL,           -- bidder
  price BIGINT NOT NULL,
  deal TEXT NOT NULL,
  reason TEXT NOT NULL,           -- why nothing was sold
  note TEXT NOT NULL
);
CREATE INDEX sale_listing ON sale (listing);
CREATE INDEX sale_owner ON sale (owner, id);
CREATE INDEX sale_state ON sale (state, id);

-- Who wants to bid, and what was bid. Until the deadline a sealed bid is its digest alone.
CREATE TABLE sale_bidder (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- applied, admitted, rejected, excluded, withdrawn
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- organisation that bids
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  sale TEXT NOT NULL REFERENCES sale (id),
  place BIGINT NOT NULL,          -- by which the bidder is known to the others: 1, 2, …
  affirmed TEXT NOT NULL,         -- SHA-256 of the conditions that were affirmed
  reason TEXT NOT NULL,
  commitment TEXT NOT NULL,       -- SHA-256 of the sealed bid
  committed_at BIGINT NOT NULL,
  price BIGINT NOT NULL,          -- as opened, or proposed
  words TEXT NOT NULL,
  placed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sale_bidder_once ON sale_bidder (sale, owner);
CREATE INDEX sale_bidder_owner ON sale_bidder (owner, id);

-- The bids of an auction, in their order.
CREATE TABLE sale_bid (
  sale TEXT NOT NULL REFERENCES sale (id),
  n BIGINT NOT NULL,
  bidder TEXT NOT NULL REFERENCES sale_bidder (id),
  price BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  PRIMARY KEY (sale, n)
);

-- What a deposit was, as the seller says: received, returned, kept.
CREATE TABLE sale_deposit (
  id TEXT PRIMARY KEY,
  bidder TEXT NOT NULL REFERENCES sale_bidder (id),
  act TEXT NOT NULL,
  price BIGINT NOT NULL,          -- whole đồng
  on_day TEXT NOT NULL,
  paper TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account TEXT NOT NULL
);
CREATE INDEX sale_deposit_bidder ON sale_deposit (bidder, id);

-- By what the proposals of a call are marked. One of them may be the price, which is computed.
CREATE TABLE sale_criterion (
  sale TEXT NOT NULL REFERENCES sale (id),
  n BIGINT NOT NULL,
  name_vi TEXT NOT NULL,
  name_en TEXT NOT NULL,
  weight BIGINT NOT NULL,         -- per cent
  priced INTEGER NOT NULL,
  PRIMARY KEY (sale, n)
);

-- What somebody of the seller gave a proposal, for each criterion from 0 to 100.
CREATE TABLE sale_mark (
  bidder TEXT NOT NULL REFERENCES sale_bidder (id),
  n BIGINT NOT NULL,
  by_account TEXT NOT NULL,
  mark BIGINT NOT NULL,
  words TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (bidder, n, by_account)
);

-- +goose Down
DROP TABLE sale_mark;
DROP TABLE sale_criterion;
DROP TABLE sale_deposit;
DROP TABLE sale_bid;
DROP TABLE sale_bidder;
DROP TABLE sale;
