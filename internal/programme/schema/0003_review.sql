-- +goose Up
-- A review of how plans stand (sơ kết, tổng kết): figures of one day, and words around them. Once it
-- is issued nothing of it changes; a correction is a new review that names it.
CREATE TABLE plan_review (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- draft, issued
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- body that reports
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  kind TEXT NOT NULL,             -- interim, final, monthly, ad_hoc
  title_vi TEXT NOT NULL,
  title_en TEXT NOT NULL,
  plan TEXT NOT NULL REFERENCES plan (id),
  body TEXT NOT NULL,             -- whose tasks alone are reviewed; '' for all
  period_from TEXT NOT NULL,
  period_to TEXT NOT NULL,
  as_of TEXT NOT NULL,            -- day of the figures
  layout TEXT NOT NULL,           -- layout profile
  symbol TEXT NOT NULL,           -- 15/BC-SKHCN
  issued_on TEXT NOT NULL,
  place TEXT NOT NULL,
  superior TEXT NOT NULL,
  issuer TEXT NOT NULL,
  signer_authority TEXT NOT NULL,
  signer_title TEXT NOT NULL,
  signer_name TEXT NOT NULL,
  sent_to TEXT NOT NULL,          -- a line for each
  corrects TEXT NOT NULL,         -- the issued review that this one corrects
  reason TEXT NOT NULL,           -- what is corrected
  is_public INTEGER NOT NULL
);
CREATE INDEX plan_review_plan ON plan_review (plan, as_of, id);
CREATE INDEX plan_review_owner ON plan_review (owner, created_at, id);
CREATE INDEX plan_review_corrects ON plan_review (corrects) WHERE corrects <> '';

-- The figures of a review with the rows behind each, as JSON.
CREATE TABLE plan_review_figures (
  review TEXT PRIMARY KEY REFERENCES plan_review (id),
  figures TEXT NOT NULL,
  sha256 TEXT NOT NULL
);

-- The words of a review, part by part; a figure stands in them as [[its key]].
CREATE TABLE plan_review_part (
  review TEXT NOT NULL REFERENCES plan_review (id),
  part TEXT NOT NULL,             -- setting, results, not_done, unplanned, judgement, direction, proposals
  words_vi TEXT NOT NULL,
  words_en TEXT NOT NULL,
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (review, part)
);

-- +goose Down
DROP TABLE plan_review_part;
DROP TABLE plan_review_figures;
DROP TABLE plan_review;
