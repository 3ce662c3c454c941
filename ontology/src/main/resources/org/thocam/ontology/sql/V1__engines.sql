-- seen: milliseconds since 1970 by the clock of this database
CREATE TABLE engine(id ${identity}, seen ${long} NOT NULL);
