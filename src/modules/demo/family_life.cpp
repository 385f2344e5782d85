#include "modules/demo/family_life.hpp"

#include "core/crypto.hpp"
#include "lib/mask.hpp"
#include "lib/pinyin.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/demo/people.hpp"
#include "modules/families/join_letters.hpp"

#include <algorithm>
#include <unordered_map>

namespace concentric::demo {
namespace {

using namespace families;

using milliseconds::hour;

class FamilyLife {
public:
    FamilyLife(Call& call, County& county)
        : call_(call), db_(call.db), county_(county), child_(shown_child(county)), class_(county.pupils[child_.pupil].class_),
          teacher_(county.units[class_].speaker), now_{start_of(county.today).milliseconds + 8 * hour}
    {
        for (auto const& person : county_.people)
            people_[person.id] = &person;
    }

    PersonId run()
    {
        add_class_codes();
        add_join_requests();
        tell_of_join_requests();
        add_change_requests();
        add_data_check();
        return entrust_to_grandmother();
    }

private:
    struct Asking {
        std::string name, phone;
        Relation relation = Relation::other;
        JoinState state = JoinState::waiting;
        std::string words, answer;
    };

    Instant hours_ago(std::int64_t hours) const { return {now_.milliseconds - hours * hour}; }

    PersonId add_person(std::string const& name, std::string const& phone)
    {
        directory::PersonRecord person;
        person.county = county_.number;
        person.id = county_.ids.next_of<PersonId>();
        person.name = name;
        person.search = lib::search_key(name);
        person.phone = phone;
        person.created_at = hours_ago(20);
        db_.insert("people", person);
        return person.id;
    }
    // A number that nobody on the roster has.
    std::string new_phone() { return fictitious_phone(90'000'000 + ++phones_); }

    directory::CarerRow const& carer_of(std::size_t pupil) const
    {
        return *std::ranges::find(county_.carers, county_.pupils[pupil].id, &directory::CarerRow::student);
    }
    // The n-th pupil of the class after the child that is shown, round the class.
    std::size_t classmate(std::size_t n) const
    {
        auto const& unit = county_.units[class_];
        return unit.first_pupil + (child_.pupil - unit.first_pupil + n) % unit.pupils();
    }

    void add_class_codes()
    {
        static constexpr std::string_view letters = "34679ACDEFGHJKMNPQRTUVWXY";
        auto random = stream(county_, Stream::families);
        std::string code;
        for (std::size_t i = 0; i < 6; ++i)
            code += letters[random.below(letters.size())];
        db_.insert("class_codes",
            ClassCodeRow{county_.number, county_.ids.next_of<ClassCodeId>(), county_.id_of(class_), code, teacher_, hours_ago(26),
                hours_ago(-24 * 29), {}});
    }

    void ask(std::size_t pupil, Asking const& asking, std::int64_t hours)
    {
        auto const person = add_person(asking.name, asking.phone);
        accounts::AccountRow account;
        account.county = county_.number;
        account.person = person;
        account.phone = asking.phone;
        account.password_hash = crypto::hash_password(password);
        account.created_at = account.password_changed_at = hours_ago(hours);
        db_.insert("accounts", account);
        JoinRequestRow row{county_.number, county_.ids.next_of<JoinRequestId>(), county_.id_of(class_), county_.pupils[pupil].id,
            person, asking.relation, {}, asking.state, asking.words, asking.answer, hours_ago(hours)};
        db_.insert("join_requests", row);
    }

    // One for each piece of advice that the list gives.
    void add_join_requests()
    {
        auto const& first = carer_of(classmate(1));
        auto const& known = *people_.at(first.carer);
        ask(classmate(1), {known.name, known.phone, first.relation}, 5);
        auto const& second = carer_of(classmate(2));
        ask(classmate(2), {people_.at(second.carer)->name, new_phone(), second.relation}, 9);
        ask(classmate(3), {"吴秀兰", new_phone(), Relation::grandparent}, 14);
        ask(classmate(4), {"林建军", new_phone(), Relation::relative, JoinState::asked, "请问您是孩子的哪位亲属？平时由谁接送？"},
            22);
    }

    // The teacher has not opened the letter since the first of those who still wait asked.
    void tell_of_join_requests()
    {
        auto asked = call_;
        asked.now = hours_ago(14);
        tell_of_waiting(asked, county_.id_of(class_));
    }

    void want(std::size_t pupil, std::vector<ChangeFieldRow> fields, std::int64_t hours)
    {
        ChangeRequestRow row;
        row.county = county_.number;
        row.id = county_.ids.next_of<ChangeRequestId>();
        row.student = county_.pupils[pupil].id;
        row.person = guardian_of(county_, pupil);
        row.campaign = campaign_;
        row.made_at = hours_ago(hours);
        db_.insert("change_requests", row);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            auto& field = fields[i];
            field.county = county_.number;
            field.request = row.id;
            field.place = static_cast<std::int64_t>(i);
            db_.insert("change_fields", field);
        }
    }

