#include "modules/feed/feed.hpp"

#include "core/blobs.hpp"
#include "core/route_parts.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/feed/clearing.hpp"
#include "modules/feed/comments.hpp"
#include "modules/feed/exports.hpp"
#include "modules/feed/moments.hpp"
#include "modules/feed/reports.hpp"

namespace concentric::feed {
namespace {

// Nobody has two reactions to one moment, also where both records had one.
void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    call.db.execute("DELETE FROM moment_reactions WHERE county = $1 AND person = $3 AND moment IN (SELECT moment FROM "
                    "moment_reactions WHERE county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
    for (auto const statement : {"UPDATE moment_reactions SET person = $2 WHERE county = $1 AND person = $3",
             "UPDATE moment_comments SET author = $2 WHERE county = $1 AND author = $3",
             "UPDATE moment_reports SET reporter = $2 WHERE county = $1 AND reporter = $3",
             "UPDATE picture_exports SET person = $2 WHERE county = $1 AND person = $3"})
        call.db.execute(statement, call.county, merged.kept, merged.merged);
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT class AS value FROM moments WHERE county = $1 AND class ANY_OF($2)",
             "SELECT author AS value FROM moments WHERE county = $1 AND author ANY_OF($2)",
             "SELECT child AS value FROM moment_children WHERE county = $1 AND child ANY_OF($2)",
             "SELECT author AS value FROM moment_comments WHERE county = $1 AND author ANY_OF($2)",
             "SELECT person AS value FROM moment_reactions WHERE county = $1 AND person ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

struct MomentData {
    Instant at;
    std::string words;
    std::int64_t pictures = 0; // of this person
};
BOOST_DESCRIBE_STRUCT(MomentData, (), (at, words, pictures))
struct CommentData {
    Instant at;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(CommentData, (), (at, words))

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("moments", {"出现在学生动态中", "Shown in the class feed"},
        call.db.rows<MomentData>("SELECT m.created_at AS at, m.words, (SELECT count(*) FROM moment_portraits t JOIN "
                                 "moment_pictures p ON p.county = t.county "
                                 "AND p.id = t.picture WHERE t.county = $1 AND t.child = $2 AND p.moment = m.id) AS pictures FROM "
                                 "moment_children c JOIN "
                                 "moments m ON m.county = c.county AND m.id = c.moment WHERE c.county = $1 AND c.child = $2 AND "
                                 "c.is_tagged ORDER BY m.id",
            call.county, asked.person)));
    asked.sections->push_back(directory::section_of("moment_comments", {"在学生动态中的评论", "Comments in the class feed"},
        call.db.rows<CommentData>(
            "SELECT at, words FROM moment_comments WHERE county = $1 AND author = $2 AND withdrawn_at = 0 ORDER BY id", call.county,
            asked.person)));
}

// Pictures go with whoever is in them; a moment that was about this child alone is about nobody any more.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    remove_pictures(call,
        call.db.rows<PictureRow>(
            "SELECT p.* FROM moment_pictures p JOIN moment_portraits t ON t.county = p.county AND t.picture = p.id "
            "WHERE t.county = $1 AND t.child = $2",
            call.county, erased.person));
    call.db.execute(
        "UPDATE moments SET words = '', search = '' WHERE county = $1 AND id IN (SELECT c.moment FROM moment_children c "
        "WHERE c.county = $1 AND c.child = $2 AND c.is_tagged AND NOT EXISTS (SELECT 1 FROM moment_children o WHERE "
        "o.county = $1 AND o.moment = c.moment AND o.child <> $2))",
        call.county, erased.person);
    for (auto const statement : {"DELETE FROM moment_children WHERE county = $1 AND child = $2",
             "DELETE FROM moment_reactions WHERE county = $1 AND person = $2",
             "UPDATE moment_comments SET words = '', author = 0, withdrawn_at = at WHERE county = $1 AND author = $2",
             "UPDATE moment_comments SET child = 0, words = '', withdrawn_at = at WHERE county = $1 AND child = $2",
             "UPDATE moment_reports SET words = '', author = 0 WHERE county = $1 AND author = $2",
             "UPDATE moment_reports SET reporter = 0, reason = '' WHERE county = $1 AND reporter = $2"})
        call.db.execute(statement, call.county, erased.person);
    for (auto const& archive : call.db.values<std::string>(
             "DELETE FROM picture_exports WHERE county = $1 AND (child = $2 OR person = $2) RETURNING archive AS value",
             call.county, erased.person))
        if (!archive.empty())
            call.after_commit.push_back([&blobs = call.blobs, archive] { blobs.remove(archive); });
}

} // namespace

Routes routes() { return joined({view_routes, moment_routes, picture_routes, comment_routes, report_routes, export_routes}); }

void subscribe(Events& events)
{
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
}

void handle_jobs(Jobs& jobs)
{
    handle_export_jobs(jobs);
    handle_clearing_jobs(jobs);
}

} // namespace concentric::feed
