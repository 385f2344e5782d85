#include "modules/forms/templates.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::forms {
namespace {

using enum FormQuestionKind;

struct Asking {
    FormQuestionKind kind;
    Words text;
    std::vector<Words> choices = {};
    bool is_required = true;
    std::string shown_when = {}; // "q1": where the first choice of that question was taken, or of a scale 1 or 2
};

struct Template {
    std::string_view key;
    Words title;
    FormPurpose purpose;
    std::vector<Asking> questions;
};

std::vector<Words> const yes_no{{"是", "Yes"}, {"否", "No"}};

std::vector<Template> const& all_templates()
{
    static std::vector<Template> const all{
        {"satisfaction", {"家长满意度问卷", "How satisfied families are"}, FormPurpose::satisfaction,
            {{statement, {"这份问卷不记名，请放心填写。", "This form is anonymous; please say what you think."}, {}, false},
                {scale, {"您对学校与家长的沟通满意吗？", "Are you satisfied with how the school talks with you?"}},
                {long_text, {"沟通上最需要改进的是什么？", "What about it most needs to change?"}, {}, false, "q2"},
                {scale, {"您对老师的关心和指导满意吗？", "Are you satisfied with the teachers' care and guidance?"}},
                {scale, {"您对课后服务满意吗？", "Are you satisfied with the after-school hours?"}},
                {multiple, {"您最希望学校多做哪些事？", "What should the school do more of?"},
                    {{"家庭教育讲座", "Talks on bringing up children"}, {"亲子活动", "Things for parents and children"},
                        {"一对一沟通", "One-to-one talks"}, {"心理辅导", "Counselling"}, {"劳动与实践", "Work and practice"}}},
                {long_text, {"还有什么想告诉我们的？", "What else would you like to tell us?"}, {}, false}}},
        {"homework", {"作业与睡眠调查", "Homework and sleep"}, FormPurpose::survey,
            {{single, {"孩子每天写作业大约多长时间？", "How long does your child do homework each day?"},
                 {{"不到半小时", "Less than half an hour"}, {"半小时到一小时", "Half an hour to an hour"},
                     {"一到一个半小时", "An hour to an hour and a half"}, {"一个半小时以上", "More than that"}}},
                {number, {"孩子平时每晚睡几个小时？", "How many hours does your child sleep at night?"}},
                {single, {"孩子写作业需要家长陪吗？", "Does somebody have to sit with the child?"}, yes_no},
                {multiple, {"主要陪什么？", "What for, mostly?"},
                    {{"催促和督促", "Urging"}, {"讲题", "Explaining"}, {"听写、背诵", "Dictation and reciting"},
                        {"检查", "Checking"}},
                    true, "q3"},
                {long_text, {"对作业有什么建议？", "What would you suggest?"}, {}, false}}},
        {"poll", {"活动时间投票", "When shall we meet"}, FormPurpose::poll,
            {{single, {"您方便参加的时间是？", "Which time suits you?"},
                 {{"周五傍晚", "Friday evening"}, {"周六上午", "Saturday morning"}, {"周日下午", "Sunday afternoon"},
                     {"都不方便", "None of them"}}},
                {short_text, {"其他想法", "Anything else"}, {}, false}}},
        {"outing", {"校外实践活动知情同意书", "Consent to a day away from school"}, FormPurpose::consent,
            {{statement,
                 {"学校将组织学生参加校外实践活动，由教师全程带队，统一乘车并购买意外保险。请写明活动的时间、地点、费用和安全安排"
                  "。",
                     "The school takes its pupils on a day of practice. Teachers go along, coaches and insurance are arranged. Say "
                     "here "
                     "when, where, what it costs and how it is kept safe."},
                 {}, false},
                {single, {"您是否同意孩子参加？", "Do you agree that your child takes part?"},
                    {{"同意", "I agree"}, {"不同意", "I do not agree"}}},
                {single, {"孩子是否有需要老师特别留意的健康情况？", "Is there anything about the child's health to look after?"},
                    yes_no, true, "q2"},
                {long_text, {"请说明健康情况和注意事项", "What is it, and what is to be done?"}, {}, true, "q3"},
                {short_text, {"当天的紧急联系电话", "Telephone for that day"}, {}, true, "q2"}}},
        {"safety", {"学生安全责任承诺书", "Safety commitment"}, FormPurpose::commitment,
            {{statement,
                 {"为保障孩子的安全与健康成长，作为监护人，我知晓并承诺做到以下各条。",
                     "For my child's safety and health I, the guardian, know and promise what follows."},
                 {}, false},
                {statement,
                    {"一、切实履行监护责任，教育孩子遵守交通规则，不乘坐超员、非法营运车辆，骑行佩戴头盔。",
                        "1. I look after my child, teach the rules of the road, allow no crowded or unlicensed vehicle, and see to "
                        "it that "
                        "a helmet is worn."},
                    {}, false},
                {statement,
                    {"二、教育孩子做到防溺水“六不”：不私自下水游泳，不擅自与他人结伴游泳，不在无监护人带领时游泳，不到无安全设施的"
                     "水域游泳，"
                     "不到不熟悉的水域游泳，不盲目下水施救。",
                        "2. My child swims only with a guardian, in known and guarded waters, and calls for help instead of going "
                        "in after "
                        "others."},
                    {}, false},
                {statement,
                    {"三、教会孩子居家用电、用火、用气安全，妥善保管药品和危险物品。",
                        "3. My child learns to be safe with electricity, fire and gas at home; medicines and dangerous things are "
                        "kept "
                        "away."},
                    {}, false},
                {statement,
                    {"四、关注孩子的情绪与交友，合理约定电子产品的使用，发现欺凌或异常及时与学校联系。",
                        "4. I watch over my child's moods and friends, agree on the use of screens, and tell the school of "
                        "bullying at "
                        "once."},
                    {}, false},
                {statement,
                    {"五、保持通讯畅通，监护情况或联系方式变化时及时告知班主任。",
                        "5. I can be reached, and tell the class teacher when guardianship or telephone numbers change."},
                    {}, false}}},
    };
    return all;
}

ShownWhen condition_of(Template const& from, std::string const& question)
{
    auto const number = static_cast<std::size_t>(std::stoul(question.substr(1)));
    bool const is_scale = from.questions[number - 1].kind == scale;
    return {question, is_scale ? std::vector<Key>{"1", "2"} : std::vector<Key>{"a"}};
}

FormQuestion question_of(Call const& call, Template const& from, std::size_t index)
{
    auto const& asking = from.questions[index];
    FormQuestion question;
    question.key = fmt::format("q{}", index + 1);
    question.kind = asking.kind;
    question.text = call.say(asking.text);
    question.is_required = asking.is_required;
    for (std::size_t i = 0; i < asking.choices.size(); ++i)
        question.choices.push_back({std::string(1, static_cast<char>('a' + i)), call.say(asking.choices[i])});
    if (asking.kind == scale) {
        question.least = Bound{1};
        question.greatest = Bound{5};
        question.least_label = call.say({"很不满意", "Not at all"});
        question.greatest_label = call.say({"很满意", "Very much"});
    }
    if (asking.kind == number) {
        question.least = Bound{0};
        question.greatest = Bound{24};
    }
    if (!asking.shown_when.empty())
        question.shown_when = condition_of(from, asking.shown_when);
    return question;
}

} // namespace

FormTemplates list_templates(Call& call, Nothing const&)
{
    FormTemplates list;
    for (auto const& one : all_templates())
        list.items.push_back(
            {std::string(one.key), call.say(one.title), one.purpose, static_cast<std::int64_t>(one.questions.size())});
    return list;
}

std::optional<FormContent> template_content(Call const& call, std::string_view key)
{
    auto const found = std::ranges::find(all_templates(), key, &Template::key);
    if (found == all_templates().end())
        return {};
    FormContent content;
    auto& section = content.sections.emplace_back();
    section.key = "s1";
    for (std::size_t i = 0; i < found->questions.size(); ++i)
        section.questions.push_back(question_of(call, *found, i));
    return content;
}

} // namespace concentric::forms
