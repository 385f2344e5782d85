#include "modules/directory/post_list.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/organisations.hpp"

#include <fmt/format.h>

#include <charconv>

namespace concentric::directory {
namespace {

struct PostFound : Post {
    std::string person_name;
};
BOOST_DESCRIBE_STRUCT(PostFound, (Post), (person_name))

// Where a page ends: the last day of its last post, and that post.
struct Mark {
    std::int64_t to_day = 0, id = 0;
};

Mark mark_in(std::string_view text)
{
    Mark mark;
    char const* const end = text.data() + text.size();
    auto const day = std::from_chars(text.data(), end, mark.to_day);
    if (day.ptr == end || *day.ptr != '-' || std::from_chars(day.ptr + 1, end, mark.id).ptr != end)
        throw invalid("after", "unknown", {"页码标记不正确。", "This is no page mark."});
    return mark;
}

} // namespace

Page<PostLine> list_posts(Call& call, ListPosts const& input)
{
    static std::string const sql
        = "SELECT p.id, p.person, p.organisation, p.role, p.title, p.from_day, p.to_day, o.name AS organisation_name, "
          "o.kind AS organisation_kind, o.path, r.name_zh AS role_zh, r.name_en AS role_en, r.permissions, h.name AS person_name "
          "FROM posts p JOIN organisations o ON o.county = p.county AND o.id = p.organisation "
          "JOIN people h ON h.county = p.county AND h.id = p.person LEFT JOIN roles r ON r.county = p.county AND r.role = p.role "
          "WHERE p.county = $1 AND o.path >= $2 AND o.path < $3 AND p.from_day <= $4 AND p.to_day >= $4 AND p.to_day <= $5 AND "
          "o.closed_on >= $4 "
          "AND (p.role = $6 OR $6 = '') AND (h.search LIKE $7 ESCAPE '\\' OR $7 = '') AND (p.to_day > $8 OR (p.to_day = $8 AND "
          "p.id > $9)) "
          "ORDER BY p.to_day, p.id LIMIT $10";
    auto const path = input.organisation ? reached(call, *input.organisation).path : call.viewer.path;
    auto const until = input.ends_within ? plus_days(call.today(), input.ends_within->value) : latest_day;
    auto const mark = input.after ? mark_in(*input.after) : Mark{};
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto found = call.db.rows<PostFound>(sql, call.county, path, path.empty() ? "" : path_end(path), call.today(), until,
        input.role.value_or(""), input.q ? contains_pattern(lib::search_fold(*input.q)) : "", mark.to_day, mark.id, limit + 1);
    Page<PostLine> page;
    if (static_cast<std::int64_t>(found.size()) > limit) {
        found.pop_back();
        page.next = fmt::format("{}-{}", found.back().to_day.number, found.back().id.value);
    }
    for (auto const& post : found) {
        PostLine line;
        static_cast<PostBrief&>(line) = brief_of(call, post);
        line.person = {post.person, post.person_name};
        page.items.push_back(std::move(line));
    }
    return page;
}

} // namespace concentric::directory
