-- Everything that has people in it: region, bureau, school, grade, class, community, resource. `path` is "/root/…/id/".
CREATE TABLE organisations (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    parent BIGINT NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('region', 'county', 'bureau', 'department', 'subdistrict', 'community', 'guidance_station', 'school',
        'kindergarten', 'grade', 'class', 'resource', 'training_agency', 'association')),
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    code TEXT NOT NULL,
    stages TEXT NOT NULL,
    entry_year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    resource_kind TEXT NOT NULL,
    address TEXT NOT NULL,
    contact TEXT NOT NULL,
    phone TEXT NOT NULL,
    opened_on BIGINT NOT NULL,
    closed_on BIGINT NOT NULL,
    hand_edited TEXT NOT NULL,
    import BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX organisations_place ON organisations (county, parent, kind, name, closed_on);
CREATE INDEX organisations_path ON organisations (county, path);
CREATE INDEX organisations_code ON organisations (county, code) WHERE code <> '';

CREATE TABLE people (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('female', 'male', 'unknown')),
    birth_day BIGINT,
    identity_kind TEXT NOT NULL,
    identity_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    hand_edited TEXT NOT NULL,
    import BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
-- Numbers are sealed; the first 28 characters are their index, of which the first 6 are that of their last four characters.
CREATE INDEX people_identity ON people (county, substr(identity_number, 1, 28)) WHERE identity_number <> '';
CREATE INDEX people_phone ON people (county, substr(phone, 1, 28)) WHERE phone <> '';
CREATE INDEX people_name ON people (county, name);

-- A household; pupils who share a carer belong to one.
CREATE TABLE families (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    import BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);

CREATE TABLE students (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    student_number TEXT NOT NULL,
    school_number TEXT NOT NULL,
    class BIGINT NOT NULL,
    family BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'left', 'graduated')),
    residence TEXT NOT NULL,
    hand_edited TEXT NOT NULL,
    import BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, person)
);
CREATE UNIQUE INDEX students_number ON students (county, substr(student_number, 1, 28)) WHERE student_number <> '';
CREATE INDEX students_school_number ON students (county, substr(school_number, 1, 28)) WHERE school_number <> '';
CREATE INDEX students_class ON students (county, class);
CREATE INDEX students_family ON students (county, family);

-- In which class a pupil was from which day to which; the last one runs to 99991231. Figures of a period follow the class at its end.
CREATE TABLE enrolments (
    county BIGINT NOT NULL,
    student BIGINT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    class BIGINT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('kindergarten', 'primary', 'junior', 'senior')),
    import BIGINT NOT NULL,
    PRIMARY KEY (county, student, from_day)
) CLUSTERED;
CREATE INDEX enrolments_class ON enrolments (county, class);

-- Groups that a plan may single out, such as left-behind (留守) or special-care (特殊群体).
CREATE TABLE student_groups (
    county BIGINT NOT NULL,
    student BIGINT NOT NULL,
    name TEXT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    import BIGINT NOT NULL,
    PRIMARY KEY (county, student, name, from_day)
) CLUSTERED;

CREATE TABLE carers (
    county BIGINT NOT NULL,
    student BIGINT NOT NULL,
    carer BIGINT NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('father', 'mother', 'grandparent', 'sibling', 'relative', 'other')),
    position BIGINT NOT NULL,
    is_guardian BOOLEAN NOT NULL,
    import BIGINT NOT NULL,
    PRIMARY KEY (county, student, carer)
) CLUSTERED;
CREATE INDEX carers_carer ON carers (county, carer);

-- A role that a person holds in an organisation, from a day to a day. Permissions come from here and from nowhere else.
CREATE TABLE posts (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    role TEXT NOT NULL,
    title TEXT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    import BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX posts_person ON posts (county, person);
CREATE INDEX posts_organisation ON posts (county, organisation);
