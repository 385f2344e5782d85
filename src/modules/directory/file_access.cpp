#include "modules/directory/file_access.hpp"

namespace concentric::directory {

bool is_pupil(Call& call, PersonId person)
{
    return call.db.value<PersonId>("SELECT person AS value FROM students WHERE county = $1 AND person = $2", call.county, person)
        .has_value();
}

void open_file(Call& call, PersonId person)
{
    if (is_pupil(call, person))
        call.events.publish(call, FileOpened{person});
}

bool may_list_files(Call& call)
{
    bool is_allowed = true;
    call.events.publish(call, FilesListed{&is_allowed});
    return is_allowed;
}

void require_files(Call& call)
{
    if (may_list_files(call))
        return;
    Words const words{"这个角色没有常设查阅目的，不能列出或导出学生档案；单个学生的档案可以逐案申请。",
        "This role has no standing purpose for pupils' files: it can neither list nor export them. A single pupil's file can be "
        "asked "
        "for."};
    throw ApiError(ErrorKind::forbidden, words, {}, {{"", "standing_purpose_needed", words}});
}

} // namespace concentric::directory
