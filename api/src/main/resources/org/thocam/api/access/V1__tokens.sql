CREATE TABLE IF NOT EXISTS token(id ${identity}, digest ${text} NOT NULL UNIQUE, role ${text} NOT NULL, name ${text} NOT NULL, created ${text} NOT NULL, revoked ${int} NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS community(token ${long} NOT NULL REFERENCES token(id), name ${text} NOT NULL, PRIMARY KEY(token, name));
