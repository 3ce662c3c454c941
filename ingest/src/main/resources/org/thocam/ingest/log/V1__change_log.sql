-- The log of a Thocam before there were migrations is left as it is: it says in meta of which format it is, or does not know.
CREATE TABLE IF NOT EXISTS meta(key ${text} PRIMARY KEY, value ${text} NOT NULL) ${keyed};
INSERT INTO meta SELECT 'format', '2' WHERE NOT EXISTS (SELECT 1 FROM ${tables} t WHERE name = 'change');
CREATE TABLE IF NOT EXISTS intent(id ${text} PRIMARY KEY) ${keyed};
CREATE TABLE IF NOT EXISTS change(seq ${long} PRIMARY KEY, id ${text} NOT NULL, version ${long} NOT NULL, kind ${int} NOT NULL, at ${long} NOT NULL, access ${text} NOT NULL, sets ${text} NOT NULL, digest ${text} NOT NULL, UNIQUE(id, version));
CREATE TABLE IF NOT EXISTS head(id ${text} PRIMARY KEY, seq ${long} NOT NULL, version ${long} NOT NULL, kind ${int} NOT NULL, stamp ${long} NOT NULL, open_from ${long} NOT NULL, live_stamp ${long} NOT NULL, announced ${int} NOT NULL, sets ${text} NOT NULL) ${keyed};
CREATE INDEX IF NOT EXISTS head_live ON head(live_stamp, id) WHERE kind = 0;
CREATE INDEX IF NOT EXISTS head_gone ON head(stamp, id) WHERE announced = 1;
CREATE INDEX IF NOT EXISTS head_hidden ON head(open_from) WHERE open_from > 0;
CREATE TABLE IF NOT EXISTS part(whole ${text} NOT NULL, name ${text} NOT NULL, seq ${long} NOT NULL, PRIMARY KEY(whole, name)) ${keyed};
CREATE TABLE IF NOT EXISTS member(spec ${text} NOT NULL, id ${text} NOT NULL, PRIMARY KEY(spec, id)) ${keyed};
CREATE INDEX IF NOT EXISTS member_id ON member(id);
