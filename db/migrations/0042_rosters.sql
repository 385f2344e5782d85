-- Duty rosters: who serves at which post when, how turns changed hands, and what volunteers' records say beyond the ledger.
CREATE TABLE rosters (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('safety_duty', 'class_care', 'other')),
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    give_back_hours BIGINT NOT NULL,
    takes_families BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'closed')),
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX rosters_by_organisation ON rosters (county, organisation);

CREATE TABLE roster_posts (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    roster BIGINT NOT NULL,
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    weekdays TEXT NOT NULL,
    from_minute BIGINT NOT NULL,
    until_minute BIGINT NOT NULL,
    parents BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    police BIGINT NOT NULL,
    community BIGINT NOT NULL,
    poster BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX roster_posts_by_roster ON roster_posts (county, roster);

CREATE TABLE roster_members (
    county BIGINT NOT NULL,
    roster BIGINT NOT NULL,
    person BIGINT NOT NULL,
    sort TEXT NOT NULL CHECK (sort IN ('parent', 'staff', 'police', 'community')),
    student BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    is_leader BOOLEAN NOT NULL,
    is_paused BOOLEAN NOT NULL,
    wished TEXT NOT NULL,
    blocked TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (county, roster, person)
) CLUSTERED;
CREATE INDEX roster_members_by_person ON roster_members (county, person);

CREATE TABLE roster_shifts (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    roster BIGINT NOT NULL,
    post BIGINT NOT NULL,
    day BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    sort TEXT NOT NULL CHECK (sort IN ('parent', 'staff', 'police', 'community')),
    person BIGINT NOT NULL,
    is_pinned BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'present', 'claimed', 'done')),
    arrived_at BIGINT NOT NULL,
    left_at BIGINT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('none', 'code', 'paper', 'hand')),
    minutes BIGINT NOT NULL,
    entered_by BIGINT NOT NULL,
    signed_by BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    round BIGINT NOT NULL,
    reminded_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX roster_shifts_by_time ON roster_shifts (county, roster, starts_at);
CREATE INDEX roster_shifts_by_person ON roster_shifts (county, person, starts_at) WHERE person <> 0;
CREATE INDEX roster_shifts_of_post ON roster_shifts (county, post);
CREATE INDEX roster_shifts_to_remind ON roster_shifts (county, starts_at) WHERE reminded_at = 0;

CREATE TABLE roster_swaps (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    roster BIGINT NOT NULL,
    shift BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    wanted BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('swap', 'cover')),
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
    answered_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX roster_swaps_of_roster ON roster_swaps (county, roster);
CREATE INDEX roster_swaps_of_shift ON roster_swaps (county, shift);
CREATE UNIQUE INDEX roster_swaps_open ON roster_swaps (county, shift) WHERE state = 'open';

CREATE TABLE roster_changes (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    roster BIGINT NOT NULL,
    shift BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('laid', 'swapped', 'covered', 'given_back', 'removed', 'entered', 'confirmed', 'rejected', 'corrected')),
    before_person BIGINT NOT NULL,
    after_person BIGINT NOT NULL,
    before_minutes BIGINT NOT NULL,
    after_minutes BIGINT NOT NULL,
    reason TEXT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX roster_changes_of_roster ON roster_changes (county, roster, id);
CREATE INDEX roster_changes_of_shift ON roster_changes (county, shift);

CREATE TABLE volunteer_notes (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('training', 'award', 'evaluation')),
    day BIGINT NOT NULL,
    words TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    noted_by BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX volunteer_notes_by_person ON volunteer_notes (county, person);
CREATE INDEX volunteer_notes_by_organisation ON volunteer_notes (county, organisation);

CREATE TABLE volunteer_corrections (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'corrected', 'kept')),
    due_day BIGINT NOT NULL,
    answer TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_by BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX volunteer_corrections_by_person ON volunteer_corrections (county, person);
CREATE INDEX volunteer_corrections_by_organisation ON volunteer_corrections (county, organisation, state);
