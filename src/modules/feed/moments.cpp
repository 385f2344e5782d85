#include "modules/feed/moments.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/privacy/consents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::feed {
namespace {

constexpr std::size_t most_children = 80;

// Rules that need no database.
void check_content(MomentContent const& input, MomentAudience audience, Problems& problems)
{
    if (input.words.value_or("").empty() && input.pictures.empty())
        problems.push_back({"/words", "required", {"请写点文字或添加照片。", "Write some words or add a picture."}});
    if (input.pictures.size() > most_pictures)
        problems.push_back({"/pictures", "length", {"一条动态最多 9 张照片。", "A moment has at most 9 pictures."}});
    if (input.children.size() > most_children)
        problems.push_back({"/children", "length", {"一条动态最多 80 个孩子。", "A moment is about 80 children at most."}});
    if (audience == MomentAudience::tagged && input.children.empty())
        problems.push_back({"/children", "required", {"请选择动态里的孩子。", "Choose the children whom it is about."}});
    if (audience == MomentAudience::class_ && !input.children.empty())
        problems.push_back(
            {"/children", "unused", {"全班可见的动态不能标记孩子。", "What the whole class sees is about no single child."}});
    if (audience == MomentAudience::class_ && !input.pictures.empty() && !input.shows_no_child.value_or(false))
        problems.push_back({"/shows_no_child", "required",
            {"全班可见的照片里不能有孩子，请确认。", "Pictures for the whole class show no child: please say so."}});
    for (std::size_t i = 0; i < input.pictures.size(); ++i)
        for (auto const child : input.pictures[i].children)
            if (std::ranges::find(input.children, child) == input.children.end())
                problems.push_back({fmt::format("/pictures/{}/children", i), "not_tagged",
                    {"照片里的孩子要先选入这条动态。", "Whoever is in a picture is one of the moment's children."}});
}

std::vector<std::int64_t> ids_of(std::vector<PersonId> const& people)
{
    std::set<std::int64_t> ids;
    for (auto const person : people)
        ids.insert(person.value);
    return {ids.begin(), ids.end()};
}

std::vector<std::int64_t> pupils_of(Call& call, OrganisationId class_)
{
    std::set<std::int64_t> ids;
    for (auto const& pupil : directory::pupils_of(call, {&class_.value, 1}))
        ids.insert(pupil.student.value);
    return {ids.begin(), ids.end()};
}

std::vector<std::int64_t> tagged_in(Call& call, MomentId moment)
{
    return call.db.values<std::int64_t>(
        "SELECT child AS value FROM moment_children WHERE county = $1 AND moment = $2 AND is_tagged ORDER BY child", call.county,
        moment);
}

// Pupils of the class today; on a change also those who are in it already, though they left since.
void require_of_class(std::vector<std::int64_t> const& children, std::vector<std::int64_t> const& allowed)
{
    for (std::size_t i = 0; i < children.size(); ++i)
        if (!std::ranges::binary_search(allowed, children[i]))
            throw invalid(fmt::format("/children/{}", i), "not_found", {"孩子不在这个班。", "This child is not in the class."});
}

// Source: 个人信息保护法 arts. 26, 29 and 31 (a picture of a child under 14 is sensitive; its guardian agrees to each purpose).
void require_consents(Call& call, std::vector<PictureOfMoment> const& pictures)
{
    std::set<std::int64_t> shown;
    for (auto const& picture : pictures)
        for (auto const child : picture.children)
            shown.insert(child.value);
    std::vector<std::int64_t> const children(shown.begin(), shown.end());
    auto const agreed = privacy::with_consent(call, portrait_consent, children);
    auto const names = directory::names_of(call, children);
    Problems problems;
    for (auto const child : children)
        if (!agreed.contains(child)) {
            auto const name = names.contains(child) ? names.at(child) : std::string();
            problems.push_back({fmt::format("/children/{}", child), "no_consent",
                {name + "的监护人还没有同意在学生动态中使用照片。",
                    fmt::format("The guardians of {} have not agreed to pictures in the class feed.", name)}});
        }
    if (!problems.empty())
        throw invalid(std::move(problems));
}

void set_children(Call& call, MomentRow const& row, std::vector<std::int64_t> const& children)
{
    call.db.execute("DELETE FROM moment_children WHERE county = $1 AND moment = $2", call.county, row.id);
    std::vector<ChildRow> rows;
    for (auto const child : children)
        rows.push_back({call.county, {child}, row.id, row.audience == MomentAudience::tagged});
    call.db.load("moment_children", rows);
}

// Within the platform only, and without a word of what it says: that may be changed or taken down.
inbox::Letter letter_of(MomentRow const& row, std::string const& class_name)
{
    return {inbox::LetterKind::feed, {class_name + "有新动态", "A new moment from " + class_name}, {},
        fmt::format("/moments/{}", row.id.value)};
}

void tell_families(Call& call, MomentRow const& row, std::vector<std::int64_t> const& children)
{
    auto people = families_of(call, children);
    std::erase(people, row.author.value);
    inbox::deliver(call, row.letter, people);
    announce(call, row);
}

void keep_edition(Call& call, MomentRow const& row)
{
    std::string children;
    for (auto const child : tagged_in(call, row.id))
        directory::add_to_list(children, std::to_string(child));
    call.db.insert(
        "moment_editions", EditionRow{call.county, row.id, row.version, row.words, children, call.viewer.person, call.now});
}

Moment view_again(Call& call, MomentId id) { return show_moment(call, {id}); }

} // namespace

