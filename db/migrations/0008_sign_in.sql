-- Whether a log-in takes a second factor; every request looks at it, so it stands beside the account.
ALTER TABLE accounts ADD COLUMN has_second_factor BOOLEAN NOT NULL DEFAULT FALSE;

-- When a session last proved whose it is, how it began, and on which device.
ALTER TABLE sessions ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- The app on the phone that shows a new code every 30 seconds. `last_step` is the last one used: no code counts twice.
CREATE TABLE second_factors (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    secret TEXT NOT NULL,
    is_on BOOLEAN NOT NULL,
    last_step BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (county, person)
);

CREATE TABLE recovery_codes (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (county, person, hash)
) CLUSTERED;

-- A log-in that is half done: a second factor, the binding of a WeChat account, or the way to a single sign-on provider and back.
CREATE TABLE log_in_tickets (
    county BIGINT NOT NULL,
    hash TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('second_factor', 'binding', 'sso')),
    person BIGINT NOT NULL,
    method TEXT NOT NULL,
    detail TEXT NOT NULL,
    device TEXT NOT NULL,
    tries BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (county, hash)
);
CREATE INDEX log_in_tickets_any ON log_in_tickets (hash);

-- Which WeChat user or whose single sign-on name is which person. One of each provider for a person.
CREATE TABLE linked_log_ins (
    county BIGINT NOT NULL,
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    person BIGINT NOT NULL,
    linked_at BIGINT NOT NULL,
    linked_by BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (county, provider, subject)
);
CREATE UNIQUE INDEX linked_log_ins_person ON linked_log_ins (county, person, provider);
CREATE INDEX linked_log_ins_any ON linked_log_ins (provider, subject);

-- Every log-in to an account that went well or not, for its owner to look at.
CREATE TABLE log_ins (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    method TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('succeeded', 'wrong_password', 'wrong_code')),
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    device TEXT NOT NULL,
    session BIGINT NOT NULL,
    is_new_device BOOLEAN NOT NULL,
    reported_at BIGINT,
    PRIMARY KEY (county, person, id)
) CLUSTERED;

CREATE TABLE known_devices (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    device TEXT NOT NULL,
    agent TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (county, person, device)
) CLUSTERED;

-- What the owner of an account should know of it.
CREATE TABLE account_notices (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (county, person, id)
) CLUSTERED;

-- Short messages on their way; what they say goes once they are sent, the rest tells for a day how many one number got.
CREATE TABLE short_messages (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    phone_key TEXT NOT NULL,
    address TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    PRIMARY KEY (county, id)
);
CREATE INDEX short_messages_phone ON short_messages (county, phone_key, created_at);
CREATE INDEX short_messages_address ON short_messages (county, address, created_at);

-- Codes that were sent to a phone and are waited for.
CREATE TABLE phone_codes (
    county BIGINT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('log_in', 'password', 'phone')),
    phone_key TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    tries BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (county, purpose, phone_key)
);
