-- Everyone's own calendar: addresses under which other programs read it, and the county's own days off and working days.
CREATE TABLE calendar_feeds (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('own', 'own_and_children')),
    token_hash TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    created_at BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX calendar_feeds_by_token ON calendar_feeds (county, token_hash);
CREATE INDEX calendar_feeds_by_person ON calendar_feeds (county, person);

CREATE TABLE calendar_days (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('day_off', 'working_day')),
    title TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX calendar_days_by_day ON calendar_days (county, to_day);
