-- A training class of a programme (培训班): what it leads to, what it contains, what it costs.
CREATE TABLE training_classes (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    owner BIGINT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    search TEXT NOT NULL,
    plan TEXT NOT NULL,
    credential TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
    opens_on BIGINT NOT NULL,
    closes_on BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    price BIGINT NOT NULL,
    process_weight BIGINT NOT NULL,
    pass_mark BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX training_classes_by_owner ON training_classes (county, owner);

CREATE TABLE training_class_courses (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    position BIGINT NOT NULL,
    course BIGINT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('required', 'elective')),
    track TEXT NOT NULL CHECK (track IN ('everyone', 'leaders', 'teachers')),
    PRIMARY KEY (county, class, course)
) CLUSTERED;
CREATE INDEX training_class_courses_by_course ON training_class_courses (county, course);

-- Who is in a class, with the standing that the ledger gave them when it last changed: a board of thousands is one walk over these rows.
CREATE TABLE training_members (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    track TEXT NOT NULL CHECK (track IN ('everyone', 'leaders', 'teachers')),
    state TEXT NOT NULL CHECK (state IN ('enrolled', 'withdrawn')),
    enrolled_at BIGINT NOT NULL,
    enrolled_by BIGINT NOT NULL,
    times BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    import BIGINT NOT NULL,
    window_from BIGINT NOT NULL,
    window_to BIGINT NOT NULL,
    amounts TEXT NOT NULL,
    percent BIGINT NOT NULL,
    is_earned BOOLEAN NOT NULL,
    earned_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    lessons_done BIGINT NOT NULL,
    score BIGINT NOT NULL,
    score_note TEXT NOT NULL,
    scored_by BIGINT NOT NULL,
    scored_at BIGINT NOT NULL,
    reminded_at BIGINT NOT NULL,
    completion BIGINT NOT NULL,
    PRIMARY KEY (county, class, person)
) CLUSTERED;
CREATE INDEX training_members_by_person ON training_members (county, person);

-- The fee of one enrolment. Amounts are fen.
CREATE TABLE training_orders (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    number TEXT NOT NULL,
    class BIGINT NOT NULL,
    person BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unpaid', 'paid', 'waived', 'refunded')),
    method TEXT NOT NULL CHECK (method IN ('', 'transfer', 'wechat')),
    reference TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE UNIQUE INDEX training_orders_by_number ON training_orders (county, number);
CREATE INDEX training_orders_by_class ON training_orders (county, class, person);
CREATE INDEX training_orders_by_person ON training_orders (county, person);

CREATE TABLE training_order_changes (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    training_order BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_person BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unpaid', 'paid', 'waived', 'refunded')),
    method TEXT NOT NULL CHECK (method IN ('', 'transfer', 'wechat')),
    reference TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX training_order_changes_by_order ON training_order_changes (county, training_order);
