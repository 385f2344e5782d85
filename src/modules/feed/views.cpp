#include "modules/feed/views.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/feed/pictures.hpp"
#include "modules/privacy/consents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace concentric::feed {
namespace {

struct CountedReaction {
    MomentId moment;
    ReactionKind kind = ReactionKind::like;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountedReaction, (), (moment, kind, count))
struct CountedComments {
    MomentId moment;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountedComments, (), (moment, count))

// What a page of moments is made of, read by a statement for each kind however many there are.
class MomentPage {
public:
    MomentPage(Call& call, std::vector<MomentRow> const& rows) : call_(call), reader_(call)
    {
        std::vector<std::int64_t> ids, classes;
        std::set<std::int64_t> people;
        for (auto const& row : rows) {
            ids.push_back(row.id.value);
            classes.push_back(row.class_.value);
            people.insert({row.author.value, row.taken_down_by.value});
        }
        read_children(ids, people);
        read_pictures(ids);
        read_reactions(ids);
        names_ = directory::names_of(call, {people.begin(), people.end()});
        classes_ = directory::organisations(call.db, call.county, classes);
    }

    Moment shown(MomentRow const& row)
    {
        auto const of = classes_.contains(row.class_) ? classes_.at(row.class_) : directory::OrganisationRef{};
        teaches_ = reader_.teaches(of.path);
        Moment moment{row.id, {of.id, of.kind, of.name}, row.audience, row.words, name(row.author), row.created_at};
        if (row.edited_at.milliseconds)
            moment.edited_at = row.edited_at;
        moment.children = names_seen(children_[row.id], moment.others);
        for (auto const& picture : pictures_[row.id])
            moment.pictures.push_back(shown(picture));
        moment.reactions = reactions_[row.id];
        if (auto const own = own_reactions_.find(row.id); own != own_reactions_.end())
            moment.own_reaction = own->second;
        moment.comments = comments_[row.id];
        moment.takes_comments = row.takes_comments;
        add_rights(moment, row, of.path);
        moment.version = row.version;
        return moment;
    }

private:
    void read_children(std::vector<std::int64_t> const& ids, std::set<std::int64_t>& people)
    {
        for (auto const& row : call_.db.rows<ChildRow>(
                 "SELECT * FROM moment_children WHERE county = $1 AND moment ANY_OF($2) AND is_tagged ORDER BY child", call_.county,
                 db::IntegerList{ids})) {
            children_[row.moment].push_back(row.child.value);
            people.insert(row.child.value);
        }
    }

    void read_pictures(std::vector<std::int64_t> const& ids)
    {
        std::vector<std::int64_t> pictures;
        for (auto& row : pictures_of(call_, ids)) {
            pictures.push_back(row.id.value);
            pictures_[row.moment].push_back(std::move(row));
        }
        auto const portraits = portraits_in(call_, pictures);
        for (auto const& portrait : portraits)
            portraits_[portrait.picture].push_back(portrait.child.value);
        hidden_ = hidden_among(call_, portraits);
    }

    void read_reactions(std::vector<std::int64_t> const& ids)
    {
        db::IntegerList const list{ids};
        for (auto const& row : call_.db.rows<CountedReaction>("SELECT moment, kind, count(*) AS count FROM moment_reactions WHERE "
                                                              "county = $1 AND moment ANY_OF($2) GROUP BY moment, kind ORDER BY "
                                                              "moment, kind",
                 call_.county, list))
            reactions_[row.moment].push_back({row.kind, row.count});
        for (auto const& row : call_.db.rows<CountedReaction>(
                 "SELECT moment, kind, 1 AS count FROM moment_reactions WHERE county = $1 AND moment ANY_OF($2) AND person = $3",
                 call_.county, list, call_.viewer.person))
            own_reactions_[row.moment] = row.kind;
        for (auto const& row : call_.db.rows<CountedComments>("SELECT moment, count(*) AS count FROM moment_comments WHERE county "
                                                              "= $1 AND moment ANY_OF($2) AND withdrawn_at = 0 "
                                                              "AND hidden_at = 0 GROUP BY moment",
                 call_.county, list))
            comments_[row.moment] = row.count;
    }

