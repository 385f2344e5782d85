-- What lies unread is told outside of the platform.

-- The organisation in whose name a letter was written; 0: the platform itself.
ALTER TABLE inbox_letters ADD COLUMN office BIGINT NOT NULL DEFAULT 0;

-- What is under way to somebody: an urgent letter, or a day's digest (letter 0). `step` is the next way to be tried, `sent` how many took it,
-- `since` from when on a digest counts. Over: an urgent letter for which no way is left.
CREATE TABLE deliveries (
    county BIGINT NOT NULL,
    letter BIGINT NOT NULL,
    person BIGINT NOT NULL,
    step BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    since BIGINT NOT NULL,
    is_over BOOLEAN NOT NULL,
    PRIMARY KEY (county, letter, person)
) CLUSTERED;
CREATE INDEX deliveries_digest ON deliveries (county, due_at) WHERE NOT is_over AND letter = 0;
CREATE INDEX deliveries_person ON deliveries (county, person);
CREATE INDEX deliveries_urgent ON deliveries (county, due_at) WHERE NOT is_over AND letter <> 0;

-- The day of the last digest, and until when it counted.
CREATE TABLE delivery_digests (
    county BIGINT NOT NULL,
    day BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (county)
);

CREATE TABLE delivery_figures (
    county BIGINT NOT NULL,
    day BIGINT NOT NULL,
    channel TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (county, day, channel, verdict, reason)
);

-- Ways by which somebody does not want the digest.
CREATE TABLE delivery_refusals (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (county, person, channel)
);

CREATE TABLE delivery_emails (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    address TEXT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    PRIMARY KEY (county, person)
);

CREATE TABLE email_codes (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    address TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX email_codes_person ON email_codes (county, person, created_at);

-- Who somebody is in WeCom, found by their phone; an empty name: not there when it was last asked.
CREATE TABLE wecom_users (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    name TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (county, person)
);
-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('deliveries', 'deliveries', '100000 100000 1000 1'),
    ('deliveries', 'deliveries_digest', '80000 80000 100'),
    ('deliveries', 'deliveries_urgent', '20000 20000 100'),
    ('deliveries', 'deliveries_person', '100000 100000 2'),
    ('email_codes', 'email_codes_person', '1000 1000 2 1');
ANALYZE sqlite_schema;
-- both
