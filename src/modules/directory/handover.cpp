#include "modules/directory/handover.hpp"

#include "modules/directory/membership_watch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory {
namespace {

OrganisationRow class_to_hand_over(Call& call, OrganisationId id)
{
    auto row = reached(call, id);
    if (row.kind != "class")
        throw not_found(the_class);
    return row;
}

// Those of the role who hold it on the day, or could go on from the day before.
std::vector<PostRow> posts_around(Call& call, OrganisationId unit, std::string_view role, Day from)
{
    return call.db.rows<PostRow>(
        "SELECT * FROM posts WHERE county = $1 AND organisation = $2 AND role = $3 AND from_day <= $4 AND to_day >= $5 "
        "ORDER BY id FOR_UPDATE",
        call.county, unit, role, from, plus_days(from, -1));
}

void set_end(Call& call, PostRow const& post, Day to)
{
    call.db.execute("UPDATE posts SET to_day = $3, version = version + 1 WHERE county = $1 AND id = $2", call.county, post.id, to);
}

PersonBrief brief_of_person(Call& call, PersonId person) { return {person, person_name(call, person).value_or("")}; }

class Handing {
public:
    Handing(Call& call, OrganisationRow const& unit, PersonId to, Day from) : call_(call), unit_(unit), to_(to), from_(from) { }

    std::vector<HandedOver> hand(std::string const& role)
    {
        auto const posts = posts_around(call_, unit_.id, role, from_);
        auto const is_held = [&](PostRow const& post) { return post.to_day >= from_; };
        if (std::ranges::any_of(posts, [&](PostRow const& post) { return post.person == to_ && is_held(post); }))
            throw conflict({"此人已担任这个班的这个岗位。", "This person holds this post of the class already."});
        std::vector<HandedOver> handed;
        for (auto const& post : posts)
            if (is_held(post)) {
                set_end(call_, post, plus_days(from_, -1));
                call_.events.publish(call_, PostShortened{role, unit_.path, plus_days(from_, -1)});
                handed.push_back({brief_of_person(call_, post.person), {}, {}});
            }
        if (handed.empty())
            handed.emplace_back();
        auto const given = brief_of(call_, posts_with(call_, {give(role, posts).value}).at(0));
        for (auto& each : handed) {
            each.to = brief_of_person(call_, to_);
            each.post = given;
        }
        return handed;
    }

private:
    // Goes on where the person left off the day before, as when a class is handed back.
    PostId give(std::string const& role, std::vector<PostRow> const& posts)
    {
        auto const end = end_of_term(call_, role, from_);
        auto const before = std::ranges::find_if(posts, [&](PostRow const& post) {
            return post.person == to_ && post.to_day == plus_days(from_, -1) && post.from_day <= post.to_day;
        });
        if (before != posts.end()) {
            set_end(call_, *before, end);
            return before->id;
        }
        PostRow const row{call_.county, new_id_of<PostId>(), to_, unit_.id, role, "", from_, end, {}, 1};
        call_.db.insert("posts", row); // hand_over tells of all posts at once
        return row.id;
    }

    Call& call_;
    OrganisationRow const& unit_;
    PersonId const to_;
    Day const from_;
};

// Whoever held a post of the class can get it back, also when nothing else brings them within reach any more.
void require_known(Call& call, OrganisationId unit, PersonId person)
{
    if (!call.db.value<bool>("SELECT TRUE AS value FROM posts WHERE county = $1 AND person = $2 AND organisation = $3 LIMIT 1",
            call.county, person, unit))
        reached_person(call, person);
}

Subjects everyone_in(Call& call, OrganisationId unit, PersonId to)
{
    Subjects subjects;
    auto& staff = subjects[SubjectKind::staff];
    staff = call.db.values<std::int64_t>(
        "SELECT DISTINCT person AS value FROM posts WHERE county = $1 AND organisation = $2", call.county, unit);
    if (std::ranges::find(staff, to.value) == staff.end())
        staff.push_back(to.value);
    return subjects;
}

} // namespace

Handover hand_over(Call& call, HandOverClass const& input)
{
    auto const unit = class_to_hand_over(call, input.id);
    require_known(call, unit.id, input.to);
    std::vector<std::string> roles(input.roles.begin(), input.roles.end());
    if (roles.empty())
        roles.emplace_back("class_teacher");
    for (auto const& role : roles) {
        require_fit(call, role, unit);
        call.events.publish(call, PostGiven{role, unit.path});
    }
    MembershipWatch watch(call, everyone_in(call, unit.id, input.to));
    Handover handover;
    Handing handing(call, unit, input.to, input.from.value_or(call.today()));
    for (auto const& role : roles)
        for (auto& each : handing.hand(role))
            handover.items.push_back(std::move(each));
    watch.publish();
    call.audit_subject = fmt::format("organisation:{}", unit.id.value);
    call.audit_detail = to_json(handover);
    return handover;
}

} // namespace concentric::directory
