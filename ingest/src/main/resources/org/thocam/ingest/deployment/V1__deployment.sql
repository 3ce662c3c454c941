CREATE TABLE standing(name ${text} PRIMARY KEY, value ${text} NOT NULL);
INSERT INTO standing VALUES('views', 'g1');
CREATE TABLE secret(name ${text} PRIMARY KEY, value ${bytes} NOT NULL);