    void add_change_requests()
    {
        campaign_ = county_.ids.next_of<CampaignId>();
        auto const& phone = people_.at(guardian_of(county_, classmate(5)))->phone;
        want(classmate(5),
            {{0, {}, 0, ChangeField::phone, lib::mask_phone(phone), new_phone()},
                {0, {}, 0, ChangeField::address, "", "滨河路 18 号 3 栋 502"}},
            4);
        want(classmate(6), {{0, {}, 0, ChangeField::address, "", "锦江大道 6 号 1 栋 1203"}}, 11);
        auto const& name = people_.at(county_.pupils[classmate(7)].id)->name;
        want(classmate(7), {{0, {}, 0, ChangeField::child_name, name, name + "轩"}}, 17);
    }

    struct AnswerRow {
        std::int64_t county = 0;
        CampaignId campaign;
        PersonId student, carer;
        std::string answer;
        Instant answered_at;
        BOOST_DESCRIBE_CLASS(AnswerRow, (), (county, campaign, student, carer, answer, answered_at), (), ())
    };

    // A little over half of the families have answered after a week.
    void add_data_check()
    {
        constexpr std::size_t root = 0;
        auto const official = std::ranges::find(county_.posts, std::string("county_official"), &directory::PostRow::role)->person;
        auto const title = std::to_string(county_.today.year()) + " 年学生家庭信息核对";
        db_.insert("check_campaigns",
            CampaignRow{county_.number, campaign_, county_.id_of(root), title, plus_days(county_.today, 21), official,
                hours_ago(24 * 7), hours_ago(30), {}});
        auto random = stream(county_, Stream::families, 1);
        std::vector<AnswerRow> answers;
        for (std::size_t i = 0; i < county_.pupils.size(); ++i)
            if (i != child_.pupil && random.chance(0.57))
                answers.push_back({county_.number, campaign_, county_.pupils[i].id, guardian_of(county_, i),
                    random.chance(0.06) ? "changes" : "right", hours_ago(random.between(1, 160))});
        db_.load("check_answers", answers);
    }

    PersonId entrust_to_grandmother()
    {
        auto const grandmother = add_person("周桂英", new_phone());
        db_.insert("delegations",
            DelegationRow{county_.number, county_.ids.next_of<DelegationId>(), county_.pupils[child_.pupil].id, grandmother,
                "see,confirm,pick_up", child_.guardian, hours_ago(24 * 40), plus_days(county_.today, 120), hours_ago(24 * 39), {},
                {}});
        auto const neighbour = add_person("赵国平", new_phone());
        db_.insert("delegations",
            DelegationRow{county_.number, county_.ids.next_of<DelegationId>(), county_.pupils[child_.pupil].id, neighbour,
                "pick_up", child_.guardian, hours_ago(24 * 90), plus_days(county_.today, -20), hours_ago(24 * 89), child_.guardian,
                hours_ago(24 * 30)});
        return grandmother;
    }

    Call& call_;
    db::Connection& db_;
    County& county_;
    ShownChild child_;
    std::size_t class_;
    PersonId teacher_;
    Instant now_;
    CampaignId campaign_;
    std::int64_t phones_ = 0;
    std::unordered_map<PersonId, directory::PersonRecord const*> people_;
};

} // namespace

PersonId guardian_of(County const& county, std::size_t pupil)
{
    auto const id = county.pupils[pupil].id;
    auto const found
        = std::ranges::find_if(county.carers, [&](auto const& link) { return link.student == id && link.is_guardian; });
    return found == county.carers.end() ? county.families[county.pupils[pupil].family].carers.front() : found->carer;
}

ShownChild shown_child(County const& county)
{
    auto const school_of = [&](std::size_t pupil) { return county.units[county.units[county.pupils[pupil].class_].parent].parent; };
    std::unordered_map<std::size_t, std::size_t> first_of_family;
    for (std::size_t i = 0; i < county.pupils.size(); ++i) {
        auto const [first, is_new] = first_of_family.try_emplace(county.pupils[i].family, i);
        // Not a kindergarten: its principal's obligations are fewer.
        auto const other = first->second;
        bool const is_shown = county.kind_of(school_of(other)) == "school" && county.pupils[other].since < county.pupils[i].since;
        if (!is_new && is_shown && school_of(i) != school_of(other))
            return {other, guardian_of(county, other)};
    }
    return {0, guardian_of(county, 0)};
}

PersonId add_family_life(Call& call, County& county) { return FamilyLife(call, county).run(); }

} // namespace concentric::demo
