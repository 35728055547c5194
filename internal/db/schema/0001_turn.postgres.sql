-- +goose Up
-- Locked by every unit that writes: shared at first, alone by one that has lost its races.
CREATE TABLE turn ();
-- +goose Down
DROP TABLE turn;
