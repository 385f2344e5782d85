#include "modules/forms/results.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/posts.hpp"
#include "modules/forms/letters.hpp"
#include "modules/forms/turnout.hpp"
#include "modules/forms/urns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace concentric::forms {
namespace {

struct FilledRow {
    std::int64_t subject = 0, household = 0, version = 0, unit = 0;
    PersonId answered_by, entered_by;
    Instant changed_at;
    SealedJson answers;
};
BOOST_DESCRIBE_STRUCT(FilledRow, (), (subject, household, version, unit, answered_by, entered_by, changed_at, answers))

// From organisations at or below the path, in the order in which they came. Sorted here: a database carries the texts of a whole
// county along, through its disk.
std::vector<FilledRow> rows_below(Call& call, FormId form, std::string const& path)
{
    auto rows
        = call.db.rows<FilledRow>("SELECT subject, household, version, unit, answered_by, entered_by, changed_at, answers FROM "
                                  "form_answers WHERE county = $1 AND form = "
                                  "$2 AND unit IN (SELECT id FROM organisations WHERE county = $1 AND path >= $3 AND path < $4)",
            call.county, form, path, directory::path_end(path));
    std::ranges::sort(rows, {}, [](auto const& row) { return std::tie(row.changed_at, row.subject, row.household); });
    return rows;
}

std::vector<Filled> filled_below(Call& call, OwnedForm const& form, std::string const& path)
{
    std::vector<Filled> all;
    if (form.is_anonymous)
        for (auto& ballot : ballots_of(call, form.id))
            all.push_back({ballot.version, ballot.unit.value, std::move(ballot.answers)});
    else
        for (auto const& row : rows_below(call, form.id, path))
            all.push_back({row.version, row.unit, reflect::from_json<FormAnswers>(row.answers)});
    return all;
}

Contents contents_of(Call& call, FormId form)
{
    Contents contents;
    for (auto& version : versions_of(call, form))
        contents.emplace(version.row.number, std::move(version.content));
    return contents;
}

// Whoever sees a part alone would see an anonymous form through too small a window.
HiddenBecause hidden(Call& call, OwnedForm const& form, std::size_t ballots)
{
    if (!form.is_anonymous)
        return HiddenBecause::nothing;
    if (!may_manage(call, form))
        return HiddenBecause::part;
    if (!is_over(call, form))
        return HiddenBecause::still_open;
    return static_cast<std::int64_t>(ballots) < fewest_ballots ? HiddenBecause::too_few : HiddenBecause::nothing;
}

std::string reach_of(Call& call, std::optional<OrganisationId> unit)
{
    if (!unit)
        return call.viewer.path;
    auto const path = directory::path_of(call, *unit);
    if (!path || !call.viewer.reaches(*path))
        throw not_found({"机构", "organisation"});
    return *path;
}

OwnedForm answered_form(Call& call, FormId id)
{
    auto form = watched_form(call, id);
    if (form.state == FormState::draft)
        throw conflict({"表单还没有发布。", "The form was not published yet."});
    return form;
}

std::int64_t ballots_cast(Call& call, FormId form)
{
    return call.db
        .value<std::int64_t>(
            "SELECT CAST(COALESCE(SUM(ballots), 0) AS BIGINT) AS value FROM form_urns WHERE county = $1 AND form = $2", call.county,
            form)
        .value_or(0);
}

std::int64_t count_answered(Call& call, OwnedForm const& form, std::vector<Turn> const& turns)
{
    if (form.is_anonymous)
        return may_manage(call, form) ? ballots_cast(call, form.id) : 0;
    return std::ssize(taken_of(call, form, turns));
}

FormQuestion const& tabled(Contents const& contents, std::string const& key, std::string const& path)
{
    auto const* const question = question_called(contents, key);
    if (!question || values_of(*question).empty())
        throw invalid(path, "unknown", {"请选择一道选择题或量表题。", "Choose a question with choices or a scale."});
    return *question;
}

// Which organisation directly below `above` an organisation belongs to; itself where it stands there.
class UnitRows {
public:
    UnitRows(Call& call, std::vector<Filled> const& filled)
    {
        std::vector<std::int64_t> ids;
        for (auto const& one : filled)
            ids.push_back(one.unit);
        units_ = directory::organisations(call.db, call.county, ids);
        depth_ = common_depth();
        std::set<std::int64_t> tops;
        for (auto const& [id, unit] : units_)
            tops.insert(top_of(unit.path));
        auto const names = directory::organisations(call.db, call.county, std::vector(tops.begin(), tops.end()));
        for (auto const top : tops)
            if (auto const found = names.find({top}); found != names.end())
                rows_.push_back({std::to_string(top), found->second.name});
    }

