CREATE TABLE IF NOT EXISTS word(id ${identity}, form ${text} NOT NULL UNIQUE, seen ${long} NOT NULL DEFAULT 0);
