-- Sheets of paper for families without a smartphone: a code that is typed in leads from a sheet back to what it was printed from.
CREATE TABLE sheet_codes (
    county BIGINT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('notice', 'form')),
    subject BIGINT NOT NULL,
    PRIMARY KEY (county, code)
) CLUSTERED;
CREATE UNIQUE INDEX sheet_codes_by_subject ON sheet_codes (county, kind, subject);
INSERT INTO sheet_codes (county, code, kind, subject) SELECT county, code, 'notice', id FROM notices;
DROP INDEX notices_by_code;
ALTER TABLE notices DROP COLUMN code;

-- Who typed an answer in that came on paper, and for which child it was handed in; 0: it did not.
ALTER TABLE form_answers ADD COLUMN entered_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE form_answers ADD COLUMN student BIGINT NOT NULL DEFAULT 0;
CREATE INDEX form_answers_on_paper ON form_answers (county, form, id) WHERE entered_by <> 0;
-- Who compared a commitment on paper with what was entered; 0 for those that guardians signed themselves.
ALTER TABLE form_signatures ADD COLUMN checked_by BIGINT NOT NULL DEFAULT 0;

-- Commitments on paper that wait for a second look.
CREATE TABLE form_slips (
    county BIGINT NOT NULL,
    form BIGINT NOT NULL,
    student BIGINT NOT NULL,
    signed_by BIGINT NOT NULL,
    signed_at BIGINT NOT NULL,
    recorded_by BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (county, form, student)
) CLUSTERED;
-- only sqlite
DELETE FROM sqlite_stat1 WHERE idx = 'notices_by_code';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('sheet_codes', 'sheet_codes', '20000 20000 1'),
    ('sheet_codes', 'sheet_codes_by_subject', '20000 20000 10000 1'),
    ('form_answers', 'form_answers_on_paper', '20000 20000 50 1'),
    ('form_slips', 'form_slips', '2000 2000 100 1');
ANALYZE sqlite_schema;
-- both
