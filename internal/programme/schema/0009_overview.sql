-- +goose Up
-- What the programme office knows of a document that plans cite: whether it is in force. A row is
-- never changed; the newest one tells how the document stands.
CREATE TABLE document_mark (
  id TEXT PRIMARY KEY,
  symbol TEXT NOT NULL,           -- 69-KL/TW, or the printed words of a document without a number
  symbol_key TEXT NOT NULL,       -- the same without case and marks
  issued_on TEXT NOT NULL,        -- '' when no citation tells the day
  state TEXT NOT NULL,            -- in_force, replaced, ended
  replaced_by TEXT NOT NULL,      -- symbol of the document that replaced it
  since TEXT NOT NULL,            -- first day on which it stands so
  basis TEXT NOT NULL,            -- document that says so
  author TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX document_mark_symbol ON document_mark (symbol_key, at, id);

INSERT INTO document_mark (id, symbol, symbol_key, issued_on, state, replaced_by, since, basis, author, at)
  SELECT 'cited-' || symbol, symbol, lower(replace(replace(replace(replace(symbol, 'Đ', 'd'), 'đ', 'd'), 'Ư', 'u'), 'ư', 'u')), '', state, replaced_by, since, basis, author, at FROM cited_document;
DROP TABLE cited_document;

-- What a task is to cost and has cost, by year and source. A row is closed, never edited.
CREATE TABLE budget_line (
  id TEXT PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (id),
  year BIGINT NOT NULL,           -- 0 when it is not told by year
  source TEXT NOT NULL,
  planned BIGINT NOT NULL,        -- đồng
  spent BIGINT NOT NULL,          -- đồng; -1 while nobody told
  basis TEXT NOT NULL,            -- decision or estimate that tells the sums
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  ended BIGINT NOT NULL           -- when another row took its place; 0 while it holds
);
CREATE UNIQUE INDEX budget_line_holds ON budget_line (task, year, source) WHERE ended = 0;
CREATE INDEX budget_line_task ON budget_line (task, at);

-- +goose Down
DROP TABLE budget_line;
CREATE TABLE cited_document (
  symbol TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  replaced_by TEXT NOT NULL,
  since TEXT NOT NULL,
  basis TEXT NOT NULL,
  author TEXT NOT NULL,
  at BIGINT NOT NULL
);
DROP TABLE document_mark;
