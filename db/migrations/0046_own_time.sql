-- One minute counts once: the stretches of a person's time that ledger entries have for themselves; those of one person never overlap.
CREATE TABLE own_times (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (county, person, until_at)
) CLUSTERED;
CREATE INDEX own_times_by_entry ON own_times (county, entry);

-- Minutes that an entry does not bring, since another one has them.
CREATE TABLE shared_times (
    county BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    other BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    PRIMARY KEY (county, entry, other)
) CLUSTERED;

-- When somebody sat over a lesson: from a moment on without a pause, and the sittings before.
ALTER TABLE learner_clocks ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
UPDATE learner_clocks SET since = used_until;
CREATE TABLE learner_sittings (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (county, person, unit, from_at)
) CLUSTERED;
