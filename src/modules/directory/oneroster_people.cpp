#include "modules/directory/oneroster_roster.hpp"

#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory::oneroster {

// ---- Cells. ----

Said RosterMaker::said(Rows const& rows, std::size_t row, std::string_view column)
{
    return {std::string(rows.at(row, column)), rows.place(row, column)};
}

// Chinese names are written without a blank, the family's before the given one.
Said RosterMaker::name_of(std::size_t user) const
{
    if (auto own_name = said(users_, user, own::name); !own_name.text.empty())
        return own_name;
    auto given = said(users_, user, "givenName");
    auto const family = std::string(users_.at(user, "familyName"));
    bool const is_latin = static_cast<unsigned char>(family.empty() ? 'a' : family.front()) < 0x80;
    given.text = is_latin ? given.text + " " + family : family + given.text;
    return given;
}

Said RosterMaker::phone_of(std::size_t user) const
{
    auto sms = said(users_, user, "sms");
    return sms.text.empty() ? said(users_, user, "phone") : sms;
}

// From "{studentNumber:G51…},{identityNumber:51…}".
Said RosterMaker::user_id(std::size_t user, std::string_view type) const
{
    auto const all = users_.at(user, "userIds");
    auto const begin = fmt::format("{{{}:", type);
    auto const at = all.find(begin);
    if (at == all.npos)
        return {};
    auto const from = at + begin.size();
    return {std::string(all.substr(from, all.find('}', from) - from)), users_.place(user, "userIds")};
}

Said RosterMaker::sex_of(std::size_t user) const
{
    auto const* const rows = package_.table("demographics");
    auto const row = rows ? rows->find(users_.at(user, "sourcedId")) : std::nullopt;
    if (!row)
        return {};
    auto sex = said(*rows, *row, "sex");
    sex.text = sex.text == "male" ? "男" : sex.text == "female" ? "女" : "";
    return sex;
}

Said RosterMaker::birth_day_of(std::size_t user) const
{
    auto const* const rows = package_.table("demographics");
    auto const row = rows ? rows->find(users_.at(user, "sourcedId")) : std::nullopt;
    return row ? said(*rows, *row, "birthDate") : Said{};
}

// ---- Staff: a row for each role, and one for each class in charge. ----

void RosterMaker::make_staff()
{
    begin_sheet("roles.csv + enrollments.csv", 1);
    for (std::size_t row = 0; row < roles_.size(); ++row) {
        auto const role = roles_.at(row, "role");
        auto const user = users_.find(roles_.at(row, "userSourcedId"));
        auto const org = orgs_.find(roles_.at(row, "orgSourcedId"));
        if (!roles_.is_good(row) || !user || !org || role == "student" || role == "parent" || role == "guardian"
            || role == "relative")
            continue;
        set_member(*user, *org, roles_.place(row, "orgSourcedId"));
        set_duty(row);
        end_row(roles_, row);
    }
    make_class_teachers();
}

void RosterMaker::set_member(std::size_t user, std::size_t org, CellPlace const& org_place)
{
    set(staff_field::name, name_of(user));
    set(staff_field::sex, sex_of(user));
    set(staff_field::identity_number, user_id(user, "identityNumber"));
    set(staff_field::identity_kind, user_id(user, "identityKind"));
    set(staff_field::phone, phone_of(user));
    set(staff_field::number, user_id(user, "staffNumber"));
    set(staff_field::person, said(users_, user, "sourcedId"));
    set(staff_field::organisation, {std::string(orgs_.at(org, "name")), org_place});
    if (is_school(org))
        set(staff_field::code, {std::string(orgs_.at(org, "identifier")), org_place});
}

void RosterMaker::set_duty(std::size_t row)
{
    static constexpr std::pair<std::string_view, std::string_view> duties[]{{"principal", "校（园）长"}, {"teacher", "教师"},
        {"counselor", "德育主任"}, {"aide", "教师"}, {"siteAdministrator", "校（园）长"}, {"districtAdministrator", "县级管理员"}};
    auto role = said(roles_, row, own::role);
    if (role.text.empty()) {
        role = said(roles_, row, "role");
        auto const* const known = std::ranges::find(duties, role.text, [](auto const& duty) { return duty.first; });
        role.text = known == std::end(duties) ? "" : std::string(known->second);
    }
    set(staff_field::role, std::move(role));
    set(staff_field::grade, said(roles_, row, own::grade));
    auto title = said(roles_, row, own::title);
    static constexpr std::string_view teacher = "教师";
    if (title.text.ends_with(teacher) && title.text.size() > teacher.size()) {
        title.text.resize(title.text.size() - teacher.size());
        set(staff_field::subject, std::move(title));
    } else {
        set(staff_field::duty, std::move(title));
    }
}

void RosterMaker::make_class_teachers()
{
    auto const* const rows = package_.table("enrollments");
    for (std::size_t row = 0; rows && row < rows->size(); ++row) {
        auto const user = users_.find(rows->at(row, "userSourcedId"));
        auto const found = classes_.find(rows->at(row, "classSourcedId"));
        if (!rows->is_good(row) || !user || found == classes_.end() || rows->at(row, "role") != "teacher"
            || rows->at(row, "primary") != "true")
            continue;
        auto const place = rows->place(row, "classSourcedId");
        set_member(*user, *orgs_.find(found->second.school), rows->place(row, "schoolSourcedId"));
        set(staff_field::duty, {"班主任", rows->place(row, "role")});
        set(staff_field::grade, {found->second.grade, place});
        set(staff_field::class_, {found->second.title, place});
        end_row(*rows, row);
    }
}

