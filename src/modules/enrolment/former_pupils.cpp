#include "modules/enrolment/former_pupils.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/people.hpp"
#include "modules/directory/rolls.hpp"

#include <fmt/format.h>

namespace concentric::enrolment {
namespace {

struct ListFormer {
    std::optional<OrganisationId> organisation;
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListFormer, (), (organisation, q, after, limit))

struct FormerPupil {
    PersonId id;
    std::string name;
    directory::Sex sex = directory::Sex::unknown;
    directory::OrganisationBrief class_; // the last one here
    Day until;
    directory::StudentStatus status = directory::StudentStatus::active; // active: at school elsewhere
    bool has_file = false; // their file is still within reach, as that of pupils who left or graduated
};
BOOST_DESCRIBE_STRUCT(FormerPupil, (), (id, name, sex, class_, until, status, has_file))

struct OneFormer {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(OneFormer, (), (id))

struct StayHere {
    directory::OrganisationBrief class_;
    std::optional<directory::OrganisationBrief> school;
    std::string stage;
    Day from;
    std::optional<Day> to;
};
BOOST_DESCRIBE_STRUCT(StayHere, (), (class_, school, stage, from, to))

// What happened to the pupil in the viewer's own organisations is read by the ledger's list with `about`.
struct FormerRecord {
    FormerPupil pupil;
    std::vector<StayHere> stays;
};
BOOST_DESCRIBE_STRUCT(FormerRecord, (), (pupil, stays))

FormerPupil present(directory::PastStay const& stay)
{
    return {stay.id, stay.name, stay.sex, {stay.class_, "class", stay.class_name}, stay.to_day, stay.status, stay.is_reached};
}

Page<FormerPupil> list(Call& call, ListFormer const& input)
{
    auto path = call.viewer.path;
    if (input.organisation) {
        auto const unit = directory::organisation(call.db, call.county, *input.organisation);
        if (!unit || !call.viewer.reaches(unit->path))
            throw not_found({"机构", "organisation"});
        path = unit->path;
    }
    auto const limit = input.limit ? input.limit->value : 50;
    auto const rows = directory::former_pupils(call, path, input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%",
        directory::after_id(input.after), limit + 1);
    Page<FormerPupil> page;
    for (auto const& row : rows)
        page.items.push_back(present(row));
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = std::to_string(page.items.back().id.value);
    }
    return page;
}

FormerRecord show(Call& call, OneFormer const& input)
{
    auto const stays = directory::stays_within(call, call.viewer.path, input.id);
    if (stays.empty())
        throw not_found(directory::the_student);
    call.audit_subject = fmt::format("person:{}", input.id.value);
    call.events.publish(call, directory::FileOpened{input.id});
    FormerRecord record{present(stays.back()), {}};
    std::vector<std::string> paths;
    for (auto const& stay : stays)
        paths.push_back(stay.path);
    auto const schools = directory::schools_above(call, paths);
    for (std::size_t i = 0; i < stays.size(); ++i)
        record.stays.push_back({{stays[i].class_, "class", stays[i].class_name},
            schools[i].id ? std::optional(directory::OrganisationBrief{schools[i].id, schools[i].kind, schools[i].name})
                          : std::nullopt,
            stays[i].stage, stays[i].from_day, stays[i].to_day == latest_day ? std::nullopt : std::optional(stays[i].to_day)});
    return record;
}

} // namespace

Routes former_pupil_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/former-pupils", manage_enrolment, "former_pupil_list", "Pupils who went elsewhere or left", list)
            .as_personal_file(),
        route(Verb::get, "/api/former-pupils/{id}", manage_enrolment, "former_pupil_show",
            "When a former pupil was in which class here", show)
            .as_personal_file(),
    };
}

} // namespace concentric::enrolment
