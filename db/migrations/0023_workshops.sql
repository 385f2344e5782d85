-- Classroom days and workshops of training classes (集中面授、研修工作坊).
-- A workshop is a class to which one comes by a plan or case that was screened; `application` and `product` are assignments of
-- coursework, 0 for other classes.
ALTER TABLE training_classes ADD COLUMN form TEXT NOT NULL DEFAULT 'course' CHECK (form IN ('course', 'workshop'));
ALTER TABLE training_classes ADD COLUMN application BIGINT NOT NULL DEFAULT 0;
ALTER TABLE training_classes ADD COLUMN product BIGINT NOT NULL DEFAULT 0;
CREATE INDEX training_classes_by_application ON training_classes (county, application);
CREATE INDEX training_classes_by_product ON training_classes (county, product);

-- Who teaches in a class; person 0: somebody from outside, known by name only.
CREATE TABLE training_tutors (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    person BIGINT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('theory_mentor', 'practice_mentor', 'assistant', 'expert')),
    note TEXT NOT NULL,
    team BIGINT NOT NULL,
    PRIMARY KEY (county, class, id)
) CLUSTERED;
CREATE INDEX training_tutors_by_person ON training_tutors (county, person);

CREATE TABLE training_teams (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (county, class, id)
) CLUSTERED;

CREATE TABLE training_team_members (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    person BIGINT NOT NULL,
    team BIGINT NOT NULL,
    PRIMARY KEY (county, class, person)
) CLUSTERED;
CREATE INDEX training_team_members_by_person ON training_team_members (county, person);

-- A part of a classroom day; team 0: for everybody.
CREATE TABLE training_sessions (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    id BIGINT NOT NULL,
    team BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('lecture', 'discussion', 'case_analysis', 'mock_teaching', 'visit')),
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    tutors TEXT NOT NULL,
    PRIMARY KEY (county, class, id)
) CLUSTERED;

CREATE TABLE training_attendance (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    person BIGINT NOT NULL,
    session BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    noted_by BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (county, class, person, session)
) CLUSTERED;
CREATE INDEX training_attendance_by_session ON training_attendance (county, session);
CREATE INDEX training_attendance_by_person ON training_attendance (county, person);

-- What experts mark by a rubric.
CREATE TABLE training_tasks (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('case_analysis', 'mock_teaching', 'other')),
    title TEXT NOT NULL,
    weight BIGINT NOT NULL,
    criteria TEXT NOT NULL,
    PRIMARY KEY (county, class, id)
) CLUSTERED;

CREATE TABLE training_marks (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    person BIGINT NOT NULL,
    task BIGINT NOT NULL,
    marker BIGINT NOT NULL,
    levels TEXT NOT NULL,
    score BIGINT NOT NULL,
    comment TEXT NOT NULL,
    marked_at BIGINT NOT NULL,
    PRIMARY KEY (county, class, person, task, marker)
) CLUSTERED;
CREATE INDEX training_marks_by_person ON training_marks (county, person);
CREATE INDEX training_marks_by_marker ON training_marks (county, marker);

CREATE TABLE training_applications (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    submission BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('submitted', 'accepted', 'waiting', 'refused', 'withdrawn')),
    reason TEXT NOT NULL,
    applied_at BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (county, class, person)
) CLUSTERED;
CREATE INDEX training_applications_by_person ON training_applications (county, person);
