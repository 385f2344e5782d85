-- What each role may do, and where it exists. Lists are parted by commas. The rows of county 0 are those that every new county begins with;
-- from then on they are the county's own.
CREATE TABLE roles (
    county BIGINT NOT NULL,
    role TEXT NOT NULL,
    position BIGINT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    permissions TEXT NOT NULL,
    kinds TEXT NOT NULL,
    titles TEXT NOT NULL,
    term_years BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (county, role)
) CLUSTERED;

INSERT INTO roles (county, role, position, name_zh, name_en, kinds, titles, permissions, term_years, version) VALUES
    (0, 'county_official', 1, '县级管理员', 'County official', 'region,county,bureau', '局长,副局长,科长,干事,管理员',
        'read_directory,manage_organisations,read_people,manage_people,import_roster,manage_posts,manage_accounts,read_plan,manage_plan,read_indicators,read_ledger,append_entries,import_history,read_audit,manage_roles,approve_families,manage_families,manage_enrolment,approve_access,manage_privacy,read_numbers,export_county', 0, 1),
    (0, 'county_reader', 2, '县级查看员', 'County reader', 'region,county,bureau', '查看员',
        'read_directory,read_people,read_plan,read_indicators,read_ledger,read_audit', 0, 1),
    (0, 'department_official', 3, '部门联络员', 'Department official', 'department,subdistrict,association,training_agency', '联络员',
        'read_directory,read_plan,read_indicators', 0, 1),
    (0, 'school_leader', 4, '校（园）长', 'School leader', 'school,kindergarten', '校长,副校长,园长,副园长,书记,副书记,学校管理员',
        'read_directory,manage_organisations,read_people,manage_people,import_roster,manage_posts,manage_accounts,read_plan,read_indicators,read_ledger,append_entries,import_history,read_audit,approve_families,manage_families,manage_enrolment,approve_access,read_numbers', 0, 1),
    (0, 'moral_education_director', 5, '德育主任', 'Head of moral education', 'school,kindergarten', '德育主任,德育副校长,政教主任',
        'read_directory,manage_organisations,read_people,manage_people,import_roster,read_plan,read_indicators,read_ledger,append_entries,import_history,approve_families,manage_families,manage_enrolment,read_numbers', 0, 1),
    (0, 'grade_leader', 6, '年级组长', 'Grade leader', 'grade', '年级组长,年级主任',
        'read_directory,read_people,read_plan,read_indicators,read_ledger,append_entries', 0, 1),
    (0, 'class_teacher', 7, '班主任', 'Class teacher', 'class', '班主任',
        'read_directory,read_people,manage_people,read_plan,read_indicators,read_ledger,append_entries,approve_families,read_numbers', 0, 1),
    (0, 'teacher', 8, '教师', 'Teacher', 'school,kindergarten,grade,class', '教师,科任教师,任课教师,专任教师,心理教师',
        'read_directory,read_plan,read_indicators,append_entries', 0, 1),
    (0, 'community_worker', 9, '社区工作者', 'Community worker', 'community,subdistrict,guidance_station', '社区工作者,社工,社区书记',
        'read_directory,read_plan,read_indicators,read_ledger,append_entries', 0, 1),
    (0, 'resource_contact', 10, '资源单位联络人', 'Resource contact', 'resource,association,training_agency', '基地负责人,资源管理员',
        'read_directory,read_plan,read_indicators,append_entries', 0, 1),
    (0, 'evaluator', 11, '第三方评估员', 'Evaluator', 'region,county,bureau', '评估员',
        'read_directory,read_plan,read_indicators,read_ledger', 0, 1);

INSERT INTO roles (county, role, position, name_zh, name_en, kinds, titles, permissions, term_years, version)
    SELECT c.county, r.role, r.position, r.name_zh, r.name_en, r.kinds, r.titles, r.permissions, r.term_years, 1
    FROM counties c CROSS JOIN roles r WHERE r.county = 0;

-- A new number whenever something changes that a viewer is made of: so servers may remember their viewers, and still a revoked session, an
-- ended post or a changed role counts from the next request on, on every server and whichever program changed it.
CREATE TABLE access_stamps (
    county BIGINT NOT NULL,
    stamp BIGINT NOT NULL,
    PRIMARY KEY (county)
);
INSERT INTO access_stamps SELECT county, 0 FROM counties;