// ---- Pupils with their carers. ----

void RosterMaker::make_pupils()
{
    begin_sheet("users.csv", 2);
    for (std::size_t user = 0; user < users_.size(); ++user) {
        auto const id = std::string(users_.at(user, "sourcedId"));
        if (!users_.is_good(user))
            continue;
        if (!roles_of_.contains(id))
            note(users_, user, "sourcedId", "no_role",
                {"在 roles.csv 中没有角色，未采用。", "It has no role in roles.csv; it was not taken."});
        if (has_role(id, {"student"}))
            make_pupil(user, id);
    }
}

void RosterMaker::make_pupil(std::size_t user, std::string const& id)
{
    set(pupil_field::name, name_of(user));
    set(pupil_field::sex, sex_of(user));
    set(pupil_field::birth_day, birth_day_of(user));
    set(pupil_field::identity_number, user_id(user, "identityNumber"));
    set(pupil_field::identity_kind, user_id(user, "identityKind"));
    set(pupil_field::student_number, user_id(user, "studentNumber"));
    auto number = user_id(user, "schoolNumber");
    set(pupil_field::school_number, number.text.empty() ? said(users_, user, "identifier") : std::move(number));
    set_class(id);
    set_carers(user);
    end_row(users_, user);
}

void RosterMaker::set_class(std::string const& id)
{
    auto const* const rows = package_.table("enrollments");
    auto const found = enrollments_of_.find(id);
    if (found == enrollments_of_.end())
        return;
    std::optional<std::size_t> last;
    for (auto const row : found->second)
        if (rows->at(row, "role") == "student" && (!last || rows->at(row, "beginDate") >= rows->at(*last, "beginDate")))
            last = row;
    if (!last)
        return;
    auto const& in = classes_.find(rows->at(*last, "classSourcedId"))->second;
    auto const org = *orgs_.find(in.school);
    auto const place = rows->place(*last, "classSourcedId");
    set(pupil_field::school, {std::string(orgs_.at(org, "name")), rows->place(*last, "schoolSourcedId")});
    set(pupil_field::code, {std::string(orgs_.at(org, "identifier")), rows->place(*last, "schoolSourcedId")});
    set(pupil_field::grade, {in.grade, place});
    set(pupil_field::class_, {in.title, place});
    set(pupil_field::entry, said(*rows, *last, "beginDate"));
}

std::vector<RosterMaker::Carer> RosterMaker::carers_of(std::size_t user)
{
    auto const relations = list_in(users_.at(user, own::relations)), guardians = list_in(users_.at(user, own::guardians));
    auto const agents = list_in(users_.at(user, "agentSourcedIds"));
    std::vector<Carer> carers;
    for (std::size_t i = 0; i < agents.size(); ++i)
        if (auto const agent = users_.find(agents[i]))
            carers.push_back({*agent, i < relations.size() ? std::string(relations[i]) : usual_relation(*agent),
                i < guardians.size() ? std::string(guardians[i]) : ""});
    return carers;
}

std::string RosterMaker::usual_relation(std::size_t agent) const
{
    auto const id = std::string(users_.at(agent, "sourcedId"));
    auto const sex = sex_of(agent).text;
    if (has_role(id, {"parent"}) && !sex.empty())
        return sex == "男" ? "father" : "mother";
    return has_role(id, {"relative"}) ? "relative" : "other";
}

void RosterMaker::set_carers(std::size_t user)
{
    auto carers = carers_of(user);
    auto const place = users_.place(user, "agentSourcedIds");
    bool const are_few = carers.size() <= 2;
    bool slots[pupil_field::carers]{};
    for (auto const& carer : carers) {
        auto number = static_cast<std::size_t>(std::ranges::find(slots, false) - slots);
        if (!are_few && carer.relation == "father" && !slots[pupil_field::father])
            number = pupil_field::father;
        else if (!are_few && carer.relation == "mother" && !slots[pupil_field::mother])
            number = pupil_field::mother;
        if (number == pupil_field::carers) {
            note(users_, user, "agentSourcedIds", "too_many",
                {"照护人超过四人，其余未采用。", "More than four carers; the others were not taken."});
            return;
        }
        slots[number] = true;
        set_carer(number, carer, place);
    }
}

void RosterMaker::set_carer(std::size_t number, Carer const& carer, CellPlace const& place)
{
    auto const at = pupil_field::first_carer + number * pupil_field::carer_width;
    set(at + pupil_field::carer_name, name_of(carer.user));
    set(at + pupil_field::carer_relation, {words_of(relations(), carer.relation).zh, place});
    set(at + pupil_field::carer_phone, phone_of(carer.user));
    set(at + pupil_field::carer_identity_kind, user_id(carer.user, "identityKind"));
    set(at + pupil_field::carer_identity, user_id(carer.user, "identityNumber"));
    if (!carer.is_guardian.empty())
        set(at + pupil_field::carer_guardian, {carer.is_guardian == "true" ? "是" : "否", place});
    set(at + pupil_field::carer_person, said(users_, carer.user, "sourcedId"));
}

} // namespace concentric::directory::oneroster
