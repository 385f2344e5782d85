-- Which mentors agreed to the product of somebody in a workshop: one of each kind, and for which draft.
CREATE TABLE training_agreements (
    county BIGINT NOT NULL,
    class BIGINT NOT NULL,
    person BIGINT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('theory_mentor', 'practice_mentor')),
    mentor TEXT NOT NULL,
    round BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    noted_by BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (county, class, person, role)
) CLUSTERED;
CREATE INDEX training_agreements_by_person ON training_agreements (county, person);
