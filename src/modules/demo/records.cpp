#include "modules/demo/records.hpp"

#include "core/crypto.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/tally/tally.hpp"
#include "modules/xapi/intake.hpp"
#include "modules/xapi/learners.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <stdexcept>

namespace concentric::demo {
namespace {

using namespace xapi;

using milliseconds::hour;
constexpr std::string_view platform = "https://jiangwan-ketang.example";
constexpr std::string_view verbs = "http://adlnet.gov/expapi/verbs/";

struct Told {
    int hours_ago;
    char const* verb;
    char const* lesson;
    char const* title;
    int minutes;
    char const* account; // of the other platform; empty: the shown child's guardian, under our own number
};
constexpr Told told[] = {
    {75, "completed", "lessons/sleep", "孩子的睡眠与作息", 18, ""},
    {52, "completed", "lessons/screens", "和孩子约定屏幕时间", 22, ""},
    {51, "passed", "quizzes/screens", "小测：屏幕时间", 6, ""},
    {50, "completed", "lessons/screens", "和孩子约定屏幕时间", 22, ""},
    {27, "completed", "lessons/emotions", "听懂孩子的情绪", 15, "u-20417"},
    {26, "completed", "lessons/screens", "和孩子约定屏幕时间", 21, "u-20417"},
    {3, "experienced", "lessons/reading", "亲子共读十分钟", 4, ""},
};

class Recording {
public:
    Recording(Call& call, County const& county) : call_(call), county_(county), learner_(shown_child(county).guardian)
    {
        events_.subscribe<ledger::EntriesAppended>([this](Call& counting, ledger::EntriesAppended const& added) {
            entries_ += static_cast<std::int64_t>(added.entries.size());
            tally::entries_appended(counting, added);
        });
    }

    std::int64_t run()
    {
        auto const number = numbers_of(call_, {learner_.value}).at(learner_.value);
        add_credential(Scope::read, "市教育数据平台");
        auto const sender = add_credential(Scope::send, "江湾云课堂");
        add_rule("completed", fmt::format("{}/lessons/*", platform), "course.parent", 30);
        add_rule("passed", fmt::format("{}/quizzes/*", platform), "quiz.passed", 0);
        for (auto const& each : told) {
            Call call{call_.db, call_.county, the_system(), {call_.now.milliseconds - each.hours_ago * hour}, call_.jobs,
                call_.blobs, events_, "demo", "local", "concentric"};
            receive(call, sender, {statement_of(each, number)});
        }
        return entries_;
    }

private:
    Sender add_credential(Scope scope, std::string const& name)
    {
        Sender row;
        row.county = call_.county;
        row.id = new_id_of<CredentialId>();
        row.organisation = county_.id_of(0);
        row.name = name;
        row.user_name = fmt::format("{:06}-demo{}", call_.county, name_of(scope));
        row.secret_hash = crypto::hash_of_token(crypto::random_token()); // nobody has it
        row.scope = scope;
        row.created_at = {call_.now.milliseconds - 80 * hour};
        row.path = county_.organisations[0].path;
        call_.db.insert("xapi_credentials", static_cast<CredentialRow const&>(row));
        return row;
    }

    void add_rule(std::string_view verb, std::string activity, std::string kind, std::int64_t most_minutes)
    {
        call_.db.insert("xapi_rules",
            Rule{call_.county, new_id_of<RuleId>(), county_.id_of(0), fmt::format("{}{}", verbs, verb), std::move(activity),
                std::move(kind), most_minutes, {}, {call_.now.milliseconds - 79 * hour}});
    }

    static Statement statement_of(Told const& each, std::string const& number)
    {
        bool const is_ours = *each.account == '\0';
        auto const text = fmt::format(
            R"({{"actor":{{"account":{{"homePage":"{}","name":"{}"}}}},"verb":{{"id":"{}{}","display":{{"zh-CN":"{}"}}}},)"
            R"("object":{{"id":"{}/{}","definition":{{"name":{{"zh-CN":"{}"}}}}}},"result":{{"completion":true,"duration":"PT{}M"}}}})",
            is_ours ? home_page() : platform, is_ours ? number : each.account, verbs, each.verb, words_of(each.verb), platform,
            each.lesson, each.title, each.minutes);
        Problems problems;
        auto statement = read_statement(boost::json::parse(text), "", problems);
        if (!problems.empty())
            throw std::logic_error("the demo's record has a fault: " + problems.front().path);
        return statement;
    }

    static std::string_view words_of(std::string_view verb)
    {
        return verb == "completed" ? "完成" : verb == "passed" ? "通过" : "学习";
    }

    Call& call_;
    County const& county_;
    PersonId const learner_;
    Events events_;
    std::int64_t entries_ = 0;
};

} // namespace

std::int64_t add_records(Call& call, County const& county) { return Recording(call, county).run(); }

} // namespace concentric::demo
