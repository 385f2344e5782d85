#include "modules/conversations/templates.hpp"

#include "core/sealed.hpp"

namespace concentric::conversations {

static constexpr std::size_t most_templates = 30;

void check(AnswerTemplates const& input, Problems& problems)
{
    if (input.items.size() > most_templates)
        problems.push_back({"/items", "length", {"最多保存 30 条。", "At most 30 can be kept."}});
}

AnswerTemplates list_templates(Call& call, Nothing const&)
{
    auto const kept = call.db.value<SealedJson>(
        "SELECT templates AS value FROM answer_templates WHERE county = $1 AND person = $2", call.county, call.viewer.person);
    return {kept ? reflect::from_json<std::vector<AnswerTemplate>>(*kept) : std::vector<AnswerTemplate>{}};
}

AnswerTemplates save_templates(Call& call, AnswerTemplates const& input)
{
    auto const text = reflect::to_json(input.items);
    call.db.execute("INSERT INTO answer_templates (county, person, templates) VALUES ($1, $2, $3) ON CONFLICT (county, person) DO "
                    "UPDATE SET templates = $3",
        call.county, call.viewer.person, sealed(text));
    return input;
}

Routes template_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/answer-templates", signed_in, "answer_template_list", "Answers that the viewer keeps ready",
            list_templates),
        route(Verb::put, "/api/answer-templates", signed_in, "answer_template_save", "Keeps these instead", save_templates)
            .unlisted(),
    };
}

} // namespace concentric::conversations
