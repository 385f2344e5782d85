-- Home visits where there is no net: what each visitor changed of a record, and which teams are out. A school chooses itself whether
-- addresses are looked up by a service.
CREATE TABLE visit_edits (
    county BIGINT NOT NULL,
    visit BIGINT NOT NULL,
    edit BIGINT NOT NULL,
    author BIGINT NOT NULL,
    written_at BIGINT NOT NULL,
    saw TEXT NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (county, visit, edit)
) CLUSTERED;

CREATE TABLE visit_outings (
    county BIGINT NOT NULL,
    team BIGINT NOT NULL,
    day BIGINT NOT NULL,
    left_at BIGINT NOT NULL,
    left_by BIGINT NOT NULL,
    back_at BIGINT NOT NULL,
    back_by BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (county, team, day)
) CLUSTERED;

ALTER TABLE visit_campaigns ADD COLUMN asks_geocoder BOOLEAN NOT NULL DEFAULT FALSE;
