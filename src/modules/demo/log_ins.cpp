#include "modules/demo/log_ins.hpp"

#include "core/crypto.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/passwords.hpp"
#include "modules/directory/roles.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <unordered_map>

namespace concentric::demo {
namespace {

// The child whose teacher and principal have accounts too, and the carer who has another child at another school. Where no family
// has that, the first pupil.
struct Child {
    std::size_t pupil = 0;
    PersonId carer;
};

Child a_child_between_schools(County const& county)
{
    auto const school_of = [&](std::size_t pupil) { return county.units[county.units[county.pupils[pupil].class_].parent].parent; };
    std::unordered_map<std::size_t, std::size_t> first_of_family;
    for (std::size_t i = 0; i < county.pupils.size(); ++i) {
        auto const [first, is_new] = first_of_family.try_emplace(county.pupils[i].family, i);
        // Not a kindergarten: its principal's obligations are fewer.
        auto const other = first->second;
        bool const is_shown = county.kind_of(school_of(other)) == "school" && county.pupils[other].since < county.pupils[i].since;
        if (!is_new && is_shown && school_of(i) != school_of(other))
            return {other, county.families[county.pupils[i].family].carers.front()};
    }
    return {0, county.families[county.pupils.front().family].carers.front()};
}

class Giving {
public:
    Giving(db::Connection& db, County const& county)
        : db_(db)
        , county_(county)
    {
    }

    std::vector<LogIn> run()
    {
        auto const child = a_child_between_schools(county_);
        auto const class_ = county_.pupils[child.pupil].class_;
        auto const school = county_.units[county_.units[class_].parent].parent;
        constexpr std::size_t root = 0;
        give("official", "county_official", holder(root, "county_official"), root);
        give("reader", "county_reader", holder(root, "county_reader"), root);
        give("principal", "school_leader", holder(school, "school_leader"), school);
        give("teacher", "class_teacher", county_.units[class_].speaker, class_);
        give("community", "community_worker", county_.units[county_.communities.front()].speaker, county_.communities.front());
        give("museum", "resource_contact", county_.units[county_.resources.front()].speaker, county_.resources.front());
        give("parent", "", child.carer, class_);
        return std::move(log_ins_);
    }

private:
    PersonId holder(std::size_t unit, std::string_view role) const
    {
        auto const found = std::find_if(county_.posts.begin(), county_.posts.end(),
            [&](auto const& post) { return post.organisation == county_.id_of(unit) && post.role == role; });
        return found->person;
    }

    void give(std::string user_name, std::string_view role, PersonId person, std::size_t unit)
    {
        auto const& record
            = *std::find_if(county_.people.begin(), county_.people.end(), [&](auto const& one) { return one.id == person; });
        accounts::AccountRow row;
        row.county = county_.number;
        row.person = person;
        row.user_name = std::move(user_name);
        if (auto const fault = accounts::fault_of_password(password, row, record.name))
            throw std::logic_error(fault->words.en);
        row.password_hash = crypto::hash_password(password);
        row.created_at = row.password_changed_at = start_of(county_.today);
        db_.insert("accounts", row);
        auto const known = directory::role_named(db_, county_.number, role);
        log_ins_.push_back({row.user_name, record.name, known ? known->name.zh : "家长", place_of(unit)});
    }

    std::string place_of(std::size_t unit) const
    {
        auto const school
            = county_.kind_of(unit) == "class" ? county_.organisations[county_.units[county_.units[unit].parent].parent].name : "";
        return school + county_.organisations[unit].name;
    }

    db::Connection& db_;
    County const& county_;
    std::vector<LogIn> log_ins_;
};

} // namespace

std::vector<LogIn> add_log_ins(db::Connection& db, County const& county)
{
    return Giving(db, county).run();
}

} // namespace concentric::demo
