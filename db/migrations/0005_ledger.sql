-- The ledger (台账): what was done, by whom, for whom, where, when, how much. Only ever grows; a mistake is taken back by a reversing entry.
CREATE TABLE entries (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    person BIGINT NOT NULL,
    student BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    resource BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    count BIGINT NOT NULL,
    source TEXT NOT NULL,
    reverses BIGINT NOT NULL,
    reason TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX entries_source ON entries (county, source, kind, person, student, reverses);
CREATE INDEX entries_reverses ON entries (county, reverses) WHERE reverses <> 0;
CREATE INDEX entries_student ON entries (county, student, happened_at) WHERE student <> 0;
CREATE INDEX entries_person ON entries (county, person, happened_at) WHERE person <> 0;
CREATE INDEX entries_unit ON entries (county, unit, happened_at);
CREATE INDEX entries_resource ON entries (county, resource, happened_at) WHERE resource <> 0;
CREATE INDEX entries_time ON entries (county, happened_at);

-- only sqlite
CREATE TRIGGER entries_keep BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted'); END;
-- only postgresql
CREATE TRIGGER entries_keep BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entries_stay BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- both
