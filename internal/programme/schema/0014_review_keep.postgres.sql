-- +goose Up
-- What was issued is not taken away either.
CREATE TRIGGER plan_review_is_kept BEFORE DELETE ON plan_review FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION plan_review_refuse();
-- +goose StatementBegin
CREATE FUNCTION plan_review_refuse_loss() RETURNS trigger AS $$
BEGIN
  IF (SELECT state FROM plan_review WHERE id = OLD.review) = 'issued' THEN
    RAISE EXCEPTION 'an issued review never changes';
  END IF;
  RETURN OLD;
END $$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER plan_review_figures_are_kept BEFORE DELETE ON plan_review_figures FOR EACH ROW EXECUTE FUNCTION plan_review_refuse_loss();
CREATE TRIGGER plan_review_part_is_kept BEFORE DELETE ON plan_review_part FOR EACH ROW EXECUTE FUNCTION plan_review_refuse_loss();
-- +goose Down
DROP TRIGGER plan_review_part_is_kept ON plan_review_part;
DROP TRIGGER plan_review_figures_are_kept ON plan_review_figures;
DROP FUNCTION plan_review_refuse_loss();
DROP TRIGGER plan_review_is_kept ON plan_review;
