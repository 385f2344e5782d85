#include "modules/visits/corrections.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/visits/campaigns.hpp"
#include "modules/visits/telling.hpp"

#include <fmt/format.h>

namespace concentric::visits {
namespace {

constexpr std::int64_t longest_after = 30 * 24 * 60 * minute; // the term's figures must come to rest

struct ListedCorrection : CorrectionRow {
    PersonId student;
    OrganisationId class_;
    std::string student_name, class_name, author_name;
};
BOOST_DESCRIBE_STRUCT(ListedCorrection, (CorrectionRow), (student, class_, student_name, class_name, author_name))

CorrectionView view_of(ListedCorrection const& row)
{
    CorrectionView view{row.visit, row.edit, {row.student, row.student_name}, {{row.class_.value}, row.class_name},
        {row.author, row.author_name}, row.written_at, row.arrived_at, reflect::from_json<std::vector<std::string>>(row.fields),
        row.minutes_before, row.minutes_after, row.entry_before != row.entry_after, {}};
    if (row.read_at.milliseconds)
        view.read_at = row.read_at;
    return view;
}

} // namespace

void require_written_before_closing(Call const& call, CampaignRow const& campaign, Instant written_at)
{
    if (written_at >= campaign.closed_at || call.now.milliseconds - campaign.closed_at.milliseconds > longest_after)
        require_open(campaign);
}

void note_correction(Call& call, CampaignRow const& campaign, VisitRow const& before, OwnedVisit const& after, CorrectionRow row)
{
    row.county = call.county;
    row.visit = after.id;
    row.campaign = campaign.id;
    row.author = call.viewer.person;
    row.arrived_at = call.now;
    row.minutes_before = before.entry ? before.minutes : 0;
    row.minutes_after = after.entry ? after.minutes : 0;
    row.entry_before = before.entry;
    row.entry_after = after.entry;
    call.db.insert("visit_corrections", row);
    tell_leaders(call, campaign, after.team,
        {inbox::LetterKind::family,
            {fmt::format("计划结束后补交的家访记录：{}", after.student_name),
                fmt::format("A visit's record came after the closing: {}", after.student_name)},
            {"没有网时写下、结束后才上传。请看改了什么；有不一致的，请选定。",
                "It was written off line and handed in after the closing. Please look at what changed, and decide where it "
                "disagrees."},
            fmt::format("/visit-campaigns/{}?tab=corrections", campaign.id.value)});
}

CorrectionList list_corrections(Call& call, OneCampaign const& input)
{
    auto const campaign = seen_campaign(call, input.id);
    if (!call.viewer.reaches(campaign.school_path))
        throw not_found(the_campaign);
    static std::string const sql = "SELECT c.*, v.student, v.class, o.name AS class_name, "
        + directory::person_name_in("c.county", "v.student") + " AS student_name, "
        + directory::person_name_in("c.county", "c.author")
        + " AS author_name FROM visit_corrections c JOIN visits v ON v.county = c.county AND v.id = c.visit "
        + directory::joined_organisation("o", "v.county", "v.class")
        + " WHERE c.county = $1 AND c.campaign = $2 ORDER BY c.arrived_at DESC, c.edit LIMIT 500";
    CorrectionList list;
    for (auto const& row : call.db.rows<ListedCorrection>(sql, call.county, campaign.id))
        list.items.push_back(view_of(row));
    return list;
}

CorrectionList read_corrections(Call& call, OneCampaign const& input)
{
    auto const campaign = held_campaign(call, input.id);
    call.db.execute("UPDATE visit_corrections SET read_at = $3, read_by = $4 WHERE county = $1 AND campaign = $2 AND read_at = 0",
        call.county, campaign.id, call.now, call.viewer.person);
    return list_corrections(call, input);
}

} // namespace concentric::visits
