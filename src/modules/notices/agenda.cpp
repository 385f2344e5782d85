#include "modules/notices/agenda.hpp"

#include "modules/notices/tables.hpp"

#include <fmt/format.h>

namespace concentric::notices {

struct AgendaRow {
    NoticeId id;
    std::string title;
    Instant due_at;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(AgendaRow, (), (id, title, due_at, version))

// Those that still wait for an answer, for the viewer or a child whom the viewer may see.
void add_happenings(Call& call, directory::HappeningsAsked const& asked)
{
    if (asked.only_binding)
        return;
    for (auto const& row : call.db.rows<AgendaRow>(
             "SELECT n.id, n.title, n.due_at, n.version FROM (SELECT DISTINCT p.notice FROM notice_people p JOIN notice_subjects s "
             "ON s.county = p.county AND s.notice = p.notice AND s.subject = p.subject WHERE p.county = $1 AND p.person = $2 AND "
             "p.subject ANY_OF($3) AND s.done_at = 0) g JOIN notices n ON n.county = $1 AND n.id = g.notice WHERE n.ask <> "
             "'nothing' AND n.state IN ('sending', 'sent') AND n.due_at >= $4 AND n.due_at < $5 ORDER BY n.due_at, n.id",
             call.county, call.viewer.person, db::IntegerList{asked.people}, asked.from, asked.until)) {
        auto& one = asked.items->emplace_back();
        one.kind = directory::HappeningKind::notice;
        one.id = fmt::format("notice-{}", row.id.value);
        one.title = row.title;
        one.person = call.viewer.person;
        one.from = one.until = row.due_at;
        one.link = fmt::format("/my-notices/{}", row.id.value);
        one.sequence = row.version;
        one.is_binding = false;
        one.is_confidential = true;
    }
}

} // namespace concentric::notices
