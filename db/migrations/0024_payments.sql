-- What a payer was asked for and what became of it: several times for one fee where the first code ran out. Amounts are fen.
CREATE TABLE training_payments (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    training_order BIGINT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('transfer', 'wechat')),
    scene TEXT CHECK (scene IN ('native', 'jsapi')),
    amount BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unpaid', 'paid', 'closed')),
    code TEXT NOT NULL,
    reference TEXT NOT NULL,
    told_amount BIGINT NOT NULL,
    fault TEXT NOT NULL CHECK (fault IN ('none', 'amount', 'currency')),
    payer BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    settled_at BIGINT NOT NULL,
    checked_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX training_payments_by_order ON training_payments (county, training_order);
CREATE INDEX training_payments_open ON training_payments (county, asked_at) WHERE state = 'unpaid';

-- Money that goes back: because an official says so, or because a fee was paid twice.
CREATE TABLE training_refunds (
    county BIGINT NOT NULL,
    id BIGINT NOT NULL,
    payment BIGINT NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('decided', 'doubled')),
    amount BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'failed')),
    reason TEXT NOT NULL,
    reference TEXT NOT NULL,
    failure TEXT NOT NULL,
    may_recover BOOLEAN NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    settled_at BIGINT NOT NULL,
    checked_at BIGINT NOT NULL,
    PRIMARY KEY (county, id)
) CLUSTERED;
CREATE INDEX training_refunds_by_payment ON training_refunds (county, payment);
CREATE INDEX training_refunds_open ON training_refunds (county, asked_at) WHERE state = 'asked';

-- Transfers that were confirmed before payments had a table of their own.
INSERT INTO training_payments (county, id, training_order, method, scene, amount, state, code, reference, told_amount, fault,
    payer, asked_at, expires_at, settled_at, checked_at)
SELECT county, id, id, method, NULL, amount, 'paid', '', reference, amount, 'none', person, changed_at, changed_at, changed_at,
    changed_at
FROM training_orders WHERE state IN ('paid', 'refunded') AND method <> '';

-- Quizzes whose time may be up.
CREATE INDEX quiz_attempts_open ON quiz_attempts (county, deadline_at) WHERE finished_at = 0;
