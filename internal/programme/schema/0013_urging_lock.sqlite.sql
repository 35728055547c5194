-- +goose Up
-- What was issued stays: the letter and its list.
-- +goose StatementBegin
CREATE TRIGGER urging_letter_stays BEFORE UPDATE ON urging_letter WHEN OLD.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued letter never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER urging_letter_is_kept BEFORE DELETE ON urging_letter WHEN OLD.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued letter never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER urging_task_stays BEFORE UPDATE ON urging_task WHEN (SELECT state FROM urging_letter WHERE id = OLD.letter) = 'issued' OR (SELECT state FROM urging_letter WHERE id = NEW.letter) = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued letter never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER urging_task_is_kept BEFORE DELETE ON urging_task WHEN (SELECT state FROM urging_letter WHERE id = OLD.letter) = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued letter never changes'); END;
-- +goose StatementEnd
-- +goose Down
DROP TRIGGER urging_task_is_kept;
DROP TRIGGER urging_task_stays;
DROP TRIGGER urging_letter_is_kept;
DROP TRIGGER urging_letter_stays;
