-- Work that goes on after the answer: survives a restart, is tried again, shows how far it is.
CREATE TABLE jobs (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    input TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    result TEXT,
    error_zh TEXT,
    error_en TEXT,
    attempts BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    held_until BIGINT NOT NULL,
    is_unwanted BOOLEAN NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (county, id)
);
CREATE INDEX jobs_due ON jobs (state, run_at);

-- Answers to requests that carried an Idempotency-Key, so that a retry gets the first answer again.
CREATE TABLE answers (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (county, person, key)
) CLUSTERED;

-- Who did what, and who read whose file. Only ever grows.
CREATE TABLE audit (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    person BIGINT NOT NULL,
    acting_as BIGINT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    address TEXT NOT NULL,
    request TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX audit_subject ON audit (county, subject, id);
CREATE INDEX audit_person ON audit (county, person, id);

-- only sqlite
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
-- only postgresql
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME; END $$;
CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_stays BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- both

-- The counties of this installation; the number is the GB/T 2260 code.
CREATE TABLE counties (
    county BIGINT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (county)
);

-- Files that people bring: parsed, matched, previewed, applied, undone.
CREATE TABLE imports (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    organisation BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_size BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'mapping', 'matching', 'previewed', 'applying', 'applied', 'undoing', 'undone', 'failed')),
    sheets TEXT NOT NULL,
    mapping TEXT NOT NULL,
    counts TEXT NOT NULL,
    preview_hash TEXT NOT NULL,
    report_hash TEXT NOT NULL,
    job BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    applied_at BIGINT,
    undone_at BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);

-- What an import changed in rows that were there before, so that it can be undone. Rows that it added carry its id themselves.
CREATE TABLE import_changes (
    county BIGINT NOT NULL,
    import BIGINT NOT NULL,
    number BIGINT NOT NULL,
    place TEXT NOT NULL,
    subject BIGINT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (county, import, number)
) CLUSTERED;

-- The keys that seal numbers and files, each wrapped by the master key, which is not in the database. County 0 is the installation.
CREATE TABLE data_keys (
    county BIGINT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('values', 'index', 'files', 'signing')),
    version BIGINT NOT NULL,
    suite TEXT NOT NULL CHECK (suite IN ('international', 'shangmi')),
    wrapped TEXT NOT NULL,
    master TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    retired_at BIGINT,
    public_key TEXT,
    PRIMARY KEY (county, purpose, version)
);
