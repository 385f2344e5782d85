-- Events before they are announced: a draft on its way through approval, and what new ones begin with.
CREATE TABLE activity_drafts (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    organiser BIGINT NOT NULL,
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    kind TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'returned', 'approved', 'published')),
    created_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    proposed_by BIGINT NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    activity BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX activity_drafts_by_organiser ON activity_drafts (county, organiser);
CREATE INDEX activity_drafts_by_creator ON activity_drafts (county, created_by);

CREATE TABLE activity_templates (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    owner BIGINT NOT NULL,
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX activity_templates_by_owner ON activity_templates (county, owner);

-- Which kinds need approval at an organisation and below it, separated by commas.
CREATE TABLE activity_approval_rules (
    county BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    kinds TEXT NOT NULL,
    travelling BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, organisation)
) CLUSTERED;

-- Where pupils travel: stages, risks and insurance as JSON, and what each pupil's guardian said to exactly that.
CREATE TABLE activity_travels (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    sheet TEXT NOT NULL,
    PRIMARY KEY (county, activity)
) CLUSTERED;

CREATE TABLE activity_consents (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    student BIGINT NOT NULL,
    person BIGINT NOT NULL,
    agrees BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    hash TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (county, activity, student)
) CLUSTERED;
CREATE INDEX activity_consents_by_student ON activity_consents (county, student);
CREATE INDEX activity_consents_by_person ON activity_consents (county, person);

-- Whole fen; spent is -1 until somebody said what it was.
CREATE TABLE activity_budgets (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    planned BIGINT NOT NULL,
    source TEXT NOT NULL,
    spent BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (county, activity)
) CLUSTERED;

-- Who did something other than attend.
CREATE TABLE activity_roles (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    person BIGINT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('taught', 'helped')),
    PRIMARY KEY (county, activity, person)
) CLUSTERED;
CREATE INDEX activity_roles_by_person ON activity_roles (county, person);

CREATE TABLE activity_feedback (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    person BIGINT NOT NULL,
    stars BIGINT NOT NULL,
    comment TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (county, activity, person)
) CLUSTERED;
CREATE INDEX activity_feedback_by_person ON activity_feedback (county, person);
CREATE INDEX activities_by_kind ON activities (county, kind, starts_at);
