-- +goose Up
-- A policy on its way from draft to force (sổ theo dõi chính sách).
CREATE TABLE policy (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- drafting, consulting, issued, in_force, ended
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- body that drafts it
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  title_vi TEXT NOT NULL,
  title_en TEXT NOT NULL,
  theme TEXT NOT NULL,            -- of the list policy_themes
  plan TEXT NOT NULL,
  clause TEXT NOT NULL,           -- path of the clause that it serves; '' for none
  consulted_from TEXT NOT NULL,
  consulted_to TEXT NOT NULL,
  opinions BIGINT NOT NULL,       -- how many came in
  symbol TEXT NOT NULL,
  issuer TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  in_force_on TEXT NOT NULL,
  ended_on TEXT NOT NULL,
  replaced_by TEXT NOT NULL,
  is_public INTEGER NOT NULL
);
CREATE INDEX policy_state ON policy (state, id);
CREATE INDEX policy_clause ON policy (plan, clause);

-- A briefing or an act of communication (hoạt động quán triệt, tuyên truyền).
CREATE TABLE activity (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- logged
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- body that held it
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  kind TEXT NOT NULL,             -- briefing, communication
  title_vi TEXT NOT NULL,
  title_en TEXT NOT NULL,
  plan TEXT NOT NULL,
  clause TEXT NOT NULL,
  held_on TEXT NOT NULL,
  place TEXT NOT NULL,
  attendance BIGINT NOT NULL,
  reach BIGINT NOT NULL,          -- people reached by print, radio, net
  is_public INTEGER NOT NULL
);
CREATE INDEX activity_clause ON activity (plan, clause);

-- A procedure that was cut, made simpler or delegated (thủ tục được cắt giảm, phân cấp).
CREATE TABLE procedure_change (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- logged
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- body whose procedure it was
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  kind TEXT NOT NULL,             -- cut, simplified, delegated
  title_vi TEXT NOT NULL,
  title_en TEXT NOT NULL,
  plan TEXT NOT NULL,
  clause TEXT NOT NULL,
  delegated_to TEXT NOT NULL,
  days_before BIGINT NOT NULL,
  days_after BIGINT NOT NULL,
  decision TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  is_public INTEGER NOT NULL
);
CREATE INDEX procedure_change_clause ON procedure_change (plan, clause);

-- +goose Down
DROP TABLE procedure_change;
DROP TABLE activity;
DROP TABLE policy;
