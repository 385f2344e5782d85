-- Courses of the parent school and of training. What stands here is the authors' draft; what learners see is an edition, which never changes.
CREATE TABLE courses (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    owner BIGINT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('county', 'community', 'school')),
    line TEXT NOT NULL CHECK (line IN ('pre_school', 'entering', 'in_school', 'grandparents', 'staff')),
    is_compulsory BOOLEAN NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    topics TEXT NOT NULL,
    search TEXT NOT NULL,
    cover BIGINT NOT NULL,
    sections TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    edition BIGINT NOT NULL,
    is_changed BOOLEAN NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX courses_by_owner ON courses (county, owner);

CREATE TABLE course_editions (
    county BIGINT NOT NULL,
    course BIGINT NOT NULL,
    number BIGINT NOT NULL,
    line TEXT NOT NULL,
    is_compulsory BOOLEAN NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    topics TEXT NOT NULL,
    search TEXT NOT NULL,
    cover BIGINT NOT NULL,
    sections TEXT NOT NULL,
    seconds BIGINT NOT NULL,
    lessons BIGINT NOT NULL,
    note TEXT NOT NULL,
    published_by BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (county, course, number)
) CLUSTERED;

-- A unit's content never changes once an edition has it: a changed unit is a new one, so that what was learnt stays with what was learnt from.
CREATE TABLE course_units (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    course BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'text', 'document')),
    media BIGINT NOT NULL,
    subtitles BIGINT NOT NULL,
    body TEXT NOT NULL,
    seconds BIGINT NOT NULL,
    share BIGINT NOT NULL,
    is_published BOOLEAN NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX course_units_by_course ON course_units (county, course);

CREATE TABLE media (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    course BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'document', 'subtitles', 'picture')),
    file_name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    received BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('uploading', 'checking', 'ready', 'failed')),
    problem_zh TEXT NOT NULL,
    problem_en TEXT NOT NULL,
    seconds BIGINT NOT NULL,
    thumbnail TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX media_by_course ON media (county, course);

CREATE TABLE media_pieces (
    county BIGINT NOT NULL,
    media BIGINT NOT NULL,
    number BIGINT NOT NULL,
    blob TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (county, media, number)
) CLUSTERED;

-- Who learns in which edition.
CREATE TABLE course_learners (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    course BIGINT NOT NULL,
    edition BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    completed_at BIGINT NOT NULL,
    PRIMARY KEY (county, person, course)
) CLUSTERED;
CREATE INDEX course_learners_by_course ON course_learners (county, course);

-- What a person really watched of a unit: one bit a second, so the row never grows.
CREATE TABLE unit_progress (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    course BIGINT NOT NULL,
    length BIGINT NOT NULL,
    share BIGINT NOT NULL,
    fastest BIGINT NOT NULL,
    watched TEXT NOT NULL,
    seconds BIGINT NOT NULL,
    position_ms BIGINT NOT NULL,
    completed_at BIGINT NOT NULL,
    PRIMARY KEY (county, person, unit)
) CLUSTERED;

-- A person's own time, over all devices: up to which moment it was credited, and which player may go on.
CREATE TABLE learner_clocks (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    viewing BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    used_until BIGINT NOT NULL,
    last_from BIGINT NOT NULL,
    last_to BIGINT NOT NULL,
    PRIMARY KEY (county, person)
) CLUSTERED;

-- Those who lead a parent school of the county, a school or a community make its courses.
UPDATE roles SET permissions = permissions || ',manage_courses'
WHERE role IN ('county_official', 'school_leader', 'moral_education_director', 'community_worker');
