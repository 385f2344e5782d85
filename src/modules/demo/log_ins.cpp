#include "modules/demo/log_ins.hpp"

#include "core/crypto.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/passwords.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/directory/roles.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <unordered_map>

namespace concentric::demo {
namespace {

class Giving {
public:
    Giving(Call& call, County& county) : call_(call), db_(call.db), county_(county) { }

    std::vector<LogIn> run()
    {
        auto const child = shown_child(county_);
        auto const class_ = county_.pupils[child.pupil].class_;
        auto const school = county_.units[county_.units[class_].parent].parent;
        constexpr std::size_t root = 0;
        give("official", "county_official", holder(root, "county_official"), root);
        give("reader", "county_reader", holder(root, "county_reader"), root);
        give("principal", "school_leader", holder(school, "school_leader"), school);
        give("teacher", "class_teacher", county_.units[class_].speaker, class_);
        give("community", "community_worker", county_.units[county_.communities.front()].speaker, county_.communities.front());
        give("museum", "resource_contact", county_.units[county_.resources.front()].speaker, county_.resources.front());
        give("parent", "", child.guardian, class_);
        give("grandmother", "", add_family_life(call_, county_), class_);
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
        auto const name
            = db_.value<std::string>("SELECT name AS value FROM people WHERE county = $1 AND id = $2", county_.number, person)
                  .value();
        accounts::AccountRow row;
        row.county = county_.number;
        row.person = person;
        row.user_name = std::move(user_name);
        if (auto const fault = accounts::fault_of_password(password, row, name))
            throw std::logic_error(fault->words.en);
        row.password_hash = crypto::hash_password(password);
        row.created_at = row.password_changed_at = start_of(county_.today);
        db_.insert("accounts", row);
        auto const known = directory::role_named(db_, county_.number, role);
        log_ins_.push_back({row.user_name, name, known ? known->name.zh : "家长", place_of(unit)});
    }

    std::string place_of(std::size_t unit) const
    {
        auto const school
            = county_.kind_of(unit) == "class" ? county_.organisations[county_.units[county_.units[unit].parent].parent].name : "";
        return school + county_.organisations[unit].name;
    }

    Call& call_;
    db::Connection& db_;
    County& county_;
    std::vector<LogIn> log_ins_;
};

} // namespace

std::vector<LogIn> add_log_ins(Call& call, County& county) { return Giving(call, county).run(); }

} // namespace concentric::demo