    std::string name(PersonId person) const
    {
        auto const found = names_.find(person.value);
        return found == names_.end() ? std::string() : found->second;
    }

    // Children's names are for their own families and their teachers; `others` counts the rest.
    std::vector<PersonBrief> names_seen(std::vector<std::int64_t> const& children, std::int64_t& others)
    {
        std::vector<PersonBrief> seen;
        for (auto const child : children)
            if (teaches_ || std::ranges::binary_search(reader_.children(), child))
                seen.push_back({{child}, name({child})});
            else
                ++others;
        return seen;
    }

    MomentPicture shown(PictureRow const& row)
    {
        std::int64_t others = 0;
        return {row.id, hidden_.contains(row.id.value), names_seen(portraits_[row.id], others)};
    }

    void add_rights(Moment& moment, MomentRow const& row, std::string const& path)
    {
        bool const is_own = row.author == call_.viewer.person;
        moment.may_moderate = reader_.moderates(path) || (teaches_ && is_own);
        moment.may_change = teaches_ && is_own && row.stands();
        if (row.stands())
            return;
        moment.taken_down = row.reason;
        moment.taken_down_by = name(row.taken_down_by);
        moment.may_restore = moment.may_moderate && row.taken_down_by == call_.viewer.person;
    }

    Call& call_;
    Reader reader_;
    bool teaches_ = false; // the class of the moment that is being shown
    std::map<MomentId, std::vector<std::int64_t>> children_;
    std::map<MomentId, std::vector<PictureRow>> pictures_;
    std::map<MomentPictureId, std::vector<std::int64_t>> portraits_;
    std::unordered_set<std::int64_t> hidden_;
    std::map<MomentId, std::vector<ReactionCount>> reactions_;
    std::map<MomentId, ReactionKind> own_reactions_;
    std::map<MomentId, std::int64_t> comments_;
    std::unordered_map<std::int64_t, std::string> names_;
    std::unordered_map<OrganisationId, directory::OrganisationRef> classes_;
};

Page<Moment> page_of(Call& call, std::vector<MomentRow> rows, std::int64_t limit)
{
    Page<Moment> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    MomentPage parts(call, rows);
    for (auto const& row : rows)
        page.items.push_back(parts.shown(row));
    return page;
}

MomentClasses list_classes(Call& call, Nothing const&)
{
    MomentClasses classes;
    if (!Reader(call).teaches(call.viewer.path))
        return classes;
    auto const ids = call.db.values<std::int64_t>(
        "SELECT o.id AS value FROM organisations o WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND o.kind = 'class' AND "
        "o.closed_on = $4 ORDER BY o.path",
        call.county, call.viewer.path, call.viewer.path_end(), latest_day);
    auto const found = directory::organisations(call.db, call.county, ids);
    std::vector<std::string> paths;
    for (auto const id : ids)
        paths.push_back(found.at({id}).path);
    auto const schools = directory::schools_above(call, paths);
    for (std::size_t i = 0; i < ids.size(); ++i)
        classes.items.push_back({{ids[i]}, found.at({ids[i]}).name, schools[i].name});
    return classes;
}

MomentEditions list_editions(Call& call, OneMoment const& input)
{
    auto const moment = seen_moment(call, input.id);
    if (!moment.may_be_kept())
        throw not_found(the_moment);
    MomentEditions editions;
    for (auto const& row : call.db.rows<EditionRow>(
             "SELECT * FROM moment_editions WHERE county = $1 AND moment = $2 ORDER BY number DESC", call.county, moment.id)) {
        std::vector<std::int64_t> ids{row.replaced_by.value};
        for (auto const& id : directory::split_list(row.children))
            ids.push_back(std::stoll(id));
        auto const names = directory::names_of(call, ids);
        MomentEdition edition{row.words, names.contains(ids[0]) ? names.at(ids[0]) : "", {}, row.replaced_at};
        for (std::size_t i = 1; i < ids.size(); ++i)
            edition.children.push_back({{ids[i]}, names.contains(ids[i]) ? names.at(ids[i]) : ""});
        editions.items.push_back(std::move(edition));
    }
    return editions;
}

} // namespace

