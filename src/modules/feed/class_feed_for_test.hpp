#pragma once

#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/families/family_county_for_test.hpp"
#include "modules/feed/comments.hpp"
#include "modules/feed/feed.hpp"
#include "modules/feed/moments.hpp"
#include "modules/privacy/consent_rows.hpp"

#include <fstream>
#include <iterator>

// The feed of the class of 李梅 (mother 王芳, father 李强) and 赵明 (mother 孙丽): who sees what, and what pictures need.
namespace concentric::feed {

using directory::Relation;

// Taken by a phone on its side (120 by 40 dots, orientation 6) at 30.6409 N, 104.0700 E, as its Exif, XMP and comment say.
inline std::string const& photograph()
{
    static std::string const bytes = [] {
        std::ifstream file(CONCENTRIC_ROOT "/tests/harness/taken_at_a_place.jpg", std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    return bytes;
}

struct ClassFeed : families::FamilyCounty {
    ClassFeed()
    {
        feed::subscribe(events);
        feed::handle_jobs(jobs);
        teacher.permissions.add(Permission::append_entries);
        auto const made = pupil("赵明", first, {carer("孙丽", Relation::mother, "13900000011")});
        ming = made.id;
        sun = made.student->carers[0].person;
        privacy::WordingRow wording;
        wording.county = county;
        wording.id = new_id();
        wording.key = portrait_consent;
        wording.organisation = school;
        db.insert("consent_purposes", wording);
    }

    void answer(PersonId person, PersonId child, privacy::ConsentAct act)
    {
        privacy::ActRow row;
        row.county = county;
        row.id = new_id();
        row.key = portrait_consent;
        row.student = child;
        row.person = person;
        row.act = act;
        db.insert("consent_acts", row);
    }
    void agree(PersonId person, PersonId child) { answer(person, child, privacy::ConsentAct::given); }

    MomentPictureId picture()
    {
        auto with = by(teacher);
        return keep_picture(with, photograph()).id;
    }

    Moment post(
        std::vector<PersonId> children, std::vector<PictureOfMoment> pictures = {}, std::string const& words = "今天种豆子。")
    {
        auto with = by(teacher);
        PostMoment input;
        input.class_ = first;
        input.words = Text<0, 2000>(words);
        input.children = std::move(children);
        input.pictures = std::move(pictures);
        return post_moment(with, input);
    }

    template <class Who> bool sees(Who const& who, Moment const& moment)
    {
        auto with = by(who);
        try {
            show_moment(with, {moment.id});
            return true;
        } catch (ApiError const& error) {
            EXPECT_EQ(error.kind, ErrorKind::not_found);
            return false;
        }
    }
    template <class Who> bool sees_picture(Who const& who, Moment const& moment)
    {
        auto with = by(who);
        return !show_moment(with, {moment.id}).pictures.front().is_hidden;
    }
    std::vector<std::string> feed_of(PersonId person)
    {
        auto with = by(person);
        std::vector<std::string> words;
        for (auto const& moment : list_own_moments(with, {}).items)
            words.push_back(moment.words);
        return words;
    }
    std::vector<std::string> letters_of(PersonId person)
    {
        auto with = by(person);
        std::vector<std::string> titles;
        for (auto const& item : inbox::list_inbox(with, {}).items)
            titles.push_back(item.title);
        return titles;
    }
    MomentComment say(PersonId person, Moment const& moment, std::string const& words)
    {
        auto with = by(person);
        return write_comment(with, {moment.id, Text<1, 500>(words)});
    }
    std::vector<std::string> comments_seen_by(PersonId person, Moment const& moment)
    {
        auto with = by(person);
        std::vector<std::string> seen;
        for (auto const& comment : list_comments(with, {moment.id, {}, {}}).items)
            seen.push_back(comment.author + "：" + comment.words);
        return seen;
    }

    PersonId ming, sun;
};

} // namespace concentric::feed
