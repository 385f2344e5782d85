-- The latest state of the database as SQLite holds it, derived from db/migrations by bin/schema.

CREATE TABLE access_requests (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    post INTEGER NOT NULL,
    student INTEGER NOT NULL,
    reason TEXT NOT NULL,
    hours INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn', 'ended')),
    asked_at INTEGER NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER,
    decision TEXT NOT NULL,
    until INTEGER,
    opened INTEGER NOT NULL,
    reviewed_by INTEGER NOT NULL,
    reviewed_at INTEGER,
    review TEXT NOT NULL CHECK (review IN ('', 'proper', 'improper')),
    review_words TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX access_requests_person ON access_requests (county, person, id);
CREATE INDEX access_requests_state ON access_requests (county, state, id);
CREATE INDEX access_requests_student ON access_requests (county, student, id);

CREATE TABLE access_stamps (
    county INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    PRIMARY KEY (county)
) STRICT;

CREATE TABLE accounts (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    user_name TEXT NOT NULL,
    phone TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    must_change INTEGER NOT NULL,
    disabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    password_changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL, has_second_factor INTEGER NOT NULL DEFAULT FALSE,
    PRIMARY KEY (county, person)
) STRICT;
CREATE INDEX accounts_any_phone ON accounts (substr(phone, 1, 28)) WHERE phone <> '';
CREATE INDEX accounts_any_user_name ON accounts (user_name) WHERE user_name <> '';
CREATE UNIQUE INDEX accounts_phone ON accounts (county, substr(phone, 1, 28)) WHERE phone <> '';
CREATE UNIQUE INDEX accounts_user_name ON accounts (county, user_name) WHERE user_name <> '';
CREATE TRIGGER access_of_accounts AFTER UPDATE OF county, person, must_change, disabled, has_second_factor ON accounts
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_removed_accounts AFTER DELETE ON accounts
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;

CREATE TABLE activities (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    series INTEGER NOT NULL,
    organiser INTEGER NOT NULL,
    resource INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    search TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    place TEXT NOT NULL,
    link TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('families', 'staff', 'pupils', 'everybody')),
    capacity INTEGER NOT NULL,
    needs_sign_up INTEGER NOT NULL,
    remind_minutes INTEGER NOT NULL,
    reminded_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('announced', 'cancelled', 'closed')),
    reason TEXT NOT NULL,
    replay INTEGER NOT NULL,
    round INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    closed_by INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activities_by_kind ON activities (county, kind, starts_at);
CREATE INDEX activities_by_organiser ON activities (county, organiser, starts_at);
CREATE INDEX activities_by_series ON activities (county, series, starts_at);
CREATE INDEX activities_by_time ON activities (county, starts_at, id);

