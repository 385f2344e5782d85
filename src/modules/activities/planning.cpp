#include "modules/activities/planning.hpp"

#include "core/route_parts.hpp"
#include "modules/activities/activities.hpp"
#include "modules/activities/consents.hpp"
#include "modules/activities/dates.hpp"
#include "modules/activities/dossier.hpp"
#include "modules/activities/drafts.hpp"
#include "modules/activities/open_days.hpp"
#include "modules/activities/templates.hpp"

namespace concentric::activities {
namespace {

Routes draft_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/activity-drafts", append_entries, "activity_draft_list", "Events that are not published yet",
            list_drafts),
        route(Verb::post, "/api/activity-drafts", append_entries, "activity_draft_add", "Draws an event up", draw_up),
        route(Verb::get, "/api/activity-drafts/{id}", append_entries, "activity_draft_show", "A draft and what may be done with it",
            show_draft),
        route(Verb::put, "/api/activity-drafts/{id}", append_entries, "activity_draft_change",
            "Changes a draft; an approved one needs approval anew", save_draft),
        route(Verb::del, "/api/activity-drafts/{id}", append_entries, "activity_draft_remove", "Deletes a draft", remove_draft),
        route(Verb::put, "/api/activity-drafts/{id}/proposal", append_entries, "activity_draft_propose",
            "Sends a draft for approval and tells those who may decide", propose_draft),
        route(Verb::put, "/api/activity-drafts/{id}/decision", approve_notices, "activity_draft_decide",
            "Approves a draft of somebody else's, or returns it with a reason", decide_draft),
        route(Verb::put, "/api/activity-drafts/{id}/publication", append_entries, "activity_draft_publish",
            "Announces the event of a draft", publish_draft),
        route(Verb::get, "/api/activity-approval-rule", append_entries, "activity_approval_rule_show",
            "Which events of an organisation need approval", show_approval_rule),
        route(Verb::put, "/api/activity-approval-rule", approve_notices, "activity_approval_rule_set", "Sets that",
            set_approval_rule),
        route(Verb::post, "/api/activity-dates", append_entries, "activity_date_list",
            "The dates of a timetable, with holidays among them", propose_dates)
            .writing(false),
    };
}

Routes template_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/activity-templates", append_entries, "activity_template_list", "What new events can begin with",
            list_templates),
        route(Verb::post, "/api/activity-templates", append_entries, "activity_template_add",
            "Adds a template, or saves an event as one", add_template),
        route(Verb::get, "/api/activity-templates/{id}", append_entries, "activity_template_show", "A template with its content",
            show_template),
        route(Verb::put, "/api/activity-templates/{id}", append_entries, "activity_template_change", "Changes a template",
            save_template),
        route(Verb::del, "/api/activity-templates/{id}", append_entries, "activity_template_remove", "Deletes a template",
            remove_template),
    };
}

Routes travel_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/activities/{id}/travel", signed_in, "activity_travel_show",
            "Where pupils go, and what the viewer said for their children", show_travel),
        route(Verb::put, "/api/activities/{id}/travel", append_entries, "activity_travel_set",
            "Sets stages, risks and insurance; what was agreed to before does not hold any more", save_travel),
        route(Verb::put, "/api/activities/{id}/consents/{student}", signed_in, "activity_consent_give",
            "A guardian agrees to a journey or refuses", give_consent),
        route(Verb::get, "/api/activities/{id}/consents", signed_in, "activity_consent_list",
            "Who may travel, for whoever runs the event", list_consents)
            .as_personal_file(),
        route(Verb::get, "/api/activities/{id}/consents.xlsx", signed_in, "activity_consent_export", "Consents as a sheet",
            export_consents)
            .as_personal_file(),
    };
}

Routes surrounding_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/activities/{id}/dossier", signed_in, "activity_dossier_show",
            "Budget, roles, feedback and what is missing, for whoever runs the event", show_dossier),
        route(Verb::put, "/api/activities/{id}/budget", append_entries, "activity_budget_set",
            "Sets what an event may cost, and what it did cost", save_budget),
        route(Verb::get, "/api/activity-budgets.xlsx", append_entries, "activity_budget_export", "Events' budgets as a sheet",
            export_budgets),
        route(Verb::get, "/api/activities/{id}/helpers", signed_in, "activity_helper_list", "Adults by name, to give them a role",
            find_helpers)
            .as_personal_file(),
        route(Verb::put, "/api/activities/{id}/roles/{person}", signed_in, "activity_role_give", "Says who teaches or helps",
            give_role),
        route(Verb::del, "/api/activities/{id}/roles/{person}", signed_in, "activity_role_remove", "Takes a role back", take_role),
        route(Verb::put, "/api/activities/{id}/feedback", signed_in, "activity_feedback_give",
            "Stars and a sentence of somebody who was there", give_feedback),
        route(Verb::get, "/api/activities/{id}/feedback.xlsx", signed_in, "activity_feedback_export",
            "Feedback without names, as a sheet", export_feedback),
        route(Verb::get, "/api/open-days", anyone, "open_day_list", "Open days to come, for everybody", list_open_days),
    };
}

