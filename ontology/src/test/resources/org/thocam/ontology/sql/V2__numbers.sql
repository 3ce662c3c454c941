ALTER TABLE word ADD COLUMN rank ${int} NOT NULL DEFAULT 7;
CREATE TABLE number(form ${text} PRIMARY KEY, bits ${bytes}) ${keyed};
