#include "modules/programmes/board.hpp"

#include "lib/pinyin.hpp"
#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/learning/course_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace concentric::programmes {
namespace {

std::optional<Instant> some(Instant moment) { return moment.milliseconds ? std::optional(moment) : std::nullopt; }

BoardLine line_of(ClassRow const& class_, NamedMember const& member, Day today)
{
    auto outlook = outlook_of(member, today);
    BoardLine line;
    line.person = {member.person, member.name.value_or("")};
    line.organisation = {member.organisation, directory::OrganisationKind(member.organisation_kind.value_or("")),
        member.organisation_name.value_or("")};
    line.track = member.track;
    line.pace = outlook.pace;
    line.reasons = std::move(outlook.reasons);
    line.percent = member.percent;
    line.enrolled_at = member.enrolled_at;
    if (member.window_to.number)
        line.until = member.window_to;
    line.last_at = some(member.last_at);
    line.earned_at = some(member.earned_at);
    line.reminded_at = some(member.reminded_at);
    line.lessons_done = member.lessons_done;
    if (member.score >= 0)
        line.score = member.score;
    line.mark = mark_of(class_, member.percent, member.score);
    return line;
}

void count(PaceCounts& counts, Pace pace)
{
    switch (pace) {
    case Pace::done: ++counts.done; break;
    case Pace::on_course: ++counts.on_course; break;
    case Pace::behind: ++counts.behind; break;
    case Pace::lapsed: ++counts.lapsed; break;
    }
}

// Behind first, then who may still make it, then who cannot any more, then who is done.
int urgency(Pace pace)
{
    switch (pace) {
    case Pace::behind: return 0;
    case Pace::on_course: return 1;
    case Pace::lapsed: return 2;
    case Pace::done: break;
    }
    return 3;
}

bool comes_before(BoardLine const& a, BoardLine const& b, BoardOrder order)
{
    switch (order) {
    case BoardOrder::urgency:
        return std::tuple(urgency(a.pace), a.percent, a.person.id) < std::tuple(urgency(b.pace), b.percent, b.person.id);
    case BoardOrder::name: return std::tie(a.person.name, a.person.id) < std::tie(b.person.name, b.person.id);
    case BoardOrder::organisation:
        return std::tie(a.organisation.name, a.person.name, a.person.id)
            < std::tie(b.organisation.name, b.person.name, b.person.id);
    case BoardOrder::percent: return std::tuple(-a.percent, a.person.id) < std::tuple(-b.percent, b.person.id);
    case BoardOrder::time_left:
        return std::tuple(a.until.value_or(latest_day), a.person.id) < std::tuple(b.until.value_or(latest_day), b.person.id);
    case BoardOrder::last_activity:
        return std::tuple(-a.last_at.value_or(Instant{}).milliseconds, a.person.id)
            < std::tuple(-b.last_at.value_or(Instant{}).milliseconds, b.person.id);
    }
    return false;
}

class Filter {
public:
    explicit Filter(AskBoard const& input) : input_(input), wanted_(input.q ? lib::search_fold(*input.q) : "") { }

