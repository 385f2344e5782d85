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
