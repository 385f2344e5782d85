#include "modules/directory/lookup.hpp"
#include "modules/plan/catalogue.hpp"
#include "modules/xapi/intake.hpp"
#include "modules/xapi/review.hpp"
#include "modules/xapi/vocabulary.hpp"

#include <fmt/format.h>

namespace concentric::xapi {
namespace {

struct KindView {
    std::string name, words;
};
BOOST_DESCRIBE_STRUCT(KindView, (), (name, words))

struct RuleView {
    RuleId id;
    directory::OrganisationBrief organisation;
    std::string verb, activity, kind, kind_words;
    std::int64_t most_minutes = 0;
    std::int64_t counted = 0; // records of which it made entries
};
BOOST_DESCRIBE_STRUCT(RuleView, (), (id, organisation, verb, activity, kind, kind_words, most_minutes, counted))

struct RuleList {
    std::vector<RuleView> items;
    std::vector<KindView> kinds; // that a rule may name
};
BOOST_DESCRIBE_STRUCT(RuleList, (), (items, kinds))

struct NamedRule : Rule {
    std::string organisation_name, organisation_kind;
    std::int64_t counted = 0;
};
BOOST_DESCRIBE_STRUCT(NamedRule, (Rule), (organisation_name, organisation_kind, counted))

std::string const& rules_within()
{
    static std::string const sql
        = "SELECT r.*, o.name AS organisation_name, o.kind AS organisation_kind, (SELECT count(*) FROM "
          "xapi_statements s WHERE s.county = r.county AND s.outcome = 'counted' AND s.rule = r.id) AS counted "
          "FROM xapi_rules r "
        + directory::joined_organisation("o", "r.county", "r.organisation")
        + " WHERE r.county = $1 AND o.path >= $2 AND o.path < $3 ";
    return sql;
}

std::string words_of(Call const& call, std::string_view name)
{
    auto const* const kind = plan::find_kind(name);
    return kind ? call.say({kind->zh, kind->en}) : std::string(name);
}

RuleView view_of(Call const& call, NamedRule const& rule)
{
    return {rule.id, {rule.organisation, directory::OrganisationKind(rule.organisation_kind), rule.organisation_name}, rule.verb,
        rule.activity, rule.kind, words_of(call, rule.kind), rule.most_minutes, rule.counted};
}

NamedRule rule_within_reach(Call& call, RuleId id)
{
    auto rule = call.db.row<NamedRule>(rules_within() + "AND r.id = $4", call.county, call.viewer.path, call.viewer.path_end(), id);
    if (!rule)
        throw not_found({"规则", "rule"});
    return std::move(*rule);
}

RuleList list_rules(Call& call, Nothing const&)
{
    RuleList list;
    for (auto const& rule :
        call.db.rows<NamedRule>(rules_within() + "ORDER BY r.id LIMIT 500", call.county, call.viewer.path, call.viewer.path_end()))
        list.items.push_back(view_of(call, rule));
    for (auto const& term : vocabulary())
        if (term.may_come_in)
            list.kinds.push_back({std::string(term.kind), words_of(call, term.kind)});
    return list;
}

struct AddRule {
    Text<1, 500> verb;
    std::optional<Text<0, 500>> activity;
    Text<1, 60> kind;
    Within<0, 360> most_minutes;
};
BOOST_DESCRIBE_STRUCT(AddRule, (), (verb, activity, kind, most_minutes))

void check(AddRule const& input, Problems& problems)
{
    Words const an_iri{"应为 IRI，如 http://…", "This must be an IRI such as http://…"};
    if (!is_iri(input.verb))
        problems.push_back({"/verb", "malformed", an_iri});
    if (input.activity && !input.activity->empty() && !is_iri(*input.activity))
        problems.push_back({"/activity", "malformed", an_iri});
    auto const* const term = term_of(input.kind);
    if (!term || !term->may_come_in)
        problems.push_back(
            {"/kind", "unknown", {"其他平台的记录不能记为这一类。", "Records of other platforms cannot become this kind."}});
}

RuleView add_rule(Call& call, AddRule const& input)
{
    Rule const rule{call.county, new_id_of<RuleId>(), call.viewer.organisation, input.verb,
        std::string(input.activity.value_or(Text<0, 500>())), input.kind, input.most_minutes, call.viewer.person, call.now};
    call.db.insert("xapi_rules", rule);
    call.audit_subject = fmt::format("xapi_rule:{}", rule.id.value);
    look_again_at_verb(call, rule.verb);
    return view_of(call, rule_within_reach(call, rule.id));
}

struct OneRule {
    RuleId id;
};
BOOST_DESCRIBE_STRUCT(OneRule, (), (id))

Nothing remove_rule(Call& call, OneRule const& input)
{
    rule_within_reach(call, input.id);
    call.db.execute("DELETE FROM xapi_rules WHERE county = $1 AND id = $2", call.county, input.id);
    call.audit_subject = fmt::format("xapi_rule:{}", input.id.value);
    return {};
}

} // namespace

Routes rule_routes()
{
    return {
        route(Verb::get, "/api/xapi-rules", Permission::manage_accounts, "xapi_rule_list",
            "Which learning records become which entries", list_rules),
        route(Verb::post, "/api/xapi-rules", Permission::manage_accounts, "xapi_rule_add",
            "Adds a rule for what is sent to one's organisation and those below it; what waited is looked at anew", add_rule),
        route(Verb::del, "/api/xapi-rules/{id}", Permission::manage_accounts, "xapi_rule_remove",
            "Takes a rule away; entries that it made stay", remove_rule),
    };
}

} // namespace concentric::xapi
