#include "modules/demo/training.hpp"

#include "lib/pinyin.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/programmes/payment_tables.hpp"
#include "modules/programmes/standings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::demo {
namespace {

using namespace programmes;

using milliseconds::hour;
constexpr int lesson_minutes = 45;
constexpr std::size_t most_enrolled = 30;

// How somebody learns: when they came in, and how many credit hours or entries of each component they have.
struct Way {
    int days_ago, required, elective, live, discussion, question, summary;
    OrderState fee;
};
constexpr Way ways[] = {
    {38, 4, 2, 1, 0, 0, 0, OrderState::paid}, // behind: the teacher who can log in
    {80, 15, 20, 1, 1, 1, 1, OrderState::paid}, // done
    {30, 9, 6, 1, 0, 1, 0, OrderState::paid}, // on course
    {60, 5, 0, 0, 0, 0, 0, OrderState::paid}, // behind
    {35, 0, 0, 0, 0, 0, 0, OrderState::unpaid}, // never began
    {130, 12, 8, 1, 0, 1, 0, OrderState::paid}, // out of time
    {4, 1, 0, 0, 0, 0, 0, OrderState::unpaid}, // came just now
    {70, 15, 20, 1, 1, 1, 0, OrderState::paid}, // short of the summary
    {50, 15, 18, 1, 1, 0, 0, OrderState::waived},
};

struct Learner {
    PersonId person;
    OrganisationId organisation;
    Track track;
    Way const* way;
};

// The teacher who can log in first, then leaders and teachers school by school.
std::vector<Learner> learners_of(County const& county)
{
    auto const own_class = county.pupils[shown_child(county).pupil].class_;
    auto const own_school = county.above(own_class, "school");
    std::vector<Learner> learners{{county.units[own_class].speaker, county.id_of(own_school), Track::teachers, &ways[0]}};
    auto const add = [&](PersonId person, std::size_t school, Track track) {
        if (person && learners.size() < most_enrolled && std::ranges::find(learners, person, &Learner::person) == learners.end())
            learners.push_back({person, county.id_of(school), track, &ways[learners.size() % std::size(ways)]});
    };
    for (std::size_t i = 0; i < county.schools.size(); ++i) {
        auto const& teachers = county.teachers[i];
        add(county.units[county.schools[i]].speaker, county.schools[i], Track::leaders);
        for (std::size_t t = 0; t < std::min<std::size_t>(teachers.size(), 3); ++t)
            add(teachers[t], county.schools[i], Track::teachers);
    }
    return learners;
}

Instant at(Day day, int hours) { return {start_of(day).milliseconds + hours * hour}; }

// So many entries of a kind, spread over the days from the second one on.
class Telling {
public:
    Telling(County const& county, Book& book, Learner const& learner)
        : county_(county), book_(book), learner_(learner), random_(stream(county, Stream::learning, 77)),
          from_(plus_days(county.today, -learner.way->days_ago)), days_(std::min(learner.way->days_ago, 85))
    {
    }

    void run()
    {
        auto const& way = *learner_.way;
        tell("training.enrolled", from_, 9, 0);
        tell_many("course.required", way.required, lesson_minutes);
        tell_many("course.elective", way.elective, lesson_minutes);
        tell_many("live.attended", way.live, 2 * lesson_minutes);
        tell_many("discussion.helpful", way.discussion, lesson_minutes);
        tell_many("question.collected", way.question, 0);
        tell_many("summary.accepted", way.summary, 2 * lesson_minutes);
    }

private:
    void tell_many(std::string_view kind, int times, int minutes)
    {
        for (int i = 0; i < times; ++i)
            tell(kind, plus_days(from_, 1 + i * (days_ - 2) / std::max(times, 1)), 19, minutes);
    }
    void tell(std::string_view kind, Day day, int hours, int minutes)
    {
        Fact fact{kind, at(day, hours), learner_.person.value, 0, learner_.organisation.value};
        fact.recorded_by = learner_.person.value;
        fact.minutes = minutes;
        book_.add(Weight::duty, random_, fact);
    }

    County const& county_;
    Book& book_;
    Learner const& learner_;
    Random random_;
    Day const from_;
    int const days_;
};

class Opening {
public:
    Opening(Call& call, County& county) : call_(call), county_(county) { }