    bool fits(BoardLine const& line) const
    {
        return (!input_.pace || line.pace == *input_.pace) && (!input_.fee || line.fee == input_.fee)
            && (wanted_.empty() || lib::search_key(line.person.name).find(wanted_) != std::string::npos
                || lib::search_fold(line.organisation.name).find(wanted_) != std::string::npos);
    }

private:
    AskBoard const& input_;
    std::string wanted_;
};

// All lines that fit, in order; amounts are read last, for those alone that are shown.
struct Lines {
    std::vector<NamedMember> members;
    std::vector<BoardLine> lines;
    std::vector<std::size_t> order; // of lines; members stand at the same places
    PaceCounts counts;
};

Lines lines_of(Call& call, OwnedClass const& class_, AskBoard const& input)
{
    Lines all{members_below(call, class_.id, call.viewer.path), {}, {}, {}};
    auto const orders = orders_of(call, class_.id);
    Filter const filter(input);
    all.lines.reserve(all.members.size());
    for (auto const& member : all.members) {
        auto& line = all.lines.emplace_back(line_of(class_, member, call.today()));
        if (auto const order = orders.find(member.person); order != orders.end())
            line.fee = order->second.state;
        count(all.counts, line.pace);
        if (filter.fits(line))
            all.order.push_back(all.lines.size() - 1);
    }
    auto const sort = input.sort.value_or(BoardOrder::urgency);
    std::ranges::sort(all.order, [&](auto a, auto b) { return comes_before(all.lines[a], all.lines[b], sort); });
    return all;
}

std::size_t place_after(Lines const& all, std::optional<Text<1, 40>> const& after)
{
    if (!after)
        return 0;
    for (std::size_t i = 0; i < all.order.size(); ++i)
        if (std::to_string(all.lines[all.order[i]].person.id.value) == *after)
            return i + 1;
    throw invalid("/after", "page", {"页码标记已失效，请从头查看。", "This page mark does not hold any more; begin again."});
}

std::int64_t lessons_of(Call& call, ClassId id)
{
    auto const courses = learning::courses_with(call, course_ids(courses_of(call, id)));
    return std::accumulate(
        courses.begin(), courses.end(), std::int64_t{0}, [](auto sum, auto const& c) { return sum + c.lessons; });
}

std::string joined_reasons(Call const& call, std::vector<Reason> const& reasons)
{
    std::string text;
    for (auto const reason : reasons)
        text += (text.empty() ? "" : call.say({"、", ", "})) + call.say(words_of(reason));
    return text;
}

std::vector<std::string> sheet_headings(Call const& call, std::vector<NeedView> const& needs)
{
    std::vector<std::string> headings{call.say({"姓名", "Name"}), call.say({"单位", "Organisation"}),
        call.say({"选修方向", "Track"}), call.say({"进度", "Pace"}), call.say({"原因", "Why"}),
        call.say({"完成（%）", "Done (%)"})};
    for (auto const& need : needs)
        headings.push_back(fmt::format("{} ({})", need.title, call.say(words_of(need.unit))));
    for (auto const& words : {Words{"已学课时", "Lessons done"}, Words{"截止", "Until"}, Words{"最近学习", "Last active"},
             Words{"结果评价", "Result"}, Words{"总评", "Mark"}, Words{"费用", "Fee"}})
        headings.push_back(call.say(words));
    return headings;
}

lib::Value day_or_nothing(std::optional<Day> day) { return day ? lib::Value(text_of(*day)) : lib::Value(); }
lib::Value number_or_nothing(std::optional<std::int64_t> number) { return number ? lib::Value(*number) : lib::Value(); }

std::vector<lib::Value> sheet_row(Call const& call, BoardLine const& line)
{
    std::vector<lib::Value> cells{line.person.name, line.organisation.name, call.say(words_of(line.track)),
        call.say(words_of(line.pace)), joined_reasons(call, line.reasons), line.percent};
    for (auto const amount : line.amounts)
        cells.emplace_back(amount);
    cells.emplace_back(line.lessons_done);
    cells.push_back(day_or_nothing(line.until));
    cells.push_back(day_or_nothing(line.last_at ? std::optional(day_at(*line.last_at)) : std::nullopt));
    cells.push_back(number_or_nothing(line.score));
    cells.push_back(number_or_nothing(line.mark));
    cells.push_back(line.fee ? lib::Value(call.say(words_of(*line.fee))) : lib::Value());
    return cells;
}

std::string const& named_columns()
{
    static std::string const sql = "SELECT m.*, " + directory::person_name_in("m.county", "m.person")
        + " AS name, o.name AS organisation_name, o.kind AS organisation_kind, o.path AS organisation_path FROM training_members m "
        + directory::joined_organisation("o", "m.county", "m.organisation");
    return sql;
}

} // namespace

std::vector<NamedMember> members_below(Call& call, ClassId id, std::string const& path)
{
    static std::string const sql = named_columns() + " WHERE m.county = $1 AND m.class = $2 AND m.state = 'enrolled' AND "
        + directory::is_below("m.county", "m.organisation", "$3", "$4");
    return call.db.rows<NamedMember>(sql, call.county, id, path, directory::path_end(path));
}

