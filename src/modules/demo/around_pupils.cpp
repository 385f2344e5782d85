#include "modules/demo/history.hpp"

#include <algorithm>

namespace concentric::demo {
namespace {

// Months in which schools teach for more than a few days.
bool is_taught(Span month) { return month.from.month() != 7 && month.from.month() != 8; }

// Teachers who are behind begin late as well.
Span part_of_term(Span term, Character character)
{
    auto const days = days_since_1970(term.to) - days_since_1970(term.from);
    if (character == Character::diligent)
        return {term.from, plus_days(term.from, days * 6 / 10)};
    return character == Character::average ? term : Span{plus_days(term.from, days / 4), term.to};
}

struct Around {
    Pupil const& pupil;
    Unit const& class_;
    std::int64_t class_id;
    Family const& family;
};

template <class Each> void each_pupil(Setting const& setting, Each const& each)
{
    auto const& county = setting.county;
    for (auto const& pupil : county.pupils)
        each(Around{pupil, county.units[pupil.class_], county.id_of(pupil.class_).value, county.families[pupil.family]});
}

std::optional<Span> while_here(Pupil const& pupil, Span span) { return common(span, {pupil.since, latest_day}); }

// What a class teacher does for a pupil.
Fact by_teacher(std::string_view kind, Random& random, Span span, Around const& around)
{
    auto fact = usual_fact(kind, random, span);
    fact.person = fact.recorded_by = around.class_.speaker.value;
    fact.student = around.pupil.id.value;
    fact.unit = around.class_id;
    return fact;
}

// What one of the carers does; the first more often.
Fact by_carer(std::string_view kind, Random& random, Span span, Around const& around)
{
    auto fact = usual_fact(kind, random, span);
    auto const& carers = around.family.carers;
    fact.person = fact.recorded_by = carers[carers.size() > 1 && random.chance(0.3) ? 1 : 0].value;
    fact.student = around.pupil.id.value;
    fact.unit = around.class_id;
    return fact;
}

} // namespace

void write_visits(Setting const& setting, Book& book)
{
    constexpr Likely visited{1, 0.86, 0.45}, contacted{0.97, 0.78, 0.42};
    constexpr double declines = 0.015;
    auto const months = setting.periods(plan::Per::month, "");
    each_pupil(setting, [&](Around const& around) {
        auto random = stream(setting.county, Stream::visits, around.pupil.id.value);
        auto const character = around.class_.character;
        for (auto const term : setting.terms) {
            auto const span = while_here(around.pupil, part_of_term(term, character));
            bool const refuses = random.chance(declines), happens = random.chance(visited[character]);
            if (span && (refuses || happens) && book.times(Weight::core, random))
                book.add(Weight::core, random, by_teacher(refuses ? "visit.declined" : "visit.home", random, *span, around));
        }
        for (auto const month : months) {
            auto const span = while_here(around.pupil, month);
            if (!span || !is_taught(month)
                || !random.chance(around.pupil.is_in_need ? std::min(1.0, contacted[character] + 0.15) : contacted[character]))
                continue;
            for (auto times = book.times(Weight::daily, random); times > 0; --times)
                book.add(Weight::daily, random,
                    by_teacher(random.chance(0.5) ? "visit.phone"
                            : random.chance(0.65) ? "visit.online"
                                                  : "visit.campus",
                        random, *span, around));
        }
    });
}

void write_care(Setting const& setting, Book& book)
{
    constexpr Likely paired{1, 0.85, 0.4}, helped{0.98, 0.75, 0.35};
    auto const years = setting.periods(plan::Per::school_year, "");
    each_pupil(setting, [&](Around const& around) {
        if (!around.pupil.is_in_need)
            return;
        auto random = stream(setting.county, Stream::care, around.pupil.id.value);
        auto const character = around.class_.character;
        auto const add = [&](std::string_view kind, std::optional<Span> span) {
            if (span && book.times(Weight::core, random))
                book.add(Weight::core, random, by_teacher(kind, random, *span, around));
        };
        for (auto const year : years) {
            auto const first_weeks = while_here(around.pupil, {year.from, plus_days(year.from, 40)});
            add("care.registered", first_weeks);
            if (random.chance(paired[character]))
                add("care.paired", first_weeks);
        }
        for (auto const term : setting.terms) {
            auto const span = while_here(around.pupil, term);
            if (!random.chance(helped[character]))
                continue;
            for (auto times = random.between(1, 3); times > 0; --times)
                add("care.helped", span);
            if (random.chance(helped[character]))
                add("care.reflected", span);
        }
    });
}

void write_service(Setting const& setting, Book& book)
{
    constexpr Likely willing{0.98, 0.85, 0.5};
    auto const& county = setting.county;
    auto const years = setting.periods(plan::Per::school_year, "");
    each_pupil(setting, [&](Around const& around) {
        if (around.pupil.is_toddler)
            return;
        auto random = stream(county, Stream::service, around.pupil.id.value);
        auto const community = random.pick(county.communities);
        for (auto const year : years) {
            auto const span = while_here(around.pupil, year);
            if (!span || !random.chance(willing[around.class_.character]))
                continue;
            auto const minutes_wanted = random.between(around.class_.character == Character::diligent ? 5 : 1, 8) * 60;
            for (std::int64_t done = 0; done < minutes_wanted;) {
                auto const kind = random.chance(0.85) ? "service.community"
                    : random.chance(0.6)              ? "service.environment"
                                                      : "service.charity";
                auto fact = by_teacher(kind, random, *span, around);
                fact.person = around.pupil.id.value;
                fact.recorded_by = county.units[community].speaker.value;
                done += fact.minutes;
                if (book.times(Weight::core, random))
                    book.add(Weight::core, random, fact);
            }
        }
    });
}

void write_learning(Setting const& setting, Book& book)
{
    constexpr Likely signing{0.98, 0.85, 0.6};
    each_pupil(setting, [&](Around const& around) {
        auto random = stream(setting.county, Stream::learning, around.pupil.id.value);
        auto const add = [&](Weight weight, std::string_view kind, std::optional<Span> span, double share) {
            if (!span || !random.chance(share))
                return;
            for (auto times = book.times(weight, random); times > 0; --times)
                book.add(weight, random, by_carer(kind, random, *span, around));
        };
        for (auto const term : setting.terms) {
            auto const span = while_here(around.pupil, term);
            add(Weight::once, "commitment.signed", while_here(around.pupil, {term.from, plus_days(term.from, 35)}),
                signing[around.class_.character]);
            for (int lesson = 0; lesson < 8; ++lesson)
                add(Weight::daily, "course.parent", span, around.family.zeal * 0.8);
            for (int turn = 0; turn < 4; ++turn)
                add(Weight::daily, "volunteer.duty", span, around.family.zeal * 0.3);
            add(Weight::daily, "volunteer.other", span, around.family.zeal * 0.1);
            add(Weight::daily, "shared.experience", span, around.family.zeal * 0.08);
            add(Weight::daily, "contributed.material", span, around.family.zeal * 0.02);
            if (!span || setting.busy_resources.empty() || !random.chance(0.06) || !book.times(Weight::once, random))
                continue;
            auto rating = by_carer("rated.resource", random, *span, around);
            rating.person = rating.recorded_by = around.pupil.id.value;
            rating.resource = setting.county.id_of(random.pick(setting.busy_resources)).value;
            rating.count = static_cast<std::int32_t>(random.between(3, 5));
            book.add(Weight::once, random, rating);
        }
    });
}

} // namespace concentric::demo
