-- The guidance-instructor scheme: how the county runs it; who holds a certificate and may be booked; the three groups with their terms.
CREATE TABLE instructor_schemes (
    county BIGINT NOT NULL,
    certificate_years BIGINT NOT NULL,
    notice_hours BIGINT NOT NULL,
    publishes_at_once BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county)
) CLUSTERED;

CREATE TABLE instructor_teams (
    county BIGINT NOT NULL,
    team TEXT NOT NULL CHECK (team IN ('expert', 'teacher', 'parent')),
    term_years BIGINT NOT NULL,
    review_days BIGINT NOT NULL,
    PRIMARY KEY (county, team)
) CLUSTERED;

-- From which day to which the certificates of somebody hold, for searching; before anybody is booked they are asked for themselves.
CREATE TABLE instructors (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    introduction TEXT NOT NULL,
    certificate_number TEXT NOT NULL,
    certified_from BIGINT NOT NULL,
    certified_to BIGINT NOT NULL,
    PRIMARY KEY (county, person)
) CLUSTERED;

-- Which entry of the ledger says that somebody was certified, by the entry of the certificate itself.
CREATE TABLE instructor_certified (
    county BIGINT NOT NULL,
    certificate_entry BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (county, certificate_entry)
) CLUSTERED;

CREATE TABLE instructor_memberships (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    team TEXT NOT NULL CHECK (team IN ('expert', 'teacher', 'parent')),
    state TEXT NOT NULL CHECK (state IN ('applied', 'active', 'refused', 'withdrawn', 'ended')),
    statement TEXT NOT NULL,
    proposed_by BIGINT NOT NULL,
    applied_at BIGINT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX instructor_memberships_open ON instructor_memberships (county, person, team) WHERE state IN ('applied', 'active');
CREATE INDEX instructor_memberships_by_state ON instructor_memberships (county, state, to_day);
CREATE INDEX instructor_memberships_by_person ON instructor_memberships (county, person);

-- Every decision on a membership, with the figures that it was made by.
CREATE TABLE instructor_decisions (
    county BIGINT NOT NULL,
    membership BIGINT NOT NULL,
    id BIGINT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'refused', 'renewed', 'ended')),
    reason TEXT NOT NULL,
    until_day BIGINT NOT NULL,
    sessions BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    ratings BIGINT NOT NULL,
    stars BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (county, membership, id)
) CLUSTERED;

-- The training menu.
CREATE TABLE instructor_items (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    search TEXT NOT NULL,
    topics TEXT NOT NULL,
    stages TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('families', 'staff', 'everybody')),
    form TEXT NOT NULL CHECK (form IN ('lecture', 'salon', 'consultation', 'workshop')),
    minutes BIGINT NOT NULL,
    online BOOLEAN NOT NULL,
    on_site BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'published', 'refused', 'withdrawn')),
    reason TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX instructor_items_by_person ON instructor_items (county, person);
CREATE INDEX instructor_items_by_state ON instructor_items (county, state, id);

-- When an instructor is free: every week (weekday 1 to 7, day 0), or on one day (weekday 0) besides that; or away on one day.
CREATE TABLE instructor_windows (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    number BIGINT NOT NULL,
    weekday BIGINT NOT NULL,
    day BIGINT NOT NULL,
    from_minute BIGINT NOT NULL,
    until_minute BIGINT NOT NULL,
    is_away BOOLEAN NOT NULL,
    PRIMARY KEY (county, person, number)
) CLUSTERED;

CREATE TABLE instructor_bookings (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    item BIGINT NOT NULL,
    instructor BIGINT NOT NULL,
    booker BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    student BIGINT NOT NULL,
    title TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('lecture', 'salon', 'consultation', 'workshop')),
    kind TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('families', 'staff', 'everybody')),
    invited TEXT NOT NULL,
    expected BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('online', 'on_site')),
    place TEXT NOT NULL,
    link TEXT NOT NULL,
    message TEXT NOT NULL,
    wished TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'proposed', 'accepted', 'declined', 'cancelled', 'delivered', 'missed')),
    reason TEXT NOT NULL,
    activity BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    consultation_entry BIGINT NOT NULL,
    round BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX instructor_bookings_by_instructor ON instructor_bookings (county, instructor, starts_at);
CREATE INDEX instructor_bookings_by_booker ON instructor_bookings (county, booker);
CREATE INDEX instructor_bookings_by_organisation ON instructor_bookings (county, organisation);
CREATE INDEX instructor_bookings_by_activity ON instructor_bookings (county, activity);

CREATE TABLE instructor_ratings (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    booking BIGINT NOT NULL,
    person BIGINT NOT NULL,
    instructor BIGINT NOT NULL,
    stars BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
    words TEXT NOT NULL,
    rated_at BIGINT NOT NULL,
    answer TEXT NOT NULL,
    answered_at BIGINT NOT NULL,
    hidden_by BIGINT NOT NULL,
    hidden_at BIGINT NOT NULL,
    hidden_because TEXT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX instructor_ratings_once ON instructor_ratings (county, booking, person);
CREATE INDEX instructor_ratings_by_instructor ON instructor_ratings (county, instructor);
CREATE INDEX instructor_ratings_by_person ON instructor_ratings (county, person);
