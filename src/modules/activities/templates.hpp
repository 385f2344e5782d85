#pragma once

#include "modules/activities/announcing.hpp"

// What new events begin with: the county's templates for everybody who announces events, a school's for its own.
namespace concentric::activities {

using TemplateId = Id<struct ActivityTemplateTag>;

struct TemplateRow {
    std::int64_t county = 0;
    TemplateId id;
    OrganisationId owner;
    std::string title, search, kind;
    SealedText content; // AnnounceActivity; its sheet holds names
    PersonId created_by;
    Instant changed_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TemplateRow, (), (county, id, owner, title, search, kind, content, created_by, changed_at, version))

struct TemplateBrief {
    TemplateId id;
    std::string title, kind, kind_name;
    directory::OrganisationBrief owner;
    Instant changed_at;
    bool may_change = false;
};
BOOST_DESCRIBE_STRUCT(TemplateBrief, (), (id, title, kind, kind_name, owner, changed_at, may_change))
struct TemplateView : TemplateBrief {
    KeptContent content;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TemplateView, (TemplateBrief), (content, version))

struct ListTemplates {
    std::optional<Text<1, 40>> kind;
    std::optional<Text<1, 60>> q;
};
BOOST_DESCRIBE_STRUCT(ListTemplates, (), (kind, q))
struct Templates {
    std::vector<TemplateBrief> items; // 200 at most, the latest first
};
BOOST_DESCRIBE_STRUCT(Templates, (), (items))

struct TemplateContent {
    Text<1, 120> title;
    std::optional<AnnounceActivity> content;
    std::optional<ActivityId> from; // an event instead of the content
};
BOOST_DESCRIBE_STRUCT(TemplateContent, (), (title, content, from))
struct AddTemplate : TemplateContent {
    std::optional<OrganisationId> owner; // the viewer's organisation when it is left out
};
BOOST_DESCRIBE_STRUCT(AddTemplate, (TemplateContent), (owner))
struct SaveTemplate : TemplateContent {
    TemplateId id;
};
BOOST_DESCRIBE_STRUCT(SaveTemplate, (TemplateContent), (id))
void check(TemplateContent const&, Problems&);
struct OneTemplate {
    TemplateId id;
};
BOOST_DESCRIBE_STRUCT(OneTemplate, (), (id))

Templates list_templates(Call&, ListTemplates const&);
TemplateView show_template(Call&, OneTemplate const&);
// Whom it is for, who leads it and which partners hold it stay out: the next event has others.
TemplateView add_template(Call&, AddTemplate const&);
TemplateView save_template(Call&, SaveTemplate const&);
Nothing remove_template(Call&, OneTemplate const&);

} // namespace concentric::activities