void check(PostMoment const& input, Problems& problems) { check_content(input, input.audience, problems); }

Moment post_moment(Call& call, PostMoment const& input)
{
    auto const of = taught_class(call, input.class_);
    auto const pupils = pupils_of(call, of.id);
    bool const is_tagged = input.audience == MomentAudience::tagged;
    auto const children = is_tagged ? ids_of(input.children) : pupils;
    require_of_class(children, pupils);
    require_consents(call, input.pictures);
    MomentRow row{call.county, new_id_of<MomentId>(), of.id, input.audience, input.words.value_or("")};
    row.search = lib::search_fold(row.words);
    row.author = call.viewer.person;
    row.created_at = call.now;
    row.takes_comments = input.takes_comments.value_or(true);
    row.letter = inbox::write(call, letter_of(row, of.name));
    call.db.insert("moments", row);
    set_children(call, row, children);
    set_pictures(call, row.id, input.pictures);
    tell_families(call, row, children);
    return view_again(call, row.id);
}

Moment change_moment(Call& call, ChangeMoment const& input)
{
    auto const row = kept_moment(call, input.id);
    if (!row.is_own || !row.teaches)
        throw forbidden();
    Problems problems;
    check_content(input, row.audience, problems);
    if (!problems.empty())
        throw invalid(std::move(problems));
    if (!row.stands() || row.version != input.version)
        throw conflict({"这条动态刚刚有变动，请重新打开。", "This moment has changed meanwhile; please open it again."});
    keep_edition(call, row);
    call.db.execute("UPDATE moments SET words = $3, search = $4, edited_at = $5, takes_comments = $6, version = version + 1 WHERE "
                    "county = $1 AND id = $2",
        call.county, row.id, input.words.value_or(""), lib::search_fold(input.words.value_or("")), call.now,
        input.takes_comments.value_or(row.takes_comments));
    require_consents(call, input.pictures);
    if (row.audience == MomentAudience::tagged) {
        auto const children = ids_of(input.children);
        auto allowed = pupils_of(call, row.class_);
        std::ranges::copy(tagged_in(call, row.id), std::back_inserter(allowed));
        std::ranges::sort(allowed);
        require_of_class(children, allowed);
        set_children(call, row, children);
        tell_families(call, row, children);
    }
    set_pictures(call, row.id, input.pictures);
    return view_again(call, row.id);
}

void take_down(Call& call, MomentRow const& row, std::string const& reason)
{
    call.db.execute(
        "UPDATE moments SET taken_down_by = $3, taken_down_at = $4, reason = $5, version = version + 1 WHERE county = $1 "
        "AND id = $2",
        call.county, row.id, call.viewer.person, call.now, reason);
    inbox::withdraw(call, row.letter);
    announce(call, row);
    if (row.author != call.viewer.person)
        inbox::tell(call, row.author,
            {inbox::LetterKind::feed, {"您的一条动态已被撤下", "A moment of yours was taken down"}, {reason, ""},
                fmt::format("/moments/{}", row.id.value)});
}

Moment take_down_moment(Call& call, TakeDownMoment const& input)
{
    auto const row = kept_moment(call, input.id);
    if (!row.stands())
        throw conflict({"这条动态已经撤下了。", "This moment was taken down already."});
    take_down(call, row, input.reason);
    return view_again(call, row.id);
}

Moment restore_moment(Call& call, OneMoment const& input)
{
    auto const row = kept_moment(call, input.id);
    if (row.stands())
        throw conflict({"这条动态没有撤下。", "This moment was not taken down."});
    if (row.taken_down_by != call.viewer.person)
        throw conflict({"只有撤下它的人可以恢复。", "Only whoever took it down can put it back."});
    call.db.execute(
        "UPDATE moments SET taken_down_by = 0, taken_down_at = 0, reason = '', version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id);
    announce(call, row);
    return view_again(call, row.id);
}

Moment open_comments(Call& call, OpenComments const& input)
{
    auto const row = kept_moment(call, input.id);
    call.db.execute("UPDATE moments SET takes_comments = $3, version = version + 1 WHERE county = $1 AND id = $2", call.county,
        row.id, input.is_open);
    announce(call, row);
    return view_again(call, row.id);
}

Routes moment_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/moments", append_entries, "moment_post",
            "Posts a moment of a class; refuses pictures of children whose guardians have not agreed", post_moment),
        route(Verb::put, "/api/moments/{id}", append_entries, "moment_change", "Changes one's own moment; what it said is kept",
            change_moment),
        route(Verb::put, "/api/moments/{id}/taking-down", append_entries, "moment_take_down",
            "Takes a moment down with a reason; families do not see it any more", take_down_moment),
        route(Verb::del, "/api/moments/{id}/taking-down", append_entries, "moment_restore", "Puts back what one took down",
            restore_moment),
        route(Verb::put, "/api/moments/{id}/commenting", append_entries, "moment_commenting", "Closes or opens its comments",
            open_comments),
    };
}

} // namespace concentric::feed
