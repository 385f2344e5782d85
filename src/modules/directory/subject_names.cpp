#include "modules/directory/subject_names.hpp"

#include <fmt/format.h>

namespace concentric::directory {
namespace {

struct Named {
    std::int64_t id = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Named, (), (id, name))

std::string_view table_of(SubjectKind kind)
{
    return kind == SubjectKind::family ? "families" : kind == SubjectKind::organisation ? "organisations" : "people";
}

} // namespace

std::unordered_map<std::int64_t, std::string> subject_names(
    db::Connection& db, std::int64_t county, SubjectKind kind, std::span<std::int64_t const> subjects)
{
    std::unordered_map<std::int64_t, std::string> names;
    if (!subjects.empty())
        for (auto& row : db.rows<Named>(fmt::format("SELECT id, name FROM {} WHERE county = $1 AND id ANY_OF($2)", table_of(kind)),
                 county, db::IntegerList{subjects}))
            names[row.id] = std::move(row.name);
    return names;
}

} // namespace concentric::directory
