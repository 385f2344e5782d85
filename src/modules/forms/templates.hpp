#pragma once

#include "core/route.hpp"
#include "modules/forms/content.hpp"

// What a form can begin with: a few that schools ask for every year.
namespace concentric::forms {

struct FormTemplate {
    std::string key, title;
    FormPurpose purpose = FormPurpose::survey;
    std::int64_t questions = 0;
};
BOOST_DESCRIBE_STRUCT(FormTemplate, (), (key, title, purpose, questions))
struct FormTemplates {
    std::vector<FormTemplate> items;
};
BOOST_DESCRIBE_STRUCT(FormTemplates, (), (items))

FormTemplates list_templates(Call&, Nothing const&);
// In the call's language; nothing where there is none of this key.
std::optional<FormContent> template_content(Call const&, std::string_view key);

} // namespace concentric::forms
