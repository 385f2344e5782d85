-- Permissions of their own for certificates, instructors and notices, for the roles that a county begins with and for what it made of them.
UPDATE roles SET permissions = permissions || ',manage_certificates,manage_instructors,approve_notices,send_notices'
WHERE role = 'county_official';
UPDATE roles SET permissions = permissions || ',manage_instructors,send_notices' WHERE role = 'department_official';
UPDATE roles SET permissions = permissions || ',send_notices,approve_notices' WHERE role = 'school_leader';
UPDATE roles SET permissions = permissions || ',send_notices'
WHERE role IN ('moral_education_director', 'grade_leader', 'class_teacher', 'community_worker');
