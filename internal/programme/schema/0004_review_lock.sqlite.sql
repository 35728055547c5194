-- +goose Up
-- What was issued stays.
-- +goose StatementBegin
CREATE TRIGGER review_stays BEFORE UPDATE ON review WHEN OLD.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued review never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_figures_stay BEFORE UPDATE ON review_figures WHEN (SELECT state FROM review WHERE id = OLD.review) = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued review never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_part_stays BEFORE UPDATE ON review_part WHEN (SELECT state FROM review WHERE id = OLD.review) = 'issued'
BEGIN SELECT RAISE(ABORT, 'an issued review never changes'); END;
-- +goose StatementEnd
-- +goose Down
DROP TRIGGER review_part_stays;
DROP TRIGGER review_figures_stay;
DROP TRIGGER review_stays;
