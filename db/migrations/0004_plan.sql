-- Every version of every plan that was ever loaded; a figure names the version that it was computed by.
CREATE TABLE plans (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    key TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in_force', 'replaced', 'retired')),
    unit BIGINT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    file_name TEXT NOT NULL,
    body TEXT NOT NULL,
    note TEXT NOT NULL,
    loaded_by BIGINT NOT NULL,
    loaded_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX plans_version ON plans (county, key, version);

-- Requirements and point rules keep their number through all versions of a plan.
CREATE TABLE rule_numbers (
    county BIGINT NOT NULL,
    plan TEXT NOT NULL,
    rule TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (county, plan, rule)
) CLUSTERED;
CREATE UNIQUE INDEX rule_numbers_number ON rule_numbers (county, number);
