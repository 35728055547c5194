-- +goose Up
-- What was issued stays.
-- +goose StatementBegin
CREATE FUNCTION plan_review_refuse() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'an issued review never changes';
END $$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER plan_review_stays BEFORE UPDATE ON plan_review FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION plan_review_refuse();
-- +goose StatementBegin
CREATE FUNCTION plan_review_refuse_part() RETURNS trigger AS $$
BEGIN
  IF (SELECT state FROM plan_review WHERE id = OLD.review) = 'issued' THEN
    RAISE EXCEPTION 'an issued review never changes';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER plan_review_figures_stay BEFORE UPDATE ON plan_review_figures FOR EACH ROW EXECUTE FUNCTION plan_review_refuse_part();
CREATE TRIGGER plan_review_part_stays BEFORE UPDATE ON plan_review_part FOR EACH ROW EXECUTE FUNCTION plan_review_refuse_part();
-- +goose Down
DROP TRIGGER plan_review_part_stays ON plan_review_part;
DROP TRIGGER plan_review_figures_stay ON plan_review_figures;
DROP TRIGGER plan_review_stays ON plan_review;
DROP FUNCTION plan_review_refuse_part();
DROP FUNCTION plan_review_refuse();
