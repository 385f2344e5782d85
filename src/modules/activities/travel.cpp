#include "modules/activities/travel.hpp"

#include "core/crypto.hpp"

#include <fmt/format.h>

namespace concentric::activities {
namespace {

constexpr std::size_t most_stages = 60, most_risks = 40;

void check_stages(TravelSheet const& sheet, Stretch time, std::string const& path, Problems& problems)
{
    if (sheet.stages.empty())
        problems.push_back({path + "/stages", "required", {"请填写行程，至少一段。", "The route needs at least one stage."}});
    if (sheet.stages.size() > most_stages)
        problems.push_back({path + "/stages", "length", {"行程过长，最多 60 段。", "A route has at most 60 stages."}});
    Instant before = time.from;
    for (std::size_t i = 0; i < sheet.stages.size(); ++i) {
        auto const& stage = sheet.stages[i];
        if (stage.until <= stage.from || stage.from < before)
            problems.push_back({fmt::format("{}/stages/{}/from", path, i), "order",
                {"各段行程要按时间先后排列，结束晚于开始。", "Stages follow one after the other, each ending after it begins."}});
        if (stage.until > time.until)
            problems.push_back({fmt::format("{}/stages/{}/until", path, i), "outside",
                {"行程要在活动时间之内。", "A stage lies within the event."}});
        before = stage.until;
    }
}

void check_risks(TravelSheet const& sheet, std::string const& path, Problems& problems)
{
    if (sheet.risks.empty())
        problems.push_back({path + "/risks", "required",
            {"请填写风险评估：可能的风险、措施和责任人。", "The risk sheet needs a risk, its measure and who is responsible."}});
    if (sheet.risks.size() > most_risks)
        problems.push_back({path + "/risks", "length", {"风险过多，最多 40 条。", "There are at most 40 risks."}});
}

void check_insurance(TravelSheet const& sheet, Stretch time, std::string const& path, Problems& problems)
{
    if (!sheet.insurance) {
        problems.push_back({path + "/insurance", "required",
            {"请填写保险：公司、保单号和保险期间。", "The insurance is missing: company, policy and days."}});
        return;
    }
    if (sheet.insurance->from > day_at(time.from))
        problems.push_back({path + "/insurance/from", "late",
            {"保险要在出发当天或之前生效。", "The insurance begins on the day of departure at the latest."}});
    if (sheet.insurance->to < day_at({time.until.milliseconds - 1}))
        problems.push_back(
            {path + "/insurance/to", "early", {"保险要保到返程当天。", "The insurance lasts until the day of return."}});
}

} // namespace

void check_travel(TravelSheet const& sheet, Stretch time, std::string const& path, Problems& problems)
{
    check_stages(sheet, time, path, problems);
    check_risks(sheet, path, problems);
    check_insurance(sheet, time, path, problems);
}

std::optional<TravelSheet> travel_of(Call& call, ActivityId id)
{
    auto const row = call.db.row<TravelRow>("SELECT * FROM activity_travels WHERE county = $1 AND activity = $2", call.county, id);
    return row ? std::optional(reflect::from_json<TravelSheet>(row->sheet)) : std::nullopt;
}

void keep_travel(Call& call, ActivityId id, TravelSheet const& sheet)
{
    auto const text = reflect::to_json(sheet);
    call.db.execute("INSERT INTO activity_travels (county, activity, sheet) VALUES ($1, $2, $3) ON CONFLICT (county, activity) DO "
                    "UPDATE SET sheet = EXCLUDED.sheet",
        call.county, id, sealed(text));
}

void move_travel(Call& call, ActivityId id, std::int64_t by)
{
    auto sheet = travel_of(call, id);
    if (!sheet || by == 0)
        return;
    for (auto& stage : sheet->stages) {
        stage.from.milliseconds += by;
        stage.until.milliseconds += by;
    }
    keep_travel(call, id, *sheet);
}

std::string hash_of(ActivityRow const& activity, TravelSheet const& sheet)
{
    return crypto::sha256_hex(fmt::format("{}\n{}\n{}\n{}\n{}\n{}", activity.id.value, activity.title, text_of(activity.starts_at),
        text_of(activity.ends_at), activity.place, reflect::to_json(sheet)));
}

TravelSheet save_travel(Call& call, SaveTravel const& input)
{
    auto const activity = managed_activity(call, input.id);
    require_announced(activity);
    Problems problems;
    check_travel(input, activity.time(), "", problems);
    if (!problems.empty())
        throw invalid(std::move(problems));
    keep_travel(call, activity.id, input);
    return input;
}

} // namespace concentric::activities