CREATE TABLE activity_admissions (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    check_type TEXT NOT NULL CHECK (check_type IN ('once', 'in_out')),
    PRIMARY KEY (county, activity)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_approval_rules (
    county INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    kinds TEXT NOT NULL,
    travelling INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, organisation)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_budgets (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    planned INTEGER NOT NULL,
    source TEXT NOT NULL,
    spent INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (county, activity)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_consents (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    student INTEGER NOT NULL,
    person INTEGER NOT NULL,
    agrees INTEGER NOT NULL,
    note TEXT NOT NULL,
    hash TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (county, activity, student)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_consents_by_person ON activity_consents (county, person);
CREATE INDEX activity_consents_by_student ON activity_consents (county, student);

CREATE TABLE activity_drafts (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    organiser INTEGER NOT NULL,
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    kind TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'returned', 'approved', 'published')),
    created_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    proposed_by INTEGER NOT NULL,
    proposed_at INTEGER NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    activity INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_drafts_by_creator ON activity_drafts (county, created_by);
CREATE INDEX activity_drafts_by_organiser ON activity_drafts (county, organiser);

CREATE TABLE activity_feedback (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    person INTEGER NOT NULL,
    stars INTEGER NOT NULL,
    comment TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (county, activity, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_feedback_by_person ON activity_feedback (county, person);

CREATE TABLE activity_gates (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (county, activity, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_logs (
    county INTEGER NOT NULL,
    import INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    PRIMARY KEY (county, import)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_moves (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    person INTEGER NOT NULL,
    destination TEXT NOT NULL CHECK (destination IN ('front', 'end')),
    reason TEXT NOT NULL,
    moved_by INTEGER NOT NULL,
    moved_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_moves_by_activity ON activity_moves (county, activity, person);
CREATE INDEX activity_moves_by_person ON activity_moves (county, person);

CREATE TABLE activity_parties (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('audience', 'partner', 'leader')),
    party INTEGER NOT NULL,
    PRIMARY KEY (county, activity, part, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_parties_by_party ON activity_parties (county, party, part);

CREATE TABLE activity_place_counts (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    quota INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    had_turn INTEGER NOT NULL,
    is_placed INTEGER NOT NULL,
    is_offered INTEGER NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (county, activity, quota, rank, had_turn, is_placed, is_offered)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_place_rules (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    opens_at INTEGER NOT NULL,
    closes_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    waiting TEXT NOT NULL CHECK (waiting IN ('automatic', 'offer')),
    offer_minutes INTEGER NOT NULL,
    release_at INTEGER NOT NULL,
    is_released INTEGER NOT NULL,
    PRIMARY KEY (county, activity)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_place_rules_by_release ON activity_place_rules (county, release_at) WHERE release_at > 0 AND NOT is_released;

CREATE TABLE activity_presence (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    person INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('code', 'list', 'log')),
    number INTEGER NOT NULL,
    student INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    brought_by INTEGER NOT NULL,
    noted_by INTEGER NOT NULL,
    noted_at INTEGER NOT NULL,
    PRIMARY KEY (county, activity, person, source, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_presence_by_import ON activity_presence (county, brought_by);
CREATE INDEX activity_presence_by_noter ON activity_presence (county, noted_by);
CREATE INDEX activity_presence_by_person ON activity_presence (county, person);

CREATE TABLE activity_quotas (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    number INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    stage TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('', 'carer', 'pupil', 'staff')),
    kind TEXT NOT NULL,
    places INTEGER NOT NULL,
    PRIMARY KEY (county, activity, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_results (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    person INTEGER NOT NULL,
    student INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    PRIMARY KEY (county, activity, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_results_by_person ON activity_results (county, person);

CREATE TABLE activity_roles (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    person INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('taught', 'helped')),
    PRIMARY KEY (county, activity, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_roles_by_person ON activity_roles (county, person);

CREATE TABLE activity_scan_undoings (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    device TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    undone_by INTEGER NOT NULL,
    PRIMARY KEY (county, activity, device, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_scans (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    device TEXT NOT NULL,
    number INTEGER NOT NULL,
    person INTEGER NOT NULL,
    student INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    gate TEXT NOT NULL,
    means TEXT NOT NULL CHECK (means IN ('code', 'paper', 'venue', 'hand', 'count')),
    at INTEGER NOT NULL,
    clock_ahead_ms INTEGER NOT NULL,
    noted_by INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('counted', 'repeated', 'unmatched', 'undone')), is_without_consent INTEGER NOT NULL DEFAULT FALSE,
    PRIMARY KEY (county, activity, device, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_scans_by_noter ON activity_scans (county, noted_by);
CREATE INDEX activity_scans_by_person ON activity_scans (county, person, activity);
CREATE INDEX activity_scans_by_time ON activity_scans (county, activity, at);

CREATE TABLE activity_sign_ups (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    person INTEGER NOT NULL,
    student INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('placed', 'waiting', 'cancelled')),
    number INTEGER NOT NULL,
    signed_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, quota INTEGER NOT NULL DEFAULT 0, rank INTEGER NOT NULL DEFAULT 0, had_turn INTEGER NOT NULL DEFAULT FALSE, together INTEGER NOT NULL DEFAULT 0, offered_until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (county, activity, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_sign_ups_by_person ON activity_sign_ups (county, person);
CREATE INDEX activity_sign_ups_by_signer ON activity_sign_ups (county, signed_by);
CREATE INDEX activity_sign_ups_offered ON activity_sign_ups (county, offered_until) WHERE offered_until > 0;
CREATE TRIGGER place_counts_after AFTER UPDATE OF county, activity, state, quota, rank, had_turn, offered_until ON activity_sign_ups
    WHEN NEW.state <> 'cancelled' BEGIN
    INSERT INTO activity_place_counts VALUES (NEW.county, NEW.activity, NEW.quota, NEW.rank, NEW.had_turn, NEW.state = 'placed', NEW.offered_until > 0, 1)
        ON CONFLICT (county, activity, quota, rank, had_turn, is_placed, is_offered) DO UPDATE SET people = people + 1;
END;
CREATE TRIGGER place_counts_before AFTER UPDATE OF county, activity, state, quota, rank, had_turn, offered_until ON activity_sign_ups
    WHEN OLD.state <> 'cancelled' BEGIN
    UPDATE activity_place_counts SET people = people - 1 WHERE county = OLD.county AND activity = OLD.activity AND quota = OLD.quota AND rank = OLD.rank
        AND had_turn = OLD.had_turn AND is_placed = (OLD.state = 'placed') AND is_offered = (OLD.offered_until > 0);
END;
CREATE TRIGGER place_counts_of_new AFTER INSERT ON activity_sign_ups WHEN NEW.state <> 'cancelled' BEGIN
    INSERT INTO activity_place_counts VALUES (NEW.county, NEW.activity, NEW.quota, NEW.rank, NEW.had_turn, NEW.state = 'placed', NEW.offered_until > 0, 1)
        ON CONFLICT (county, activity, quota, rank, had_turn, is_placed, is_offered) DO UPDATE SET people = people + 1;
END;
CREATE TRIGGER place_counts_of_removed AFTER DELETE ON activity_sign_ups WHEN OLD.state <> 'cancelled' BEGIN
    UPDATE activity_place_counts SET people = people - 1 WHERE county = OLD.county AND activity = OLD.activity AND quota = OLD.quota AND rank = OLD.rank
        AND had_turn = OLD.had_turn AND is_placed = (OLD.state = 'placed') AND is_offered = (OLD.offered_until > 0);
END;

CREATE TABLE activity_slots (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    number INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    person INTEGER NOT NULL,
    student INTEGER NOT NULL,
    booked_at INTEGER NOT NULL,
    PRIMARY KEY (county, activity, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX activity_slots_by_person ON activity_slots (county, person, activity) WHERE person <> 0;

CREATE TABLE activity_templates (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_templates_by_owner ON activity_templates (county, owner);

CREATE TABLE activity_travels (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    sheet TEXT NOT NULL,
    PRIMARY KEY (county, activity)
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm_answers (
    county INTEGER NOT NULL,
    alarm INTEGER NOT NULL,
    person INTEGER NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('none', 'safe', 'needs_help')),
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (county, alarm, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX alarm_answers_by_person ON alarm_answers (county, person);

CREATE TABLE alarm_classes (
    county INTEGER NOT NULL,
    alarm INTEGER NOT NULL,
    class INTEGER NOT NULL,
    leader INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,
    reported_by INTEGER NOT NULL,
    reported_at INTEGER NOT NULL,
    PRIMARY KEY (county, alarm, class)
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm_marks (
    county INTEGER NOT NULL,
    alarm INTEGER NOT NULL,
    student INTEGER NOT NULL,
    class INTEGER NOT NULL,
    is_present INTEGER NOT NULL,
    marked_at INTEGER NOT NULL,
    marked_by INTEGER NOT NULL,
    PRIMARY KEY (county, alarm, student)
) STRICT, WITHOUT ROWID;
CREATE INDEX alarm_marks_by_student ON alarm_marks (county, student);

CREATE TABLE alarms (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    school INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('fire', 'earthquake', 'intruder', 'medical', 'weather', 'other')),
    words TEXT NOT NULL,
    raised_by INTEGER NOT NULL,
    raised_at INTEGER NOT NULL,
    ended_by INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alarms_by_school ON alarms (county, school, raised_at);

CREATE TABLE answer_templates (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    templates TEXT NOT NULL,
    PRIMARY KEY (county, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (county, person, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE archives (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('making', 'ready', 'failed', 'removed')),
    job INTEGER NOT NULL,
    secret TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    file_count INTEGER NOT NULL,
    file_size INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    ready_at INTEGER,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE assignments (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    course INTEGER NOT NULL,
    title TEXT NOT NULL,
    instructions TEXT NOT NULL,
    template TEXT NOT NULL,
    criteria TEXT NOT NULL,
    peers INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    due_on INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignments_by_course ON assignments (county, course);

CREATE TABLE audit (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person INTEGER NOT NULL,
    acting_as INTEGER NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    address TEXT NOT NULL,
    request TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_person ON audit (county, person, id);
CREATE INDEX audit_subject ON audit (county, subject, id);
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

CREATE TABLE board_answers (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    topic INTEGER NOT NULL,
    body TEXT NOT NULL,
    author INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at INTEGER NOT NULL,
    hidden_by INTEGER NOT NULL,
    hidden_reason TEXT NOT NULL,
    marked_by INTEGER NOT NULL,
    marked_at INTEGER NOT NULL,
    marks INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX board_answers_by_author ON board_answers (county, author);
CREATE INDEX board_answers_by_topic ON board_answers (county, topic);

CREATE TABLE board_topics (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    course INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    search TEXT NOT NULL,
    author INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at INTEGER NOT NULL,
    active_at INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    is_pinned INTEGER NOT NULL,
    is_closed INTEGER NOT NULL,
    hidden_by INTEGER NOT NULL,
    hidden_reason TEXT NOT NULL,
    helpful INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX board_topics_by_author ON board_topics (county, author);
CREATE INDEX board_topics_by_course ON board_topics (county, course, active_at);

CREATE TABLE calendar_days (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('day_off', 'working_day')),
    title TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_days_by_day ON calendar_days (county, to_day);

CREATE TABLE calendar_feeds (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('own', 'own_and_children')),
    token_hash TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    created_at INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_feeds_by_person ON calendar_feeds (county, person);
CREATE UNIQUE INDEX calendar_feeds_by_token ON calendar_feeds (county, token_hash);

CREATE TABLE calendar_told (
    county INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    uid TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    is_whole_days INTEGER NOT NULL,
    digest TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    is_gone INTEGER NOT NULL,
    PRIMARY KEY (county, feed, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE carers (
    county INTEGER NOT NULL,
    student INTEGER NOT NULL,
    carer INTEGER NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('father', 'mother', 'grandparent', 'sibling', 'relative', 'other')),
    position INTEGER NOT NULL,
    is_guardian INTEGER NOT NULL,
    import INTEGER NOT NULL, household INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (county, student, carer)
) STRICT, WITHOUT ROWID;
CREATE INDEX carers_carer ON carers (county, carer);
CREATE INDEX carers_second_home ON carers (county, student) WHERE household <> 1;

CREATE TABLE certificate_batches (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    plan TEXT NOT NULL,
    credential TEXT NOT NULL,
    unit INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    day INTEGER NOT NULL,
    job INTEGER NOT NULL,
    issued INTEGER NOT NULL,
    archive TEXT NOT NULL,
    archive_bytes INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate_series (
    county INTEGER NOT NULL,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (county, series, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificates (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    plan TEXT NOT NULL,
    plan_version INTEGER NOT NULL,
    credential TEXT NOT NULL,
    unit INTEGER NOT NULL,
    holder_kind TEXT NOT NULL,
    holder INTEGER NOT NULL,
    holder_name TEXT NOT NULL,
    search TEXT NOT NULL,
    period INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    issuer TEXT NOT NULL,
    template TEXT NOT NULL,
    statement TEXT NOT NULL,
    achieved TEXT NOT NULL,
    code TEXT NOT NULL,
    batch INTEGER NOT NULL,
    status_index INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_by INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('valid', 'revoked', 'superseded')),
    ended_at INTEGER NOT NULL,
    ended_by INTEGER NOT NULL,
    reason TEXT NOT NULL,
    replaces INTEGER NOT NULL,
    replaced_by INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX certificates_by_batch ON certificates (county, batch);
CREATE INDEX certificates_by_holder ON certificates (county, holder);
CREATE UNIQUE INDEX certificates_by_number ON certificates (county, number);
CREATE UNIQUE INDEX certificates_by_status ON certificates (county, status_index);
CREATE UNIQUE INDEX certificates_once ON certificates (county, plan, credential, holder, period) WHERE state = 'valid';

CREATE TABLE change_fields (
    county INTEGER NOT NULL,
    request INTEGER NOT NULL,
    place INTEGER NOT NULL,
    field TEXT NOT NULL,
    present TEXT NOT NULL,
    wanted TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused')),
    reason TEXT NOT NULL,
    PRIMARY KEY (county, request, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE change_requests (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    student INTEGER NOT NULL,
    person INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'decided', 'withdrawn')),
    campaign INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX change_requests_person ON change_requests (county, person);
CREATE INDEX change_requests_student ON change_requests (county, student);

CREATE TABLE check_answers (
    county INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    student INTEGER NOT NULL,
    carer INTEGER NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('right', 'changes')),
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (county, campaign, student, carer)
) STRICT, WITHOUT ROWID;

CREATE TABLE check_campaigns (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    title TEXT NOT NULL,
    deadline INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    reminded_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE class_changes (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    student INTEGER NOT NULL,
    from_class INTEGER NOT NULL,
    to_class INTEGER NOT NULL,
    on_day INTEGER NOT NULL,
    reason TEXT NOT NULL,
    changed_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX class_changes_student ON class_changes (county, student);

CREATE TABLE class_codes (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    class INTEGER NOT NULL,
    code TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE UNIQUE INDEX class_codes_any_code ON class_codes (code);
CREATE INDEX class_codes_class ON class_codes (county, class);

CREATE TABLE collected_questions (
    county INTEGER NOT NULL,
    course INTEGER NOT NULL,
    person INTEGER NOT NULL,
    text TEXT NOT NULL,
    handed_in_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (county, course, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_acts (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    student INTEGER NOT NULL,
    person INTEGER NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('given', 'refused', 'withdrawn')),
    relation TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX consent_acts_key ON consent_acts (county, key, id);
CREATE INDEX consent_acts_student ON consent_acts (county, student, key, id);
CREATE TRIGGER consent_acts_keep BEFORE UPDATE ON consent_acts BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER consent_acts_stay BEFORE DELETE ON consent_acts BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;

CREATE TABLE consent_purposes (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    title TEXT NOT NULL,
    words TEXT NOT NULL,
    data_items TEXT NOT NULL,
    recipients TEXT NOT NULL,
    kept_months INTEGER NOT NULL,
    asks_again INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    published_by INTEGER NOT NULL,
    withdrawn_at INTEGER,
    PRIMARY KEY (county, id)
) STRICT;
CREATE UNIQUE INDEX consent_purposes_version ON consent_purposes (county, key, version);

CREATE TABLE conversation_answers (
    county INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    answered_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (county, conversation, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_answers_by_unit ON conversation_answers (county, unit, answered_at);

CREATE TABLE conversation_files (
    county INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    blob TEXT NOT NULL,
    added_by INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (county, conversation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation_members (
    county INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    person INTEGER NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('staff', 'carer')),
    read_position INTEGER NOT NULL,
    letter INTEGER NOT NULL,
    added_by INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    left_at INTEGER NOT NULL,
    PRIMARY KEY (county, conversation, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_members_by_person ON conversation_members (county, person, conversation);

CREATE TABLE conversation_messages (
    county INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    author INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'automatic', 'joined', 'left', 'inspected')),
    body TEXT NOT NULL,
    about INTEGER NOT NULL,
    at INTEGER NOT NULL,
    withdrawn_at INTEGER NOT NULL,
    client TEXT NOT NULL,
    PRIMARY KEY (county, conversation, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX conversation_messages_once ON conversation_messages (county, author, client) WHERE client <> '';

CREATE TABLE conversation_reports (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    school INTEGER NOT NULL,
    position INTEGER NOT NULL,
    until_position INTEGER NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'working', 'closed')),
    outcome TEXT NOT NULL,
    reported_by INTEGER NOT NULL,
    reported_at INTEGER NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_reports_by_conversation ON conversation_reports (county, conversation);
CREATE INDEX conversation_reports_by_school ON conversation_reports (county, school, state);

CREATE TABLE conversations (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    student INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    subject TEXT NOT NULL,
    is_confidential INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unanswered', 'answered', 'waiting', 'done')),
    asked_at INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    moved INTEGER NOT NULL,
    automatic_until INTEGER NOT NULL,
    tell_at INTEGER NOT NULL,
    client TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_by_student ON conversations (county, student);
CREATE INDEX conversations_by_unit ON conversations (county, unit, created_at);
CREATE UNIQUE INDEX conversations_once ON conversations (county, created_by, client);

CREATE TABLE counties (
    county INTEGER NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county)
) STRICT;
CREATE TRIGGER counties_begin AFTER INSERT ON counties BEGIN
    INSERT INTO roles (county, role, position, name_zh, name_en, kinds, titles, permissions, term_years, version)
        SELECT NEW.county, role, position, name_zh, name_en, kinds, titles, permissions, term_years, 1 FROM roles WHERE county = 0;
    INSERT INTO access_stamps VALUES (NEW.county, 0);
END;

CREATE TABLE course_editions (
    county INTEGER NOT NULL,
    course INTEGER NOT NULL,
    number INTEGER NOT NULL,
    line TEXT NOT NULL,
    is_compulsory INTEGER NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    topics TEXT NOT NULL,
    search TEXT NOT NULL,
    cover INTEGER NOT NULL,
    sections TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    lessons INTEGER NOT NULL,
    note TEXT NOT NULL,
    published_by INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (county, course, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_learners (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    course INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    completed_at INTEGER NOT NULL,
    PRIMARY KEY (county, person, course)
) STRICT, WITHOUT ROWID;
CREATE INDEX course_learners_by_course ON course_learners (county, course);

CREATE TABLE course_units (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    course INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'text', 'document', 'quiz', 'package')),
    media INTEGER NOT NULL,
    subtitles INTEGER NOT NULL,
    body TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    share INTEGER NOT NULL,
    is_published INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX course_units_by_course ON course_units (county, course);

CREATE TABLE courses (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('county', 'community', 'school')),
    line TEXT NOT NULL CHECK (line IN ('pre_school', 'entering', 'in_school', 'grandparents', 'staff')),
    is_compulsory INTEGER NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    topics TEXT NOT NULL,
    search TEXT NOT NULL,
    cover INTEGER NOT NULL,
    sections TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    edition INTEGER NOT NULL,
    is_changed INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX courses_by_owner ON courses (county, owner);

CREATE TABLE coverage (
    county INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    requirement INTEGER NOT NULL,
    period INTEGER NOT NULL,
    stripe INTEGER NOT NULL,
    covered INTEGER NOT NULL,
    excused INTEGER NOT NULL,
    PRIMARY KEY (county, unit, requirement, period, stripe)
) STRICT, WITHOUT ROWID;

CREATE TABLE data_keys (
    county INTEGER NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('values', 'index', 'files', 'signing')),
    version INTEGER NOT NULL,
    suite TEXT NOT NULL CHECK (suite IN ('international', 'shangmi')),
    wrapped TEXT NOT NULL,
    master TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER,
    public_key TEXT,
    PRIMARY KEY (county, purpose, version)
) STRICT;

CREATE TABLE delegations (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    student INTEGER NOT NULL,
    person INTEGER NOT NULL,
    scopes TEXT NOT NULL,
    granted_by INTEGER NOT NULL,
    granted_at INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    revoked_by INTEGER NOT NULL,
    revoked_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX delegations_person ON delegations (county, person);
CREATE INDEX delegations_student ON delegations (county, student);

CREATE TABLE deletions (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    data_class TEXT NOT NULL,
    person INTEGER NOT NULL,
    reason TEXT NOT NULL,
    counts TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    erased_by INTEGER NOT NULL,
    erased_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX deletions_person ON deletions (county, person);

CREATE TABLE deliveries (
    county INTEGER NOT NULL,
    letter INTEGER NOT NULL,
    person INTEGER NOT NULL,
    step INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    since INTEGER NOT NULL,
    is_over INTEGER NOT NULL,
    PRIMARY KEY (county, letter, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_digest ON deliveries (county, due_at) WHERE NOT is_over AND letter = 0;
CREATE INDEX deliveries_person ON deliveries (county, person);
CREATE INDEX deliveries_urgent ON deliveries (county, due_at) WHERE NOT is_over AND letter <> 0;

CREATE TABLE delivery_digests (
    county INTEGER NOT NULL,
    day INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (county)
) STRICT;

CREATE TABLE delivery_emails (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    address TEXT NOT NULL,
    confirmed_at INTEGER NOT NULL,
    PRIMARY KEY (county, person)
) STRICT;

CREATE TABLE delivery_figures (
    county INTEGER NOT NULL,
    day INTEGER NOT NULL,
    channel TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (county, day, channel, verdict, reason)
) STRICT;

CREATE TABLE delivery_refusals (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (county, person, channel)
) STRICT;

CREATE TABLE different_carers (
    county INTEGER NOT NULL,
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    said_by INTEGER NOT NULL,
    said_at INTEGER NOT NULL,
    PRIMARY KEY (county, one, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE drill_classes (
    county INTEGER NOT NULL,
    drill INTEGER NOT NULL,
    class INTEGER NOT NULL,
    leader INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,
    reported_by INTEGER NOT NULL,
    reported_at INTEGER NOT NULL,
    PRIMARY KEY (county, drill, class)
) STRICT, WITHOUT ROWID;
CREATE INDEX drill_classes_by_leader ON drill_classes (county, leader);

CREATE TABLE drill_marks (
    county INTEGER NOT NULL,
    drill INTEGER NOT NULL,
    student INTEGER NOT NULL,
    class INTEGER NOT NULL,
    is_present INTEGER NOT NULL,
    marked_at INTEGER NOT NULL,
    marked_by INTEGER NOT NULL,
    PRIMARY KEY (county, drill, student)
) STRICT, WITHOUT ROWID;
CREATE INDEX drill_marks_by_student ON drill_marks (county, student);

CREATE TABLE drills (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    school INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('fire', 'earthquake', 'stampede', 'intruder', 'bus', 'evacuation', 'flood', 'first_aid')),
    state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'stopped', 'closed', 'cancelled')),
    place TEXT NOT NULL,
    coordinator INTEGER NOT NULL,
    planned_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    stopped_at INTEGER NOT NULL,
    review TEXT NOT NULL,
    reminded_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX drills_by_activity ON drills (county, activity);
CREATE INDEX drills_by_coordinator ON drills (county, coordinator);
CREATE INDEX drills_by_school ON drills (county, school, planned_at);
CREATE INDEX drills_by_time ON drills (county, planned_at);

CREATE TABLE email_codes (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    address TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    tries INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX email_codes_person ON email_codes (county, person, created_at);

CREATE TABLE emergency_cards (
    county INTEGER NOT NULL,
    school INTEGER NOT NULL,
    content TEXT NOT NULL,
    changed_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, school)
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolments (
    county INTEGER NOT NULL,
    student INTEGER NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    class INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('kindergarten', 'primary', 'junior', 'senior')),
    import INTEGER NOT NULL,
    PRIMARY KEY (county, student, from_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolments_class ON enrolments (county, class);

CREATE TABLE entries (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    person INTEGER NOT NULL,
    student INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    resource INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    count INTEGER NOT NULL,
    source TEXT NOT NULL,
    reverses INTEGER NOT NULL,
    reason TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX entries_person ON entries (county, person, happened_at) WHERE person <> 0;
CREATE INDEX entries_resource ON entries (county, resource, happened_at) WHERE resource <> 0;
CREATE INDEX entries_reverses ON entries (county, reverses) WHERE reverses <> 0;
CREATE UNIQUE INDEX entries_source ON entries (county, source, kind, person, student, reverses);
CREATE INDEX entries_student ON entries (county, student, happened_at) WHERE student <> 0;
CREATE INDEX entries_time ON entries (county, happened_at);
CREATE INDEX entries_unit ON entries (county, unit, happened_at);
CREATE INDEX entries_volunteers ON entries (county, person, happened_at) WHERE kind IN ('volunteer.class', 'volunteer.duty', 'volunteer.other');
CREATE TRIGGER entries_keep BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted'); END;

CREATE TABLE families (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    import INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE family_invitations (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    student INTEGER NOT NULL,
    person INTEGER NOT NULL,
    delegation INTEGER NOT NULL,
    code_hash TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    withdrawn_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE UNIQUE INDEX family_invitations_any_code ON family_invitations (code_hash);
CREATE INDEX family_invitations_student ON family_invitations (county, student);

CREATE TABLE form_answers (
    county INTEGER NOT NULL,
    form INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    household INTEGER NOT NULL,
    version INTEGER NOT NULL,
    answered_by INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    answers TEXT NOT NULL,
    id INTEGER NOT NULL, entered_by INTEGER NOT NULL DEFAULT 0, student INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (county, form, subject, household)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_answers_by_person ON form_answers (county, answered_by);
CREATE INDEX form_answers_by_subject ON form_answers (county, subject);
CREATE INDEX form_answers_on_paper ON form_answers (county, form, id) WHERE entered_by <> 0;

CREATE TABLE form_drafts (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    form INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    household INTEGER NOT NULL,
    answers TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (county, person, form, subject, household)
) STRICT, WITHOUT ROWID;

CREATE TABLE form_places (
    county INTEGER NOT NULL,
    form INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    PRIMARY KEY (county, form, organisation)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_places_by_organisation ON form_places (county, organisation);

CREATE TABLE form_readings (
    county INTEGER NOT NULL,
    form INTEGER NOT NULL,
    person INTEGER NOT NULL,
    version INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (county, form, person, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_readings_by_person ON form_readings (county, person);

CREATE TABLE form_reminders (
    county INTEGER NOT NULL,
    form INTEGER NOT NULL,
    path TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (county, form, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE form_signatures (
    county INTEGER NOT NULL,
    form INTEGER NOT NULL,
    student INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    school_year INTEGER NOT NULL,
    text_hash TEXT NOT NULL,
    signed_by INTEGER NOT NULL,
    signer_name TEXT NOT NULL,
    student_name TEXT NOT NULL,
    class_name TEXT NOT NULL,
    unit INTEGER NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('online', 'paper')),
    read_at INTEGER NOT NULL,
    signed_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    drawing TEXT NOT NULL,
    entry INTEGER NOT NULL,
    proof TEXT NOT NULL, checked_by INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (county, form, student)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_signatures_by_signer ON form_signatures (county, signed_by);
CREATE INDEX form_signatures_by_student ON form_signatures (county, student);

CREATE TABLE form_slips (
    county INTEGER NOT NULL,
    form INTEGER NOT NULL,
    student INTEGER NOT NULL,
    signed_by INTEGER NOT NULL,
    signed_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (county, form, student)
) STRICT, WITHOUT ROWID;

CREATE TABLE form_turns (
    county INTEGER NOT NULL,
    form INTEGER NOT NULL,
    token TEXT NOT NULL,
    PRIMARY KEY (county, form, token)
) STRICT, WITHOUT ROWID;

CREATE TABLE form_urns (
    county INTEGER NOT NULL,
    form INTEGER NOT NULL,
    urn INTEGER NOT NULL,
    ballots INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (county, form, urn)
) STRICT, WITHOUT ROWID;

CREATE TABLE form_versions (
    county INTEGER NOT NULL,
    form INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    published_by INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (county, form, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE forms (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('survey', 'poll', 'consent', 'satisfaction', 'commitment')),
    audience TEXT NOT NULL CHECK (audience IN ('families', 'children', 'staff')),
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    content TEXT NOT NULL,
    is_anonymous INTEGER NOT NULL,
    may_change INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'closed')),
    version INTEGER NOT NULL,
    letter INTEGER NOT NULL,
    turn_secret TEXT NOT NULL,
    school_year INTEGER NOT NULL,
    supersedes INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX forms_by_supersedes ON forms (county, supersedes) WHERE supersedes <> 0;

CREATE TABLE growth_parts (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    student INTEGER NOT NULL,
    digest TEXT NOT NULL,
    key_mark TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    taken_at INTEGER NOT NULL,
    taken_by INTEGER NOT NULL,
    book TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX growth_parts_by_student ON growth_parts (county, student, digest);

CREATE TABLE handovers (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    school INTEGER NOT NULL,
    class INTEGER NOT NULL,
    student INTEGER NOT NULL,
    carer INTEGER NOT NULL,
    note TEXT NOT NULL,
    handed_by INTEGER NOT NULL,
    handed_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX handovers_by_carer ON handovers (county, carer);
CREATE INDEX handovers_by_class ON handovers (county, class, handed_at);
CREATE INDEX handovers_by_student ON handovers (county, student);

CREATE TABLE hazard_photos (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    blob TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE hazard_steps (
    county INTEGER NOT NULL,
    hazard INTEGER NOT NULL,
    number INTEGER NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('reported', 'assigned', 'closed', 'reopened')),
    words TEXT NOT NULL,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (county, hazard, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE hazards (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    school INTEGER NOT NULL,
    place TEXT NOT NULL,
    words TEXT NOT NULL,
    photo TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    owner INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    reported_by INTEGER NOT NULL,
    reported_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    reminded_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hazards_by_owner ON hazards (county, owner);
CREATE INDEX hazards_by_reporter ON hazards (county, reported_by);
CREATE INDEX hazards_by_school ON hazards (county, school, state, due_day);

CREATE TABLE headcounts (
    county INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    audience TEXT NOT NULL,
    day INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (county, unit, audience, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_changes (
    county INTEGER NOT NULL,
    import INTEGER NOT NULL,
    number INTEGER NOT NULL,
    place TEXT NOT NULL,
    subject INTEGER NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (county, import, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    organisation INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'mapping', 'matching', 'previewed', 'applying', 'applied', 'undoing', 'undone', 'failed')),
    sheets TEXT NOT NULL,
    mapping TEXT NOT NULL,
    counts TEXT NOT NULL,
    preview_hash TEXT NOT NULL,
    report_hash TEXT NOT NULL,
    job INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    applied_at INTEGER,
    undone_at INTEGER,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE inbox_items (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    id INTEGER NOT NULL,
    letter INTEGER NOT NULL,
    at INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (county, person, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX inbox_items_once ON inbox_items (county, person, letter);
CREATE INDEX inbox_items_unread ON inbox_items (county, person) WHERE read_at = 0;

CREATE TABLE inbox_letters (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    body_zh TEXT NOT NULL,
    body_en TEXT NOT NULL,
    link TEXT NOT NULL,
    is_urgent INTEGER NOT NULL,
    withdrawn_at INTEGER NOT NULL, office INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE instructor_bookings (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    item INTEGER NOT NULL,
    instructor INTEGER NOT NULL,
    booker INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    student INTEGER NOT NULL,
    title TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('lecture', 'salon', 'consultation', 'workshop')),
    kind TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('families', 'staff', 'everybody')),
    invited TEXT NOT NULL,
    expected INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('online', 'on_site')),
    place TEXT NOT NULL,
    link TEXT NOT NULL,
    message TEXT NOT NULL,
    wished TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'proposed', 'accepted', 'declined', 'cancelled', 'delivered', 'missed')),
    reason TEXT NOT NULL,
    activity INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    consultation_entry INTEGER NOT NULL,
    round INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX instructor_bookings_by_activity ON instructor_bookings (county, activity);
CREATE INDEX instructor_bookings_by_booker ON instructor_bookings (county, booker);
CREATE INDEX instructor_bookings_by_instructor ON instructor_bookings (county, instructor, starts_at);
CREATE INDEX instructor_bookings_by_organisation ON instructor_bookings (county, organisation);

CREATE TABLE instructor_certified (
    county INTEGER NOT NULL,
    certificate_entry INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (county, certificate_entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE instructor_decisions (
    county INTEGER NOT NULL,
    membership INTEGER NOT NULL,
    id INTEGER NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'refused', 'renewed', 'ended')),
    reason TEXT NOT NULL,
    until_day INTEGER NOT NULL,
    sessions INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    ratings INTEGER NOT NULL,
    stars INTEGER NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (county, membership, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE instructor_items (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    search TEXT NOT NULL,
    topics TEXT NOT NULL,
    stages TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('families', 'staff', 'everybody')),
    form TEXT NOT NULL CHECK (form IN ('lecture', 'salon', 'consultation', 'workshop')),
    minutes INTEGER NOT NULL,
    online INTEGER NOT NULL,
    on_site INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'published', 'refused', 'withdrawn')),
    reason TEXT NOT NULL,
    decided_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX instructor_items_by_person ON instructor_items (county, person);
CREATE INDEX instructor_items_by_state ON instructor_items (county, state, id);

CREATE TABLE instructor_memberships (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    team TEXT NOT NULL CHECK (team IN ('expert', 'teacher', 'parent')),
    state TEXT NOT NULL CHECK (state IN ('applied', 'active', 'refused', 'withdrawn', 'ended')),
    statement TEXT NOT NULL,
    proposed_by INTEGER NOT NULL,
    applied_at INTEGER NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX instructor_memberships_by_person ON instructor_memberships (county, person);
CREATE INDEX instructor_memberships_by_state ON instructor_memberships (county, state, to_day);
CREATE UNIQUE INDEX instructor_memberships_open ON instructor_memberships (county, person, team) WHERE state IN ('applied', 'active');

CREATE TABLE instructor_ratings (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    booking INTEGER NOT NULL,
    person INTEGER NOT NULL,
    instructor INTEGER NOT NULL,
    stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
    words TEXT NOT NULL,
    rated_at INTEGER NOT NULL,
    answer TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    hidden_by INTEGER NOT NULL,
    hidden_at INTEGER NOT NULL,
    hidden_because TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX instructor_ratings_by_instructor ON instructor_ratings (county, instructor);
CREATE INDEX instructor_ratings_by_person ON instructor_ratings (county, person);
CREATE UNIQUE INDEX instructor_ratings_once ON instructor_ratings (county, booking, person);

CREATE TABLE instructor_schemes (
    county INTEGER NOT NULL,
    certificate_years INTEGER NOT NULL,
    notice_hours INTEGER NOT NULL,
    publishes_at_once INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county)
) STRICT, WITHOUT ROWID;

CREATE TABLE instructor_teams (
    county INTEGER NOT NULL,
    team TEXT NOT NULL CHECK (team IN ('expert', 'teacher', 'parent')),
    term_years INTEGER NOT NULL,
    review_days INTEGER NOT NULL,
    PRIMARY KEY (county, team)
) STRICT, WITHOUT ROWID;

CREATE TABLE instructor_windows (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    number INTEGER NOT NULL,
    weekday INTEGER NOT NULL,
    day INTEGER NOT NULL,
    from_minute INTEGER NOT NULL,
    until_minute INTEGER NOT NULL,
    is_away INTEGER NOT NULL,
    PRIMARY KEY (county, person, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE instructors (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    introduction TEXT NOT NULL,
    certificate_number TEXT NOT NULL,
    certified_from INTEGER NOT NULL,
    certified_to INTEGER NOT NULL,
    PRIMARY KEY (county, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    input TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    result TEXT,
    error_zh TEXT,
    error_en TEXT,
    attempts INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    held_until INTEGER NOT NULL,
    is_unwanted INTEGER NOT NULL,
    finished_at INTEGER,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX jobs_due ON jobs (state, run_at);

CREATE TABLE join_requests (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    class INTEGER NOT NULL,
    student INTEGER NOT NULL,
    person INTEGER NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('father', 'mother', 'grandparent', 'sibling', 'relative', 'other')),
    invited INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'asked', 'approved', 'refused', 'withdrawn')),
    words TEXT NOT NULL,
    answer TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX join_requests_class ON join_requests (county, class, state);
CREATE INDEX join_requests_person ON join_requests (county, person);
CREATE INDEX join_requests_student ON join_requests (county, student);

CREATE TABLE known_devices (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    device TEXT NOT NULL,
    agent TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (county, person, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE learner_clocks (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    viewing INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    used_until INTEGER NOT NULL,
    last_from INTEGER NOT NULL,
    last_to INTEGER NOT NULL, since INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (county, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE learner_sittings (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    PRIMARY KEY (county, person, unit, from_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE legal_holds (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    reason TEXT NOT NULL,
    placed_by INTEGER NOT NULL,
    placed_at INTEGER NOT NULL,
    lifted_by INTEGER NOT NULL,
    lifted_at INTEGER,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX legal_holds_person ON legal_holds (county, person);

CREATE TABLE linked_log_ins (
    county INTEGER NOT NULL,
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    person INTEGER NOT NULL,
    linked_at INTEGER NOT NULL,
    linked_by INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (county, provider, subject)
) STRICT;
CREATE INDEX linked_log_ins_any ON linked_log_ins (provider, subject);
CREATE UNIQUE INDEX linked_log_ins_person ON linked_log_ins (county, person, provider);

CREATE TABLE log_in_tickets (
    county INTEGER NOT NULL,
    hash TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('second_factor', 'binding', 'sso')),
    person INTEGER NOT NULL,
    method TEXT NOT NULL,
    detail TEXT NOT NULL,
    device TEXT NOT NULL,
    tries INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (county, hash)
) STRICT;
CREATE INDEX log_in_tickets_any ON log_in_tickets (hash);

CREATE TABLE log_ins (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    method TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('succeeded', 'wrong_password', 'wrong_code')),
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    device TEXT NOT NULL,
    session INTEGER NOT NULL,
    is_new_device INTEGER NOT NULL,
    reported_at INTEGER,
    PRIMARY KEY (county, person, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE login_failures (
    key TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL,
    PRIMARY KEY (key)
) STRICT, WITHOUT ROWID;

CREATE TABLE media (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    course INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'document', 'subtitles', 'picture', 'package')),
    file_name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    received INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('uploading', 'checking', 'ready', 'failed')),
    problem_zh TEXT NOT NULL,
    problem_en TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    thumbnail TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_by_course ON media (county, course);

CREATE TABLE media_pieces (
    county INTEGER NOT NULL,
    media INTEGER NOT NULL,
    number INTEGER NOT NULL,
    blob TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (county, media, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE medical_flags (
    county INTEGER NOT NULL,
    student INTEGER NOT NULL,
    words TEXT NOT NULL,
    given_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (county, student)
) STRICT, WITHOUT ROWID;
CREATE INDEX medical_flags_by_giver ON medical_flags (county, given_by);

CREATE TABLE migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE moment_children (
    county INTEGER NOT NULL,
    child INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    is_tagged INTEGER NOT NULL,
    PRIMARY KEY (county, child, moment)
) STRICT, WITHOUT ROWID;
CREATE INDEX moment_children_by_moment ON moment_children (county, moment);

CREATE TABLE moment_comments (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    author INTEGER NOT NULL,
    child INTEGER NOT NULL,
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    withdrawn_at INTEGER NOT NULL,
    hidden_by INTEGER NOT NULL,
    hidden_at INTEGER NOT NULL,
    hidden_reason TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX moment_comments_by_author ON moment_comments (county, author);
CREATE INDEX moment_comments_by_moment ON moment_comments (county, moment, id);

CREATE TABLE moment_editions (
    county INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    number INTEGER NOT NULL,
    words TEXT NOT NULL,
    children TEXT NOT NULL,
    replaced_by INTEGER NOT NULL,
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (county, moment, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE moment_pictures (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    position INTEGER NOT NULL,
    blob TEXT NOT NULL,
    thumbnail TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    hidden_since INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX moment_pictures_by_moment ON moment_pictures (county, moment, position);
CREATE INDEX moment_pictures_hidden ON moment_pictures (county, hidden_since) WHERE hidden_since > 0;

CREATE TABLE moment_portraits (
    county INTEGER NOT NULL,
    child INTEGER NOT NULL,
    picture INTEGER NOT NULL,
    PRIMARY KEY (county, child, picture)
) STRICT, WITHOUT ROWID;
CREATE INDEX moment_portraits_by_picture ON moment_portraits (county, picture);

CREATE TABLE moment_reactions (
    county INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    person INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('like', 'heart', 'clap', 'thanks')),
    at INTEGER NOT NULL,
    PRIMARY KEY (county, moment, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX moment_reactions_by_person ON moment_reactions (county, person);

CREATE TABLE moment_reports (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    comment INTEGER NOT NULL,
    class INTEGER NOT NULL,
    author INTEGER NOT NULL,
    words TEXT NOT NULL,
    reporter INTEGER NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('open', 'kept', 'taken_down')),
    note TEXT NOT NULL,
    handled_by INTEGER NOT NULL,
    handled_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX moment_reports_by_author ON moment_reports (county, author);
CREATE INDEX moment_reports_by_class ON moment_reports (county, class, id);
CREATE INDEX moment_reports_by_moment ON moment_reports (county, moment, outcome);
CREATE INDEX moment_reports_by_reporter ON moment_reports (county, reporter);

CREATE TABLE moments (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    class INTEGER NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('tagged', 'class')),
    words TEXT NOT NULL,
    search TEXT NOT NULL,
    author INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at INTEGER NOT NULL,
    takes_comments INTEGER NOT NULL,
    letter INTEGER NOT NULL,
    taken_down_by INTEGER NOT NULL,
    taken_down_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX moments_by_author ON moments (county, author);
CREATE INDEX moments_by_class ON moments (county, class, id);
CREATE INDEX moments_taken_down ON moments (county, taken_down_at) WHERE taken_down_at > 0;

CREATE TABLE no_contacts (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    student INTEGER NOT NULL,
    person INTEGER NOT NULL,
    document TEXT NOT NULL,
    reason TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    lifted_by INTEGER NOT NULL,
    lifted_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX no_contacts_person ON no_contacts (county, person);
CREATE INDEX no_contacts_student ON no_contacts (county, student);

CREATE TABLE notice_editions (
    county INTEGER NOT NULL,
    notice INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    replaced_by INTEGER NOT NULL,
    replaced_at INTEGER NOT NULL,
    changes TEXT NOT NULL,
    PRIMARY KEY (county, notice, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice_files (
    county INTEGER NOT NULL,
    notice INTEGER NOT NULL,
    id INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    blob TEXT NOT NULL,
    PRIMARY KEY (county, notice, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice_households (
    county INTEGER NOT NULL,
    notice INTEGER NOT NULL,
    household INTEGER NOT NULL,
    week INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    PRIMARY KEY (county, notice, household)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_households_by_week ON notice_households (county, week, household, minutes);

CREATE TABLE notice_people (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    notice INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    PRIMARY KEY (county, person, notice, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_people_by_subject ON notice_people (county, notice, subject);

CREATE TABLE notice_rules (
    county INTEGER NOT NULL,
    quiet_from INTEGER NOT NULL,
    quiet_until INTEGER NOT NULL,
    weekly_minutes INTEGER NOT NULL,
    remind_hours INTEGER NOT NULL,
    items TEXT NOT NULL,
    PRIMARY KEY (county)
) STRICT;

CREATE TABLE notice_subjects (
    county INTEGER NOT NULL,
    notice INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    read_by INTEGER NOT NULL,
    answer TEXT NOT NULL,
    done_at INTEGER NOT NULL,
    done_by INTEGER NOT NULL,
    entered_by INTEGER NOT NULL,
    reminded_at INTEGER NOT NULL,
    PRIMARY KEY (county, notice, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_subjects_by_subject ON notice_subjects (county, subject);
CREATE INDEX notice_subjects_by_unit ON notice_subjects (county, notice, unit, read_at, done_at);

CREATE TABLE notice_targets (
    county INTEGER NOT NULL,
    notice INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    PRIMARY KEY (county, notice, organisation)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_targets_by_organisation ON notice_targets (county, organisation);

CREATE TABLE notices (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('carers', 'staff')),
    stages TEXT NOT NULL,
    pupil_group TEXT NOT NULL,
    roles TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    search TEXT NOT NULL,
    ask TEXT NOT NULL CHECK (ask IN ('nothing', 'confirm', 'yes_no', 'choice', 'text')),
    choices TEXT NOT NULL,
    is_per_child INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    is_urgent INTEGER NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'refused', 'scheduled', 'sending', 'sent', 'recalled')),
    send_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    letter INTEGER NOT NULL,
    over_minutes INTEGER NOT NULL,
    number INTEGER NOT NULL,
    changes TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    decision TEXT NOT NULL,
    recalled_by INTEGER NOT NULL,
    recalled_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    households INTEGER NOT NULL,
    reminded_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_by_organisation ON notices (county, organisation);
CREATE INDEX notices_by_state ON notices (county, state, due_at);

CREATE TABLE office_hours (
    county INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    days TEXT NOT NULL,
    from_minute INTEGER NOT NULL,
    until_minute INTEGER NOT NULL,
    away_until INTEGER NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (county, owner)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisations (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    parent INTEGER NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('region', 'county', 'bureau', 'department', 'subdistrict', 'community', 'guidance_station', 'school',
        'kindergarten', 'grade', 'class', 'resource', 'training_agency', 'association')),
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    code TEXT NOT NULL,
    stages TEXT NOT NULL,
    entry_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    resource_kind TEXT NOT NULL,
    address TEXT NOT NULL,
    contact TEXT NOT NULL,
    phone TEXT NOT NULL,
    opened_on INTEGER NOT NULL,
    closed_on INTEGER NOT NULL,
    hand_edited TEXT NOT NULL,
    import INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX organisations_code ON organisations (county, code) WHERE code <> '';
CREATE INDEX organisations_path ON organisations (county, path);
CREATE UNIQUE INDEX organisations_place ON organisations (county, parent, kind, name, closed_on);
CREATE TRIGGER access_of_organisations AFTER UPDATE OF county, id, path, kind, name, opened_on, closed_on ON organisations
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_removed_organisations AFTER DELETE ON organisations
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;

CREATE TABLE own_times (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (county, person, until_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX own_times_by_entry ON own_times (county, entry);

CREATE TABLE package_files (
    county INTEGER NOT NULL,
    media INTEGER NOT NULL,
    path TEXT NOT NULL,
    piece INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (county, media, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE package_records (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    page INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('not_attempted', 'incomplete', 'completed', 'passed', 'failed')),
    is_done INTEGER NOT NULL,
    score INTEGER, -- hundredths
    data TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (county, person, unit, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE packages (
    county INTEGER NOT NULL,
    media INTEGER NOT NULL,
    version TEXT NOT NULL CHECK (version IN ('1.2', '2004')),
    title TEXT NOT NULL,
    pages TEXT NOT NULL,
    PRIMARY KEY (county, media)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment_bill_lines (
    county INTEGER NOT NULL,
    day INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund')),
    number TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount INTEGER NOT NULL,
    is_settled INTEGER NOT NULL,
    PRIMARY KEY (county, day, kind, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment_bill_marks (
    county INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund')),
    number TEXT NOT NULL,
    note TEXT NOT NULL,
    marked_by INTEGER NOT NULL,
    marked_at INTEGER NOT NULL,
    PRIMARY KEY (county, kind, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment_bills (
    county INTEGER NOT NULL,
    day INTEGER NOT NULL,
    digest TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY (county, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('female', 'male', 'unknown')),
    birth_day INTEGER,
    identity_kind TEXT NOT NULL,
    identity_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    hand_edited TEXT NOT NULL,
    import INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX people_identity ON people (county, substr(identity_number, 1, 28)) WHERE identity_number <> '';
CREATE INDEX people_name ON people (county, name);
CREATE INDEX people_phone ON people (county, substr(phone, 1, 28)) WHERE phone <> '';
CREATE TRIGGER access_of_people AFTER UPDATE OF county, id, name ON people
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_removed_people AFTER DELETE ON people
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;

CREATE TABLE person_details (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    address TEXT NOT NULL,
    staff_number TEXT NOT NULL,
    class_number TEXT NOT NULL,
    PRIMARY KEY (county, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_merges (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    merged INTEGER NOT NULL,
    links TEXT NOT NULL,
    moved_log_in INTEGER NOT NULL,
    merged_by INTEGER NOT NULL,
    merged_at INTEGER NOT NULL,
    undone_by INTEGER NOT NULL,
    undone_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX person_merges_kept ON person_merges (county, kept);
CREATE INDEX person_merges_merged ON person_merges (county, merged);

CREATE TABLE phone_codes (
    county INTEGER NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('log_in', 'password', 'phone')),
    phone_key TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    tries INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (county, purpose, phone_key)
) STRICT;

CREATE TABLE picture_exports (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    child INTEGER NOT NULL,
    person INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    job INTEGER NOT NULL,
    pictures INTEGER NOT NULL,
    archive TEXT NOT NULL,
    archive_bytes INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_exports_by_child ON picture_exports (county, child);
CREATE INDEX picture_exports_by_person ON picture_exports (county, person);

CREATE TABLE plans (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in_force', 'replaced', 'retired')),
    unit INTEGER NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    file_name TEXT NOT NULL,
    body TEXT NOT NULL,
    note TEXT NOT NULL,
    loaded_by INTEGER NOT NULL,
    loaded_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE UNIQUE INDEX plans_version ON plans (county, key, version);

CREATE TABLE point_appeals (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    rule INTEGER NOT NULL,
    rule_title TEXT NOT NULL,
    rule_title_en TEXT NOT NULL,
    plan_version INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    text TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    answer_by INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused', 'withdrawn')),
    answer TEXT NOT NULL,
    answered_by INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX point_appeals_by_person ON point_appeals (county, person);
CREATE INDEX point_appeals_by_state ON point_appeals (county, state, answer_by);

CREATE TABLE points (
    county INTEGER NOT NULL,
    rule INTEGER NOT NULL,
    period INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    raw INTEGER NOT NULL,
    earned INTEGER NOT NULL,
    PRIMARY KEY (county, rule, period, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX points_subject ON points (county, subject);

CREATE TABLE posts (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    role TEXT NOT NULL,
    title TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    import INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX posts_organisation ON posts (county, organisation);
CREATE INDEX posts_person ON posts (county, person);
CREATE TRIGGER access_of_new_posts AFTER INSERT ON posts
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_posts AFTER UPDATE ON posts
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_removed_posts AFTER DELETE ON posts
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;

CREATE TABLE purposes (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    basis TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE question_banks (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    import INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX question_banks_by_owner ON question_banks (county, owner);

CREATE TABLE questions (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    bank INTEGER NOT NULL,
    topic TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('single', 'multiple', 'truth', 'number', 'text')),
    prompt TEXT NOT NULL,
    choices TEXT NOT NULL,
    accepted TEXT NOT NULL,
    tolerance TEXT NOT NULL,
    explanation TEXT NOT NULL,
    search TEXT NOT NULL,
    is_asked INTEGER NOT NULL,
    is_retired INTEGER NOT NULL,
    import INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX questions_by_bank ON questions (county, bank, topic);
CREATE INDEX questions_by_import ON questions (county, import);

CREATE TABLE quiz_answers (
    county INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    question INTEGER NOT NULL,
    chosen TEXT NOT NULL,
    text TEXT NOT NULL,
    is_right INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (county, attempt, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX quiz_answers_by_question ON quiz_answers (county, question);

CREATE TABLE quiz_attempts (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    course INTEGER NOT NULL,
    number INTEGER NOT NULL,
    paper TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    deadline_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    right_count INTEGER NOT NULL,
    total INTEGER NOT NULL,
    is_passed INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX quiz_attempts_by_person ON quiz_attempts (county, person, unit, number);
CREATE INDEX quiz_attempts_by_unit ON quiz_attempts (county, unit);
CREATE INDEX quiz_attempts_open ON quiz_attempts (county, deadline_at) WHERE finished_at = 0;

CREATE TABLE recovery_codes (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    hash TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (county, person, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE retention_rules (
    county INTEGER NOT NULL,
    data_class TEXT NOT NULL,
    months INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, data_class)
) STRICT, WITHOUT ROWID;

CREATE TABLE reviews (
    county INTEGER NOT NULL,
    submission INTEGER NOT NULL,
    number INTEGER NOT NULL,
    reviewer INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('peer', 'expert')),
    levels TEXT NOT NULL,
    comment TEXT NOT NULL,
    assigned_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    PRIMARY KEY (county, submission, number, reviewer)
) STRICT, WITHOUT ROWID;
CREATE INDEX reviews_by_reviewer ON reviews (county, reviewer);

CREATE TABLE roles (
    county INTEGER NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    permissions TEXT NOT NULL,
    kinds TEXT NOT NULL,
    titles TEXT NOT NULL,
    term_years INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, role)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER access_of_new_roles AFTER INSERT ON roles
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_removed_roles AFTER DELETE ON roles
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;
CREATE TRIGGER access_of_roles AFTER UPDATE ON roles
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;

CREATE TABLE roster_changes (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    roster INTEGER NOT NULL,
    shift INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('laid', 'swapped', 'covered', 'given_back', 'removed', 'entered', 'confirmed', 'rejected', 'corrected')),
    before_person INTEGER NOT NULL,
    after_person INTEGER NOT NULL,
    before_minutes INTEGER NOT NULL,
    after_minutes INTEGER NOT NULL,
    reason TEXT NOT NULL,
    changed_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_changes_of_roster ON roster_changes (county, roster, id);
CREATE INDEX roster_changes_of_shift ON roster_changes (county, shift);

CREATE TABLE roster_members (
    county INTEGER NOT NULL,
    roster INTEGER NOT NULL,
    person INTEGER NOT NULL,
    sort TEXT NOT NULL CHECK (sort IN ('parent', 'staff', 'police', 'community')),
    student INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    is_leader INTEGER NOT NULL,
    is_paused INTEGER NOT NULL,
    wished TEXT NOT NULL,
    blocked TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (county, roster, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_members_by_person ON roster_members (county, person);

CREATE TABLE roster_posts (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    roster INTEGER NOT NULL,
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    weekdays TEXT NOT NULL,
    from_minute INTEGER NOT NULL,
    until_minute INTEGER NOT NULL,
    parents INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    police INTEGER NOT NULL,
    community INTEGER NOT NULL,
    poster INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_posts_by_roster ON roster_posts (county, roster);

CREATE TABLE roster_shifts (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    roster INTEGER NOT NULL,
    post INTEGER NOT NULL,
    day INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    sort TEXT NOT NULL CHECK (sort IN ('parent', 'staff', 'police', 'community')),
    person INTEGER NOT NULL,
    is_pinned INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'present', 'claimed', 'done')),
    arrived_at INTEGER NOT NULL,
    left_at INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('none', 'code', 'paper', 'hand')),
    minutes INTEGER NOT NULL,
    entered_by INTEGER NOT NULL,
    signed_by INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    round INTEGER NOT NULL,
    reminded_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_shifts_by_person ON roster_shifts (county, person, starts_at) WHERE person <> 0;
CREATE INDEX roster_shifts_by_time ON roster_shifts (county, roster, starts_at);
CREATE INDEX roster_shifts_of_post ON roster_shifts (county, post);
CREATE INDEX roster_shifts_to_remind ON roster_shifts (county, starts_at) WHERE reminded_at = 0;

CREATE TABLE roster_swaps (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    roster INTEGER NOT NULL,
    shift INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    wanted INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('swap', 'cover')),
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
    answered_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_swaps_of_roster ON roster_swaps (county, roster);
CREATE INDEX roster_swaps_of_shift ON roster_swaps (county, shift);
CREATE UNIQUE INDEX roster_swaps_open ON roster_swaps (county, shift) WHERE state = 'open';

CREATE TABLE rosters (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('safety_duty', 'class_care', 'other')),
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    give_back_hours INTEGER NOT NULL,
    takes_families INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'closed')),
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rosters_by_organisation ON rosters (county, organisation);

CREATE TABLE rule_numbers (
    county INTEGER NOT NULL,
    plan TEXT NOT NULL,
    rule TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (county, plan, rule)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX rule_numbers_number ON rule_numbers (county, number);

CREATE TABLE safety_letters (
    county INTEGER NOT NULL,
    occasion INTEGER NOT NULL,
    is_over INTEGER NOT NULL,
    notice INTEGER NOT NULL,
    written_by INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    PRIMARY KEY (county, occasion, is_over)
) STRICT, WITHOUT ROWID;

CREATE TABLE safety_tasks (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    school INTEGER NOT NULL,
    drill INTEGER NOT NULL,
    words TEXT NOT NULL,
    owner INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    done_by INTEGER NOT NULL,
    done_at INTEGER NOT NULL,
    reminded_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX safety_tasks_by_drill ON safety_tasks (county, drill);
CREATE INDEX safety_tasks_by_owner ON safety_tasks (county, owner);
CREATE INDEX safety_tasks_by_school ON safety_tasks (county, school, due_day);

CREATE TABLE seal_blocks (
    county INTEGER NOT NULL,
    stream TEXT NOT NULL CHECK (stream IN ('ledger', 'audit')),
    number INTEGER NOT NULL,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    is_late INTEGER NOT NULL,
    root TEXT NOT NULL,
    previous TEXT NOT NULL,
    beside TEXT NOT NULL,
    sealed_at INTEGER NOT NULL,
    suite TEXT NOT NULL CHECK (suite IN ('international', 'shangmi')),
    key_version INTEGER NOT NULL,
    signature TEXT NOT NULL,
    leaves TEXT NOT NULL,
    PRIMARY KEY (county, stream, number)
) STRICT;
CREATE TRIGGER seal_blocks_keep BEFORE UPDATE ON seal_blocks BEGIN SELECT RAISE(ABORT, 'seals are never changed'); END;
CREATE TRIGGER seal_blocks_stay BEFORE DELETE ON seal_blocks BEGIN SELECT RAISE(ABORT, 'seals are never deleted'); END;

CREATE TABLE seal_checks (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE second_factors (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    secret TEXT NOT NULL,
    is_on INTEGER NOT NULL,
    last_step INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (county, person)
) STRICT;

CREATE TABLE second_homes (
    county INTEGER NOT NULL,
    student INTEGER NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (county, student)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_corrections (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    reason TEXT NOT NULL,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_corrections_by_activity ON service_corrections (county, activity);

CREATE TABLE service_offers (
    county INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    age_from INTEGER NOT NULL,
    age_to INTEGER NOT NULL,
    needs TEXT NOT NULL,
    PRIMARY KEY (county, activity)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_ratings (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    base INTEGER NOT NULL,
    student INTEGER NOT NULL,
    rated_by INTEGER NOT NULL,
    stars INTEGER NOT NULL,
    words TEXT NOT NULL,
    rated_at INTEGER NOT NULL,
    hidden_by INTEGER NOT NULL,
    hidden_at INTEGER NOT NULL,
    hidden_because TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_ratings_by_base ON service_ratings (county, base);
CREATE UNIQUE INDEX service_ratings_by_student ON service_ratings (county, student, activity);

CREATE TABLE service_records (
    county INTEGER NOT NULL,
    code TEXT NOT NULL,
    student INTEGER NOT NULL,
    name TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    times INTEGER NOT NULL,
    printed_at INTEGER NOT NULL,
    printed_by INTEGER NOT NULL,
    PRIMARY KEY (county, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_records_by_student ON service_records (county, student);

CREATE TABLE service_reminders (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    next_day INTEGER NOT NULL,
    every_days INTEGER NOT NULL,
    told INTEGER NOT NULL,
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_reminders_by_unit ON service_reminders (county, unit);

CREATE TABLE sessions (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    token_hash TEXT NOT NULL,
    acting_as INTEGER NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, confirmed_at INTEGER NOT NULL DEFAULT 0, method TEXT NOT NULL DEFAULT 'password', device TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX sessions_any_token ON sessions (token_hash);
CREATE INDEX sessions_person ON sessions (county, person);
CREATE UNIQUE INDEX sessions_token ON sessions (county, token_hash);
CREATE TRIGGER access_of_ended_sessions AFTER DELETE ON sessions
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;
CREATE TRIGGER access_of_sessions AFTER UPDATE OF county, id, person, token_hash, acting_as, confirmed_at ON sessions
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_shortened_sessions AFTER UPDATE OF expires_at ON sessions WHEN NEW.expires_at < OLD.expires_at
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;

CREATE TABLE shared_times (
    county INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    other INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    PRIMARY KEY (county, entry, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE sheet_codes (
    county INTEGER NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('notice', 'form')),
    subject INTEGER NOT NULL,
    PRIMARY KEY (county, code)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sheet_codes_by_subject ON sheet_codes (county, kind, subject);

CREATE TABLE short_messages (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    phone_key TEXT NOT NULL,
    address TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX short_messages_address ON short_messages (county, address, created_at);
CREATE INDEX short_messages_phone ON short_messages (county, phone_key, created_at);

CREATE TABLE student_groups (
    county INTEGER NOT NULL,
    student INTEGER NOT NULL,
    name TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    import INTEGER NOT NULL,
    PRIMARY KEY (county, student, name, from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE students (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    student_number TEXT NOT NULL,
    school_number TEXT NOT NULL,
    class INTEGER NOT NULL,
    family INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'left', 'graduated')),
    residence TEXT NOT NULL,
    hand_edited TEXT NOT NULL,
    import INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, person)
) STRICT;
CREATE INDEX students_class ON students (county, class);
CREATE INDEX students_family ON students (county, family, person);
CREATE UNIQUE INDEX students_number ON students (county, substr(student_number, 1, 28)) WHERE student_number <> '';
CREATE INDEX students_school_number ON students (county, substr(school_number, 1, 28)) WHERE school_number <> '';

CREATE TABLE submission_rounds (
    county INTEGER NOT NULL,
    submission INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    file TEXT NOT NULL,
    file_name TEXT NOT NULL,
    handed_in_at INTEGER NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('none', 'to_improve', 'accepted', 'taken_back')),
    comment TEXT NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (county, submission, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE submissions (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    assignment INTEGER NOT NULL,
    person INTEGER NOT NULL,
    school TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in_review', 'to_improve', 'accepted')),
    rounds INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX submissions_by_assignment ON submissions (county, assignment, person);
CREATE INDEX submissions_by_person ON submissions (county, person);

CREATE TABLE tallies (
    county INTEGER NOT NULL,
    requirement INTEGER NOT NULL,
    period INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    excuses INTEGER NOT NULL,
    parts TEXT NOT NULL,
    state INTEGER NOT NULL,
    PRIMARY KEY (county, requirement, period, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX tallies_subject ON tallies (county, subject);

CREATE TABLE text_fingerprints (
    county INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL,
    submission INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (county, fingerprint, submission, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE training_agreements (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    person INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('theory_mentor', 'practice_mentor')),
    mentor TEXT NOT NULL,
    round INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    noted_by INTEGER NOT NULL,
    noted_at INTEGER NOT NULL,
    PRIMARY KEY (county, class, person, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_agreements_by_person ON training_agreements (county, person);

CREATE TABLE training_applications (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    submission INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('submitted', 'accepted', 'waiting', 'refused', 'withdrawn')),
    reason TEXT NOT NULL,
    applied_at INTEGER NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (county, class, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_applications_by_person ON training_applications (county, person);

CREATE TABLE training_attendance (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    person INTEGER NOT NULL,
    session INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    noted_by INTEGER NOT NULL,
    noted_at INTEGER NOT NULL,
    PRIMARY KEY (county, class, person, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_attendance_by_person ON training_attendance (county, person);
CREATE INDEX training_attendance_by_session ON training_attendance (county, session);

CREATE TABLE training_class_courses (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    position INTEGER NOT NULL,
    course INTEGER NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('required', 'elective')),
    track TEXT NOT NULL CHECK (track IN ('everyone', 'leaders', 'teachers')),
    PRIMARY KEY (county, class, course)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_class_courses_by_course ON training_class_courses (county, course);

CREATE TABLE training_classes (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    search TEXT NOT NULL,
    plan TEXT NOT NULL,
    credential TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
    opens_on INTEGER NOT NULL,
    closes_on INTEGER NOT NULL,
    capacity INTEGER NOT NULL,
    price INTEGER NOT NULL,
    process_weight INTEGER NOT NULL,
    pass_mark INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL, form TEXT NOT NULL DEFAULT 'course' CHECK (form IN ('course', 'workshop')), application INTEGER NOT NULL DEFAULT 0, product INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_classes_by_application ON training_classes (county, application);
CREATE INDEX training_classes_by_owner ON training_classes (county, owner);
CREATE INDEX training_classes_by_product ON training_classes (county, product);

CREATE TABLE training_marks (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    person INTEGER NOT NULL,
    task INTEGER NOT NULL,
    marker INTEGER NOT NULL,
    levels TEXT NOT NULL,
    score INTEGER NOT NULL,
    comment TEXT NOT NULL,
    marked_at INTEGER NOT NULL,
    PRIMARY KEY (county, class, person, task, marker)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_marks_by_marker ON training_marks (county, marker);
CREATE INDEX training_marks_by_person ON training_marks (county, person);

CREATE TABLE training_members (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    track TEXT NOT NULL CHECK (track IN ('everyone', 'leaders', 'teachers')),
    state TEXT NOT NULL CHECK (state IN ('enrolled', 'withdrawn')),
    enrolled_at INTEGER NOT NULL,
    enrolled_by INTEGER NOT NULL,
    times INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    import INTEGER NOT NULL,
    window_from INTEGER NOT NULL,
    window_to INTEGER NOT NULL,
    amounts TEXT NOT NULL,
    percent INTEGER NOT NULL,
    is_earned INTEGER NOT NULL,
    earned_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    lessons_done INTEGER NOT NULL,
    score INTEGER NOT NULL,
    score_note TEXT NOT NULL,
    scored_by INTEGER NOT NULL,
    scored_at INTEGER NOT NULL,
    reminded_at INTEGER NOT NULL,
    completion INTEGER NOT NULL,
    PRIMARY KEY (county, class, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_members_by_person ON training_members (county, person);

CREATE TABLE training_order_changes (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    training_order INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_person INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unpaid', 'paid', 'waived', 'refunded')),
    method TEXT NOT NULL CHECK (method IN ('', 'transfer', 'wechat')),
    reference TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_order_changes_by_order ON training_order_changes (county, training_order);

CREATE TABLE training_orders (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    class INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unpaid', 'paid', 'waived', 'refunded')),
    method TEXT NOT NULL CHECK (method IN ('', 'transfer', 'wechat')),
    reference TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_orders_by_class ON training_orders (county, class, person);
CREATE UNIQUE INDEX training_orders_by_number ON training_orders (county, number);
CREATE INDEX training_orders_by_person ON training_orders (county, person);

CREATE TABLE training_payments (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    training_order INTEGER NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('transfer', 'wechat')),
    scene TEXT CHECK (scene IN ('native', 'jsapi')),
    amount INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unpaid', 'paid', 'closed')),
    code TEXT NOT NULL,
    reference TEXT NOT NULL,
    told_amount INTEGER NOT NULL,
    fault TEXT NOT NULL CHECK (fault IN ('none', 'amount', 'currency')),
    payer INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    settled_at INTEGER NOT NULL,
    checked_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_payments_by_order ON training_payments (county, training_order);
CREATE INDEX training_payments_open ON training_payments (county, asked_at) WHERE state = 'unpaid';
CREATE INDEX training_payments_settled ON training_payments (county, settled_at) WHERE state = 'paid';

CREATE TABLE training_refunds (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    payment INTEGER NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('decided', 'doubled')),
    amount INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'failed')),
    reason TEXT NOT NULL,
    reference TEXT NOT NULL,
    failure TEXT NOT NULL,
    may_recover INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    settled_at INTEGER NOT NULL,
    checked_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_refunds_by_payment ON training_refunds (county, payment);
CREATE INDEX training_refunds_open ON training_refunds (county, asked_at) WHERE state = 'asked';
CREATE INDEX training_refunds_settled ON training_refunds (county, settled_at) WHERE state = 'done';

CREATE TABLE training_sessions (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    id INTEGER NOT NULL,
    team INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('lecture', 'discussion', 'case_analysis', 'mock_teaching', 'visit')),
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    tutors TEXT NOT NULL,
    PRIMARY KEY (county, class, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE training_tasks (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('case_analysis', 'mock_teaching', 'other')),
    title TEXT NOT NULL,
    weight INTEGER NOT NULL,
    criteria TEXT NOT NULL,
    PRIMARY KEY (county, class, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE training_team_members (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    person INTEGER NOT NULL,
    team INTEGER NOT NULL,
    PRIMARY KEY (county, class, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_team_members_by_person ON training_team_members (county, person);

CREATE TABLE training_teams (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (county, class, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE training_tutors (
    county INTEGER NOT NULL,
    class INTEGER NOT NULL,
    id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    person INTEGER NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('theory_mentor', 'practice_mentor', 'assistant', 'expert')),
    note TEXT NOT NULL,
    team INTEGER NOT NULL,
    PRIMARY KEY (county, class, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_tutors_by_person ON training_tutors (county, person);

CREATE TABLE transfers (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('within', 'out', 'in')),
    state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'refused', 'withdrawn', 'moved', 'failed')),
    student INTEGER NOT NULL,
    from_school INTEGER NOT NULL,
    from_class INTEGER NOT NULL,
    to_school INTEGER NOT NULL,
    to_class INTEGER NOT NULL,
    place TEXT NOT NULL,
    on_day INTEGER NOT NULL,
    reason TEXT NOT NULL,
    answers_at INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    asked_from INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    answered_by INTEGER NOT NULL,
    answered_at INTEGER,
    answer TEXT NOT NULL,
    moved_at INTEGER,
    receipt TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX transfers_from ON transfers (county, from_school);
CREATE INDEX transfers_student ON transfers (county, student);
CREATE INDEX transfers_to ON transfers (county, to_school);

CREATE TABLE turn_classes (
    county INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    class INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('up', 'graduate', 'regroup', 'leave_out')),
    destination INTEGER NOT NULL,
    PRIMARY KEY (county, turn, class)
) STRICT, WITHOUT ROWID;

CREATE TABLE turn_exceptions (
    county INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    student INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('repeat_year', 'skip_year', 'leave', 'go_to')),
    class INTEGER NOT NULL,
    reason TEXT NOT NULL,
    was_in INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county, turn, student)
) STRICT, WITHOUT ROWID;

CREATE TABLE turn_places (
    county INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    student INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (county, turn, student)
) STRICT, WITHOUT ROWID;

CREATE TABLE turn_posts (
    county INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    post INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('keep', 'hand_over', 'end')),
    number INTEGER NOT NULL,
    PRIMARY KEY (county, turn, post)
) STRICT, WITHOUT ROWID;

CREATE TABLE turn_schools (
    county INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    school INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'applied', 'failed', 'undone')),
    position INTEGER NOT NULL,
    counts TEXT NOT NULL,
    fault_zh TEXT NOT NULL,
    fault_en TEXT NOT NULL,
    PRIMARY KEY (county, turn, school)
) STRICT, WITHOUT ROWID;
CREATE INDEX turn_schools_school ON turn_schools (county, school);

CREATE TABLE turn_sizes (
    county INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    school INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('kindergarten', 'primary', 'junior', 'senior')),
    entry_year INTEGER NOT NULL,
    classes INTEGER NOT NULL,
    PRIMARY KEY (county, turn, school, stage, entry_year)
) STRICT, WITHOUT ROWID;

CREATE TABLE turn_steps (
    county INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    school INTEGER NOT NULL,
    student INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('up', 'promoted', 'graduated', 'regrouped', 'repeated', 'skipped', 'left', 'moved')),
    from_class INTEGER NOT NULL,
    to_class INTEGER NOT NULL,
    PRIMARY KEY (county, turn, school, student)
) STRICT, WITHOUT ROWID;

CREATE TABLE turn_terms (
    county INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    school INTEGER NOT NULL,
    post INTEGER NOT NULL,
    was_to INTEGER NOT NULL,
    new_post INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    role TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (county, turn, school, post)
) STRICT, WITHOUT ROWID;

CREATE TABLE turn_units (
    county INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    school INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    is_opened INTEGER NOT NULL,
    above INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    entry_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (county, turn, school, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE turns (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    organisation INTEGER NOT NULL,
    on_day INTEGER NOT NULL,
    school_year INTEGER NOT NULL,
    schooling TEXT NOT NULL CHECK (schooling IN ('six_three', 'five_four')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'scheduled', 'applying', 'applied', 'undoing', 'undone', 'discarded')),
    job INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    applied_at INTEGER,
    undone_at INTEGER,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE unit_progress (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    course INTEGER NOT NULL,
    length INTEGER NOT NULL,
    share INTEGER NOT NULL,
    fastest INTEGER NOT NULL,
    watched TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    position_ms INTEGER NOT NULL,
    completed_at INTEGER NOT NULL,
    PRIMARY KEY (county, person, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_campaigns (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    school INTEGER NOT NULL,
    title TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    to_day INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    most_a_day INTEGER NOT NULL,
    metres_per_minute INTEGER NOT NULL,
    base TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    job INTEGER NOT NULL,
    planned_at INTEGER NOT NULL,
    metres INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL, asks_geocoder INTEGER NOT NULL DEFAULT FALSE, closed_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_campaigns_by_school ON visit_campaigns (county, school);

CREATE TABLE visit_corrections (
    county INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    edit INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    author INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,
    fields TEXT NOT NULL,
    minutes_before INTEGER NOT NULL,
    minutes_after INTEGER NOT NULL,
    entry_before INTEGER NOT NULL,
    entry_after INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    read_by INTEGER NOT NULL,
    PRIMARY KEY (county, visit, edit)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_corrections_by_campaign ON visit_corrections (county, campaign, arrived_at);

CREATE TABLE visit_edits (
    county INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    edit INTEGER NOT NULL,
    author INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    saw TEXT NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (county, visit, edit)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_outings (
    county INTEGER NOT NULL,
    team INTEGER NOT NULL,
    day INTEGER NOT NULL,
    left_at INTEGER NOT NULL,
    left_by INTEGER NOT NULL,
    back_at INTEGER NOT NULL,
    back_by INTEGER NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (county, team, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_points (
    county INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    number INTEGER NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('family', 'school')),
    words TEXT NOT NULL,
    due_day INTEGER NOT NULL,
    done_at INTEGER NOT NULL,
    done_by INTEGER NOT NULL,
    PRIMARY KEY (county, visit, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_team_members (
    county INTEGER NOT NULL,
    team INTEGER NOT NULL,
    person INTEGER NOT NULL,
    is_leader INTEGER NOT NULL,
    hours TEXT NOT NULL,
    PRIMARY KEY (county, team, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_team_members_by_person ON visit_team_members (county, person);

CREATE TABLE visit_teams (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    class INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_teams_by_campaign ON visit_teams (county, campaign);

CREATE TABLE visits (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    student INTEGER NOT NULL,
    class INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'wished', 'planned', 'published', 'confirmed', 'moved', 'done', 'declined')),
    wish TEXT NOT NULL CHECK (wish IN ('unknown', 'home', 'school', 'neutral', 'online', 'not_now')),
    reason TEXT NOT NULL,
    times TEXT NOT NULL,
    place TEXT NOT NULL,
    priority INTEGER NOT NULL,
    answered_by INTEGER NOT NULL,
    team INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    is_pinned INTEGER NOT NULL,
    left_because TEXT NOT NULL,
    proof TEXT NOT NULL CHECK (proof IN ('none', 'code', 'family')),
    proved_at INTEGER NOT NULL,
    form TEXT NOT NULL,
    record TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    declined_entry INTEGER NOT NULL,
    round INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_by_campaign ON visits (county, campaign, class);
CREATE UNIQUE INDEX visits_by_student ON visits (county, student, campaign);
CREATE INDEX visits_by_team ON visits (county, team, starts_at);

CREATE TABLE volunteer_corrections (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'corrected', 'kept')),
    due_day INTEGER NOT NULL,
    answer TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    answered_by INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX volunteer_corrections_by_organisation ON volunteer_corrections (county, organisation, state);
CREATE INDEX volunteer_corrections_by_person ON volunteer_corrections (county, person);

CREATE TABLE volunteer_notes (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('training', 'award', 'evaluation')),
    day INTEGER NOT NULL,
    words TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    noted_by INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX volunteer_notes_by_organisation ON volunteer_notes (county, organisation);
CREATE INDEX volunteer_notes_by_person ON volunteer_notes (county, person);

CREATE TABLE wecom_users (
    county INTEGER NOT NULL,
    person INTEGER NOT NULL,
    name TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    PRIMARY KEY (county, person)
) STRICT;

CREATE TABLE what_if_figures (
    county INTEGER NOT NULL,
    what_if INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    obligation TEXT NOT NULL,
    total_before INTEGER NOT NULL,
    covered_before INTEGER NOT NULL,
    excused_before INTEGER NOT NULL,
    total_after INTEGER NOT NULL,
    covered_after INTEGER NOT NULL,
    excused_after INTEGER NOT NULL,
    newly_covered INTEGER NOT NULL,
    newly_missing INTEGER NOT NULL,
    PRIMARY KEY (county, what_if, unit, obligation)
) STRICT, WITHOUT ROWID;

CREATE TABLE what_if_subjects (
    county INTEGER NOT NULL,
    what_if INTEGER NOT NULL,
    obligation TEXT NOT NULL,
    subject INTEGER NOT NULL,
    is_covered INTEGER NOT NULL,
    PRIMARY KEY (county, what_if, obligation, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE what_ifs (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    unit INTEGER NOT NULL, -- of whoever asked: those whose reach holds it may see it
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    job INTEGER NOT NULL,
    day INTEGER NOT NULL,
    plan INTEGER NOT NULL, -- the loaded version that was tried; 0 for a text
    body TEXT NOT NULL, -- that text
    file_name TEXT NOT NULL,
    against INTEGER NOT NULL, -- the version that it was held against; 0 for none
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    finished_at INTEGER,
    summary TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE xapi_actors (
    county INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    actor TEXT NOT NULL,
    person INTEGER NOT NULL,
    matched_by INTEGER NOT NULL,
    matched_at INTEGER NOT NULL,
    PRIMARY KEY (county, organisation, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX xapi_actors_person ON xapi_actors (county, person);

CREATE TABLE xapi_attached (
    county INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    attachment INTEGER NOT NULL,
    PRIMARY KEY (county, statement, attachment)
) STRICT, WITHOUT ROWID;
CREATE INDEX xapi_attached_attachment ON xapi_attached (county, attachment);

CREATE TABLE xapi_attachments (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    mark TEXT NOT NULL,
    blob TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE UNIQUE INDEX xapi_attachments_mark ON xapi_attachments (county, organisation, mark);

CREATE TABLE xapi_credentials (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    name TEXT NOT NULL,
    user_name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('send', 'read')),
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE UNIQUE INDEX xapi_credentials_name ON xapi_credentials (county, user_name);

CREATE TABLE xapi_documents (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    credential INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('state', 'activity_profile', 'agent_profile')),
    activity TEXT NOT NULL,
    agent TEXT NOT NULL,
    registration TEXT NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
CREATE INDEX xapi_documents_agent ON xapi_documents (county, agent) WHERE agent <> '';
CREATE UNIQUE INDEX xapi_documents_place ON xapi_documents (county, credential, kind, activity, agent, registration, name);

CREATE TABLE xapi_learners (
    county INTEGER NOT NULL,
    number TEXT NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (county, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX xapi_learners_person ON xapi_learners (county, person);

CREATE TABLE xapi_mentions (
    county INTEGER NOT NULL,
    mark TEXT NOT NULL,
    statement INTEGER NOT NULL,
    is_direct INTEGER NOT NULL,
    PRIMARY KEY (county, mark, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX xapi_mentions_statement ON xapi_mentions (county, statement);

CREATE TABLE xapi_rules (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    verb TEXT NOT NULL,
    activity TEXT NOT NULL,
    kind TEXT NOT NULL,
    most_minutes INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;

CREATE TABLE xapi_statements (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    statement_id TEXT NOT NULL,
    credential INTEGER NOT NULL,
    organisation INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('counted', 'unknown_person', 'no_rule', 'not_passed', 'no_account', 'out_of_reach', 'untimely',
        'counted_before', 'voiding', 'voided')),
    actor TEXT NOT NULL,
    person INTEGER NOT NULL,
    verb TEXT NOT NULL,
    activity TEXT NOT NULL,
    registration TEXT NOT NULL,
    rule INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    statement TEXT NOT NULL,
    stored_at INTEGER NOT NULL, target TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX xapi_statements_about ON xapi_statements (county, credential, id) WHERE target <> '';
CREATE INDEX xapi_statements_activity ON xapi_statements (county, credential, activity, id) WHERE activity <> '';
CREATE INDEX xapi_statements_actor ON xapi_statements (county, actor, id);
CREATE INDEX xapi_statements_credential ON xapi_statements (county, credential, id);
CREATE UNIQUE INDEX xapi_statements_name ON xapi_statements (county, statement_id);
CREATE INDEX xapi_statements_outcome ON xapi_statements (county, outcome, id);
CREATE INDEX xapi_statements_person ON xapi_statements (county, person, activity) WHERE person <> 0;
CREATE INDEX xapi_statements_registration ON xapi_statements (county, registration) WHERE registration <> '';
CREATE INDEX xapi_statements_target ON xapi_statements (county, target) WHERE target <> '';
CREATE INDEX xapi_statements_verb ON xapi_statements (county, credential, verb, id);

CREATE TABLE xapi_streams (
    county INTEGER NOT NULL,
    id INTEGER NOT NULL,
    is_on INTEGER NOT NULL,
    address TEXT NOT NULL,
    user_name TEXT NOT NULL,
    secret TEXT NOT NULL,
    sent_until INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    problem TEXT NOT NULL,
    next_at INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT;
