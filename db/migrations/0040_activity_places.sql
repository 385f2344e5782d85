-- How places of an event are given: from when and until when people sign up, places kept for some of those invited, and what happens to whoever waits.
CREATE TABLE activity_place_rules (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    opens_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    waiting TEXT NOT NULL CHECK (waiting IN ('automatic', 'offer')),
    offer_minutes BIGINT NOT NULL,
    release_at BIGINT NOT NULL,
    is_released BOOLEAN NOT NULL,
    PRIMARY KEY (county, activity)
) CLUSTERED;
CREATE INDEX activity_place_rules_by_release ON activity_place_rules (county, release_at) WHERE release_at > 0 AND NOT is_released;

-- Places kept for those who fit: of a class, grade or school, a stage, a role, a kind of organisation. 0 and '' fit everybody.
CREATE TABLE activity_quotas (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    number BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    stage TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('', 'carer', 'pupil', 'staff')),
    kind TEXT NOT NULL,
    places BIGINT NOT NULL,
    PRIMARY KEY (county, activity, number)
) CLUSTERED;

-- quota: whose place it is, 0 for everybody's. The order of the waiting list: rank (whom the organiser moved), who has not had a turn, number.
ALTER TABLE activity_sign_ups ADD COLUMN quota BIGINT NOT NULL DEFAULT 0;
ALTER TABLE activity_sign_ups ADD COLUMN rank BIGINT NOT NULL DEFAULT 0;
ALTER TABLE activity_sign_ups ADD COLUMN had_turn BOOLEAN NOT NULL DEFAULT FALSE;
-- The number of the first of those who signed up together and get their places together; 0 for whoever comes alone.
ALTER TABLE activity_sign_ups ADD COLUMN together BIGINT NOT NULL DEFAULT 0;
-- Until when a place that became free is held for somebody who waits.
ALTER TABLE activity_sign_ups ADD COLUMN offered_until BIGINT NOT NULL DEFAULT 0;
CREATE INDEX activity_sign_ups_offered ON activity_sign_ups (county, offered_until) WHERE offered_until > 0;

-- Whom an organiser moved on a waiting list, and why.
CREATE TABLE activity_moves (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    person BIGINT NOT NULL,
    destination TEXT NOT NULL CHECK (destination IN ('front', 'end')),
    reason TEXT NOT NULL,
    moved_by BIGINT NOT NULL,
    moved_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX activity_moves_by_activity ON activity_moves (county, activity, person);
CREATE INDEX activity_moves_by_person ON activity_moves (county, person);
