// The yardstick of answers to forms: the very statements of answering one, in transactions of a given size, from one thread beside
// the database.
//
//   form_loop DATABASE KEYS COUNTY FORM SIZE SECONDS        prints answers a second
#include "beside_database.hpp"
#include "modules/forms/answering.hpp"
#include "modules/forms/own_turns.hpp"

#include <fmt/format.h>

using namespace concentric;

static std::vector<std::pair<Viewer, forms::FillForm>> answers_to(BesideDatabase& bench, forms::FormId id)
{
    auto call = bench.call();
    auto const form = call.db.row<forms::FormRow>("SELECT * FROM forms WHERE county = $1 AND id = $2", call.county, id).value();
    auto const places = forms::places_of(call, id);
    auto const people = call.db.values<std::int64_t>(
        "SELECT person AS value FROM accounts WHERE county = $1 AND user_name LIKE 'learner%' ORDER BY person", call.county);
    forms::Answerers const answerers(call, people);
    std::vector<std::pair<Viewer, forms::FillForm>> all;
    for (auto const person : people)
        for (auto const& turn : answerers.turns(form, places, {person}, Language::zh))
            all.push_back({BesideDatabase::viewer({person}),
                {id, turn.student, form.version,
                    {{forms::Key("q1"), {forms::Key("yes")}, {}, {}, {}}, {forms::Key("q3"), {}, 4.0, {}, {}}}}});
    return all;
}

static double run(BesideDatabase& bench, forms::FormId form, std::size_t size, std::chrono::seconds seconds)
{
    auto const answers = answers_to(bench, form);
    std::size_t sent = 0;
    return bench.per_second<forms::FillForm>(
        size, seconds, [&] { return answers.at(sent++ % answers.size()); }, forms::answer_forms);
}

int main(int argc, char** argv)
try {
    if (argc != 7) {
        fmt::print(stderr, "usage: form_loop DATABASE KEYS COUNTY FORM SIZE SECONDS\n");
        return 2;
    }
    BesideDatabase bench(argv[1], argv[2], std::stoll(argv[3]));
    fmt::print("{:.0f}\n", run(bench, {std::stoll(argv[4])}, std::stoull(argv[5]), std::chrono::seconds(std::stoll(argv[6]))));
} catch (std::exception const& error) {
    fmt::print(stderr, "form_loop: {}\n", error.what());
    return 1;
}
