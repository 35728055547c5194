-- +goose Up
-- A plan, programme, resolution or other document whose words bodies are held to.
CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- draft, in_force, replaced, ended
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- organisation whose programme it is
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  name_vi TEXT NOT NULL,          -- short name by which people call it
  name_en TEXT NOT NULL,
  about_vi TEXT NOT NULL,         -- what it is for, in plain words
  about_en TEXT NOT NULL,
  kind TEXT NOT NULL,             -- as printed: KẾ HOẠCH
  symbol TEXT NOT NULL,           -- 69-KL/TW
  abstract TEXT NOT NULL,
  issuer TEXT NOT NULL,           -- as printed
  superior TEXT NOT NULL,
  place TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  signer_authority TEXT NOT NULL,
  signer_by TEXT NOT NULL,
  signer_title TEXT NOT NULL,
  signer_name TEXT NOT NULL,
  layout TEXT NOT NULL,           -- layout profile of its reports
  parent TEXT NOT NULL,           -- plan that it carries out
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  replaced_by TEXT NOT NULL,      -- symbol of the document that replaced it
  is_public INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  unread BIGINT NOT NULL          -- places of the reading that no officer has looked at
);
CREATE INDEX plan_state ON plan (state, created_at, id);
CREATE INDEX plan_parent ON plan (parent) WHERE parent <> '';
CREATE INDEX plan_owner ON plan (owner) WHERE owner <> '';

-- The whole text of a plan as it was read; places of nodes and clauses are offsets in it.
CREATE TABLE plan_text (
  plan TEXT PRIMARY KEY REFERENCES plan (id),
  text TEXT NOT NULL
);

-- A heading, item, bullet or paragraph of a plan. Never changed once the plan was read.
CREATE TABLE plan_node (
  plan TEXT NOT NULL REFERENCES plan (id),
  path TEXT NOT NULL,             -- II.5-1
  ord BIGINT NOT NULL,
  parent TEXT NOT NULL,           -- path; '' at the top
  level TEXT NOT NULL,            -- section, group, item, bullet, para, point ...
  marker TEXT NOT NULL,           -- as printed
  text TEXT NOT NULL,
  begins BIGINT NOT NULL,         -- byte of plan_text
  ends BIGINT NOT NULL,
  line BIGINT NOT NULL,
  PRIMARY KEY (plan, path)
);

-- What can be assigned: a clause of a leaf, or a row of an annex table. Never changed.
CREATE TABLE plan_clause (
  plan TEXT NOT NULL REFERENCES plan (id),
  path TEXT NOT NULL,             -- II.5-1#3; of a row: PL1.7
  ord BIGINT NOT NULL,
  node TEXT NOT NULL,             -- path of the leaf; of a row: its group's or the table's title
  row INTEGER NOT NULL,
  text TEXT NOT NULL,
  begins BIGINT NOT NULL,
  ends BIGINT NOT NULL,
  gist_vi TEXT NOT NULL,          -- the same in few plain words, written by an officer
  gist_en TEXT NOT NULL,
  PRIMARY KEY (plan, path)
);

-- What the reader found in the words: citations, roles, deadlines, quantities, products,
-- recipients, abbreviations, targets, footnotes, warnings.
CREATE TABLE plan_fact (
  plan TEXT NOT NULL REFERENCES plan (id),
  ord BIGINT NOT NULL,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,            -- path of node or clause, or preamble, closing, header, annex, footnote:1
  printed TEXT NOT NULL,
  value TEXT NOT NULL,            -- symbol, role, recurrence, operator ... by kind
  target TEXT NOT NULL,           -- day, body, number ... by kind
  until TEXT NOT NULL,
  doubtful INTEGER NOT NULL,
  looked_at BIGINT NOT NULL,      -- when an officer confirmed it; 0 while it waits
  PRIMARY KEY (plan, ord)
);
CREATE INDEX plan_fact_value ON plan_fact (kind, value);

-- What an officer says beside the untouched original: a correction of the reading, or a remark.
CREATE TABLE plan_note (
  id TEXT PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  place TEXT NOT NULL,
  field TEXT NOT NULL,            -- what is corrected: text, marker, deadline, body ...; '' for a remark
  old TEXT NOT NULL,
  now TEXT NOT NULL,
  words TEXT NOT NULL,
  author TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX plan_note_plan ON plan_note (plan, at, id);

-- A clause of one plan that carries out a clause or group of another.
CREATE TABLE plan_link (
  plan TEXT NOT NULL REFERENCES plan (id),
  clause TEXT NOT NULL,
  parent TEXT NOT NULL REFERENCES plan (id),
  place TEXT NOT NULL,            -- path of the parent's clause
  printed INTEGER NOT NULL,       -- the document itself says so
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  ended BIGINT NOT NULL,          -- when the link was taken away; 0 while it holds
  PRIMARY KEY (plan, clause, parent, place, ended)
);
CREATE INDEX plan_link_parent ON plan_link (parent, place);

-- +goose Down
DROP TABLE plan_link;
DROP TABLE plan_note;
DROP TABLE plan_fact;
DROP TABLE plan_clause;
DROP TABLE plan_node;
DROP TABLE plan_text;
DROP TABLE plan;
