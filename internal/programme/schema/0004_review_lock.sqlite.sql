-- +goose Up
-- What was issued stays.
-- +goose StatementBegin
CREATE TRIGGER plan_review_stays BEFORE UPDATE ON plan_review WHEN OLD.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued review never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER plan_review_figures_stay BEFORE UPDATE ON plan_review_figures WHEN (SELECT state FROM plan_review WHERE id = OLD.review) = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued review never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER plan_review_part_stays BEFORE UPDATE ON plan_review_part WHEN (SELECT state FROM plan_review WHERE id = OLD.review) = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued review never changes'); END;
-- +goose StatementEnd
-- +goose Down
DROP TRIGGER plan_review_part_stays;
DROP TRIGGER plan_review_figures_stay;
DROP TRIGGER plan_review_stays;
