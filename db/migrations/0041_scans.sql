-- How people are let in to an event: once, or in and out. An event without a row lets in once.
CREATE TABLE activity_admissions (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    check_type TEXT NOT NULL CHECK (check_type IN ('once', 'in_out')),
    PRIMARY KEY (county, activity)
) CLUSTERED;

CREATE TABLE activity_gates (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (county, activity, number)
) CLUSTERED;

-- Whoever passed a gate, as a device saw it. The device numbers its own, so that what is handed in twice is there once; the outcome
-- follows from all scans of the person together.
CREATE TABLE activity_scans (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    device TEXT NOT NULL,
    number BIGINT NOT NULL,
    person BIGINT NOT NULL,
    student BIGINT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    gate TEXT NOT NULL,
    means TEXT NOT NULL CHECK (means IN ('code', 'paper', 'venue', 'hand', 'count')),
    at BIGINT NOT NULL,
    clock_ahead_ms BIGINT NOT NULL,
    noted_by BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('counted', 'repeated', 'unmatched', 'undone')),
    PRIMARY KEY (county, activity, device, number)
) CLUSTERED;
CREATE INDEX activity_scans_by_time ON activity_scans (county, activity, at);
CREATE INDEX activity_scans_by_person ON activity_scans (county, person, activity);
CREATE INDEX activity_scans_by_noter ON activity_scans (county, noted_by);

-- A scan taken back; it may be known before the scan itself.
CREATE TABLE activity_scan_undoings (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    device TEXT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    undone_by BIGINT NOT NULL,
    PRIMARY KEY (county, activity, device, number)
) CLUSTERED;

-- Who checked in by the venue's code before there were scans.
INSERT INTO activity_scans (county, activity, device, number, person, student, direction, gate, means, at, clock_ahead_ms, noted_by, received_at, outcome)
SELECT county, activity, 'own-' || person, from_at / 60000 * 2, person, student, 'in', '', 'venue', from_at, 0, noted_by, noted_at, 'counted'
FROM activity_presence WHERE source = 'code';
