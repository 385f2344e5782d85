-- A lesson can be a teaching package (SCORM).
-- only sqlite
CREATE TABLE course_units_before AS SELECT * FROM course_units;
DROP TABLE course_units;
CREATE TABLE course_units (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    course BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'text', 'document', 'quiz', 'package')),
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
CREATE TABLE media_before AS SELECT * FROM media;
DROP TABLE media;
CREATE TABLE media (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    course BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'document', 'subtitles', 'picture', 'package')),
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
INSERT INTO media SELECT * FROM media_before;
DROP TABLE media_before;
CREATE INDEX media_by_course ON media (county, course);
-- only postgresql
ALTER TABLE course_units DROP CONSTRAINT course_units_kind_check;
ALTER TABLE course_units ADD CONSTRAINT course_units_kind_check
    CHECK (kind IN ('video', 'audio', 'text', 'document', 'quiz', 'package'));
ALTER TABLE media DROP CONSTRAINT media_kind_check;
ALTER TABLE media ADD CONSTRAINT media_kind_check
    CHECK (kind IN ('video', 'audio', 'document', 'subtitles', 'picture', 'package'));
-- both

CREATE TABLE packages (
    county BIGINT NOT NULL,
    media BIGINT NOT NULL,
    version TEXT NOT NULL CHECK (version IN ('1.2', '2004')),
    title TEXT NOT NULL,
    pages TEXT NOT NULL,
    PRIMARY KEY (county, media)
) CLUSTERED;

-- A file of a package lies in the media's pieces, from the piece of that number on.
CREATE TABLE package_files (
    county BIGINT NOT NULL,
    media BIGINT NOT NULL,
    path TEXT NOT NULL,
    piece BIGINT NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (county, media, path)
) CLUSTERED;

-- What a page of a package keeps for a person, so that it goes on there; bounded in size.
CREATE TABLE package_records (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    page BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('not_attempted', 'incomplete', 'completed', 'passed', 'failed')),
    is_done BOOLEAN NOT NULL,
    score BIGINT, -- hundredths
    data TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (county, person, unit, page)
) CLUSTERED;
