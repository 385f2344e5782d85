-- The latest state of the database as SQLite holds it, derived from db/migrations by bin/schema.

CREATE TABLE accounts (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    user_name TEXT NOT NULL,
    phone TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    must_change INTEGER NOT NULL,
    disabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    password_changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, person)
) STRICT;
CREATE INDEX accounts_any_phone ON accounts (phone) WHERE phone <> '';
CREATE INDEX accounts_any_user_name ON accounts (user_name) WHERE user_name <> '';
CREATE UNIQUE INDEX accounts_phone ON accounts (county, phone) WHERE phone <> '';
CREATE UNIQUE INDEX accounts_user_name ON accounts (county, user_name) WHERE user_name <> '';

CREATE TABLE answers (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (county, person, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person INTEGER NOT NULL,
    acting_as INTEGER NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    address TEXT NOT NULL,
    request TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_person ON audit (county, person, id);
CREATE INDEX audit_subject ON audit (county, subject, id);
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

CREATE TABLE carers (
    county INTEGER NOT NULL,
    student INTEGER NOT NULL,
    carer INTEGER NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('father', 'mother', 'grandparent', 'sibling', 'relative', 'other')),
    position INTEGER NOT NULL,
    is_guardian INTEGER NOT NULL,
    import INTEGER NOT NULL,
    PRIMARY KEY (county, student, carer)
) STRICT, WITHOUT ROWID;
CREATE INDEX carers_carer ON carers (county, carer);

CREATE TABLE counties (
    county INTEGER NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county)
) STRICT;