-- only sqlite
CREATE TRIGGER counties_begin AFTER INSERT ON counties BEGIN
    INSERT INTO roles (county, role, position, name_zh, name_en, kinds, titles, permissions, term_years, version)
        SELECT NEW.county, role, position, name_zh, name_en, kinds, titles, permissions, term_years, 1 FROM roles WHERE county = 0;
    INSERT INTO access_stamps VALUES (NEW.county, 0);
END;
CREATE TRIGGER access_of_ended_sessions AFTER DELETE ON sessions
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;
CREATE TRIGGER access_of_sessions AFTER UPDATE OF county, id, person, token_hash, acting_as, confirmed_at ON sessions
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_removed_accounts AFTER DELETE ON accounts
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;
CREATE TRIGGER access_of_accounts AFTER UPDATE OF county, person, must_change, disabled, has_second_factor ON accounts
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_removed_people AFTER DELETE ON people
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;
CREATE TRIGGER access_of_people AFTER UPDATE OF county, id, name ON people
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_new_posts AFTER INSERT ON posts
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_removed_posts AFTER DELETE ON posts
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;
CREATE TRIGGER access_of_posts AFTER UPDATE ON posts
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_removed_organisations AFTER DELETE ON organisations
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;
CREATE TRIGGER access_of_organisations AFTER UPDATE OF county, id, path, kind, name, opened_on, closed_on ON organisations
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_new_roles AFTER INSERT ON roles
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_removed_roles AFTER DELETE ON roles
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = OLD.county; END;
CREATE TRIGGER access_of_roles AFTER UPDATE ON roles
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
CREATE TRIGGER access_of_shortened_sessions AFTER UPDATE OF expires_at ON sessions WHEN NEW.expires_at < OLD.expires_at
    BEGIN UPDATE access_stamps SET stamp = random() WHERE county = NEW.county; END;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('roles', 'roles', '15 15 1');
ANALYZE sqlite_schema;
-- only postgresql
CREATE FUNCTION county_begins() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO roles (county, role, position, name_zh, name_en, kinds, titles, permissions, term_years, version)
        SELECT NEW.county, role, position, name_zh, name_en, kinds, titles, permissions, term_years, 1 FROM roles WHERE county = 0;
    INSERT INTO access_stamps VALUES (NEW.county, 0);
    RETURN NULL;
END $$;
CREATE TRIGGER counties_begin AFTER INSERT ON counties FOR EACH ROW EXECUTE FUNCTION county_begins();

-- Deferred to the commit, so that a long transaction keeps nobody waiting at its county's stamp; the transaction's number never comes again.
CREATE FUNCTION access_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed BIGINT := CASE WHEN TG_OP = 'DELETE' THEN OLD.county ELSE NEW.county END;
    present BIGINT := pg_current_xact_id()::text::bigint;
BEGIN
    UPDATE access_stamps SET stamp = present WHERE county = changed AND stamp <> present;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER access_of_sessions AFTER DELETE OR UPDATE OF county, id, person, token_hash, acting_as, confirmed_at ON sessions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_changed();
CREATE CONSTRAINT TRIGGER access_of_accounts AFTER DELETE OR UPDATE OF county, person, must_change, disabled, has_second_factor ON accounts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_changed();
CREATE CONSTRAINT TRIGGER access_of_people AFTER DELETE OR UPDATE OF county, id, name ON people
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_changed();
CREATE CONSTRAINT TRIGGER access_of_posts AFTER INSERT OR DELETE OR UPDATE ON posts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_changed();
CREATE CONSTRAINT TRIGGER access_of_organisations AFTER DELETE OR UPDATE OF county, id, path, kind, name, opened_on, closed_on ON organisations
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_changed();
CREATE CONSTRAINT TRIGGER access_of_roles AFTER INSERT OR DELETE OR UPDATE ON roles
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_changed();
CREATE CONSTRAINT TRIGGER access_of_shortened_sessions AFTER UPDATE OF expires_at ON sessions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.expires_at < OLD.expires_at) EXECUTE FUNCTION access_changed();
-- both
