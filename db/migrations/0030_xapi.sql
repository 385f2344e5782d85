-- Learning records (xAPI) that other programs send, and ours for them.

-- A log-in of another program: `send` writes statements and reads back its own, `read` reads what the ledger says of an organisation.
CREATE TABLE xapi_credentials (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    name TEXT NOT NULL,
    user_name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('send', 'read')),
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX xapi_credentials_name ON xapi_credentials (county, user_name);

-- Which statements become which entry; `activity` may end in *.
CREATE TABLE xapi_rules (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    verb TEXT NOT NULL,
    activity TEXT NOT NULL,
    kind TEXT NOT NULL,
    most_minutes BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);

-- What was received, in the order of storing, and what became of it. An actor is a keyed digest.
CREATE TABLE xapi_statements (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    statement_id TEXT NOT NULL,
    credential BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('counted', 'unknown_person', 'no_rule', 'not_passed', 'no_account', 'out_of_reach', 'untimely',
        'counted_before', 'voiding', 'voided')),
    actor TEXT NOT NULL,
    person BIGINT NOT NULL,
    verb TEXT NOT NULL,
    activity TEXT NOT NULL,
    registration TEXT NOT NULL,
    rule BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    statement TEXT NOT NULL,
    stored_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX xapi_statements_name ON xapi_statements (county, statement_id);
CREATE INDEX xapi_statements_credential ON xapi_statements (county, credential, id);
CREATE INDEX xapi_statements_outcome ON xapi_statements (county, outcome, id);
CREATE INDEX xapi_statements_actor ON xapi_statements (county, actor, id);
CREATE INDEX xapi_statements_person ON xapi_statements (county, person, activity) WHERE person <> 0;

-- Who an account of another platform is, for what one organisation's log-ins send.
CREATE TABLE xapi_actors (
    county BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    actor TEXT NOT NULL,
    person BIGINT NOT NULL,
    matched_by BIGINT NOT NULL,
    matched_at BIGINT NOT NULL,
    PRIMARY KEY (county, organisation, actor)
) CLUSTERED;
CREATE INDEX xapi_actors_person ON xapi_actors (county, person);

-- The number under which others know one of our people.
CREATE TABLE xapi_learners (
    county BIGINT NOT NULL,
    number TEXT NOT NULL,
    person BIGINT NOT NULL,
    PRIMARY KEY (county, number)
) CLUSTERED;
CREATE UNIQUE INDEX xapi_learners_person ON xapi_learners (county, person);

-- The record store of others to which a county hands its statements on: `sent_until` is the last entry that it took.
CREATE TABLE xapi_streams (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    is_on BOOLEAN NOT NULL,
    address TEXT NOT NULL,
    user_name TEXT NOT NULL,
    secret TEXT NOT NULL,
    sent_until BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    problem TEXT NOT NULL,
    next_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('xapi_statements', 'xapi_statements', '100000 100000 1'),
    ('xapi_statements', 'xapi_statements_name', '100000 100000 1'),
    ('xapi_statements', 'xapi_statements_credential', '100000 100000 10000 1'),
    ('xapi_statements', 'xapi_statements_outcome', '100000 100000 10000 1'),
    ('xapi_statements', 'xapi_statements_actor', '100000 100000 20 1'),
    ('xapi_statements', 'xapi_statements_person', '80000 80000 20 2'),
    ('xapi_actors', 'xapi_actors', '5000 5000 500 1'),
    ('xapi_actors', 'xapi_actors_person', '5000 5000 1'),
    ('xapi_learners', 'xapi_learners', '20000 20000 1'),
    ('xapi_learners', 'xapi_learners_person', '20000 20000 1');
ANALYZE sqlite_schema;
-- both