struct ConsentData {
    std::string activity;
    bool agrees = false;
    SealedText note;
    Instant given_at;
};
BOOST_DESCRIBE_STRUCT(ConsentData, (), (activity, agrees, note, given_at))

struct RoleData {
    std::string activity;
    ActivityRole role = ActivityRole::helped;
};
BOOST_DESCRIBE_STRUCT(RoleData, (), (activity, role))

struct FeedbackData {
    std::string activity;
    std::int64_t stars = 0;
    SealedText comment;
    Instant given_at;
};
BOOST_DESCRIBE_STRUCT(FeedbackData, (), (activity, stars, comment, given_at))

} // namespace

Routes planning_routes() { return joined({draft_routes, template_routes, travel_routes, surrounding_routes}); }

void merge_in_planning(Call& call, directory::PeopleMerged const& merged)
{
    for (auto const table : {"activity_roles", "activity_feedback"})
        call.db.execute(std::string("UPDATE ") + table
                + " SET person = $2 WHERE county = $1 AND person = $3 AND activity NOT IN "
                  "(SELECT activity FROM "
                + table + " WHERE county = $1 AND person = $2)",
            call.county, merged.kept, merged.merged);
    call.db.execute(
        "UPDATE activity_consents SET student = $2 WHERE county = $1 AND student = $3 AND activity NOT IN (SELECT activity "
        "FROM activity_consents WHERE county = $1 AND student = $2)",
        call.county, merged.kept, merged.merged);
    for (auto const statement : {"UPDATE activity_consents SET person = $2 WHERE county = $1 AND person = $3",
             "UPDATE activity_drafts SET created_by = $2 WHERE county = $1 AND created_by = $3",
             "UPDATE activity_drafts SET proposed_by = $2 WHERE county = $1 AND proposed_by = $3"})
        call.db.execute(statement, call.county, merged.kept, merged.merged);
}

void keep_for_planning(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT organiser AS value FROM activity_drafts WHERE county = $1 AND organiser ANY_OF($2)",
             "SELECT created_by AS value FROM activity_drafts WHERE county = $1 AND created_by ANY_OF($2)",
             "SELECT owner AS value FROM activity_templates WHERE county = $1 AND owner ANY_OF($2)",
             "SELECT organisation AS value FROM activity_approval_rules WHERE county = $1 AND organisation ANY_OF($2)",
             "SELECT student AS value FROM activity_consents WHERE county = $1 AND student ANY_OF($2)",
             "SELECT person AS value FROM activity_consents WHERE county = $1 AND person ANY_OF($2)",
             "SELECT person AS value FROM activity_roles WHERE county = $1 AND person ANY_OF($2)",
             "SELECT person AS value FROM activity_feedback WHERE county = $1 AND person ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

void add_planning_data(Call& call, directory::PersonDataAsked const& asked)
{
    auto const add = [&](char const* key, Words const& title, auto const& rows) {
        asked.sections->push_back(directory::section_of(key, title, rows));
    };
    add("activity_consents", {"外出活动的同意", "Consents to journeys"},
        call.db.rows<ConsentData>(
            "SELECT a.title AS activity, c.agrees, c.note, c.given_at FROM activity_consents c JOIN activities a "
            "ON a.county = c.county AND a.id = c.activity WHERE c.county = $1 AND (c.student = $2 OR c.person = "
            "$2) ORDER BY c.given_at",
            call.county, asked.person));
    add("activity_roles", {"活动中的分工", "Roles at events"},
        call.db.rows<RoleData>(
            "SELECT a.title AS activity, r.role FROM activity_roles r JOIN activities a ON a.county = r.county AND "
            "a.id = r.activity WHERE r.county = $1 AND r.person = $2 ORDER BY a.starts_at",
            call.county, asked.person));
    add("activity_feedback", {"活动评价", "Feedback on events"},
        call.db.rows<FeedbackData>(
            "SELECT a.title AS activity, f.stars, f.comment, f.given_at FROM activity_feedback f JOIN "
            "activities a ON a.county = f.county AND a.id = f.activity WHERE f.county = $1 AND f.person = $2 "
            "ORDER BY f.given_at",
            call.county, asked.person));
}

void erase_from_planning(Call& call, directory::PersonErased const& erased)
{
    for (auto const statement : {"DELETE FROM activity_consents WHERE county = $1 AND student = $2",
             "DELETE FROM activity_roles WHERE county = $1 AND person = $2",
             "DELETE FROM activity_feedback WHERE county = $1 AND person = $2",
             "UPDATE activity_consents SET person = 0 WHERE county = $1 AND person = $2"})
        call.db.execute(statement, call.county, erased.person);
}

} // namespace concentric::activities
