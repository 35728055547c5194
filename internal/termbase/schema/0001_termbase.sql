-- +goose Up
CREATE TABLE term (
  id TEXT PRIMARY KEY,
  vi TEXT NOT NULL,
  en TEXT NOT NULL,
  field TEXT NOT NULL,
  note TEXT NOT NULL,
  weight BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE TABLE dictionary (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  licence TEXT NOT NULL,
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  lines BIGINT NOT NULL,
  terms BIGINT NOT NULL,
  bad BIGINT NOT NULL,
  faults TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE dictionary_part (
  dictionary TEXT NOT NULL REFERENCES dictionary (id),
  place BIGINT NOT NULL,
  terms TEXT NOT NULL,
  PRIMARY KEY (dictionary, place)
);
CREATE TABLE missed_word (
  word TEXT NOT NULL,
  day TEXT NOT NULL,
  times BIGINT NOT NULL,
  PRIMARY KEY (word, day)
);
CREATE INDEX missed_word_day ON missed_word (day);
CREATE TABLE term_proposal (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  vi TEXT NOT NULL,
  en TEXT NOT NULL,
  field TEXT NOT NULL,
  note TEXT NOT NULL,
  reason TEXT NOT NULL,
  proposer TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX term_proposal_state ON term_proposal (state, created_at);
CREATE INDEX term_proposal_proposer ON term_proposal (proposer, created_at);
CREATE TABLE learnt_word (
  tongue TEXT NOT NULL,
  word TEXT NOT NULL,
  said TEXT NOT NULL,
  likelihood BIGINT NOT NULL,
  PRIMARY KEY (tongue, word, said)
);
CREATE TABLE learning (
  id TEXT PRIMARY KEY,
  pairs BIGINT NOT NULL,
  learnt_at BIGINT NOT NULL
);
-- +goose Down
DROP TABLE learning;
DROP TABLE learnt_word;
DROP TABLE term_proposal;
DROP TABLE missed_word;
DROP TABLE dictionary_part;
DROP TABLE dictionary;
DROP TABLE term;
