-- Who is there in a real alarm, apart from what drills counted; and what families were told of a drill or an alarm.
CREATE TABLE alarm_classes (
    county BIGINT NOT NULL,
    alarm BIGINT NOT NULL,
    class BIGINT NOT NULL,
    leader BIGINT NOT NULL,
    arrived_at BIGINT NOT NULL,
    reported_by BIGINT NOT NULL,
    reported_at BIGINT NOT NULL,
    PRIMARY KEY (county, alarm, class)
) CLUSTERED;

CREATE TABLE alarm_marks (
    county BIGINT NOT NULL,
    alarm BIGINT NOT NULL,
    student BIGINT NOT NULL,
    class BIGINT NOT NULL,
    is_present BOOLEAN NOT NULL,
    marked_at BIGINT NOT NULL,
    marked_by BIGINT NOT NULL,
    PRIMARY KEY (county, alarm, student)
) CLUSTERED;
CREATE INDEX alarm_marks_by_student ON alarm_marks (county, student);

CREATE TABLE safety_letters (
    county BIGINT NOT NULL,
    occasion BIGINT NOT NULL,
    is_over BOOLEAN NOT NULL,
    notice BIGINT NOT NULL,
    written_by BIGINT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (county, occasion, is_over)
) CLUSTERED;
