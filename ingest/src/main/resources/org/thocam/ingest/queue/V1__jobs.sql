-- Times are milliseconds since 1970 by the clock of this database.
-- state: arriving, queued, working, done, failed, cancelled; engine: who copies its files or works on it
CREATE TABLE job(
    seq ${identity},
    id ${text} NOT NULL UNIQUE,
    item ${text} NOT NULL,
    state ${text} NOT NULL,
    owner ${text} NOT NULL,
    agent ${text} NOT NULL,
    place ${text} NOT NULL,
    fresh ${int} NOT NULL,
    record ${bytes},
    bytes ${long} NOT NULL,
    spooled ${int} NOT NULL,
    claims ${int} NOT NULL DEFAULT 0,
    attempts ${int} NOT NULL DEFAULT 0,
    pauses ${int} NOT NULL DEFAULT 0,
    engine ${long},
    not_before ${long} NOT NULL,
    submitted ${long} NOT NULL,
    begun ${long},
    ended ${long},
    version ${long},
    outcome ${text},
    fault ${text},
    reason ${text}
);

-- the database itself lets nobody work on an item that somebody works on
CREATE UNIQUE INDEX job_one_at_once ON job(item) WHERE state = 'working';
CREATE INDEX job_of_item ON job(item, seq) WHERE state IN ('queued', 'working');
CREATE INDEX job_next ON job(seq) WHERE state = 'queued';
CREATE INDEX job_suspect ON job(seq) WHERE state = 'queued' AND attempts > 0;
CREATE INDEX job_held ON job(engine) WHERE engine IS NOT NULL;
CREATE INDEX job_owner ON job(owner, seq);
CREATE INDEX job_ended ON job(ended) WHERE ended IS NOT NULL;
CREATE INDEX job_left ON job(seq) WHERE ended IS NOT NULL AND spooled = 1;

CREATE TABLE job_chunk(
    job ${long} NOT NULL,
    file ${int} NOT NULL,
    part ${int} NOT NULL,
    content ${bytes} NOT NULL,
    PRIMARY KEY(job, file, part)
);