CREATE TABLE coverage (
    county INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    requirement INTEGER NOT NULL,
    period INTEGER NOT NULL,
    stripe INTEGER NOT NULL,
    covered INTEGER NOT NULL,
    excused INTEGER NOT NULL,
    PRIMARY KEY (county, unit, requirement, period, stripe)
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolments (
    county INTEGER NOT NULL,
    student INTEGER NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    class INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('kindergarten', 'primary', 'junior', 'senior')),
    import INTEGER NOT NULL,
    PRIMARY KEY (county, student, from_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolments_class ON enrolments (county, class);

CREATE TABLE entries (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    person INTEGER NOT NULL,
    student INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    resource INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    count INTEGER NOT NULL,
    source TEXT NOT NULL,
    reverses INTEGER NOT NULL,
    reason TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX entries_person ON entries (county, person, happened_at) WHERE person <> 0;
CREATE INDEX entries_resource ON entries (county, resource, happened_at) WHERE resource <> 0;
CREATE INDEX entries_reverses ON entries (county, reverses) WHERE reverses <> 0;
CREATE UNIQUE INDEX entries_source ON entries (county, source, kind, person, student, reverses);
CREATE INDEX entries_student ON entries (county, student, happened_at) WHERE student <> 0;
CREATE INDEX entries_time ON entries (county, happened_at);
CREATE INDEX entries_unit ON entries (county, unit, happened_at);
CREATE TRIGGER entries_keep BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted'); END;

CREATE TABLE families (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    import INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE headcounts (
    county INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    audience TEXT NOT NULL,
    day INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (county, unit, audience, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_changes (
    county INTEGER NOT NULL,
    import INTEGER NOT NULL,
    number INTEGER NOT NULL,
    place TEXT NOT NULL,
    subject INTEGER NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (county, import, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    organisation INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'mapping', 'matching', 'previewed', 'applying', 'applied', 'undoing', 'undone', 'failed')),
    sheets TEXT NOT NULL,
    mapping TEXT NOT NULL,
    counts TEXT NOT NULL,
    preview_hash TEXT NOT NULL,
    report_hash TEXT NOT NULL,
    job INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    applied_at INTEGER,
    undone_at INTEGER,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE jobs (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    input TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    result TEXT,
    error_zh TEXT,
    error_en TEXT,
    attempts INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    held_until INTEGER NOT NULL,
    is_unwanted INTEGER NOT NULL,
    finished_at INTEGER,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX jobs_due ON jobs (state, run_at);

CREATE TABLE login_failures (
    key TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL,
    PRIMARY KEY (key)
) STRICT, WITHOUT ROWID;

CREATE TABLE migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE organisations (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    parent INTEGER NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('region', 'county', 'bureau', 'department', 'subdistrict', 'community', 'guidance_station', 'school',
        'kindergarten', 'grade', 'class', 'resource', 'training_agency', 'association')),
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    code TEXT NOT NULL,
    stages TEXT NOT NULL,
    entry_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    resource_kind TEXT NOT NULL,
    address TEXT NOT NULL,
    contact TEXT NOT NULL,
    phone TEXT NOT NULL,
    opened_on INTEGER NOT NULL,
    closed_on INTEGER NOT NULL,
    hand_edited TEXT NOT NULL,
    import INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX organisations_code ON organisations (county, code) WHERE code <> '';
CREATE INDEX organisations_path ON organisations (county, path);
CREATE UNIQUE INDEX organisations_place ON organisations (county, parent, kind, name, closed_on);

CREATE TABLE people (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('female', 'male', 'unknown')),
    birth_day INTEGER,
    identity_kind TEXT NOT NULL,
    identity_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    hand_edited TEXT NOT NULL,
    import INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX people_identity ON people (county, identity_number) WHERE identity_number <> '';
CREATE INDEX people_name ON people (county, name);
CREATE INDEX people_phone ON people (county, phone) WHERE phone <> '';

CREATE TABLE plans (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in_force', 'replaced', 'retired')),
    unit INTEGER NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    file_name TEXT NOT NULL,
    body TEXT NOT NULL,
    note TEXT NOT NULL,
    loaded_by INTEGER NOT NULL,
    loaded_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE UNIQUE INDEX plans_version ON plans (county, key, version);

CREATE TABLE points (
    county INTEGER NOT NULL,
    rule INTEGER NOT NULL,
    period INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    raw INTEGER NOT NULL,
    earned INTEGER NOT NULL,
    PRIMARY KEY (county, rule, period, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX points_subject ON points (county, subject);

CREATE TABLE posts (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    role TEXT NOT NULL,
    title TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    import INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX posts_organisation ON posts (county, organisation);
CREATE INDEX posts_person ON posts (county, person);

CREATE TABLE rule_numbers (
    county INTEGER NOT NULL,
    plan TEXT NOT NULL,
    rule TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (county, plan, rule)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX rule_numbers_number ON rule_numbers (county, number);

CREATE TABLE sessions (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    token_hash TEXT NOT NULL,
    acting_as INTEGER NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX sessions_any_token ON sessions (token_hash);
CREATE INDEX sessions_person ON sessions (county, person);
CREATE UNIQUE INDEX sessions_token ON sessions (county, token_hash);

CREATE TABLE student_groups (
    county INTEGER NOT NULL,
    student INTEGER NOT NULL,
    name TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    import INTEGER NOT NULL,
    PRIMARY KEY (county, student, name, from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE students (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    student_number TEXT NOT NULL,
    school_number TEXT NOT NULL,
    class INTEGER NOT NULL,
    family INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'left', 'graduated')),
    residence TEXT NOT NULL,
    hand_edited TEXT NOT NULL,
    import INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, person)
) STRICT;
CREATE INDEX students_class ON students (county, class);
CREATE INDEX students_family ON students (county, family);
CREATE UNIQUE INDEX students_number ON students (county, student_number) WHERE student_number <> '';

CREATE TABLE tallies (
    county INTEGER NOT NULL,
    requirement INTEGER NOT NULL,
    period INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    excuses INTEGER NOT NULL,
    parts TEXT NOT NULL,
    state INTEGER NOT NULL,
    PRIMARY KEY (county, requirement, period, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX tallies_subject ON tallies (county, subject);
