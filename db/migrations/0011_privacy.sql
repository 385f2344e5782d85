-- Why a role may open the files of the pupils that its post reaches, without asking each time (常设查阅目的).
CREATE TABLE purposes (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    basis TEXT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);

-- One person's request for one pupil's file, for a reason and a while (逐案查阅申请).
CREATE TABLE access_requests (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    post BIGINT NOT NULL,
    student BIGINT NOT NULL,
    reason TEXT NOT NULL,
    hours BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn', 'ended')),
    asked_at BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT,
    decision TEXT NOT NULL,
    until BIGINT,
    opened BIGINT NOT NULL,
    reviewed_by BIGINT NOT NULL,
    reviewed_at BIGINT,
    review TEXT NOT NULL CHECK (review IN ('', 'proper', 'improper')),
    review_words TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX access_requests_student ON access_requests (county, student, id);
CREATE INDEX access_requests_person ON access_requests (county, person, id);
CREATE INDEX access_requests_state ON access_requests (county, state, id);

-- What the guardians are asked to agree to: one row for each version of a purpose (同意事项).
CREATE TABLE consent_purposes (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    key TEXT NOT NULL,
    version BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    title TEXT NOT NULL,
    words TEXT NOT NULL,
    data_items TEXT NOT NULL,
    recipients TEXT NOT NULL,
    kept_months BIGINT NOT NULL,
    asks_again BOOLEAN NOT NULL,
    published_at BIGINT NOT NULL,
    published_by BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX consent_purposes_version ON consent_purposes (county, key, version);

-- Each answer to such a question, by whom and when; the newest counts. Only ever grows.
CREATE TABLE consent_acts (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    key TEXT NOT NULL,
    version BIGINT NOT NULL,
    student BIGINT NOT NULL,
    person BIGINT NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('given', 'refused', 'withdrawn')),
    relation TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX consent_acts_student ON consent_acts (county, student, key, id);
CREATE INDEX consent_acts_key ON consent_acts (county, key, id);
-- only sqlite
CREATE TRIGGER consent_acts_keep BEFORE UPDATE ON consent_acts BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER consent_acts_stay BEFORE DELETE ON consent_acts BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
-- only postgresql
CREATE TRIGGER consent_acts_keep BEFORE UPDATE OR DELETE ON consent_acts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consent_acts_stay BEFORE TRUNCATE ON consent_acts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- both

-- How long each class of data is kept where a county departs from what the program proposes (保存期限).
CREATE TABLE retention_rules (
    county BIGINT NOT NULL,
    data_class TEXT NOT NULL,
    months BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, data_class)
) CLUSTERED;

-- Nothing about this person may be erased meanwhile (依法留存).
CREATE TABLE legal_holds (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    reason TEXT NOT NULL,
    placed_by BIGINT NOT NULL,
    placed_at BIGINT NOT NULL,
    lifted_by BIGINT NOT NULL,
    lifted_at BIGINT,
    PRIMARY KEY (county, id)
);
CREATE INDEX legal_holds_person ON legal_holds (county, person);

-- What was erased, when, why and by whom; the hash lets whoever holds an earlier export see that it is the same data (删除证明).
CREATE TABLE deletions (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    data_class TEXT NOT NULL,
    person BIGINT NOT NULL,
    reason TEXT NOT NULL,
    counts TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    erased_by BIGINT NOT NULL,
    erased_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE INDEX deletions_person ON deletions (county, person);