    std::vector<FormChoice> const& rows() const { return rows_; }
    std::vector<std::string> of(Filled const& one) const
    {
        auto const found = units_.find({one.unit});
        return found == units_.end() ? std::vector<std::string>{} : std::vector{std::to_string(top_of(found->second.path))};
    }

private:
    // The first step at which the places of answers differ.
    std::size_t common_depth() const
    {
        std::vector<std::int64_t> shared;
        bool is_first = true;
        for (auto const& [id, unit] : units_) {
            auto const ids = directory::ids_in(unit.path);
            if (std::exchange(is_first, false))
                shared = ids;
            shared.resize(static_cast<std::size_t>(
                std::mismatch(shared.begin(), shared.end(), ids.begin(), ids.end()).first - shared.begin()));
        }
        return shared.size();
    }

    std::int64_t top_of(std::string const& path) const
    {
        auto const ids = directory::ids_in(path);
        return ids.size() > depth_ ? ids[depth_] : ids.back();
    }

    std::unordered_map<OrganisationId, directory::OrganisationRef> units_;
    std::size_t depth_ = 0;
    std::vector<FormChoice> rows_;
};

std::string percent(double share) { return fmt::format("{:.1f}%", share * 100); }

void add_figures(Call& call, lib::WorkbookWriter& book, std::vector<QuestionResult> const& questions)
{
    std::vector<std::string> const headings{call.say({"题目", "Question"}), call.say({"选项", "Choice"}),
        call.say({"人数", "Count"}), call.say({"占比", "Share"}), call.say({"显示", "Shown"}), call.say({"回答", "Answered"}),
        call.say({"平均", "Mean"})};
    book.add_sheet(call.say({"统计", "Figures"}), headings);
    for (auto const& question : questions) {
        book.add_row({question.text, std::string(), std::monostate{}, std::string(), question.shown, question.answered,
            question.mean ? lib::Value(std::round(*question.mean * 100) / 100) : lib::Value()});
        for (auto const& choice : question.choices)
            book.add_row({std::string(), choice.text, choice.count, percent(choice.share)});
    }
}

void add_texts(Call& call, lib::WorkbookWriter& book, std::vector<QuestionResult> const& questions)
{
    std::vector<std::string> const headings{call.say({"题目", "Question"}), call.say({"回答", "Answer"})};
    book.add_sheet(call.say({"文字回答", "Texts"}), headings);
    for (auto const& question : questions)
        for (auto const& text : question.texts)
            book.add_row({question.text, text});
}

lib::Value cell_of(FormQuestion const& question, FormAnswer const* answer)
{
    if (!answer)
        return {};
    if (answer->number)
        return *answer->number;
    if (answer->text)
        return std::string(*answer->text);
    if (answer->day)
        return text_of(*answer->day);
    std::string chosen;
    for (auto const& key : answer->choices) {
        auto const found = std::ranges::find(question.choices, key, &FormChoice::key);
        chosen += (chosen.empty() ? "" : "；") + (found == question.choices.end() ? std::string(key) : std::string(found->text));
    }
    return chosen;
}

void add_answers(Call& call, lib::WorkbookWriter& book, OwnedForm const& form, Contents const& contents)
{
    auto const rows = rows_below(call, form.id, call.viewer.path);
    std::vector<std::int64_t> people, units;
    for (auto const& row : rows) {
        people.push_back(row.answered_by.value);
        people.push_back(row.entered_by.value);
        people.push_back(row.subject);
        units.push_back(row.unit);
    }
    auto const names = directory::names_of(call, people);
    auto const places = directory::organisations(call.db, call.county, units);
    auto const name = [&](std::int64_t id) { return names.contains(id) ? names.at(id) : std::string(); };
    std::vector<std::string> headings{call.say({"班级或机构", "Class or place"}), call.say({"学生或教职工", "Pupil or staff"}),
        call.say({"填写人", "Answered by"}), call.say({"纸质录入人", "Typed in by"}), call.say({"时间", "At"})};
    std::vector<FormQuestion const*> questions;
    for (auto const* question : questions_of(contents.rbegin()->second))
        if (is_answered(question->kind)) {
            questions.push_back(question);
            headings.push_back(question->text);
        }
    book.add_sheet(call.say({"逐份回答", "Answers"}), headings);
    for (auto const& row : rows) {
        auto const answers = reflect::from_json<FormAnswers>(row.answers);
        auto const place = places.find({row.unit});
        std::vector<lib::Value> cells{place == places.end() ? std::string() : place->second.name, name(row.subject),
            name(row.answered_by.value), name(row.entered_by.value), text_of(row.changed_at).substr(0, 16)};
        for (auto const* question : questions)
            cells.push_back(cell_of(*question, answer_to(answers, question->key)));
        book.add_row(cells);
    }
}

} // namespace

FormResults show_results(Call& call, AskResults const& input)
{
    auto const form = answered_form(call, input.id);
    if (form.is_anonymous && input.unit)
        throw conflict({"匿名表单只看整体结果和各校对比。", "Of an anonymous form there is the whole, and schools side by side."});
    auto const path = reach_of(call, input.unit);
    auto const turns = turns_at(seats_in(call, form, asked_ranges(call, form.id, path)));
    FormResults results;
    results.asked = std::ssize(turns);
    results.answered = count_answered(call, form, turns);
    if (form.purpose == FormPurpose::commitment)
        return results;
    auto const filled = filled_below(call, form, path);
    results.hidden = hidden(call, form, filled.size());
    if (results.hidden == HiddenBecause::nothing)
        results.questions = count_answers(contents_of(call, form.id), filled);
    return results;
}

