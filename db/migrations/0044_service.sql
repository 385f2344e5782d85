-- Pupils' service: whom an offer is for, what those who were there say of the place, whom to remind, and printed records.
CREATE TABLE service_offers (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    age_from BIGINT NOT NULL,
    age_to BIGINT NOT NULL,
    needs TEXT NOT NULL,
    PRIMARY KEY (county, activity)
) CLUSTERED;

CREATE TABLE service_corrections (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    reason TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX service_corrections_by_activity ON service_corrections (county, activity);

CREATE TABLE service_ratings (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    base BIGINT NOT NULL,
    student BIGINT NOT NULL,
    rated_by BIGINT NOT NULL,
    stars BIGINT NOT NULL,
    words TEXT NOT NULL,
    rated_at BIGINT NOT NULL,
    hidden_by BIGINT NOT NULL,
    hidden_at BIGINT NOT NULL,
    hidden_because TEXT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX service_ratings_by_student ON service_ratings (county, student, activity);
CREATE INDEX service_ratings_by_base ON service_ratings (county, base);

CREATE TABLE service_reminders (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    due_day BIGINT NOT NULL,
    next_day BIGINT NOT NULL,
    every_days BIGINT NOT NULL,
    told BIGINT NOT NULL,
    set_by BIGINT NOT NULL,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX service_reminders_by_unit ON service_reminders (county, unit);

CREATE TABLE service_records (
    county BIGINT NOT NULL,
    code TEXT NOT NULL,
    student BIGINT NOT NULL,
    name TEXT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    times BIGINT NOT NULL,
    printed_at BIGINT NOT NULL,
    printed_by BIGINT NOT NULL,
    PRIMARY KEY (county, code)
) CLUSTERED;
CREATE INDEX service_records_by_student ON service_records (county, student);
