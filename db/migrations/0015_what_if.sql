-- Trials (试算) of a changed plan over the ledger as it is. What they found is kept for a while, to be looked at from all sides.
CREATE TABLE what_ifs (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit BIGINT NOT NULL, -- of whoever asked: those whose reach holds it may see it
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    job BIGINT NOT NULL,
    day BIGINT NOT NULL,
    plan BIGINT NOT NULL, -- the loaded version that was tried; 0 for a text
    body TEXT NOT NULL, -- that text
    file_name TEXT NOT NULL,
    against BIGINT NOT NULL, -- the version that it was held against; 0 for none
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    finished_at BIGINT,
    summary TEXT NOT NULL,
    PRIMARY KEY (county, id)
);

CREATE TABLE what_if_figures (
    county BIGINT NOT NULL,
    what_if BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    obligation TEXT NOT NULL,
    total_before BIGINT NOT NULL,
    covered_before BIGINT NOT NULL,
    excused_before BIGINT NOT NULL,
    total_after BIGINT NOT NULL,
    covered_after BIGINT NOT NULL,
    excused_after BIGINT NOT NULL,
    newly_covered BIGINT NOT NULL,
    newly_missing BIGINT NOT NULL,
    PRIMARY KEY (county, what_if, unit, obligation)
) CLUSTERED;

-- The first of those whom the change makes meet or miss an obligation.
CREATE TABLE what_if_subjects (
    county BIGINT NOT NULL,
    what_if BIGINT NOT NULL,
    obligation TEXT NOT NULL,
    subject BIGINT NOT NULL,
    is_covered BIGINT NOT NULL,
    PRIMARY KEY (county, what_if, obligation, subject)
) CLUSTERED;

-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('what_ifs', 'sqlite_autoindex_what_ifs_1', '20 20 1'),
    ('what_if_figures', 'what_if_figures', '100000 100000 20000 10 1'),
    ('what_if_subjects', 'what_if_subjects', '20000 20000 5000 500 1');
ANALYZE sqlite_schema;
-- both
