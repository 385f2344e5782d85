-- Drills with their head counts, what was learnt of them, alarms, children handed over, cards for emergencies, medical flags, hazards.
CREATE TABLE drills (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('fire', 'earthquake', 'stampede', 'intruder', 'bus', 'evacuation', 'flood', 'first_aid')),
    state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'stopped', 'closed', 'cancelled')),
    place TEXT NOT NULL,
    coordinator BIGINT NOT NULL,
    planned_at BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    stopped_at BIGINT NOT NULL,
    review TEXT NOT NULL,
    reminded_at BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX drills_by_school ON drills (county, school, planned_at);
CREATE INDEX drills_by_time ON drills (county, planned_at);
CREATE UNIQUE INDEX drills_by_activity ON drills (county, activity);
CREATE INDEX drills_by_coordinator ON drills (county, coordinator);

CREATE TABLE drill_classes (
    county BIGINT NOT NULL,
    drill BIGINT NOT NULL,
    class BIGINT NOT NULL,
    leader BIGINT NOT NULL,
    arrived_at BIGINT NOT NULL,
    reported_by BIGINT NOT NULL,
    reported_at BIGINT NOT NULL,
    PRIMARY KEY (county, drill, class)
) CLUSTERED;
CREATE INDEX drill_classes_by_leader ON drill_classes (county, leader);

CREATE TABLE drill_marks (
    county BIGINT NOT NULL,
    drill BIGINT NOT NULL,
    student BIGINT NOT NULL,
    class BIGINT NOT NULL,
    is_present BOOLEAN NOT NULL,
    marked_at BIGINT NOT NULL,
    marked_by BIGINT NOT NULL,
    PRIMARY KEY (county, drill, student)
) CLUSTERED;
CREATE INDEX drill_marks_by_student ON drill_marks (county, student);

CREATE TABLE safety_tasks (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    drill BIGINT NOT NULL,
    words TEXT NOT NULL,
    owner BIGINT NOT NULL,
    due_day BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    done_by BIGINT NOT NULL,
    done_at BIGINT NOT NULL,
    reminded_at BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX safety_tasks_by_school ON safety_tasks (county, school, due_day);
CREATE INDEX safety_tasks_by_drill ON safety_tasks (county, drill);
CREATE INDEX safety_tasks_by_owner ON safety_tasks (county, owner);

CREATE TABLE alarms (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('fire', 'earthquake', 'intruder', 'medical', 'weather', 'other')),
    words TEXT NOT NULL,
    raised_by BIGINT NOT NULL,
    raised_at BIGINT NOT NULL,
    ended_by BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX alarms_by_school ON alarms (county, school, raised_at);

-- One row for each of the staff whom an alarm called; answered_at 0: has not confirmed.
CREATE TABLE alarm_answers (
    county BIGINT NOT NULL,
    alarm BIGINT NOT NULL,
    person BIGINT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('none', 'safe', 'needs_help')),
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (county, alarm, person)
) CLUSTERED;
CREATE INDEX alarm_answers_by_person ON alarm_answers (county, person);

CREATE TABLE handovers (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    class BIGINT NOT NULL,
    student BIGINT NOT NULL,
    carer BIGINT NOT NULL,
    note TEXT NOT NULL,
    handed_by BIGINT NOT NULL,
    handed_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX handovers_by_class ON handovers (county, class, handed_at);
CREATE INDEX handovers_by_student ON handovers (county, student);
CREATE INDEX handovers_by_carer ON handovers (county, carer);

CREATE TABLE emergency_cards (
    county BIGINT NOT NULL,
    school BIGINT NOT NULL,
    content TEXT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, school)
) CLUSTERED;

CREATE TABLE medical_flags (
    county BIGINT NOT NULL,
    student BIGINT NOT NULL,
    words TEXT NOT NULL,
    given_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (county, student)
) CLUSTERED;
CREATE INDEX medical_flags_by_giver ON medical_flags (county, given_by);

CREATE TABLE hazards (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    place TEXT NOT NULL,
    words TEXT NOT NULL,
    photo TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    owner BIGINT NOT NULL,
    due_day BIGINT NOT NULL,
    reported_by BIGINT NOT NULL,
    reported_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    reminded_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX hazards_by_school ON hazards (county, school, state, due_day);
CREATE INDEX hazards_by_owner ON hazards (county, owner);
CREATE INDEX hazards_by_reporter ON hazards (county, reported_by);

-- What became of a hazard, one row a step.
CREATE TABLE hazard_steps (
    county BIGINT NOT NULL,
    hazard BIGINT NOT NULL,
    number BIGINT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('reported', 'assigned', 'closed', 'reopened')),
    words TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (county, hazard, number)
) CLUSTERED;

-- Pictures that belong to no hazard yet; what nobody used goes after a day.
CREATE TABLE hazard_photos (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    blob TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
