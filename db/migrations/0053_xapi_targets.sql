-- The statement that is the object of another one, so that this one is found by what that one is about, also where it comes later. What came
-- in before lies sealed, and is found by what it says itself.
ALTER TABLE xapi_statements ADD COLUMN target TEXT NOT NULL DEFAULT '';
CREATE INDEX xapi_statements_target ON xapi_statements (county, target) WHERE target <> '';
CREATE INDEX xapi_statements_about ON xapi_statements (county, credential, id) WHERE target <> '';

-- What a log-in sent is asked for by each of these, in the order of storing; without, a rare one walks all that it ever sent.
CREATE INDEX xapi_statements_verb ON xapi_statements (county, credential, verb, id);
CREATE INDEX xapi_statements_activity ON xapi_statements (county, credential, activity, id) WHERE activity <> '';
CREATE INDEX xapi_statements_registration ON xapi_statements (county, registration) WHERE registration <> '';

-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('xapi_statements', 'xapi_statements_target', '10000 10000 2'),
    ('xapi_statements', 'xapi_statements_about', '10000 10000 1000 1'),
    ('xapi_statements', 'xapi_statements_verb', '100000 100000 10000 2000 1'),
    ('xapi_statements', 'xapi_statements_activity', '100000 100000 10000 100 1'),
    ('xapi_statements', 'xapi_statements_registration', '50000 50000 20');
ANALYZE sqlite_schema;
