-- +goose Up
CREATE TABLE organisation_name (
  id TEXT PRIMARY KEY,
  organisation TEXT NOT NULL REFERENCES organisation (id),
  name_vi TEXT NOT NULL,
  name_en TEXT NOT NULL,
  short TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE UNIQUE INDEX organisation_name_from ON organisation_name (organisation, valid_from);
CREATE TABLE organisation_parent (
  id TEXT PRIMARY KEY,
  organisation TEXT NOT NULL REFERENCES organisation (id),
  parent TEXT NOT NULL REFERENCES organisation (id),
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE UNIQUE INDEX organisation_parent_from ON organisation_parent (organisation, valid_from);
CREATE INDEX organisation_parent_parent ON organisation_parent (parent);
CREATE TABLE succession (
  id TEXT PRIMARY KEY,
  from_body TEXT NOT NULL REFERENCES organisation (id),
  to_body TEXT NOT NULL,
  kind TEXT NOT NULL,
  on_day TEXT NOT NULL,
  decision TEXT NOT NULL,
  scope TEXT NOT NULL
);
CREATE INDEX succession_from ON succession (from_body, on_day);
CREATE INDEX succession_to ON succession (to_body, on_day);
CREATE TABLE body_end (
  organisation TEXT PRIMARY KEY REFERENCES organisation (id),
  last_day TEXT NOT NULL,
  decision TEXT NOT NULL
);
CREATE INDEX body_end_day ON body_end (last_day, organisation);
CREATE TABLE class_term (
  term TEXT PRIMARY KEY,
  words_vi TEXT NOT NULL,
  words_en TEXT NOT NULL,
  aliases TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE TABLE class_member (
  id TEXT PRIMARY KEY,
  class TEXT NOT NULL REFERENCES class_term (term),
  body TEXT NOT NULL REFERENCES organisation (id),
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE UNIQUE INDEX class_member_from ON class_member (class, body, valid_from);
CREATE INDEX class_member_body ON class_member (body);
-- +goose Down
DROP TABLE class_member;
DROP TABLE class_term;
DROP TABLE body_end;
DROP TABLE succession;
DROP TABLE organisation_parent;
DROP TABLE organisation_name;
