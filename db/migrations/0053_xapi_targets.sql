-- The statement that is the object of another one, so that this one is found by what that one is about, also where it comes later. What came
-- in before lies sealed, and is found by what it says itself.
ALTER TABLE xapi_statements ADD COLUMN target TEXT NOT NULL DEFAULT '';
CREATE INDEX xapi_statements_target ON xapi_statements (county, target) WHERE target <> '';
-- A registration is one learner's in one course: few records of many.
CREATE INDEX xapi_statements_registration ON xapi_statements (county, registration) WHERE registration <> '';

-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('xapi_statements', 'xapi_statements_target', '10000 10000 2'),
    ('xapi_statements', 'xapi_statements_registration', '50000 50000 20');
ANALYZE sqlite_schema;
