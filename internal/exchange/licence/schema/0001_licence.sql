-- +goose Up
-- A technology that anybody may use on conditions, without a fee. Its owner is who lets others use it.
CREATE TABLE free_offer (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- open, closed
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- organisation that lets others use it
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  listing TEXT NOT NULL,          -- offer
  deal TEXT NOT NULL,             -- by which the owner acquired it; '' for the owner of the listing
  conditions_vi TEXT NOT NULL,
  conditions_en TEXT NOT NULL,
  green INTEGER NOT NULL          -- green technology, as the owner says
);
CREATE UNIQUE INDEX free_offer_listing ON free_offer (listing, owner);

-- Who took a free licence, under which conditions: it never changes.
CREATE TABLE free_licence (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- organisation that took it
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  offer TEXT NOT NULL REFERENCES free_offer (id),
  giver TEXT NOT NULL,
  listing TEXT NOT NULL,
  conditions_vi TEXT NOT NULL,    -- as they stood
  conditions_en TEXT NOT NULL,
  digest TEXT NOT NULL            -- SHA-256 of the conditions
);
CREATE UNIQUE INDEX free_licence_once ON free_licence (offer, owner);
CREATE INDEX free_licence_owner ON free_licence (owner, id);

-- +goose Down
DROP TABLE free_licence;
DROP TABLE free_offer;
