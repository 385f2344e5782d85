-- What people are told. A letter is written once; an item lies in one person's inbox. The id of an item grows with time.
CREATE TABLE inbox_letters (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    body_zh TEXT NOT NULL,
    body_en TEXT NOT NULL,
    link TEXT NOT NULL,
    is_urgent BOOLEAN NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;

CREATE TABLE inbox_items (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    id BIGINT NOT NULL,
    letter BIGINT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (county, person, id)
) CLUSTERED;
CREATE UNIQUE INDEX inbox_items_once ON inbox_items (county, person, letter);
CREATE INDEX inbox_items_unread ON inbox_items (county, person) WHERE read_at = 0;

-- What lay in two places before.
INSERT INTO inbox_letters (county, id, kind, title_zh, title_en, body_zh, body_en, link, is_urgent, withdrawn_at)
    SELECT county, id, CASE WHEN kind = 'training_reminder' THEN 'training' ELSE 'account' END,
        CASE kind WHEN 'new_device' THEN '您的账号在新设备上登录' WHEN 'password_reset' THEN '您的密码已重置'
            WHEN 'second_factor_on' THEN '两步验证已开启' WHEN 'second_factor_off' THEN '两步验证已关闭'
            WHEN 'second_factor_reset' THEN '管理员关闭了您的两步验证' WHEN 'recovery_code_used' THEN '您用了一个恢复码登录'
            WHEN 'log_in_linked' THEN '账号绑定了新的登录方式' WHEN 'log_in_unlinked' THEN '账号解除了一种登录方式'
            ELSE '请继续完成培训：' || detail END,
        CASE kind WHEN 'new_device' THEN 'Your account was used on a new device' WHEN 'password_reset' THEN 'Your password was reset'
            WHEN 'second_factor_on' THEN 'Two-step log-in is on' WHEN 'second_factor_off' THEN 'Two-step log-in is off'
            WHEN 'second_factor_reset' THEN 'An administrator took your two-step log-in away'
            WHEN 'recovery_code_used' THEN 'You logged in with a recovery code' WHEN 'log_in_linked' THEN 'Another way to log in was linked'
            WHEN 'log_in_unlinked' THEN 'A way to log in was unlinked' ELSE 'Please go on with your training: ' || detail END,
        '', '', CASE WHEN kind = 'training_reminder' THEN '/my-training' ELSE '/account' END, FALSE, 0
    FROM account_notices;
INSERT INTO inbox_items (county, person, id, letter, at, read_at)
    SELECT county, person, id, id, at, COALESCE(read_at, 0) FROM account_notices;
INSERT INTO inbox_letters (county, id, kind, title_zh, title_en, body_zh, body_en, link, is_urgent, withdrawn_at)
    SELECT n.county, n.id, 'activity',
        CASE n.kind WHEN 'reminder' THEN '活动提醒：' WHEN 'placed' THEN '您有名额了：' WHEN 'changed' THEN '活动有变：' ELSE '活动取消：' END || a.title,
        CASE n.kind WHEN 'reminder' THEN 'Soon: ' WHEN 'placed' THEN 'You have a place: ' WHEN 'changed' THEN 'Changed: ' ELSE 'Cancelled: ' END || a.title,
        a.reason, '', '/activities/' || a.id, FALSE, 0
    FROM activity_notices n JOIN activities a ON a.county = n.county AND a.id = n.activity;
INSERT INTO inbox_items (county, person, id, letter, at, read_at)
    SELECT n.county, n.person, n.id, n.id, n.at, n.read_at FROM activity_notices n JOIN activities a ON a.county = n.county AND a.id = n.activity;
DROP TABLE account_notices;
DROP TABLE activity_notices;
-- only sqlite
DELETE FROM sqlite_stat1 WHERE tbl IN ('account_notices', 'activity_notices');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('inbox_letters', 'inbox_letters', '20000 20000 1'),
    ('inbox_items', 'inbox_items', '2000000 2000000 40 1'),
    ('inbox_items', 'inbox_items_once', '2000000 2000000 40 1'),
    ('inbox_items', 'inbox_items_unread', '500000 500000 5');
ANALYZE sqlite_schema;
-- both

-- How a county uses its families' time: quiet hours in minutes after midnight, minutes of a household's week, hours between two reminders,
-- and the list of what may go beyond the budget. A county without a row keeps to the rules that the program names.
CREATE TABLE notice_rules (
    county BIGINT NOT NULL,
    quiet_from BIGINT NOT NULL,
    quiet_until BIGINT NOT NULL,
    weekly_minutes BIGINT NOT NULL,
    remind_hours BIGINT NOT NULL,
    items TEXT NOT NULL,
    PRIMARY KEY (county)
);

CREATE TABLE notices (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('carers', 'staff')),
    stages TEXT NOT NULL,
    pupil_group TEXT NOT NULL,
    roles TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    search TEXT NOT NULL,
    ask TEXT NOT NULL CHECK (ask IN ('nothing', 'confirm', 'yes_no', 'choice', 'text')),
    choices TEXT NOT NULL,
    is_per_child BOOLEAN NOT NULL,
    minutes BIGINT NOT NULL,
    is_urgent BOOLEAN NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'refused', 'scheduled', 'sending', 'sent', 'recalled')),
    send_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    letter BIGINT NOT NULL,
    code TEXT NOT NULL,
    over_minutes BIGINT NOT NULL,
    number BIGINT NOT NULL,
    changes TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    decision TEXT NOT NULL,
    recalled_by BIGINT NOT NULL,
    recalled_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    households BIGINT NOT NULL,
    reminded_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX notices_by_code ON notices (county, code);
