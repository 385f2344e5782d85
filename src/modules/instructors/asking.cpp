#include "modules/instructors/asking.hpp"

#include "modules/activities/kinds.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/families/rights.hpp"
#include "modules/instructors/booking_steps.hpp"
#include "modules/instructors/certificates.hpp"
#include "modules/instructors/items.hpp"
#include "modules/instructors/memberships.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::instructors {
namespace {

constexpr std::int64_t furthest_days = 365;
constexpr std::int64_t most_open = 20; // of one person, so that nobody fills an instructor's days

std::string_view usual_kind(ItemRow const& item)
{
    switch (item.form) {
    case Form::consultation: return "consultation";
    case Form::salon: return "salon";
    case Form::lecture: return item.audience == Audience::staff ? "teacher_training" : "lecture";
    case Form::workshop: break;
    }
    return item.audience == Audience::staff ? "teacher_training" : "parent_training";
}

class Asking {
public:
    Asking(Call& call, AskBooking const& input) : call_(call), input_(input), item_(item_with(call, input.item).value_or(ItemRow{}))
    {
    }

    BookingId run()
    {
        require_on_offer();
        fill();
        item_.form == Form::consultation ? ask_for_family() : ask_for_organisation();
        for (std::size_t i = 0; i < input_.wished.size(); ++i)
            require_possible(fmt::format("/wished/{}", i), input_.wished[i]);
        require_few_open();
        call_.db.insert("instructor_bookings", row_);
        return row_.id;
    }

private:
    void require_on_offer()
    {
        if (item_.state != ItemState::published || !is_member(call_, item_.person, call_.today()))
            throw not_found(the_item);
        require_certified(call_, item_.person, call_.now);
        if (item_.person == directory::kept_record(call_, call_.viewer.person))
            throw conflict({"不能预约自己。", "Nobody books themselves."});
        if (!(input_.mode == Mode::online ? item_.online : item_.on_site))
            throw invalid("/mode", "not_offered", {"这个项目不提供这种方式。", "This item is not offered that way."});
    }

    void fill()
    {
        row_.county = call_.county;
        row_.id = new_id_of<BookingId>();
        row_.item = item_.id;
        row_.instructor = item_.person;
        row_.booker = directory::kept_record(call_, call_.viewer.person);
        row_.title = item_.title;
        row_.form = item_.form;
        row_.audience = item_.audience;
        row_.minutes = item_.minutes;
        row_.kind = usual_kind(item_);
        row_.mode = input_.mode;
        row_.place = input_.place.value_or("");
        row_.link = input_.link.value_or("");
        row_.message = input_.message.value_or("");
        row_.expected = input_.expected ? input_.expected->value : 0;
        row_.wished = Json(to_json(input_.wished));
        row_.invited = Json("[]");
        row_.created_at = row_.changed_at = call_.now;
        row_.changed_by = row_.booker;
    }

    void ask_for_family()
    {
        auto const children = directory::children_shown_to(call_, call_.viewer.person);
        auto const child = input_.student ? std::ranges::find(children, *input_.student, &directory::Child::id) : children.begin();
        if (child == children.end())
            throw ApiError(
                ErrorKind::forbidden, {"咨询由家长为自己的孩子预约。", "Carers book a consultation about their own child."});
        families::require_right(call_, child->id, families::Right::confirm);
        row_.student = child->id;
    }

    void ask_for_organisation()
    {
        if (!call_.viewer.may(Permission::append_entries))
            throw forbidden();
        auto const unit = directory::organisation(call_.db, call_.county, input_.organisation.value_or(call_.viewer.organisation));
        if (!unit || !call_.viewer.reaches(unit->path))
            throw invalid("/organisation", "not_found",
                {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
        row_.organisation = unit->id;
        std::vector<OrganisationId> const invited = input_.invited.value_or(std::vector<OrganisationId>{});
        for (auto const one : invited) {
            auto const found = directory::organisation(call_.db, call_.county, one);
            if (!found || !found->path.starts_with(unit->path))
                throw invalid("/invited", "not_found", {"对象要在预约单位之内。", "Those invited belong to the organisation."});
        }
        row_.invited = Json(to_json(invited));
        if (input_.kind)
            row_.kind = *input_.kind;
        if (input_.mode == Mode::on_site && row_.place.empty())
            throw invalid("/place", "required", {"线下开展请填写地点。", "Say where it takes place."});
    }

    void require_possible(std::string const& path, Instant at)
    {
        Stretch const time{at, {at.milliseconds + item_.minutes * minute}};
        if (at <= call_.now || day_at(at) > plus_days(call_.today(), furthest_days))
            throw invalid(path, "time", {"时间要在今后一年之内。", "Choose a time within the coming year."});
        if (!is_free(windows_of(call_, item_.person), time))
            throw invalid(path, "not_free", {"讲师这个时间不可预约。", "The instructor is not free at that time."});
        if (is_taken(call_, item_.person, time, {}, {}))
            throw invalid(path, "taken", {"讲师这个时间已有安排。", "The instructor is booked at that time."});
        require_certified(call_, item_.person, at);
    }

    void require_few_open()
    {
        auto const open = call_.db.value<std::int64_t>("SELECT count(*) AS value FROM instructor_bookings WHERE county = $1 AND "
                                                       "booker = $2 AND state IN ('asked', 'proposed')",
            call_.county, row_.booker);
        if (open.value_or(0) >= most_open)
            throw conflict({"您还有 20 个预约没有答复，请先等待或取消。", "20 of your requests are open; wait or cancel some."});
    }

    Call& call_;
    AskBooking const& input_;
    ItemRow const item_;
    BookingRow row_;
};

bool is_link(std::string_view link) { return link.empty() || link.starts_with("https://") || link.starts_with("http://"); }
Words const some_link{"会议链接要以 http:// 或 https:// 开头。", "A link begins with http:// or https://."};

} // namespace

void check(AskBooking const& input, Problems& problems)
{
    std::set<Instant> const different(input.wished.begin(), input.wished.end());
    if (input.wished.empty() || input.wished.size() > 3 || different.size() != input.wished.size())
        problems.push_back({"/wished", "length", {"请填写一至三个不同的时间。", "Name one to three different times."}});
    if (!is_link(input.link.value_or("")))
        problems.push_back({"/link", "link", some_link});
    auto const* const kind = activities::find_kind(input.kind.value_or("lecture"));
    if (!kind || kind->held.empty())
        problems.push_back({"/kind", "unknown", {"没有这种活动。", "There is no such kind of event."}});
    if (input.invited && input.invited->size() > 200)
        problems.push_back({"/invited", "length", {"对象过多。", "Too many are invited."}});
}

void check(AnswerBooking const& input, Problems& problems)
{
    if (input.answer != Answer::decline && !input.starts_at)
        problems.push_back({"/starts_at", "required", {"请选择时间。", "Choose a time."}});
    if (input.answer == Answer::decline && !input.reason)
        problems.push_back({"/reason", "required", {"谢绝要说明理由。", "Say why it is declined."}});
    if (!is_link(input.link.value_or("")))
        problems.push_back({"/link", "link", some_link});
}

BookingView ask_booking(Call& call, AskBooking const& input)
{
    auto const id = Asking(call, input).run();
    tell(call, held_booking(call, id));
    return view_again(call, id);
}

} // namespace concentric::instructors
