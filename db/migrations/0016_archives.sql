-- A county's archives: files with everything that it holds, made on request and kept a few days on the server's disk.
CREATE TABLE archives (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('making', 'ready', 'failed', 'removed')),
    job BIGINT NOT NULL,
    secret TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    file_count BIGINT NOT NULL,
    file_size BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ready_at BIGINT,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
