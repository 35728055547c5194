-- +goose Up
-- What was issued is not taken away either.
-- +goose StatementBegin
CREATE TRIGGER plan_review_is_kept BEFORE DELETE ON plan_review WHEN OLD.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued review never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER plan_review_figures_are_kept BEFORE DELETE ON plan_review_figures WHEN (SELECT state FROM plan_review WHERE id = OLD.review) = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued review never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER plan_review_part_is_kept BEFORE DELETE ON plan_review_part WHEN (SELECT state FROM plan_review WHERE id = OLD.review) = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued review never changes'); END;
-- +goose StatementEnd
-- +goose Down
DROP TRIGGER plan_review_part_is_kept;
DROP TRIGGER plan_review_figures_are_kept;
DROP TRIGGER plan_review_is_kept;
