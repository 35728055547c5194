-- +goose Up
-- What a body had to do beyond the plans (nhiệm vụ phát sinh), with who gave it.
CREATE TABLE unplanned_task (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,            -- open, done
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  expires_on TEXT NOT NULL,
  owner TEXT NOT NULL,            -- body that carries it out
  created_by TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  shown TEXT NOT NULL,
  title_vi TEXT NOT NULL,
  title_en TEXT NOT NULL,
  plan TEXT NOT NULL,             -- plan in whose field it came up
  clause TEXT NOT NULL,           -- path of the clause that it is near to; '' for none
  given_by TEXT NOT NULL,         -- body or person that gave it
  basis TEXT NOT NULL,            -- paper that gives it; '' when by word of mouth
  given_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  done_on TEXT NOT NULL,
  done_told BIGINT NOT NULL,      -- when that was told; 0 while it is open
  outcome TEXT NOT NULL,
  is_public INTEGER NOT NULL
);
CREATE INDEX unplanned_task_plan ON unplanned_task (plan, given_on);

-- +goose Down
DROP TABLE unplanned_task;
