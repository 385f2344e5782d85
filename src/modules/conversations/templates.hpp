#pragma once

#include "core/route.hpp"

// Answers that a teacher often gives, ready to be changed and sent.
namespace concentric::conversations {

struct AnswerTemplate {
    Text<1, 40> title;
    Text<1, 1000> body;
};
BOOST_DESCRIBE_STRUCT(AnswerTemplate, (), (title, body))

struct AnswerTemplates {
    std::vector<AnswerTemplate> items; // at most 30
};
BOOST_DESCRIBE_STRUCT(AnswerTemplates, (), (items))
void check(AnswerTemplates const&, Problems&);

// The viewer's own.
AnswerTemplates list_templates(Call&, Nothing const&);
AnswerTemplates save_templates(Call&, AnswerTemplates const&);

Routes template_routes();

} // namespace concentric::conversations