CREATE INDEX notices_by_state ON notices (county, state, due_at);
CREATE INDEX notices_by_organisation ON notices (county, organisation);

-- Whom it goes to: these organisations and all below them.
CREATE TABLE notice_targets (
    county BIGINT NOT NULL,
    notice BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    PRIMARY KEY (county, notice, organisation)
) CLUSTERED;
CREATE INDEX notice_targets_by_organisation ON notice_targets (county, organisation);

-- What it said before it was corrected.
CREATE TABLE notice_editions (
    county BIGINT NOT NULL,
    notice BIGINT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    replaced_by BIGINT NOT NULL,
    replaced_at BIGINT NOT NULL,
    changes TEXT NOT NULL,
    PRIMARY KEY (county, notice, number)
) CLUSTERED;

CREATE TABLE notice_files (
    county BIGINT NOT NULL,
    notice BIGINT NOT NULL,
    id BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    blob TEXT NOT NULL,
    PRIMARY KEY (county, notice, id)
) CLUSTERED;

-- Of whom an answer is awaited: each pupil concerned, or each member of the staff.
CREATE TABLE notice_subjects (
    county BIGINT NOT NULL,
    notice BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    read_by BIGINT NOT NULL,
    answer TEXT NOT NULL,
    done_at BIGINT NOT NULL,
    done_by BIGINT NOT NULL,
    entered_by BIGINT NOT NULL,
    reminded_at BIGINT NOT NULL,
    PRIMARY KEY (county, notice, subject)
) CLUSTERED;
CREATE INDEX notice_subjects_by_unit ON notice_subjects (county, notice, unit, read_at, done_at);
CREATE INDEX notice_subjects_by_subject ON notice_subjects (county, subject);

-- Who got it, and for which of them.
CREATE TABLE notice_people (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    notice BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    PRIMARY KEY (county, person, notice, subject)
) CLUSTERED;
CREATE INDEX notice_people_by_subject ON notice_people (county, notice, subject);

-- What each household was asked for in a week (its Monday).
CREATE TABLE notice_households (
    county BIGINT NOT NULL,
    notice BIGINT NOT NULL,
    household BIGINT NOT NULL,
    week BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    PRIMARY KEY (county, notice, household)
) CLUSTERED;
CREATE INDEX notice_households_by_week ON notice_households (county, week, household, minutes);
-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('notices', 'notices', '5000 5000 1'),
    ('notices', 'notices_by_code', '5000 5000 1'),
    ('notices', 'notices_by_state', '5000 700 2'),
    ('notices', 'notices_by_organisation', '5000 5000 10'),
    ('notice_targets', 'notice_targets', '6000 6000 2 1'),
    ('notice_targets', 'notice_targets_by_organisation', '6000 6000 10'),
    ('notice_subjects', 'notice_subjects', '1000000 1000000 200 1'),
    ('notice_subjects', 'notice_subjects_by_unit', '1000000 1000000 200 40 2 1'),
    ('notice_subjects', 'notice_subjects_by_subject', '1000000 1000000 20'),
    ('notice_people', 'notice_people', '2000000 2000000 40 2 1'),
    ('notice_people', 'notice_people_by_subject', '2000000 2000000 400 2'),
    ('notice_households', 'notice_households', '800000 800000 200 1'),
    ('notice_households', 'notice_households_by_week', '800000 800000 100000 4 1');
ANALYZE sqlite_schema;
-- both
