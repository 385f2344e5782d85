-- What a roster tells of people besides who they are: where they live, their staff number (工号), their number in the class's list (班内学号).
CREATE TABLE person_details (
    county BIGINT NOT NULL,
    person BIGINT NOT NULL,
    address TEXT NOT NULL,
    staff_number TEXT NOT NULL,
    class_number TEXT NOT NULL,
    PRIMARY KEY (county, person)
) CLUSTERED;
