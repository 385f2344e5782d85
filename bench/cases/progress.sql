-- What one heartbeat takes at the least, for pgbench: who asks, the person's clock with the lesson, both written back. :the_county and
-- :the_people (a list) are filled in before.
\set place random(1, :the_learners)
\set now 1772704800000
BEGIN;
SELECT s.county, s.id, s.person, s.acting_as FROM sessions s JOIN accounts a ON a.county = s.county AND a.person = s.person LIMIT 1;
SELECT c.person, c.viewing, c.used_until, p.length, p.watched, p.seconds FROM learner_clocks c JOIN unit_progress p ON p.county = c.county AND p.person = c.person AND p.unit = c.unit
WHERE c.county = :the_county AND c.person = (ARRAY[:the_people])[:place] FOR UPDATE;
UPDATE unit_progress SET watched = reverse(watched), seconds = seconds + 1, position_ms = :now WHERE county = :the_county AND person = (ARRAY[:the_people])[:place] AND unit = 1;
UPDATE learner_clocks SET used_until = :now WHERE county = :the_county AND person = (ARRAY[:the_people])[:place];
COMMIT;
