-- How a person logs in.
CREATE TABLE accounts (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    user_name TEXT NOT NULL,
    phone TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    must_change BOOLEAN NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    password_changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, person)
);
CREATE UNIQUE INDEX accounts_user_name ON accounts (county, user_name) WHERE user_name <> '';
CREATE UNIQUE INDEX accounts_phone ON accounts (county, substr(phone, 1, 28)) WHERE phone <> '';
CREATE INDEX accounts_any_user_name ON accounts (user_name) WHERE user_name <> '';
CREATE INDEX accounts_any_phone ON accounts (substr(phone, 1, 28)) WHERE phone <> '';

-- One log-in of one device. Only the token's hash is kept.
CREATE TABLE sessions (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    acting_as BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX sessions_token ON sessions (county, token_hash);
CREATE INDEX sessions_any_token ON sessions (token_hash);
CREATE INDEX sessions_person ON sessions (county, person);

-- Failed log-ins by account name and by address; too many make the next wait.
CREATE TABLE login_failures (
    key TEXT NOT NULL,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL,
    PRIMARY KEY (key)
) CLUSTERED;
