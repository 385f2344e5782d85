-- How far each subject is with each requirement in each period (identified by its first day). `parts` holds the amounts of a requirement with
-- several parts; `amount` is then the number of parts reached.
CREATE TABLE tallies (
    county BIGINT NOT NULL,
    requirement BIGINT NOT NULL,
    period BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    excuses BIGINT NOT NULL,
    parts TEXT NOT NULL,
    state BIGINT NOT NULL,
    PRIMARY KEY (county, requirement, period, subject)
) CLUSTERED;
CREATE INDEX tallies_subject ON tallies (county, subject);

-- How many subjects of a unit are covered or excused. Striped, so that writers of one county do not queue for one row.
CREATE TABLE coverage (
    county BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    requirement BIGINT NOT NULL,
    period BIGINT NOT NULL,
    stripe BIGINT NOT NULL,
    covered BIGINT NOT NULL,
    excused BIGINT NOT NULL,
    PRIMARY KEY (county, unit, requirement, period, stripe)
) CLUSTERED;

-- How many subjects of an audience a unit has from a day on, until the next row.
CREATE TABLE headcounts (
    county BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    audience TEXT NOT NULL,
    day BIGINT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (county, unit, audience, day)
) CLUSTERED;

-- Points (积分): what a rule gave a subject in a cap's period before the cap (raw: hundredths of a point times the minutes of the rule's hour)
-- and after it (earned: hundredths).
CREATE TABLE points (
    county BIGINT NOT NULL,
    rule BIGINT NOT NULL,
    period BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    raw BIGINT NOT NULL,
    earned BIGINT NOT NULL,
    PRIMARY KEY (county, rule, period, subject)
) CLUSTERED;
CREATE INDEX points_subject ON points (county, subject);
