-- Certificates and appeals against points. Certificates are never deleted, and of what they said only their state changes.

-- The number given last in a series and year (year 0: a series that does not begin anew). Taken in the transaction that issues, so that a
-- number is used once and none is lost.
CREATE TABLE certificate_series (
    county BIGINT NOT NULL,
    series TEXT NOT NULL,
    year BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (county, series, year)
) CLUSTERED;

CREATE TABLE certificates (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    number TEXT NOT NULL,
    plan TEXT NOT NULL,
    plan_version BIGINT NOT NULL,
    credential TEXT NOT NULL,
    unit BIGINT NOT NULL,
    holder_kind TEXT NOT NULL,
    holder BIGINT NOT NULL,
    holder_name TEXT NOT NULL,
    search TEXT NOT NULL,
    period BIGINT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    issuer TEXT NOT NULL,
    template TEXT NOT NULL,
    statement TEXT NOT NULL,
    achieved TEXT NOT NULL,
    code TEXT NOT NULL,
    batch BIGINT NOT NULL,
    status_index BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('valid', 'revoked', 'superseded')),
    ended_at BIGINT NOT NULL,
    ended_by BIGINT NOT NULL,
    reason TEXT NOT NULL,
    replaces BIGINT NOT NULL,
    replaced_by BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX certificates_by_number ON certificates (county, number);
CREATE UNIQUE INDEX certificates_once ON certificates (county, plan, credential, holder, period) WHERE state = 'valid';
CREATE INDEX certificates_by_holder ON certificates (county, holder);
CREATE INDEX certificates_by_batch ON certificates (county, batch);
CREATE UNIQUE INDEX certificates_by_status ON certificates (county, status_index);

-- Everybody who has earned a certificate, issued at once; the archive with their files goes away after a while, the certificates stay.
CREATE TABLE certificate_batches (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    plan TEXT NOT NULL,
    credential TEXT NOT NULL,
    unit BIGINT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    day BIGINT NOT NULL,
    job BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    archive TEXT NOT NULL,
    archive_bytes BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;

CREATE TABLE point_appeals (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    rule BIGINT NOT NULL,
    rule_title TEXT NOT NULL,
    rule_title_en TEXT NOT NULL,
    plan_version BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    text TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    answer_by BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused', 'withdrawn')),
    answer TEXT NOT NULL,
    answered_by BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX point_appeals_by_person ON point_appeals (county, person);
CREATE INDEX point_appeals_by_state ON point_appeals (county, state, answer_by);
