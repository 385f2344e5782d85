-- A lesson can be a quiz.
-- only sqlite
CREATE TABLE course_units_before AS SELECT * FROM course_units;
DROP TABLE course_units;
CREATE TABLE course_units (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    course BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'text', 'document', 'quiz')),
    media BIGINT NOT NULL,
    subtitles BIGINT NOT NULL,
    body TEXT NOT NULL,
    seconds BIGINT NOT NULL,
    share BIGINT NOT NULL,
    is_published BOOLEAN NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
INSERT INTO course_units SELECT * FROM course_units_before;
DROP TABLE course_units_before;
CREATE INDEX course_units_by_course ON course_units (county, course);
-- only postgresql
ALTER TABLE course_units DROP CONSTRAINT course_units_kind_check;
ALTER TABLE course_units ADD CONSTRAINT course_units_kind_check CHECK (kind IN ('video', 'audio', 'text', 'document', 'quiz'));
-- both

CREATE TABLE question_banks (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    owner BIGINT NOT NULL,
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    import BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX question_banks_by_owner ON question_banks (county, owner);

-- A question that somebody was asked never changes: a changed one is a new row, so that answers stay with the words that were answered.
CREATE TABLE questions (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    bank BIGINT NOT NULL,
    topic TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('single', 'multiple', 'truth', 'number', 'text')),
    prompt TEXT NOT NULL,
    choices TEXT NOT NULL,
    accepted TEXT NOT NULL,
    tolerance TEXT NOT NULL,
    explanation TEXT NOT NULL,
    search TEXT NOT NULL,
    is_asked BOOLEAN NOT NULL,
    is_retired BOOLEAN NOT NULL,
    import BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX questions_by_bank ON questions (county, bank, topic);
CREATE INDEX questions_by_import ON questions (county, import);

CREATE TABLE quiz_attempts (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    course BIGINT NOT NULL,
    number BIGINT NOT NULL,
    paper TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    deadline_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    right_count BIGINT NOT NULL,
    total BIGINT NOT NULL,
    is_passed BOOLEAN NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX quiz_attempts_by_person ON quiz_attempts (county, person, unit, number);
CREATE INDEX quiz_attempts_by_unit ON quiz_attempts (county, unit);

CREATE TABLE quiz_answers (
    county BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    question BIGINT NOT NULL,
    chosen TEXT NOT NULL,
    text TEXT NOT NULL,
    is_right BOOLEAN NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (county, attempt, question)
) CLUSTERED;
CREATE INDEX quiz_answers_by_question ON quiz_answers (county, question);

CREATE TABLE board_topics (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    course BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    search TEXT NOT NULL,
    author BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at BIGINT NOT NULL,
    active_at BIGINT NOT NULL,
    answers BIGINT NOT NULL,
    is_pinned BOOLEAN NOT NULL,
    is_closed BOOLEAN NOT NULL,
    hidden_by BIGINT NOT NULL,
    hidden_reason TEXT NOT NULL,
    helpful BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX board_topics_by_course ON board_topics (county, course, active_at);
CREATE INDEX board_topics_by_author ON board_topics (county, author);

CREATE TABLE board_answers (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    topic BIGINT NOT NULL,
    body TEXT NOT NULL,
    author BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at BIGINT NOT NULL,
    hidden_by BIGINT NOT NULL,
    hidden_reason TEXT NOT NULL,
    marked_by BIGINT NOT NULL,
    marked_at BIGINT NOT NULL,
    marks BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX board_answers_by_topic ON board_answers (county, topic);
CREATE INDEX board_answers_by_author ON board_answers (county, author);

CREATE TABLE collected_questions (
    county BIGINT NOT NULL,
    course BIGINT NOT NULL,
    person BIGINT NOT NULL,
    text TEXT NOT NULL,
    handed_in_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (county, course, person)
) CLUSTERED;

CREATE TABLE assignments (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    course BIGINT NOT NULL,
    title TEXT NOT NULL,
    instructions TEXT NOT NULL,
    template TEXT NOT NULL,
    criteria TEXT NOT NULL,
    peers BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    due_on BIGINT NOT NULL,
    is_open BOOLEAN NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX assignments_by_course ON assignments (county, course);

CREATE TABLE submissions (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    assignment BIGINT NOT NULL,
    person BIGINT NOT NULL,
    school TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in_review', 'to_improve', 'accepted')),
    rounds BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX submissions_by_assignment ON submissions (county, assignment, person);
CREATE INDEX submissions_by_person ON submissions (county, person);

-- Each draft as it was handed in, with what became of it.
CREATE TABLE submission_rounds (
    county BIGINT NOT NULL,
    submission BIGINT NOT NULL,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    file TEXT NOT NULL,
    file_name TEXT NOT NULL,
    handed_in_at BIGINT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('none', 'to_improve', 'accepted', 'taken_back')),
    comment TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (county, submission, number)
) CLUSTERED;

CREATE TABLE reviews (
    county BIGINT NOT NULL,
    submission BIGINT NOT NULL,
    number BIGINT NOT NULL,
    reviewer BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('peer', 'expert')),
    levels TEXT NOT NULL,
    comment TEXT NOT NULL,
    assigned_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    PRIMARY KEY (county, submission, number, reviewer)
) CLUSTERED;
CREATE INDEX reviews_by_reviewer ON reviews (county, reviewer);

-- Winnowed fingerprints of everything that was handed in: one row for each that was picked, found by its value.
CREATE TABLE text_fingerprints (
    county BIGINT NOT NULL,
    fingerprint BIGINT NOT NULL,
    submission BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (county, fingerprint, submission, number)
) CLUSTERED;
