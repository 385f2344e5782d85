// A survey that everybody answered: of all whom a form asks, the answers that are still missing, as the server stores them. Every
// tenth family writes a few words.
//
//   form_answers DATABASE KEYS COUNTY FORM        prints how many answers there are then
#include "beside_database.hpp"
#include "modules/forms/answering.hpp"
#include "modules/forms/audience.hpp"

#include <fmt/format.h>

#include <set>

using namespace concentric;

namespace {

forms::FormAnswers answers_of(std::int64_t number)
{
    bool const agrees = number % 10 != 0;
    forms::FormAnswers filled;
    filled.items.push_back({forms::Key("q1"), {forms::Key(agrees ? "yes" : "no")}, {}, {}, {}});
    if (!agrees)
        filled.items.push_back({forms::Key("q2"), {}, {}, Text<0, 4000>("希望活动安排在周末，方便我们一起参加。"), {}});
    filled.items.push_back({forms::Key("q3"), {}, static_cast<double>(1 + number % 5), {}, {}});
    return filled;
}

std::int64_t fill(BesideDatabase& bench, forms::FormId id)
{
    auto call = bench.call();
    db::Transaction transaction(call.db);
    auto const form = call.db.row<forms::FormRow>("SELECT * FROM forms WHERE county = $1 AND id = $2", call.county, id).value();
    std::set<forms::Turn> answered;
    std::vector<forms::AnswerRow> rows;
    for (auto const& asked : forms::asked_in(call, form, forms::asked_ranges(call, id, "/")))
        if (answered.insert(asked.turn).second)
            rows.push_back({call.county, id, asked.turn.subject, asked.turn.household, form.version, asked.person, asked.unit,
                call.now, SealedJson(to_json(answers_of(static_cast<std::int64_t>(answered.size())))), new_id(), {}, {}});
    forms::store_answers(call, rows);
    transaction.commit();
    return static_cast<std::int64_t>(answered.size());
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc != 5) {
        fmt::print(stderr, "usage: form_answers DATABASE KEYS COUNTY FORM\n");
        return 2;
    }
    BesideDatabase bench(argv[1], argv[2], std::stoll(argv[3]));
    fmt::print("{}\n", fill(bench, {std::stoll(argv[4])}));
} catch (std::exception const& error) {
    fmt::print(stderr, "form_answers: {}\n", error.what());
    return 1;
}
