-- What appending one entry takes at the least, for pgbench: who asks, the pupil's class, the entry, its tally, the audit line. :the_county and
-- :the_pupil are filled in before.
\set subject random(1, 2000)
\set id random(1, 9000000000000000000)
\set now 1772704800000
BEGIN;
SELECT s.county, s.id, s.person, s.acting_as FROM sessions s JOIN accounts a ON a.county = s.county AND a.person = s.person LIMIT 1;
SELECT p.id, o.path FROM posts p JOIN organisations o ON o.county = p.county AND o.id = p.organisation WHERE p.county = :the_county AND p.person = :the_pupil;
SELECT e.class, o.path FROM enrolments e JOIN organisations o ON o.county = e.county AND o.id = e.class WHERE e.county = :the_county AND e.student = :the_pupil;
INSERT INTO entries (county, id, kind, happened_at, recorded_at, recorded_by, person, student, unit, resource, minutes, count, source, reverses, reason, data)
VALUES (:the_county, :id, 'visit.phone', :now, :now, 1, 0, :the_pupil, 1, 0, 0, 1, 'bench:' || :id, 0, '', '{}') ON CONFLICT DO NOTHING RETURNING id;
SELECT amount, excuses, parts, state FROM tallies WHERE county = :the_county AND requirement = 1 AND period = 20260201 AND subject = :subject;
INSERT INTO tallies (county, requirement, period, subject, amount, excuses, parts, state) VALUES (:the_county, 1, 20260201, :subject, 1, 0, '', 1)
ON CONFLICT (county, requirement, period, subject) DO UPDATE SET amount = tallies.amount + 1;
INSERT INTO audit (county, id, at, person, acting_as, action, subject, address, request, detail)
VALUES (:the_county, :id, :now, 1, 1, 'entry_append', 'entry', '127.0.0.1', 'bench', '{}');
COMMIT;