CrossTable show_cross_table(Call& call, AskCrossTable const& input)
{
    auto const form = answered_form(call, input.id);
    auto const contents = contents_of(call, form.id);
    auto const& column = tabled(contents, input.columns, "/columns");
    auto const filled = filled_below(call, form, call.viewer.path);
    CrossTable table;
    table.hidden = hidden(call, form, filled.size());
    if (table.hidden != HiddenBecause::nothing)
        return table;
    if (input.rows) {
        auto const& row = tabled(contents, *input.rows, "/rows");
        auto const rows_of = [&](Filled const& one) {
            auto const* const answer = answer_to(one.answers, row.key);
            return answer ? values_in(*answer) : std::vector<std::string>{};
        };
        table.rows = cross(values_of(row), rows_of, column, filled);
    } else {
        UnitRows const units(call, filled);
        table.rows = cross(
            units.rows(), [&](Filled const& one) { return units.of(one); }, column, filled);
    }
    if (form.is_anonymous)
        hide_small(table.rows, fewest_ballots);
    for (auto const& value : values_of(column))
        table.columns.push_back({value.key, value.text});
    bool const shows_all = std::ranges::none_of(table.rows, &CrossRow::is_hidden);
    for (std::size_t c = 0; shows_all && c < table.columns.size(); ++c)
        for (auto const& row : table.rows)
            table.columns[c].count += row.counts[c];
    return table;
}

FormProgress show_progress(Call& call, AskProgress const& input)
{
    auto const form = answered_form(call, input.id);
    auto const path = reach_of(call, input.unit);
    auto const seats = seats_in(call, form, asked_ranges(call, form.id, path));
    auto const turns = turns_at(seats);
    FormProgress progress;
    progress.asked = std::ssize(turns);
    if (form.is_anonymous) {
        progress.answered = count_answered(call, form, turns);
        return progress;
    }
    auto const taken = taken_of(call, form, turns);
    progress.answered = std::ssize(taken);
    for (auto const& one : turnout_below(call, path, seats, taken))
        progress.units.push_back({one.unit.id, one.unit.name, one.unit.kind, one.asked, one.answered});
    return progress;
}

Page<MissingPerson> list_missing(Call& call, ListMissing const& input)
{
    auto const form = answered_form(call, input.id);
    if (form.is_anonymous)
        throw conflict({"匿名表单不知道谁没有填。", "Nobody knows who has not answered an anonymous form."});
    auto asked = asked_in(call, form, asked_ranges(call, form.id, reach_of(call, input.unit)));
    auto const taken = turns_taken(call, form, asked);
    sort_as_counted(call, asked);
    auto const limit = static_cast<std::size_t>(input.limit ? input.limit->value : 60);
    Page<MissingPerson> page;
    for (auto const& one : asked_after(asked, input.after)) {
        if (taken.contains(one.turn))
            continue;
        if (page.items.size() >= limit && page.items.back().person != one.person) {
            page.next = std::to_string(page.items.back().person.value);
            break;
        }
        auto& missing = page.items.emplace_back(MissingPerson{one.person, one.name, one.unit_name, one.turn.household, {}});
        if (form.audience == FormAudience::staff)
            continue;
        for (auto const& [id, name] : directory::names_of(call, people_of_turn(call, form, one.person, one.turn.household)))
            missing.carers.push_back(name);
        std::ranges::sort(missing.carers);
    }
    return page;
}

Download export_results(Call& call, OneResult const& input)
{
    auto const form = answered_form(call, input.id);
    auto const contents = contents_of(call, form.id);
    auto const filled = filled_below(call, form, call.viewer.path);
    if (hidden(call, form, filled.size()) != HiddenBecause::nothing)
        throw conflict({"匿名表单要在结束之后、至少五份回答时才能看结果。",
            "Results of an anonymous form are there after its end, from five answers on."});
    auto const questions = count_answers(contents, filled);
    lib::WorkbookWriter book;
    add_figures(call, book, questions);
    add_texts(call, book, questions);
    if (!form.is_anonymous)
        add_answers(call, book, form, contents);
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", form.title + ".xlsx"};
}

Routes result_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/forms/{id}/results", send_notices, "form_results_show", "What a form brought in", show_results),
        route(Verb::get, "/api/forms/{id}/cross-table", send_notices, "form_cross_table_show",
            "Two questions against each other, or one by the organisations below", show_cross_table),
        route(Verb::get, "/api/forms/{id}/progress", send_notices, "form_progress_show",
            "How many of those asked have answered, by organisation", show_progress),
        route(Verb::get, "/api/forms/{id}/missing", send_notices, "form_missing_list", "Who has not answered, of a form with names",
            list_missing)
            .as_personal_file(),
        route(Verb::get, "/api/forms/{id}/results.xlsx", send_notices, "form_results_export", "The results as a workbook",
            export_results)
            .as_personal_file(),
    };
}

} // namespace concentric::forms