    void run()
    {
        auto class_ = class_row("家校社协同育人“教联体”建设专题培训班", "training-2025", "online-training", ClassState::open);
        class_.summary = "面向各校校长、德育干部和班主任的网络研修，40 学时，报名后三个月内完成，全年接受报名。";
        class_.price = 20'000;
        class_.process_weight = 70;
        store(class_);
        add_courses(class_.id);
        for (auto const& learner : learners_of(county_))
            add(class_, learner);
        auto const people = call_.db.values<std::int64_t>(
            "SELECT person AS value FROM training_members WHERE county = $1 AND class = $2", call_.county, class_.id);
        refresh(call_, class_, people);

        auto next = class_row("家庭教育指导服务师培训班（第二期）", "tianfu-2021-2023", "instructor-teacher", ClassState::draft);
        next.capacity = 30;
        store(next);
    }

private:
    ClassRow class_row(std::string title, std::string plan, std::string credential, ClassState state)
    {
        ClassRow row;
        row.county = call_.county;
        row.id = new_id_of<ClassId>();
        row.owner = county_.id_of(0);
        row.title = std::move(title);
        row.plan = std::move(plan);
        row.credential = std::move(credential);
        row.state = state;
        row.created_by = official_;
        row.created_at = row.changed_at = at(plus_days(county_.today, -140), 10);
        return row;
    }

    void store(ClassRow& row)
    {
        row.search = lib::search_key(row.title) + " " + lib::search_fold(row.summary);
        call_.db.insert("training_classes", row);
    }

    void add_courses(ClassId id)
    {
        std::int64_t position = 0;
        for (auto const course : call_.db.values<learning::CourseId>(
                 "SELECT id AS value FROM courses WHERE county = $1 AND level = 'county' AND line = 'staff' ORDER BY id",
                 call_.county))
            call_.db.insert(
                "training_class_courses", ClassCourseRow{call_.county, id, ++position, course, Part::required, Track::everyone});
    }

    void add(ClassRow const& class_, Learner const& learner)
    {
        MemberRow row;
        row.county = call_.county;
        row.class_ = class_.id;
        row.person = learner.person;
        row.organisation = learner.organisation;
        row.track = learner.track;
        row.enrolled_at = at(plus_days(county_.today, -learner.way->days_ago), 9);
        row.enrolled_by = learner.person;
        row.entry
            = call_.db
                  .value<EntryId>("SELECT id AS value FROM entries WHERE county = $1 AND person = $2 AND person <> 0 AND kind = "
                                  "'training.enrolled'",
                      call_.county, learner.person)
                  .value_or(EntryId{});
        call_.db.insert("training_members", row);
        charge(class_, row, learner.way->fee);
    }

    void charge(ClassRow const& class_, MemberRow const& member, OrderState state)
    {
        auto const settled = Instant{member.enrolled_at.milliseconds + 26 * hour};
        bool const is_paid = state == OrderState::paid;
        auto const reference = is_paid ? fmt::format("2026{:08}", 31'040'117 + ++orders_ * 7) : "";
        OrderRow const row{call_.county, new_id_of<OrderId>(),
            fmt::format("{}-{:06}", day_at(member.enrolled_at).year(), ++number_), class_.id, member.person, member.organisation,
            class_.price, state, std::string(is_paid ? by_transfer : ""), reference, member.enrolled_at,
            state == OrderState::unpaid ? member.enrolled_at : settled};
        call_.db.insert("training_orders", row);
        if (is_paid)
            pay(row);
        note(row.id, member.enrolled_at, member.person, OrderState::unpaid, "", "", "报名");
        if (state != OrderState::unpaid)
            note(row.id, settled, official_, state, row.method, reference, is_paid ? "" : "农村支教教师，按规定免缴");
    }

    void pay(OrderRow const& order)
    {
        PaymentRow row;
        row.county = call_.county;
        row.id = new_id_of<PaymentId>();
        row.training_order = order.id;
        row.method = by_transfer;
        row.amount = row.told_amount = order.amount;
        row.state = ChargeState::paid;
        row.reference = order.reference;
        row.payer = order.person;
        row.asked_at = row.expires_at = row.settled_at = row.checked_at = order.changed_at;
        call_.db.insert("training_payments", row);
    }

    void note(OrderId order, Instant moment, PersonId by, OrderState state, std::string_view method, std::string_view reference,
        std::string_view reason)
    {
        call_.db.execute("INSERT INTO training_order_changes (county, id, training_order, at, by_person, state, method, reference, "
                         "reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            call_.county, new_id(), order, moment, by, state, method, reference, reason);
    }

    Call& call_;
    County& county_;
    PersonId const official_ = county_.units[0].speaker;
    int orders_ = 0, number_ = 0;
};

} // namespace

void write_training(County const& county, Book& book)
{
    for (auto const& learner : learners_of(county))
        Telling(county, book, learner).run();
}

void add_training(Call& call, County& county) { Opening(call, county).run(); }

} // namespace concentric::demo
