#include "modules/coursework/statistics.hpp"

namespace concentric::coursework {
namespace {

struct SumsOfQuestion : ItemSums {
    QuestionId question;
};
BOOST_DESCRIBE_STRUCT(SumsOfQuestion, (ItemSums), (question))

struct ChosenCount {
    QuestionId question;
    Json chosen;
    std::int64_t answers = 0;
};
BOOST_DESCRIBE_STRUCT(ChosenCount, (), (question, chosen, answers))

constexpr std::string_view select_sums
    = "SELECT question, count(*) AS answers, CAST(SUM(is_right) AS BIGINT) AS right, CAST(SUM(rest) AS BIGINT) AS rest, "
      "CAST(SUM(rest * rest) AS BIGINT) AS rest_squared, CAST(SUM(rest * is_right) AS BIGINT) AS rest_of_right FROM ("
      "SELECT a.question, CASE WHEN a.is_right THEN 1 ELSE 0 END AS is_right, "
      "CASE WHEN t.total > 1 THEN (t.right_count - CASE WHEN a.is_right THEN 1 ELSE 0 END) * 1000 / (t.total - 1) ELSE 0 END AS "
      "rest "
      "FROM quiz_answers a JOIN quiz_attempts t ON t.county = a.county AND t.id = a.attempt "
      "WHERE a.county = $1 AND a.question ANY_OF($2) AND t.number = 1 AND t.finished_at > 0) marked GROUP BY question";
constexpr std::string_view select_chosen
    = "SELECT a.question, a.chosen, count(*) AS answers FROM quiz_answers a JOIN quiz_attempts t ON t.county = a.county AND t.id "
      "= a.attempt WHERE a.county = $1 AND a.question ANY_OF($2) AND t.number = 1 AND t.finished_at > 0 GROUP BY a.question, "
      "a.chosen";

void add_chosen(std::vector<std::int64_t>& counts, ChosenCount const& found)
{
    for (auto const place : reflect::from_json<std::vector<std::int64_t>>(found.chosen))
        if (place >= 0 && place < static_cast<std::int64_t>(counts.size()))
            counts[static_cast<std::size_t>(place)] += found.answers;
}

} // namespace

void add_statistics(Call& call, std::vector<Question>& questions)
{
    std::vector<std::int64_t> ids;
    std::unordered_map<QuestionId, ItemStatistics*> places;
    for (auto& question : questions)
        if (question.is_asked) {
            ids.push_back(question.id.value);
            places[question.id] = &question.statistics;
        }
    if (ids.empty())
        return;
    for (auto const& sums : call.db.rows<SumsOfQuestion>(select_sums, call.county, db::IntegerList{ids})) {
        auto& statistics = *places.at(sums.question);
        statistics.answers = sums.answers;
        statistics.right = sums.right;
        statistics.discrimination = discrimination(sums);
    }
    for (auto const& found : call.db.rows<ChosenCount>(select_chosen, call.county, db::IntegerList{ids}))
        add_chosen(places.at(found.question)->chosen, found);
}

} // namespace concentric::coursework
