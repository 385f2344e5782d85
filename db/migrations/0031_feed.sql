-- Moments of a class for the families of the children in them: words and pictures.
CREATE TABLE moments (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    class BIGINT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('tagged', 'class')),
    words TEXT NOT NULL,
    search TEXT NOT NULL,
    author BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at BIGINT NOT NULL,
    takes_comments BOOLEAN NOT NULL,
    letter BIGINT NOT NULL,
    taken_down_by BIGINT NOT NULL,
    taken_down_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX moments_by_class ON moments (county, class, id);
CREATE INDEX moments_by_author ON moments (county, author);
CREATE INDEX moments_taken_down ON moments (county, taken_down_at) WHERE taken_down_at > 0;

-- What it said before it was changed: the words, and whom it showed.
CREATE TABLE moment_editions (
    county BIGINT NOT NULL,
    moment BIGINT NOT NULL,
    number BIGINT NOT NULL,
    words TEXT NOT NULL,
    children TEXT NOT NULL,
    replaced_by BIGINT NOT NULL,
    replaced_at BIGINT NOT NULL,
    PRIMARY KEY (county, moment, number)
) CLUSTERED;

-- Whose families see it: those of the children in it, or of everybody who was in the class that day. It stays theirs when they leave.
CREATE TABLE moment_children (
    county BIGINT NOT NULL,
    child BIGINT NOT NULL,
    moment BIGINT NOT NULL,
    is_tagged BOOLEAN NOT NULL,
    PRIMARY KEY (county, child, moment)
) CLUSTERED;
CREATE INDEX moment_children_by_moment ON moment_children (county, moment);

-- A picture without a moment (0) waits to be used, or was taken out again; it goes after a day.
CREATE TABLE moment_pictures (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    moment BIGINT NOT NULL,
    position BIGINT NOT NULL,
    blob TEXT NOT NULL,
    thumbnail TEXT NOT NULL,
    size BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    hidden_since BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX moment_pictures_by_moment ON moment_pictures (county, moment, position);
CREATE INDEX moment_pictures_hidden ON moment_pictures (county, hidden_since) WHERE hidden_since > 0;

-- Who can be recognised in a picture.
CREATE TABLE moment_portraits (
    county BIGINT NOT NULL,
    child BIGINT NOT NULL,
    picture BIGINT NOT NULL,
    PRIMARY KEY (county, child, picture)
) CLUSTERED;
CREATE INDEX moment_portraits_by_picture ON moment_portraits (county, picture);

CREATE TABLE moment_reactions (
    county BIGINT NOT NULL,
    moment BIGINT NOT NULL,
    person BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('like', 'heart', 'clap', 'thanks')),
    at BIGINT NOT NULL,
    PRIMARY KEY (county, moment, person)
) CLUSTERED;
CREATE INDEX moment_reactions_by_person ON moment_reactions (county, person);

-- A carer writes for one of the children (child), a teacher for nobody (0).
CREATE TABLE moment_comments (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    moment BIGINT NOT NULL,
    author BIGINT NOT NULL,
    child BIGINT NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    hidden_by BIGINT NOT NULL,
    hidden_at BIGINT NOT NULL,
    hidden_reason TEXT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX moment_comments_by_moment ON moment_comments (county, moment, id);
CREATE INDEX moment_comments_by_author ON moment_comments (county, author);

-- What somebody reported to the school leader, with the words as they stood then.
CREATE TABLE moment_reports (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    moment BIGINT NOT NULL,
    comment BIGINT NOT NULL,
    class BIGINT NOT NULL,
    author BIGINT NOT NULL,
    words TEXT NOT NULL,
    reporter BIGINT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('open', 'kept', 'taken_down')),
    note TEXT NOT NULL,
    handled_by BIGINT NOT NULL,
    handled_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX moment_reports_by_moment ON moment_reports (county, moment, outcome);
CREATE INDEX moment_reports_by_class ON moment_reports (county, class, id);
CREATE INDEX moment_reports_by_reporter ON moment_reports (county, reporter);
CREATE INDEX moment_reports_by_author ON moment_reports (county, author);

-- All pictures of one child as one archive, for a carer.
CREATE TABLE picture_exports (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    child BIGINT NOT NULL,
    person BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    job BIGINT NOT NULL,
    pictures BIGINT NOT NULL,
    archive TEXT NOT NULL,
    archive_bytes BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX picture_exports_by_person ON picture_exports (county, person);
CREATE INDEX picture_exports_by_child ON picture_exports (county, child);
-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('moments', 'moments', '50000 50000 1'),
    ('moments', 'moments_by_class', '50000 50000 60 1'),
    ('moments', 'moments_by_author', '50000 50000 60'),
    ('moments', 'moments_taken_down', '500 500 2'),
    ('moment_editions', 'moment_editions', '5000 5000 2 1'),
    ('moment_children', 'moment_children', '500000 500000 30 1'),
    ('moment_children', 'moment_children_by_moment', '500000 500000 10'),
    ('moment_pictures', 'moment_pictures', '150000 150000 1'),
    ('moment_pictures', 'moment_pictures_by_moment', '150000 150000 3 1'),
    ('moment_pictures', 'moment_pictures_hidden', '500 500 2'),
    ('moment_portraits', 'moment_portraits', '600000 600000 40 1'),
    ('moment_portraits', 'moment_portraits_by_picture', '600000 600000 4'),
    ('moment_reactions', 'moment_reactions', '300000 300000 6 1'),
    ('moment_reactions', 'moment_reactions_by_person', '300000 300000 30'),
    ('moment_comments', 'moment_comments', '100000 100000 1'),
    ('moment_comments', 'moment_comments_by_moment', '100000 100000 3 1'),
    ('moment_comments', 'moment_comments_by_author', '100000 100000 10'),
    ('moment_reports', 'moment_reports', '200 200 1'),
    ('moment_reports', 'moment_reports_by_moment', '200 200 2 1'),
    ('moment_reports', 'moment_reports_by_class', '200 200 4 1'),
    ('moment_reports', 'moment_reports_by_reporter', '200 200 2'),
    ('moment_reports', 'moment_reports_by_author', '200 200 4'),
    ('picture_exports', 'picture_exports', '2000 2000 1'),
    ('picture_exports', 'picture_exports_by_person', '2000 2000 2'),
    ('picture_exports', 'picture_exports_by_child', '2000 2000 2');
ANALYZE sqlite_schema;
-- both
