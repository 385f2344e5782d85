#pragma once

#include "modules/demo/book.hpp"
#include "modules/demo/habits.hpp"

// What people did in the last full term and in this one, so that the plan's obligations stand differently from school to school.
namespace concentric::demo {

// What the history is told of.
struct Setting {
    County const& county;
    plan::Plan const& plan;
    std::vector<Span> terms; // the last full one and the present one, up to their ends
    std::vector<std::size_t> busy_resources; // units; the others are never used

    Span whole() const { return {terms.front().from, terms.back().to}; }
    // The periods of the plan that touch the history, each cut to it. Those of the whole plan's length are left whole.
    std::vector<Span> periods(plan::Per per, std::string_view window) const;
};
Setting setting_of(County const& county, plan::Plan const& plan);

// The habits' share for one character: how likely diligent, average and weak ones do something.
struct Likely {
    double diligent, average, weak;
    double operator[](Character character) const
    {
        return character == Character::diligent ? diligent : character == Character::average ? average : weak;
    }
};

// A fact of that kind, with the minutes and the note that are usual.
Fact usual_fact(std::string_view kind, Random& random, Span span);

// What schools, communities and the county owe as organisations, and the families that come to it.
void write_duties(Setting const& setting, Book& book);
// What happens around one child: visits, care, service, and what the carers learn and give.
void write_visits(Setting const& setting, Book& book);
void write_care(Setting const& setting, Book& book);
void write_service(Setting const& setting, Book& book);
void write_learning(Setting const& setting, Book& book);

// All of it. The same chance each time: a county written with another scale has the same duties.
void write_history(Setting const& setting, Book& book);

} // namespace concentric::demo
