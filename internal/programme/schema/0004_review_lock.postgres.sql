-- +goose Up
-- What was issued stays.
-- +goose StatementBegin
CREATE FUNCTION review_refuse() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'an issued review never changes';
END $$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER review_stays BEFORE UPDATE ON review FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION review_refuse();
-- +goose StatementBegin
CREATE FUNCTION review_refuse_part() RETURNS trigger AS $$
BEGIN
  IF (SELECT state FROM review WHERE id = OLD.review) = 'issued' THEN
    RAISE EXCEPTION 'an issued review never changes';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER review_figures_stay BEFORE UPDATE ON review_figures FOR EACH ROW EXECUTE FUNCTION review_refuse_part();
CREATE TRIGGER review_part_stays BEFORE UPDATE ON review_part FOR EACH ROW EXECUTE FUNCTION review_refuse_part();
-- +goose Down
DROP TRIGGER review_part_stays ON review_part;
DROP TRIGGER review_figures_stay ON review_figures;
DROP TRIGGER review_stays ON review;
DROP FUNCTION review_refuse_part();
DROP FUNCTION review_refuse();
