-- +goose Up
-- What was issued stays: the letter and its list.
-- +goose StatementBegin
CREATE FUNCTION urging_letter_refuse() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'an issued letter never changes';
END $$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER urging_letter_stays BEFORE UPDATE OR DELETE ON urging_letter FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION urging_letter_refuse();
-- +goose StatementBegin
CREATE FUNCTION urging_task_refuse() RETURNS trigger AS $$
BEGIN
  IF (SELECT state FROM urging_letter WHERE id = OLD.letter) = 'issued'
     OR TG_OP = 'UPDATE' AND (SELECT state FROM urging_letter WHERE id = NEW.letter) = 'issued' THEN
    RAISE EXCEPTION 'an issued letter never changes';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER urging_task_stays BEFORE UPDATE OR DELETE ON urging_task FOR EACH ROW EXECUTE FUNCTION urging_task_refuse();
-- +goose Down
DROP TRIGGER urging_task_stays ON urging_task;
DROP TRIGGER urging_letter_stays ON urging_letter;
DROP FUNCTION urging_task_refuse();
DROP FUNCTION urging_letter_refuse();
