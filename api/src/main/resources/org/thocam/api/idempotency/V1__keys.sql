-- begun: milliseconds since 1970 by the clock of this database; engine: who answers, null when it broke off; answer: null until there is one
CREATE TABLE idempotency_key(
    caller ${text} NOT NULL,
    name ${text} NOT NULL,
    fingerprint ${text} NOT NULL,
    begun ${long} NOT NULL,
    engine ${long},
    answer ${bytes},
    PRIMARY KEY(caller, name)
) ${keyed};
CREATE INDEX idempotency_begun ON idempotency_key(begun);
