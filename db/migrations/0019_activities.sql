-- Events that people come to: announced, signed up for, attended, closed. One row an occurrence; those of a timetable share their series.
CREATE TABLE activities (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    series BIGINT NOT NULL,
    organiser BIGINT NOT NULL,
    resource BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    search TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    place TEXT NOT NULL,
    link TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('families', 'staff', 'pupils', 'everybody')),
    capacity BIGINT NOT NULL,
    needs_sign_up BOOLEAN NOT NULL,
    remind_minutes BIGINT NOT NULL,
    reminded_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('announced', 'cancelled', 'closed')),
    reason TEXT NOT NULL,
    replay BIGINT NOT NULL,
    round BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_by BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX activities_by_time ON activities (county, starts_at, id);
CREATE INDEX activities_by_series ON activities (county, series, starts_at);
CREATE INDEX activities_by_organiser ON activities (county, organiser, starts_at);

-- Who is invited (organisations), who holds it too (organisations), who leads it (people).
CREATE TABLE activity_parties (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('audience', 'partner', 'leader')),
    party BIGINT NOT NULL,
    PRIMARY KEY (county, activity, part, party)
) CLUSTERED;
CREATE INDEX activity_parties_by_party ON activity_parties (county, party, part);

-- Whoever comes: a carer (for a child), a pupil, somebody of the staff. The number gives the order of the waiting list.
CREATE TABLE activity_sign_ups (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    person BIGINT NOT NULL,
    student BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('placed', 'waiting', 'cancelled')),
    number BIGINT NOT NULL,
    signed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (county, activity, person)
) CLUSTERED;
CREATE INDEX activity_sign_ups_by_person ON activity_sign_ups (county, person);
CREATE INDEX activity_sign_ups_by_signer ON activity_sign_ups (county, signed_by);

CREATE TABLE activity_slots (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    number BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    person BIGINT NOT NULL,
    student BIGINT NOT NULL,
    booked_at BIGINT NOT NULL,
    PRIMARY KEY (county, activity, number)
) CLUSTERED;
CREATE UNIQUE INDEX activity_slots_by_person ON activity_slots (county, person, activity) WHERE person <> 0;

-- When somebody was there, as far as one source knows: the code, the organiser's list, a line of a join log.
CREATE TABLE activity_presence (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    person BIGINT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('code', 'list', 'log')),
    number BIGINT NOT NULL,
    student BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    brought_by BIGINT NOT NULL,
    noted_by BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (county, activity, person, source, number)
) CLUSTERED;
CREATE INDEX activity_presence_by_import ON activity_presence (county, brought_by);
CREATE INDEX activity_presence_by_person ON activity_presence (county, person);
CREATE INDEX activity_presence_by_noter ON activity_presence (county, noted_by);

-- What a closed event left in the ledger; person 0: the organisation held it.
CREATE TABLE activity_results (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    person BIGINT NOT NULL,
    student BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    PRIMARY KEY (county, activity, entry)
) CLUSTERED;
CREATE INDEX activity_results_by_person ON activity_results (county, person);

-- Which event a file of joinings and leavings belongs to.
CREATE TABLE activity_logs (
    county BIGINT NOT NULL,
    import BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    PRIMARY KEY (county, import)
) CLUSTERED;

CREATE TABLE activity_notices (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    id BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reminder', 'placed', 'changed', 'cancelled')),
    at BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (county, person, id)
) CLUSTERED;
