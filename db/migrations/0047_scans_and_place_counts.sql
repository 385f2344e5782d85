-- A pupil who came in while the phone at the gate was off line, on a journey that no guardian had agreed to: the scan stays, since the
-- child was there, and whoever runs the event is told.
ALTER TABLE activity_scans ADD COLUMN is_without_consent BOOLEAN NOT NULL DEFAULT FALSE;

-- How many have a place and how many wait, kept beside every change: counting thousands anew for each group of sign-ups took half of the time of a rush.
CREATE TABLE activity_place_counts (
    county BIGINT NOT NULL,
    activity BIGINT NOT NULL,
    quota BIGINT NOT NULL,
    rank BIGINT NOT NULL,
    had_turn BOOLEAN NOT NULL,
    is_placed BOOLEAN NOT NULL,
    is_offered BOOLEAN NOT NULL,
    people BIGINT NOT NULL,
    PRIMARY KEY (county, activity, quota, rank, had_turn, is_placed, is_offered)
) CLUSTERED;
INSERT INTO activity_place_counts (county, activity, quota, rank, had_turn, is_placed, is_offered, people)
SELECT county, activity, quota, rank, had_turn, state = 'placed', offered_until > 0, count(*)
FROM activity_sign_ups WHERE state <> 'cancelled' GROUP BY county, activity, quota, rank, had_turn, state = 'placed', offered_until > 0;

-- only sqlite
CREATE TRIGGER place_counts_of_new AFTER INSERT ON activity_sign_ups WHEN NEW.state <> 'cancelled' BEGIN
    INSERT INTO activity_place_counts VALUES (NEW.county, NEW.activity, NEW.quota, NEW.rank, NEW.had_turn, NEW.state = 'placed', NEW.offered_until > 0, 1)
        ON CONFLICT (county, activity, quota, rank, had_turn, is_placed, is_offered) DO UPDATE SET people = people + 1;
END;
CREATE TRIGGER place_counts_of_removed AFTER DELETE ON activity_sign_ups WHEN OLD.state <> 'cancelled' BEGIN
    UPDATE activity_place_counts SET people = people - 1 WHERE county = OLD.county AND activity = OLD.activity AND quota = OLD.quota AND rank = OLD.rank
        AND had_turn = OLD.had_turn AND is_placed = (OLD.state = 'placed') AND is_offered = (OLD.offered_until > 0);
END;
CREATE TRIGGER place_counts_before AFTER UPDATE OF county, activity, state, quota, rank, had_turn, offered_until ON activity_sign_ups
    WHEN OLD.state <> 'cancelled' BEGIN
    UPDATE activity_place_counts SET people = people - 1 WHERE county = OLD.county AND activity = OLD.activity AND quota = OLD.quota AND rank = OLD.rank
        AND had_turn = OLD.had_turn AND is_placed = (OLD.state = 'placed') AND is_offered = (OLD.offered_until > 0);
END;
CREATE TRIGGER place_counts_after AFTER UPDATE OF county, activity, state, quota, rank, had_turn, offered_until ON activity_sign_ups
    WHEN NEW.state <> 'cancelled' BEGIN
    INSERT INTO activity_place_counts VALUES (NEW.county, NEW.activity, NEW.quota, NEW.rank, NEW.had_turn, NEW.state = 'placed', NEW.offered_until > 0, 1)
        ON CONFLICT (county, activity, quota, rank, had_turn, is_placed, is_offered) DO UPDATE SET people = people + 1;
END;
-- only postgresql
CREATE FUNCTION place_counts_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN
        IF OLD.state <> 'cancelled' THEN
            UPDATE activity_place_counts SET people = people - 1 WHERE county = OLD.county AND activity = OLD.activity AND quota = OLD.quota
                AND rank = OLD.rank AND had_turn = OLD.had_turn AND is_placed = (OLD.state = 'placed') AND is_offered = (OLD.offered_until > 0);
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        IF NEW.state <> 'cancelled' THEN
            INSERT INTO activity_place_counts AS c VALUES (NEW.county, NEW.activity, NEW.quota, NEW.rank, NEW.had_turn, NEW.state = 'placed',
                NEW.offered_until > 0, 1)
                ON CONFLICT (county, activity, quota, rank, had_turn, is_placed, is_offered) DO UPDATE SET people = c.people + 1;
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER place_counts_of_rows AFTER INSERT OR DELETE ON activity_sign_ups FOR EACH ROW EXECUTE FUNCTION place_counts_change();
CREATE TRIGGER place_counts_of_changes AFTER UPDATE OF county, activity, state, quota, rank, had_turn, offered_until ON activity_sign_ups
    FOR EACH ROW EXECUTE FUNCTION place_counts_change();
-- both
