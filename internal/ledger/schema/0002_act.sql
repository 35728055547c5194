-- +goose Up
-- What was done how often until a day is counted by act.
CREATE INDEX ledger_act ON ledger (act, at);
-- +goose Down
DROP INDEX ledger_act;
