#pragma once

#include "modules/notices/composing.hpp"

// Notices as those who send them see them.
namespace concentric::notices {

std::optional<NoticeRow> notice_with(Call&, NoticeId);
// One that the viewer's post issued or has to do with: the office that issues it is within reach, or it went to the viewer's own
// organisation or to one above. 404 for others.
NoticeRow visible_notice(Call&, NoticeId);
std::optional<NoticeRow> notice_in_sight(Call&, NoticeId); // the same, or nothing
// The office that issues it is within reach; 404 for others, 403 for those that are only seen. Held until the transaction ends.
NoticeRow managed_notice(Call&, NoticeId);

NoticeView view_of(Call&, NoticeRow const&);
NoticeView view_again(Call&, NoticeId);

// What counts as done, a condition on a row s of notice_subjects: reading where nothing more is asked.
std::string_view done_condition(NoticeAsk);
NoticeFigures figures_of(Call&, NoticeRow const&);

struct FindNotices {
    std::optional<NoticeState> state;
    std::optional<Text<1, 60>> search;
    std::optional<OrganisationId> organisation; // issued by it or below
    std::optional<bool> to_decide; // only those that the viewer may approve
    std::optional<NoticeId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindNotices, (), (state, search, organisation, to_decide, after, limit))
// The newest first.
Page<NoticeBrief> list_notices(Call&, FindNotices const&);
NoticeView show_notice(Call&, OneNotice const&);

Routes view_routes();

} // namespace concentric::notices
