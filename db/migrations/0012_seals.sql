-- Blocks that seal the ledger and the audit log: each names its rows with their digests, is signed, and holds the digest of the block before.
CREATE TABLE seal_blocks (
    county BIGINT NOT NULL,
    stream TEXT NOT NULL CHECK (stream IN ('ledger', 'audit')),
    number BIGINT NOT NULL,
    first_id BIGINT NOT NULL,
    last_id BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    is_late BOOLEAN NOT NULL,
    root TEXT NOT NULL,
    previous TEXT NOT NULL,
    beside TEXT NOT NULL,
    sealed_at BIGINT NOT NULL,
    suite TEXT NOT NULL CHECK (suite IN ('international', 'shangmi')),
    key_version BIGINT NOT NULL,
    signature TEXT NOT NULL,
    leaves TEXT NOT NULL,
    PRIMARY KEY (county, stream, number)
);

-- What verifications found.
CREATE TABLE seal_checks (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    person BIGINT NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (county, id)
);

-- only sqlite
CREATE TRIGGER seal_blocks_keep BEFORE UPDATE ON seal_blocks BEGIN SELECT RAISE(ABORT, 'seals are never changed'); END;
CREATE TRIGGER seal_blocks_stay BEFORE DELETE ON seal_blocks BEGIN SELECT RAISE(ABORT, 'seals are never deleted'); END;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('seal_blocks', 'sqlite_autoindex_seal_blocks_1', '1000 1000 500 1');
ANALYZE sqlite_schema;
-- only postgresql
CREATE TRIGGER seal_blocks_keep BEFORE UPDATE OR DELETE ON seal_blocks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_blocks_stay BEFORE TRUNCATE ON seal_blocks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- both
