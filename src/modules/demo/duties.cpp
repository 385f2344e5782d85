#include "modules/demo/history.hpp"

#include "modules/plan/catalogue.hpp"

#include <algorithm>
#include <map>

namespace concentric::demo {
namespace {

// What becomes of an obligation in the county, whatever each school's character: some are kept by everybody, some by few.
constexpr Likely fates[]{{1, 1, 1}, {0.98, 0.85, 0.5}, {1, 1, 1}, {0.7, 0.35, 0.05}, {0.98, 0.85, 0.5}};

struct Extra {
    std::string_view kind;
    Likely times; // a term
};
// What schools do beyond the plan.
constexpr Extra beyond_the_plan[]{{"held.drill", {2, 1.6, 0.8}}, {"meeting.committee", {1.5, 0.8, 0.2}},
    {"meeting.joint", {0.6, 0.4, 0.1}}, {"letter.answered", {4, 2, 0.5}}, {"consultation.held", {3, 1, 0.2}},
    {"resolution.done", {1, 0.5, 0}}};

class Duties {
public:
    Duties(Setting const& setting, Book& book) : setting_(setting), county_(setting.county), book_(book)
    {
        for (std::size_t i = 0; i < county_.units.size(); ++i)
            units_[county_.kind_of(i)].push_back(i);
    }

    void run()
    {
        std::uint64_t number = 0;
        for (auto const& requirement : setting_.plan.requirements)
            if (requirement.purpose == plan::Purpose::obligation && !units_for(requirement).empty())
                fulfil(requirement, number++);
        for (auto const school : county_.schools)
            add_extras(school);
        offer_resources();
    }

private:
    std::vector<std::size_t> units_for(plan::Requirement const& requirement) const
    {
        std::vector<std::size_t> all;
        for (auto const subject : requirement.subjects) {
            auto const kind = subject == plan::Subject::class_ ? "class" : name_of(subject);
            if (auto const found = units_.find(kind); found != units_.end())
                all.insert(all.end(), found->second.begin(), found->second.end());
        }
        return all;
    }

    void fulfil(plan::Requirement const& requirement, std::uint64_t number)
    {
        auto const& fate = fates[number % std::size(fates)];
        auto const periods = setting_.periods(requirement.per, requirement.window);
        for (auto const unit : units_for(requirement))
            for (auto const& period : periods) {
                auto random = stream(county_, Stream::obligation, number, county_.id_of(unit).value, period.from.number);
                auto const span = common(part_of(requirement, period), {county_.organisations[unit].opened_on, latest_day});
                bool const does = random.chance(fate[county_.units[unit].character]);
                // Who does not manage the whole has often begun.
                auto const parts = does ? requirement.all.size() : random.chance(0.4) ? requirement.all.size() / 2 : 0;
                for (std::size_t i = 0; span && i < parts; ++i)
                    fulfil(requirement.all[i], unit, *span, random);
            }
    }

    // What is owed once in the whole plan is founded in its first year.
    static Span part_of(plan::Requirement const& requirement, Span period)
    {
        auto const days = days_since_1970(period.to) - days_since_1970(period.from);
        return requirement.per == plan::Per::plan ? Span{period.from, plus_days(period.from, days * 2 / 5)} : period;
    }

    void fulfil(plan::Part const& part, std::size_t unit, Span span, Random& random)
    {
        std::vector<plan::EntryKind const*> kinds;
        for (auto const& kind : plan::catalogue())
            if (std::any_of(part.entries.begin(), part.entries.end(),
                    [&](auto const& pattern) { return plan::matches(pattern, kind.name); }))
                kinds.push_back(&kind);
        for (auto left = part.at_least; left > 0 && !kinds.empty(); --left)
            add(*random.pick(kinds), unit, span, random);
    }

    void add(plan::EntryKind const& kind, std::size_t unit, Span span, Random& random)
    {
        auto fact = usual_fact(kind.name, random, span);
        fact.unit = county_.id_of(unit).value;
        fact.recorded_by = county_.units[unit].speaker.value;
        if (kind.of_people)
            name_people(fact, unit, random);
        if (kind.of_resources && !setting_.busy_resources.empty() && random.chance(habit_of(kind.name).with_resource))
            fact.resource = county_.id_of(random.pick(setting_.busy_resources)).value;
        book_.add(Weight::duty, random, fact);
        if (fact.resource != 0 && kind.name.starts_with("held."))
            use_resource(fact, random);
        invite(fact, unit);
    }

