-- The turn of a school year (学年更替): first a draft, then applied school by school, perhaps undone.
CREATE TABLE turns (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    organisation BIGINT NOT NULL,
    on_day BIGINT NOT NULL,
    school_year BIGINT NOT NULL,
    schooling TEXT NOT NULL CHECK (schooling IN ('six_three', 'five_four')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'scheduled', 'applying', 'applied', 'undoing', 'undone', 'discarded')),
    job BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    applied_at BIGINT,
    undone_at BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);

-- Each school is turned whole or not at all; `position` is the order in which that happened.
CREATE TABLE turn_schools (
    county BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    school BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'applied', 'failed', 'undone')),
    position BIGINT NOT NULL,
    counts TEXT NOT NULL,
    fault_zh TEXT NOT NULL,
    fault_en TEXT NOT NULL,
    PRIMARY KEY (county, turn, school)
) CLUSTERED;
CREATE INDEX turn_schools_school ON turn_schools (county, school);

-- What people chose otherwise than proposed: for classes, for the number of new classes, for posts, for pupils, and by lists.
CREATE TABLE turn_classes (
    county BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    class BIGINT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('up', 'graduate', 'regroup', 'leave_out')),
    destination BIGINT NOT NULL,
    PRIMARY KEY (county, turn, class)
) CLUSTERED;

CREATE TABLE turn_sizes (
    county BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    school BIGINT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('kindergarten', 'primary', 'junior', 'senior')),
    entry_year BIGINT NOT NULL,
    classes BIGINT NOT NULL,
    PRIMARY KEY (county, turn, school, stage, entry_year)
) CLUSTERED;

CREATE TABLE turn_posts (
    county BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    post BIGINT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('keep', 'hand_over', 'end')),
    number BIGINT NOT NULL,
    PRIMARY KEY (county, turn, post)
) CLUSTERED;

CREATE TABLE turn_exceptions (
    county BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    student BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('repeat_year', 'skip_year', 'leave', 'go_to')),
    class BIGINT NOT NULL,
    reason TEXT NOT NULL,
    was_in BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (county, turn, student)
) CLUSTERED;

CREATE TABLE turn_places (
    county BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    student BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (county, turn, student)
) CLUSTERED;

-- What an application does, written down before it is done: by this it is reported and undone.
CREATE TABLE turn_steps (
    county BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    school BIGINT NOT NULL,
    student BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('up', 'promoted', 'graduated', 'regrouped', 'repeated', 'skipped', 'left', 'moved')),
    from_class BIGINT NOT NULL,
    to_class BIGINT NOT NULL,
    PRIMARY KEY (county, turn, school, student)
) CLUSTERED;

CREATE TABLE turn_units (
    county BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    school BIGINT NOT NULL,
    position BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    is_opened BOOLEAN NOT NULL,
    above BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    entry_year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (county, turn, school, position)
) CLUSTERED;

-- A post that ended, and where it was handed over, the one that began.
CREATE TABLE turn_terms (
    county BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    school BIGINT NOT NULL,
    post BIGINT NOT NULL,
    was_to BIGINT NOT NULL,
    new_post BIGINT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    role TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (county, turn, school, post)
) CLUSTERED;

-- A pupil who changes schools (转学): asked by one side, answered by the other. Places outside the county are words.
CREATE TABLE transfers (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('within', 'out', 'in')),
    state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'refused', 'withdrawn', 'moved', 'failed')),
    student BIGINT NOT NULL,
    from_school BIGINT NOT NULL,
    from_class BIGINT NOT NULL,
    to_school BIGINT NOT NULL,
    to_class BIGINT NOT NULL,
    place TEXT NOT NULL,
    on_day BIGINT NOT NULL,
    reason TEXT NOT NULL,
    answers_at BIGINT NOT NULL,
    due_day BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_from BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_by BIGINT NOT NULL,
    answered_at BIGINT,
    answer TEXT NOT NULL,
    moved_at BIGINT,
    receipt TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX transfers_student ON transfers (county, student);
CREATE INDEX transfers_from ON transfers (county, from_school);
CREATE INDEX transfers_to ON transfers (county, to_school);

-- Why a pupil changed classes within a school, or got one after waiting for it.
CREATE TABLE class_changes (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    student BIGINT NOT NULL,
    from_class BIGINT NOT NULL,
    to_class BIGINT NOT NULL,
    on_day BIGINT NOT NULL,
    reason TEXT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX class_changes_student ON class_changes (county, student);

-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('class_changes', 'sqlite_autoindex_class_changes_1', '5000 5000 1'),
    ('class_changes', 'class_changes_student', '5000 5000 1'),
    ('transfers', 'sqlite_autoindex_transfers_1', '5000 5000 1'),
    ('transfers', 'transfers_student', '5000 5000 1'),
    ('transfers', 'transfers_from', '5000 5000 50'),
    ('transfers', 'transfers_to', '5000 5000 50'),
    ('turn_schools', 'turn_schools', '1000 1000 100 1'),
    ('turn_schools', 'turn_schools_school', '1000 1000 10'),
    ('turn_steps', 'turn_steps', '500000 500000 50000 700 1'),
    ('turns', 'sqlite_autoindex_turns_1', '10 10 1');
ANALYZE sqlite_schema;
-- both
