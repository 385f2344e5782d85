-- Who volunteered, in the order of people: a page of them is the beginning of this index, however large the ledger is.
CREATE INDEX entries_volunteers ON entries (county, person, happened_at) WHERE kind IN ('volunteer.class', 'volunteer.duty', 'volunteer.other');

-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('entries', 'entries_volunteers', '50000 50000 10 1');
ANALYZE sqlite_schema;
