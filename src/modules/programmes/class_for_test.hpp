#pragma once

#include "modules/directory/county_for_test.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/ledger/recording.hpp"
#include "modules/programmes/learners.hpp"
#include "modules/programmes/programmes.hpp"
#include "modules/tally/tally.hpp"

#include <fstream>
#include <sstream>

// A class for the certificate of the national training programme, in a school with three teachers. It begins on 1 March 2025; a
// window of three months ends on 31 May.
namespace concentric::programmes {

struct Programmes : directory::County {
    db::Transaction transaction{db}; // never committed: a test need not wait for the disk

    Programmes()
    {
        events.subscribe<ledger::EntriesAppended>(tally::entries_appended);
        events.subscribe<plan::PlansChanged>(tally::plans_changed);
        subscribe(events);
        jobs.handle(std::string(tally::rebuild_job), tally::run_rebuild_job);
        std::ifstream shipped(std::string(CONCENTRIC_ROOT) + "/plans/training-2025.toml");
        std::ostringstream text;
        text << shipped.rdbuf();
        EXPECT_TRUE(plan::load(call, text.str(), "training.toml", "").faults.empty());
        go_to({20250301});
        fang = teacher("王芳");
        ming = teacher("李明");
        hong = teacher("赵红");
        class_ = open_class();
    }

    void go_to(Day day)
    {
        clock.set(day);
        call.now = clock.now();
    }
    PersonId teacher(char const* name)
    {
        directory::CreateStaff input;
        input.name = Text<1, 60>(name);
        input.organisation = school;
        input.role = Text<1, 60>("teacher");
        return directory::create_staff(call, input).id;
    }
    ClassId open_class(std::int64_t price = 0, std::int64_t capacity = 0)
    {
        CreateClass input;
        input.title = Text<1, 120>("专题培训班");
        input.plan = Text<1, 60>("training-2025");
        input.credential = Text<1, 60>("online-training");
        input.owner = school;
        input.price = Fen{price};
        input.capacity = Capacity{capacity};
        input.process_weight = Percent{60};
        auto const made = create_class(call, input);
        set_class_state(call, {made.id, ClassState::open});
        return made.id;
    }
    OwnedClass of_class() { return class_with(call, class_).value(); }

    std::optional<Obstacle> bring_in(PersonId person)
    {
        auto const class_row = of_class();
        Admission admission(call, class_row, std::span(&person.value, 1));
        auto const obstacle = admission.let_in(person, Track::teachers);
        if (!obstacle)
            enrol(call, class_row, admission.members());
        return obstacle;
    }
    EntryId done(PersonId person, char const* kind, std::int64_t credit_hours)
    {
        ledger::NewEntry fact;
        fact.kind = kind;
        fact.happened_at = call.now;
        fact.person = person.value;
        fact.unit = school.value;
        fact.minutes = credit_hours * 45;
        fact.source = fmt::format("test:{}", new_id());
        return ledger::append(call, {&fact, 1}).front().id;
    }
    void do_everything(PersonId person)
    {
        done(person, "course.required", 15);
        done(person, "course.elective", 20);
        done(person, "live.attended", 2);
        done(person, "discussion.helpful", 1);
        done(person, "question.collected", 0);
        done(person, "summary.accepted", 2);
    }
    BoardLine line_of(PersonId person)
    {
        for (auto const& line : show_board(call, {class_}).items)
            if (line.person.id == person)
                return line;
        throw std::logic_error("not on the board");
    }
    std::int64_t notices_of(PersonId person)
    {
        auto own = call_by({});
        own.viewer.person = person;
        return static_cast<std::int64_t>(inbox::list_inbox(own, {}).items.size());
    }

    // As somebody without any post.
    Call as(PersonId person)
    {
        auto own = call_by({});
        own.viewer.person = person;
        own.now = call.now;
        return own;
    }

    PersonId fang, ming, hong;
    ClassId class_;
};

} // namespace concentric::programmes
