-- What WeChat Pay billed of each day, kept as it came, and what people noted about where it does not agree. Amounts are fen.
CREATE TABLE payment_bills (
    county BIGINT NOT NULL,
    day BIGINT NOT NULL,
    digest TEXT NOT NULL,
    fetched_at BIGINT NOT NULL,
    PRIMARY KEY (county, day)
) CLUSTERED;

CREATE TABLE payment_bill_lines (
    county BIGINT NOT NULL,
    day BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund')),
    number TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount BIGINT NOT NULL,
    is_settled BOOLEAN NOT NULL,
    PRIMARY KEY (county, day, kind, number)
) CLUSTERED;

CREATE TABLE payment_bill_marks (
    county BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund')),
    number TEXT NOT NULL,
    note TEXT NOT NULL,
    marked_by BIGINT NOT NULL,
    marked_at BIGINT NOT NULL,
    PRIMARY KEY (county, kind, number)
) CLUSTERED;

-- What came and went on some days.
CREATE INDEX training_payments_settled ON training_payments (county, settled_at) WHERE state = 'paid';
CREATE INDEX training_refunds_settled ON training_refunds (county, settled_at) WHERE state = 'done';
