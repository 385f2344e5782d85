-- What a class's families come in by, as letters and as QR code. One at a time is open in a class.
CREATE TABLE class_codes (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    class BIGINT NOT NULL,
    code TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
-- Whoever comes with a code does not know the number of the county.
CREATE UNIQUE INDEX class_codes_any_code ON class_codes (code);
CREATE INDEX class_codes_class ON class_codes (county, class);

-- A code for one person and one time; only its hash is kept. `delegation` is 0 for a carer of the roster.
CREATE TABLE family_invitations (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    student BIGINT NOT NULL,
    person BIGINT NOT NULL,
    delegation BIGINT NOT NULL,
    code_hash TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX family_invitations_any_code ON family_invitations (code_hash);
CREATE INDEX family_invitations_student ON family_invitations (county, student);

-- Who asks to be a pupil's carer. `words` is the teacher's question or reason, `answer` what came back.
CREATE TABLE join_requests (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    class BIGINT NOT NULL,
    student BIGINT NOT NULL,
    person BIGINT NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('father', 'mother', 'grandparent', 'sibling', 'relative', 'other')),
    invited BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'asked', 'approved', 'refused', 'withdrawn')),
    words TEXT NOT NULL,
    answer TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX join_requests_class ON join_requests (county, class, state);
CREATE INDEX join_requests_person ON join_requests (county, person);
CREATE INDEX join_requests_student ON join_requests (county, student);

-- What a guardian entrusted to somebody: scopes as "see,confirm,pick_up". Rows stay when they end: they are the history.
CREATE TABLE delegations (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    student BIGINT NOT NULL,
    person BIGINT NOT NULL,
    scopes TEXT NOT NULL,
    granted_by BIGINT NOT NULL,
    granted_at BIGINT NOT NULL,
    until_day BIGINT NOT NULL,
    accepted_at BIGINT NOT NULL,
    revoked_by BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX delegations_student ON delegations (county, student);
CREATE INDEX delegations_person ON delegations (county, person);

-- A court's or an authority's order that keeps a person away from a child.
CREATE TABLE no_contacts (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    student BIGINT NOT NULL,
    person BIGINT NOT NULL,
    document TEXT NOT NULL,
    reason TEXT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    set_by BIGINT NOT NULL,
    set_at BIGINT NOT NULL,
    lifted_by BIGINT NOT NULL,
    lifted_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX no_contacts_student ON no_contacts (county, student);
CREATE INDEX no_contacts_person ON no_contacts (county, person);

-- Parents who live apart: carers of the second household have a contact order of their own, and tie no families together.
ALTER TABLE carers ADD COLUMN household BIGINT NOT NULL DEFAULT 1;
-- Where a pupil lives with the second household; the first is the pupil's own address.
CREATE TABLE second_homes (
    county BIGINT NOT NULL,
    student BIGINT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (county, student)
) CLUSTERED;

-- What a carer wants changed, field by field, each accepted or refused by itself.
CREATE TABLE change_requests (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    student BIGINT NOT NULL,
    person BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'decided', 'withdrawn')),
    campaign BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX change_requests_student ON change_requests (county, student);
CREATE INDEX change_requests_person ON change_requests (county, person);
CREATE TABLE change_fields (
    county BIGINT NOT NULL,
    request BIGINT NOT NULL,
    place BIGINT NOT NULL,
    field TEXT NOT NULL,
    present TEXT NOT NULL,
    wanted TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused')),
    reason TEXT NOT NULL,
    PRIMARY KEY (county, request, place)
) CLUSTERED;

-- "Check your data": asked of all families of an organisation until a day.
CREATE TABLE check_campaigns (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    title TEXT NOT NULL,
    deadline BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    reminded_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE TABLE check_answers (
    county BIGINT NOT NULL,
    campaign BIGINT NOT NULL,
    student BIGINT NOT NULL,
    carer BIGINT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('right', 'changes')),
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (county, campaign, student, carer)
) CLUSTERED;

-- Two records of one person made one; `links` is what undoing needs. The merged record stays, so that its log-in opens the kept one.
CREATE TABLE person_merges (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    merged BIGINT NOT NULL,
    links TEXT NOT NULL,
    moved_log_in BOOLEAN NOT NULL,
    merged_by BIGINT NOT NULL,
    merged_at BIGINT NOT NULL,
    undone_by BIGINT NOT NULL,
    undone_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX person_merges_kept ON person_merges (county, kept);
CREATE INDEX person_merges_merged ON person_merges (county, merged);
-- Pairs that somebody looked at and found to be two people.
CREATE TABLE different_carers (
    county BIGINT NOT NULL,
    one BIGINT NOT NULL,
    other BIGINT NOT NULL,
    said_by BIGINT NOT NULL,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (county, one, other)
) CLUSTERED;

-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('class_codes', 'class_codes_class', '2000 2000 2'),
    ('join_requests', 'join_requests_class', '20000 20000 20 3'),
    ('join_requests', 'join_requests_person', '20000 20000 1'),
    ('join_requests', 'join_requests_student', '20000 20000 1'),
    ('delegations', 'delegations_student', '20000 20000 2'),
    ('delegations', 'delegations_person', '20000 20000 2'),
    ('no_contacts', 'no_contacts_student', '200 200 1'),
    ('no_contacts', 'no_contacts_person', '200 200 1'),
    ('change_requests', 'change_requests_student', '20000 20000 2'),
    ('change_requests', 'change_requests_person', '20000 20000 2'),
    ('change_fields', 'change_fields', '40000 40000 2 1'),
    ('check_answers', 'check_answers', '100000 100000 10000 2 1'),
    ('person_merges', 'person_merges_kept', '2000 2000 1'),
    ('person_merges', 'person_merges_merged', '2000 2000 1');
-- both