std::optional<NamedMember> named_member(Call& call, ClassId id, PersonId person)
{
    static std::string const sql
        = named_columns() + " WHERE m.county = $1 AND m.class = $2 AND m.person = $3 AND m.state = 'enrolled'";
    return call.db.row<NamedMember>(sql, call.county, id, person);
}

Outlook outlook_of(MemberRow const& member, Day today)
{
    auto const from = member.window_from.number ? member.window_from : day_at(member.enrolled_at);
    auto const last = member.last_at.milliseconds ? day_at(member.last_at) : Day{};
    return outlook({from, member.window_to, member.percent, member.is_earned, last}, today);
}

std::optional<std::int64_t> mark_of(ClassRow const& class_, std::int64_t process, std::int64_t score)
{
    if (class_.process_weight < 100 && score < 0)
        return std::nullopt;
    auto const result = class_.process_weight < 100 ? score : 0;
    return (process * class_.process_weight + result * (100 - class_.process_weight) + 50) / 100;
}

Board show_board(Call& call, AskBoard const& input)
{
    auto const class_ = visible_class(call, input.id);
    auto const rule = rule_of(call, class_);
    auto all = lines_of(call, class_, input);
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{50}).value);
    Board board;
    board.found = static_cast<std::int64_t>(all.order.size());
    board.counts = all.counts;
    board.lessons = lessons_of(call, class_.id);
    if (rule)
        board.needs = needs_of(call, *rule);
    for (auto at = place_after(all, input.after); at < all.order.size(); ++at) {
        if (board.items.size() == limit) {
            board.next = std::to_string(board.items.back().person.id.value);
            break;
        }
        auto& line = all.lines[all.order[at]];
        if (rule)
            line.amounts = amounts_in_units(*rule, all.members[all.order[at]].amounts);
        board.items.push_back(std::move(line));
    }
    return board;
}

Download board_sheet(Call& call, AskBoard const& input)
{
    auto const class_ = visible_class(call, input.id);
    auto const rule = rule_of(call, class_);
    auto all = lines_of(call, class_, input);
    lib::WorkbookWriter book;
    book.add_sheet(class_.title, sheet_headings(call, rule ? needs_of(call, *rule) : std::vector<NeedView>{}));
    for (auto const place : all.order) {
        if (rule)
            all.lines[place].amounts = amounts_in_units(*rule, all.members[place].amounts);
        book.add_row(sheet_row(call, all.lines[place]));
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({class_.title + " 学习进度.xlsx", class_.title + " progress.xlsx"})};
}

Words words_of(Pace pace)
{
    switch (pace) {
    case Pace::done: return {"已完成", "done"};
    case Pace::on_course: return {"正常", "on course"};
    case Pace::behind: return {"落后", "behind"};
    case Pace::lapsed: return {"已超期", "out of time"};
    }
    return {};
}

Words words_of(Reason reason)
{
    switch (reason) {
    case Reason::not_begun: return {"还没有开始学习", "has not begun"};
    case Reason::slow: return {"进度慢于时间", "slower than the time"};
    case Reason::idle: return {"两周没有学习", "nothing for two weeks"};
    case Reason::time_over: return {"学习期限已过", "the time is over"};
    }
    return {};
}

Words words_of(Track track)
{
    switch (track) {
    case Track::everyone: return {"不分方向", "no track"};
    case Track::leaders: return {"领导干部", "leaders"};
    case Track::teachers: return {"教师", "teachers"};
    }
    return {};
}

Words words_of(Unit unit)
{
    switch (unit) {
    case Unit::credit_hours: return {"学时", "credit hours"};
    case Unit::times: return {"次", "times"};
    case Unit::points: return {"分", "points"};
    }
    return {};
}

Routes board_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-classes/{id}/board", manage_courses, "training_board_show",
            "Who of a training class is where, who is behind and why", show_board),
        route(Verb::get, "/api/training-classes/{id}/board.xlsx", manage_courses, "training_board_sheet", "The same as a sheet",
            board_sheet),
    };
}

} // namespace concentric::programmes
