-- Home visits: a school's campaign of a term, one visit for each pupil, the teams that make them, what was agreed.
CREATE TABLE visit_campaigns (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    school BIGINT NOT NULL,
    title TEXT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    most_a_day BIGINT NOT NULL,
    metres_per_minute BIGINT NOT NULL,
    base TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    job BIGINT NOT NULL,
    planned_at BIGINT NOT NULL,
    metres BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX visit_campaigns_by_school ON visit_campaigns (county, school);

CREATE TABLE visit_teams (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    campaign BIGINT NOT NULL,
    class BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX visit_teams_by_campaign ON visit_teams (county, campaign);

CREATE TABLE visit_team_members (
    county BIGINT NOT NULL,
    team BIGINT NOT NULL,
    person BIGINT NOT NULL,
    is_leader BOOLEAN NOT NULL,
    hours TEXT NOT NULL,
    PRIMARY KEY (county, team, person)
) CLUSTERED;
CREATE INDEX visit_team_members_by_person ON visit_team_members (county, person);

CREATE TABLE visits (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    campaign BIGINT NOT NULL,
    student BIGINT NOT NULL,
    class BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'wished', 'planned', 'published', 'confirmed', 'moved', 'done', 'declined')),
    wish TEXT NOT NULL CHECK (wish IN ('unknown', 'home', 'school', 'neutral', 'online', 'not_now')),
    reason TEXT NOT NULL,
    times TEXT NOT NULL,
    place TEXT NOT NULL,
    priority BIGINT NOT NULL,
    answered_by BIGINT NOT NULL,
    team BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    is_pinned BOOLEAN NOT NULL,
    left_because TEXT NOT NULL,
    proof TEXT NOT NULL CHECK (proof IN ('none', 'code', 'family')),
    proved_at BIGINT NOT NULL,
    form TEXT NOT NULL,
    record TEXT NOT NULL,
    recorded_by BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    declined_entry BIGINT NOT NULL,
    round BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX visits_by_campaign ON visits (county, campaign, class);
CREATE UNIQUE INDEX visits_by_student ON visits (county, student, campaign);
CREATE INDEX visits_by_team ON visits (county, team, starts_at);

-- What family and school agreed to do, each on its side.
CREATE TABLE visit_points (
    county BIGINT NOT NULL,
    visit BIGINT NOT NULL,
    number BIGINT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('family', 'school')),
    words TEXT NOT NULL,
    due_day BIGINT NOT NULL,
    done_at BIGINT NOT NULL,
    done_by BIGINT NOT NULL,
    PRIMARY KEY (county, visit, number)
) CLUSTERED;
