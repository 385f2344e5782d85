-- What other programs keep with us between two sittings (xAPI documents). An agent is a keyed digest, the content is sealed.
CREATE TABLE xapi_documents (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    credential BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('state', 'activity_profile', 'agent_profile')),
    activity TEXT NOT NULL,
    agent TEXT NOT NULL,
    registration TEXT NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX xapi_documents_place ON xapi_documents (county, credential, kind, activity, agent, registration, name);
CREATE INDEX xapi_documents_agent ON xapi_documents (county, agent) WHERE agent <> '';

-- Whom and what a learning record mentions besides its actor and its activity: keyed digests to find the sealed record by.
CREATE TABLE xapi_mentions (
    county BIGINT NOT NULL,
    mark TEXT NOT NULL,
    statement BIGINT NOT NULL,
    is_direct BOOLEAN NOT NULL,
    PRIMARY KEY (county, mark, statement)
) CLUSTERED;
CREATE INDEX xapi_mentions_statement ON xapi_mentions (county, statement);

-- Files that came with learning records, each content once for an organisation, and the records that name them.
CREATE TABLE xapi_attachments (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    mark TEXT NOT NULL,
    blob TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    stored_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX xapi_attachments_mark ON xapi_attachments (county, organisation, mark);
CREATE TABLE xapi_attached (
    county BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    attachment BIGINT NOT NULL,
    PRIMARY KEY (county, statement, attachment)
) CLUSTERED;
CREATE INDEX xapi_attached_attachment ON xapi_attached (county, attachment);
