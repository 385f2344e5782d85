-- Hardly any pupil has two homes, so a form for every home of a county looks for those alone.
CREATE INDEX carers_second_home ON carers (county, student) WHERE household <> 1;

-- Whose families all pupils of a county are is read from the index.
DROP INDEX students_family;
CREATE INDEX students_family ON students (county, family, person);
-- only sqlite
DELETE FROM sqlite_stat1 WHERE idx = 'students_family';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('carers', 'carers_second_home', '5000 5000 1'),
    ('students', 'students_family', '60000 60000 2 1');
ANALYZE sqlite_schema;
