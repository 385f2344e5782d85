#pragma once

#include "modules/families/family_county_for_test.hpp"
#include "modules/notices/notices.hpp"
#include "modules/notices/progress.hpp"
#include "modules/notices/receipts.hpp"
#include "modules/notices/views.hpp"

#include <gmock/gmock.h>

namespace concentric::notices {

// 王芳 and 李强 have 李梅 and 李兰 in the first class and 李竹 in the second; 张伟's mother has him alone.
struct Notices : families::FamilyCounty {
    Notices()
    {
        notices::subscribe(events);
        inbox::subscribe(events);
        notices::handle_jobs(jobs);
        lan = sibling("李兰", first);
        zhu = sibling("李竹", second);
        wei = pupil("张伟", first, {carer("张妈妈", families::Relation::mother, "13900000009")}).id;
        official = head;
        official.person = PersonId{79};
        official.organisation = root;
        official.path = *directory::path_of(call, root);
        for (auto* viewer : {&teacher, &head, &official}) {
            viewer->permissions.add(Permission::send_notices);
            db.execute(
                "INSERT INTO people (county, id, name, search, sex, identity_kind, identity_number, phone, hand_edited, import, "
                "created_at, version) VALUES ($1, $2, '老师', '', 'unknown', '', '', '', '', 0, 0, 1)",
                county, viewer->person);
        }
    }

    PersonId sibling(std::string const& name, OrganisationId unit)
    {
        auto const made = pupil(name, unit);
        directory::link_carer(call, made.id, mother, families::Relation::mother, true);
        directory::link_carer(call, made.id, father, families::Relation::father, true);
        return made.id;
    }
    static DraftNotice notice(std::string const& title, NoticeAsk ask = NoticeAsk::confirm)
    {
        DraftNotice input;
        input.title = NoticeTitle(title);
        input.body = NoticeBody("请知悉。");
        input.ask = ask;
        return input;
    }
    NoticeView send_as(Viewer const& viewer, DraftNotice const& input)
    {
        auto with = by(viewer);
        auto const id = draft_notice(with, input).id;
        send_notice(with, {id});
        jobs.run_all();
        return shown(viewer, id);
    }
    NoticeView shown(Viewer const& viewer, NoticeId id)
    {
        auto with = by(viewer);
        return show_notice(with, {id});
    }
    std::vector<std::string> inbox_of(PersonId person)
    {
        auto own = by(person);
        std::vector<std::string> titles;
        for (auto const& item : inbox::list_inbox(own, {}).items)
            if (item.kind == inbox::LetterKind::notice)
                titles.push_back(item.title + (item.is_withdrawn ? " (withdrawn)" : ""));
        return titles;
    }
    std::int64_t answer_as(PersonId person, NoticeId id, std::vector<PersonId> children, std::optional<Text<0, 500>> text = {})
    {
        auto own = by(person);
        return answer_notice(own, {id, std::move(children), std::move(text)}).missing;
    }
    std::vector<std::string> missing(Viewer const& viewer, NoticeId id)
    {
        auto with = by(viewer);
        FindSubjects find;
        find.id = id;
        std::vector<std::string> names;
        for (auto const& line : list_subjects(with, find).items)
            names.push_back(line.person.name);
        return names;
    }

    PersonId lan, zhu, wei;
    Viewer official;
};

} // namespace concentric::notices