    void use_resource(Fact fact, Random& random)
    {
        fact.kind = "resource.used";
        fact.person = fact.recorded_by;
        book_.add(Weight::duty, random, fact);
    }

    // A parent of the unit's pupils; a teacher where only teachers can, a principal where schools judge.
    void name_people(Fact& fact, std::size_t unit, Random& random) const
    {
        auto const& range = county_.units[unit];
        if (fact.kind == "rated.community") {
            auto const school = random.pick(county_.schools);
            fact.person = fact.recorded_by = county_.units[school].speaker.value;
            fact.count = static_cast<std::int32_t>(random.between(2, 5));
        } else if (fact.kind.starts_with("instructor.") && fact.kind != "instructor.parent") {
            fact.person = random.pick(random.pick(county_.teachers)).value;
        } else if (fact.kind == "letter.answered" || fact.kind == "resolution.done") {
            fact.person = fact.recorded_by;
        } else if (range.pupils() > 0) {
            auto const& pupil = county_.pupils[range.first_pupil + random.below(range.pupils())];
            fact.person = county_.families[pupil.family].carers.front().value;
            fact.student = pupil.id.value;
        } else {
            fact.person = fact.recorded_by;
        }
    }

    // Families come to what their school, grade or class holds.
    void invite(Fact const& held, std::size_t unit)
    {
        auto const share = habit_of(held.kind).attendance;
        auto const kind = county_.kind_of(unit);
        if (share == 0 || (kind != "school" && kind != "kindergarten" && kind != "grade" && kind != "class"))
            return;
        auto const* attended = plan::find_kind("attended." + std::string(held.kind.substr(5)));
        if (!attended)
            return;
        constexpr Likely spirit{1.15, 0.95, 0.7};
        auto const weight = held.kind == "held.meeting" ? Weight::core : Weight::once;
        auto const day = day_at(held.happened_at);
        for (auto i = county_.units[unit].first_pupil; i < county_.units[unit].end_pupil; ++i) {
            auto const& pupil = county_.pupils[i];
            auto const& class_ = county_.units[pupil.class_];
            auto random = stream(county_, Stream::attendance, pupil.id.value, held.happened_at.milliseconds, held.kind.size());
            if (pupil.since > day || !random.chance(share * spirit[class_.character]) || !book_.times(weight, random))
                continue;
            auto const& carers = county_.families[pupil.family].carers;
            Fact fact = held;
            fact.kind = attended->name;
            fact.person = carers[carers.size() > 1 && random.chance(0.35) ? 1 : 0].value;
            fact.student = pupil.id.value;
            fact.unit = county_.id_of(pupil.class_).value;
            fact.recorded_by = class_.speaker.value;
            book_.add(weight, random, fact);
        }
    }

    void add_extras(std::size_t school)
    {
        for (auto const& extra : beyond_the_plan)
            for (auto const term : setting_.terms) {
                auto random = stream(county_, Stream::extras, county_.id_of(school).value, term.from.number, extra.kind.size());
                auto const wanted = extra.times[county_.units[school].character];
                auto const whole = static_cast<int>(wanted);
                for (auto left = whole + random.chance(wanted - whole); left > 0; --left)
                    add(*plan::find_kind(extra.kind), school, term, random);
            }
    }

    // Every resource is offered and assessed, also those that nobody asks for.
    void offer_resources()
    {
        for (auto const unit : county_.resources)
            for (auto const* kind : {"resource.offered", "resource.assessed"}) {
                auto random = stream(county_, Stream::extras, county_.id_of(unit).value, std::string_view(kind).size());
                auto fact = usual_fact(kind, random, {setting_.plan.from, plus_days(setting_.plan.from, 300)});
                fact.unit = fact.resource = county_.id_of(unit).value;
                fact.recorded_by = county_.units[unit].speaker.value;
                book_.add(Weight::duty, random, fact);
            }
    }

    Setting const& setting_;
    County const& county_;
    Book& book_;
    std::map<std::string_view, std::vector<std::size_t>> units_; // by kind
};

} // namespace

void write_duties(Setting const& setting, Book& book) { Duties(setting, book).run(); }

} // namespace concentric::demo
