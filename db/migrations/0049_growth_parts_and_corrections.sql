-- What was written without a net while a campaign was open, and came when it was closed: taken in, and shown to whoever leads it.
ALTER TABLE visit_campaigns ADD COLUMN closed_at BIGINT NOT NULL DEFAULT 0;

CREATE TABLE visit_corrections (
    county BIGINT NOT NULL,
    visit BIGINT NOT NULL,
    edit BIGINT NOT NULL,
    campaign BIGINT NOT NULL,
    author BIGINT NOT NULL,
    written_at BIGINT NOT NULL,
    arrived_at BIGINT NOT NULL,
    fields TEXT NOT NULL,
    minutes_before BIGINT NOT NULL,
    minutes_after BIGINT NOT NULL,
    entry_before BIGINT NOT NULL,
    entry_after BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    read_by BIGINT NOT NULL,
    PRIMARY KEY (county, visit, edit)
) CLUSTERED;
CREATE INDEX visit_corrections_by_campaign ON visit_corrections (county, campaign, arrived_at);

-- What another program was told by an address of somebody's calendar: a change is told as one, and what is gone is called off. No words.
CREATE TABLE calendar_told (
    county BIGINT NOT NULL,
    feed BIGINT NOT NULL,
    uid TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    is_whole_days BOOLEAN NOT NULL,
    digest TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    is_gone BOOLEAN NOT NULL,
    PRIMARY KEY (county, feed, uid)
) CLUSTERED;

-- Growth books that pupils brought from other installations, as they were signed there.
CREATE TABLE growth_parts (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    student BIGINT NOT NULL,
    digest TEXT NOT NULL,
    key_mark TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    taken_by BIGINT NOT NULL,
    book TEXT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX growth_parts_by_student ON growth_parts (county, student, digest);
