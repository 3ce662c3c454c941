-- Whose an intent is (0: of the one engine that has this file), and since when, in microseconds.
ALTER TABLE intent ADD COLUMN owner ${long} NOT NULL DEFAULT 0;
ALTER TABLE intent ADD COLUMN since ${long} NOT NULL DEFAULT 0;
-- The latest time of any change, which need not be that of the last one: the clocks of engines differ.
CREATE TABLE latest(at ${long} NOT NULL);
INSERT INTO latest SELECT COALESCE(MAX(at), 0) FROM change;
