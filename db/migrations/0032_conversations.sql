-- Conversations between school and home: about a child, or of a class's committee. Subject and words are sealed.
CREATE TABLE conversations (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    student BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    subject TEXT NOT NULL,
    is_confidential BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unanswered', 'answered', 'waiting', 'done')),
    asked_at BIGINT NOT NULL,
    last_position BIGINT NOT NULL,
    moved BIGINT NOT NULL,
    automatic_until BIGINT NOT NULL,
    tell_at BIGINT NOT NULL,
    client TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX conversations_once ON conversations (county, created_by, client);
CREATE INDEX conversations_by_student ON conversations (county, student);
CREATE INDEX conversations_by_unit ON conversations (county, unit, created_at);

-- Who is in it. `letter` lies in the inbox while something is unread; `left_at` is 0 while somebody is in it.
CREATE TABLE conversation_members (
    county BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    person BIGINT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('staff', 'carer')),
    read_position BIGINT NOT NULL,
    letter BIGINT NOT NULL,
    added_by BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    left_at BIGINT NOT NULL,
    PRIMARY KEY (county, conversation, person)
) CLUSTERED;
CREATE INDEX conversation_members_by_person ON conversation_members (county, person, conversation);

-- One after the other by position. `client` is what the writer's phone called it, so that sending again changes nothing.
CREATE TABLE conversation_messages (
    county BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    position BIGINT NOT NULL,
    author BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'automatic', 'joined', 'left', 'inspected')),
    body TEXT NOT NULL,
    about BIGINT NOT NULL,
    at BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    client TEXT NOT NULL,
    PRIMARY KEY (county, conversation, position)
) CLUSTERED;
CREATE UNIQUE INDEX conversation_messages_once ON conversation_messages (county, author, client) WHERE client <> '';

-- Position 0: handed in, not sent yet.
CREATE TABLE conversation_files (
    county BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    blob TEXT NOT NULL,
    added_by BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (county, conversation, id)
) CLUSTERED;

-- How long a carer waited for an answer; never of a confidential conversation.
CREATE TABLE conversation_answers (
    county BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    position BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    answered_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (county, conversation, position)
) CLUSTERED;
CREATE INDEX conversation_answers_by_unit ON conversation_answers (county, unit, answered_at);

-- Of a person, or of a school for its staff. `days` are 1 for Monday to 7 for Sunday; an away day of 0: not away.
CREATE TABLE office_hours (
    county BIGINT NOT NULL,
    owner BIGINT NOT NULL,
    days TEXT NOT NULL,
    from_minute BIGINT NOT NULL,
    until_minute BIGINT NOT NULL,
    away_until BIGINT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (county, owner)
) CLUSTERED;

CREATE TABLE answer_templates (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    templates TEXT NOT NULL,
    PRIMARY KEY (county, person)
) CLUSTERED;

-- What a member told the school's leader of, as it stood then: everything up to a position.
CREATE TABLE conversation_reports (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    school BIGINT NOT NULL,
    position BIGINT NOT NULL,
    until_position BIGINT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'working', 'closed')),
    outcome TEXT NOT NULL,
    reported_by BIGINT NOT NULL,
    reported_at BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX conversation_reports_by_school ON conversation_reports (county, school, state);
CREATE INDEX conversation_reports_by_conversation ON conversation_reports (county, conversation);
-- only sqlite
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('conversations', 'conversations', '200000 200000 1'),
    ('conversations', 'conversations_once', '200000 200000 20 1'),
    ('conversations', 'conversations_by_student', '200000 200000 4'),
    ('conversations', 'conversations_by_unit', '200000 200000 150 1'),
    ('conversation_members', 'conversation_members', '600000 600000 3 1'),
    ('conversation_members', 'conversation_members_by_person', '600000 600000 6 1'),
    ('conversation_messages', 'conversation_messages', '3000000 3000000 15 1'),
    ('conversation_messages', 'conversation_messages_once', '3000000 3000000 30 1'),
    ('conversation_files', 'conversation_files', '300000 300000 3 1'),
    ('conversation_answers', 'conversation_answers', '600000 600000 3 1'),
    ('conversation_answers', 'conversation_answers_by_unit', '600000 600000 400 1'),
    ('conversation_reports', 'conversation_reports', '500 500 1'),
    ('conversation_reports', 'conversation_reports_by_school', '500 500 10 3'),
    ('conversation_reports', 'conversation_reports_by_conversation', '500 500 1');
ANALYZE sqlite_schema;
-- both
