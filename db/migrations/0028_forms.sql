-- Forms that people fill in: surveys, polls, consents, satisfaction, and commitments that guardians sign.
CREATE TABLE forms (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    owner BIGINT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('survey', 'poll', 'consent', 'satisfaction', 'commitment')),
    audience TEXT NOT NULL CHECK (audience IN ('families', 'children', 'staff')),
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    content TEXT NOT NULL,
    is_anonymous BOOLEAN NOT NULL,
    may_change BOOLEAN NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'closed')),
    version BIGINT NOT NULL,
    letter BIGINT NOT NULL,
    turn_secret TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    supersedes BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX forms_by_supersedes ON forms (county, supersedes) WHERE supersedes <> 0;

-- What was published never changes; whoever answers keeps the version that they answered.
CREATE TABLE form_versions (
    county BIGINT NOT NULL,
    form BIGINT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    published_by BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (county, form, number)
) CLUSTERED;

-- The parts of the tree that are asked.
CREATE TABLE form_places (
    county BIGINT NOT NULL,
    form BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    PRIMARY KEY (county, form, organisation)
) CLUSTERED;
CREATE INDEX form_places_by_organisation ON form_places (county, organisation);

-- Answers with a name. The subject is a family with one of its households, a child, or somebody of the staff (household 0).
CREATE TABLE form_answers (
    county BIGINT NOT NULL,
    form BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    household BIGINT NOT NULL,
    version BIGINT NOT NULL,
    answered_by BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    answers TEXT NOT NULL,
    id BIGINT NOT NULL,
    PRIMARY KEY (county, form, subject, household)
) CLUSTERED;
CREATE INDEX form_answers_by_subject ON form_answers (county, subject);
CREATE INDEX form_answers_by_person ON form_answers (county, answered_by);

CREATE TABLE form_drafts (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    form BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    household BIGINT NOT NULL,
    answers TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    id BIGINT NOT NULL,
    PRIMARY KEY (county, person, form, subject, household)
) CLUSTERED;

-- Answers without a name: who took a turn, as a hash under the form's secret, and urns in which answers lie in no order.
CREATE TABLE form_turns (
    county BIGINT NOT NULL,
    form BIGINT NOT NULL,
    token TEXT NOT NULL,
    PRIMARY KEY (county, form, token)
) CLUSTERED;
CREATE TABLE form_urns (
    county BIGINT NOT NULL,
    form BIGINT NOT NULL,
    urn BIGINT NOT NULL,
    ballots BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (county, form, urn)
) CLUSTERED;

-- When people in a part of the tree were last reminded.
CREATE TABLE form_reminders (
    county BIGINT NOT NULL,
    form BIGINT NOT NULL,
    path TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (county, form, path)
) CLUSTERED;

-- Who read which version of a commitment through to its end.
CREATE TABLE form_readings (
    county BIGINT NOT NULL,
    form BIGINT NOT NULL,
    person BIGINT NOT NULL,
    version BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (county, form, person, version)
) CLUSTERED;
CREATE INDEX form_readings_by_person ON form_readings (county, person);

-- A guardian's signature for a child, with the names as they were.
CREATE TABLE form_signatures (
    county BIGINT NOT NULL,
    form BIGINT NOT NULL,
    student BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    school_year BIGINT NOT NULL,
    text_hash TEXT NOT NULL,
    signed_by BIGINT NOT NULL,
    signer_name TEXT NOT NULL,
    student_name TEXT NOT NULL,
    class_name TEXT NOT NULL,
    unit BIGINT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('online', 'paper')),
    read_at BIGINT NOT NULL,
    signed_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    drawing TEXT NOT NULL,
    entry BIGINT NOT NULL,
    proof TEXT NOT NULL,
    PRIMARY KEY (county, form, student)
) CLUSTERED;
CREATE INDEX form_signatures_by_student ON form_signatures (county, student);
CREATE INDEX form_signatures_by_signer ON form_signatures (county, signed_by);
-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('forms', 'forms', '2000 2000 1'),
    ('form_versions', 'form_versions', '3000 3000 2 1'),
    ('form_places', 'form_places', '4000 4000 2 1'),
    ('form_places', 'form_places_by_organisation', '4000 4000 20'),
    ('form_answers', 'form_answers', '1000000 1000000 500 1 1'),
    ('form_answers', 'form_answers_by_subject', '1000000 1000000 10'),
    ('form_answers', 'form_answers_by_person', '1000000 1000000 10'),
    ('form_turns', 'form_turns', '1000000 1000000 500 1'),
    ('form_signatures', 'form_signatures', '1000000 1000000 500 1'),
    ('form_signatures', 'form_signatures_by_student', '1000000 1000000 5'),
    ('form_signatures', 'form_signatures_by_signer', '1000000 1000000 5');
ANALYZE sqlite_schema;
-- both