Page<Moment> list_moments(Call& call, FindMoments const& input)
{
    if (!Reader(call).teaches(call.viewer.path))
        return {};
    auto const limit = input.limit.value_or(Limit{20}).value;
    auto const& viewer = call.viewer;
    // What was taken down is for its author and for moderators.
    return page_of(call,
        call.db.rows<MomentRow>(
            "SELECT m.* FROM moments m WHERE m.county = $1 AND m.class IN (SELECT o.id FROM organisations o WHERE o.county = $1 "
            "AND "
            "o.path >= $2 AND o.path < $3) AND (m.id < $4 OR $4 = 0) AND (m.class = $5 OR $5 = 0) AND m.search LIKE $6 ESCAPE '\\' "
            "AND (m.taken_down_at > 0) = $7 AND (NOT $7 OR m.author = $8 OR $9) AND ($10 = 0 OR EXISTS (SELECT 1 FROM "
            "moment_children "
            "c WHERE c.county = $1 AND c.child = $10 AND c.moment = m.id AND c.is_tagged)) ORDER BY m.id DESC LIMIT $11",
            call.county, viewer.path, viewer.path_end(), input.before.value_or(MomentId{}), input.class_.value_or(OrganisationId{}),
            input.search ? directory::contains_pattern(lib::search_fold(*input.search)) : "%", input.taken_down.value_or(false),
            viewer.person, viewer.may(Permission::approve_families), input.child.value_or(PersonId{}), limit + 1),
        limit);
}

Page<Moment> list_own_moments(Call& call, FindOwnMoments const& input)
{
    auto const limit = input.limit.value_or(Limit{20}).value;
    Reader reader(call);
    auto children = reader.children();
    if (input.child)
        std::erase_if(children, [&](std::int64_t child) { return child != input.child->value; });
    if (children.empty())
        return {};
    return page_of(call,
        call.db.rows<MomentRow>(
            "SELECT m.* FROM moments m WHERE m.county = $1 AND m.id IN (SELECT c.moment FROM moment_children c WHERE c.county = $1 "
            "AND c.child ANY_OF($2) AND (c.moment < $3 OR $3 = 0)) AND m.taken_down_at = 0 ORDER BY m.id DESC LIMIT $4",
            call.county, db::IntegerList{children}, input.before.value_or(MomentId{}), limit + 1),
        limit);
}

Moment show_moment(Call& call, OneMoment const& input)
{
    auto const seen = seen_moment(call, input.id);
    return MomentPage(call, {seen}).shown(seen);
}

MomentPupils list_pupils(Call& call, OneClass const& input)
{
    auto const of = taught_class(call, input.id);
    std::set<std::int64_t> ids;
    for (auto const& pupil : directory::pupils_of(call, {&of.id.value, 1}))
        ids.insert(pupil.student.value);
    std::vector<std::int64_t> const pupils(ids.begin(), ids.end());
    auto const names = directory::names_of(call, pupils);
    auto const agreed = privacy::with_consent(call, portrait_consent, pupils);
    MomentPupils list{privacy::asks_consent(call, portrait_consent, of.path), {}};
    for (auto const id : pupils)
        list.items.push_back({{id}, names.contains(id) ? names.at(id) : "", agreed.contains(id)});
    std::ranges::sort(list.items, {}, [](MomentPupil const& pupil) { return lib::search_key(pupil.name); });
    call.audit_subject = fmt::format("organisation:{}", of.id.value);
    return list;
}

Routes view_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/moments", append_entries, "moment_list", "Moments of the classes that the viewer teaches",
            list_moments),
        route(Verb::get, "/api/moment-classes", append_entries, "moment_class_list", "The classes that the viewer may post in",
            list_classes),
        route(Verb::get, "/api/moment-classes/{id}/pupils", append_entries, "moment_pupil_list",
            "The pupils of a class, and who of them may be shown in pictures", list_pupils)
            .as_personal_file(),
        route(Verb::get, "/api/moments/{id}/editions", append_entries, "moment_edition_list", "What a moment said before",
            list_editions),
        route(Verb::get, "/api/own-moments", signed_in, "own_moment_list", "Moments with the viewer's children", list_own_moments),
        route(Verb::get, "/api/moments/{id}", signed_in, "moment_show", "A moment that the viewer may see", show_moment),
    };
}

} // namespace concentric::feed
