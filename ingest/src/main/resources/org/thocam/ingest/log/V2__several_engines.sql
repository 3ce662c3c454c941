-- Whose an intent is (0: of the one engine that has this file), and since when, in microseconds.
ALTER TABLE intent ADD COLUMN owner ${long} NOT NULL DEFAULT 0;
ALTER TABLE intent ADD COLUMN since ${long} NOT NULL DEFAULT 0;
