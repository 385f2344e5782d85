#include "modules/demo/forms.hpp"

#include "core/crypto.hpp"
#include "lib/pinyin.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/directory/class_label.hpp"
#include "modules/forms/filling.hpp"
#include "modules/forms/tables.hpp"
#include "modules/forms/templates.hpp"
#include "modules/forms/urns.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/paper/paper.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace concentric::demo {
namespace {

using namespace forms;

using milliseconds::hour;
constexpr std::string_view remarks[]{"老师很负责，谢谢。", "希望家长会能提前一周通知。", "课后服务可以多一些运动。",
    "建议少布置打印作业。", "食堂的菜比上学期好。", "希望多组织亲子活动。"};

// What the ledger says of a commitment that was signed.
struct Signed {
    EntryId id;
    PersonId person, student;
    OrganisationId unit;
    Instant happened_at;
};
BOOST_DESCRIBE_STRUCT(Signed, (), (id, person, student, unit, happened_at))

class Asking {
public:
    Asking(Call& call, County const& county)
        : call_(call), county_(county), class_(county.pupils[shown_.pupil].class_), school_(county.above(class_, "school"))
    {
    }

    void run()
    {
        add_survey();
        add_satisfaction();
        add_commitment();
    }

private:
    Instant at(std::int64_t days, std::int64_t hours) const
    {
        return {start_of(plus_days(county_.today, days)).milliseconds + hours * hour};
    }

    FormRow store(FormPurpose purpose, FormAudience audience, std::string const& title, std::string_view from, std::size_t place,
        Instant from_at, Instant until_at)
    {
        auto const content = template_content(call_, from).value();
        FormRow row;
        row.county = call_.county;
        row.id = new_id_of<FormId>();
        row.owner = county_.id_of(place);
        row.purpose = purpose;
        row.audience = audience;
        row.title = title;
        row.search = lib::search_key(title);
        row.content = Json(to_json(content));
        row.from_at = row.published_at = from_at;
        row.until_at = until_at;
        row.state = until_at <= call_.now ? FormState::closed : FormState::published;
        row.closed_at = until_at <= call_.now ? until_at : Instant{};
        row.version = 1;
        row.school_year = directory::school_year_of(day_at(from_at));
        row.created_by = county_.units[place].speaker;
        row.created_at = from_at;
        row.letter = inbox::write(call_,
            {inbox::LetterKind::notice,
                {(purpose == FormPurpose::commitment ? "请签署《" : "请填写《") + title + "》", "Please fill in: " + title},
                {"截止 " + text_of(day_at(until_at)) + "。", ""}, fmt::format("/my-forms/{}", row.id.value)});
        call_.db.insert("forms", row);
        call_.db.insert("form_versions",
            VersionRow{call_.county, row.id, 1, title, row.content, crypto::sha256_hex(text_to_sign(title, content)),
                row.created_by, from_at});
        call_.db.insert("form_places", PlaceRow{call_.county, row.id, row.owner});
        paper::code_for(call_, paper::SheetKind::form, row.id.value);
        if (row.state == FormState::published)
            inbox::deliver(call_, row.letter, std::vector<std::int64_t>{shown_.guardian.value});
        return row;
    }

    static FormAnswer chose(std::string const& question, std::string const& choice)
    {
        return {question, {Key(choice)}, {}, {}, {}};
    }
    static FormAnswer gave(std::string const& question, double number) { return {question, {}, number, {}, {}}; }

    // Every second family of the class has answered, a few of them on paper; the one with an account has not yet.
    void add_survey()
    {
        auto const form
            = store(FormPurpose::survey, FormAudience::children, "作业与睡眠调查", "homework", class_, at(-5, 9), at(9, 20));
        auto random = stream(county_, Stream::extras, form.owner.value);
        std::vector<AnswerRow> rows;
        for (auto i = county_.units[class_].first_pupil; i < county_.units[class_].end_pupil; ++i) {
            auto const& pupil = county_.pupils[i];
            if (i == shown_.pupil || i % 2 == 0)
                continue;
            bool const is_watched = random.chance(0.6);
            FormAnswers answers{{chose("q1", std::string(1, static_cast<char>('a' + random.below(4)))),
                gave("q2", static_cast<double>(random.between(7, 10))), chose("q3", is_watched ? "a" : "b")}};
            if (is_watched)
                answers.items.push_back(chose("q4", std::string(1, static_cast<char>('a' + random.below(4)))));
            bool const is_on_paper = i % 10 == 1;
            rows.push_back({call_.county, form.id, pupil.id.value, 0, 1,
                is_on_paper ? PersonId{} : county_.families[pupil.family].carers.front(), county_.id_of(class_), at(-4, 19),
                SealedJson(to_json(answers)), new_id(), is_on_paper ? county_.units[class_].speaker : PersonId{},
                is_on_paper ? pupil.id : PersonId{}});
        }
        call_.db.load("form_answers", rows);
    }

    // Over since a week, so its results are there; who took part is known to nobody.
    void add_satisfaction()
    {
        auto form = store(
            FormPurpose::satisfaction, FormAudience::families, "学期初家长满意度", "satisfaction", school_, at(-21, 9), at(-7, 20));
        call_.db.execute("UPDATE forms SET is_anonymous = TRUE WHERE county = $1 AND id = $2", call_.county, form.id);
        form.turn_secret = new_turn_secret();
        auto random = stream(county_, Stream::extras, form.owner.value);
        std::set<std::size_t> families;
        for (auto i = county_.units[school_].first_pupil; i < county_.units[school_].end_pupil && families.size() < 120; ++i)
            if (random.chance(0.6) && families.insert(county_.pupils[i].family).second)
                cast(form, static_cast<std::int64_t>(families.size()), random);
    }

    void cast(FormRow const& form, std::int64_t family, Random& random)
    {
        auto const talks = random.between(1, 5);
        FormAnswers answers{{gave("q2", static_cast<double>(talks)), gave("q4", static_cast<double>(random.between(3, 5))),
            gave("q5", static_cast<double>(random.between(2, 5))),
            chose("q6", std::string(1, static_cast<char>('a' + random.below(5))))}};
        if (talks <= 2)
            answers.items.push_back({"q3", {}, {}, Text<0, 4000>(std::string(random.pick(remarks))), {}});
        if (random.chance(0.2))
            answers.items.push_back({"q7", {}, {}, Text<0, 4000>(std::string(random.pick(remarks))), {}});
        cast_ballot(call_, form, family, 1, {1, county_.id_of(school_), std::move(answers)});
    }

    // Those whose signing stands in the ledger, about half; the one with an account has yet to sign.
    void add_commitment()
    {
        auto const from = start_of(directory::term_start(county_.today));
        auto const form
            = store(FormPurpose::commitment, FormAudience::children, "学生安全责任承诺书", "safety", school_, from, at(60, 20));
        auto const hash = call_.db
                              .value<std::string>("SELECT text_hash AS value FROM form_versions WHERE county = $1 AND form = $2",
                                  call_.county, form.id)
                              .value();
        std::map<std::int64_t, std::size_t> pupils;
        for (auto i = county_.units[school_].first_pupil; i < county_.units[school_].end_pupil; ++i)
            if (i % 2 == 1 && i != shown_.pupil)
                pupils.emplace(county_.pupils[i].id.value, i);
        auto const names = names_of(pupils);
        std::vector<SignatureRow> rows;
        for (auto const& entry : entries_since(from))
            if (auto const pupil = pupils.find(entry.student.value); pupil != pupils.end()) {
                rows.push_back(signature(form, hash, entry, names));
                pupils.erase(pupil);
            }
        call_.db.load("form_signatures", rows);
        add_slips(form);
    }

    // Two families of the class signed on paper, and nobody has compared that yet.
    void add_slips(FormRow const& form)
    {
        std::vector<SlipRow> slips;
        for (auto i = county_.units[class_].first_pupil; i < county_.units[class_].end_pupil && slips.size() < 2; ++i)
            if (i % 2 == 0 && i != shown_.pupil)
                slips.push_back(
                    {call_.county, form.id, county_.pupils[i].id, county_.families[county_.pupils[i].family].carers.front(),
                        at(-2, 0), county_.units[class_].speaker, at(-1, 9)});
        call_.db.load("form_slips", slips);
    }

    // The second condition on r is there for the index of reversals.
    std::vector<Signed> entries_since(Instant from)
    {
        return call_.db.rows<Signed>(
            "SELECT e.id, e.person, e.student, e.unit, e.happened_at FROM entries e WHERE e.county = $1 AND e.kind = "
            "'commitment.signed' AND e.happened_at >= $2 AND e.reverses = 0 AND NOT EXISTS (SELECT 1 FROM entries r WHERE r.county "
            "= "
            "e.county AND r.reverses = e.id AND r.reverses <> 0) ORDER BY e.happened_at, e.id",
            call_.county, from);
    }

    std::map<std::int64_t, std::string> names_of(std::map<std::int64_t, std::size_t> const& pupils) const
    {
        std::set<std::int64_t> wanted;
        for (auto const& [id, place] : pupils) {
            wanted.insert(id);
            for (auto const carer : county_.families[county_.pupils[place].family].carers)
                wanted.insert(carer.value);
        }
        std::map<std::int64_t, std::string> names;
        for (auto const& person : county_.people)
            if (wanted.contains(person.id.value))
                names.emplace(person.id.value, person.name);
        return names;
    }

    SignatureRow signature(
        FormRow const& form, std::string const& hash, Signed const& entry, std::map<std::int64_t, std::string> const& names) const
    {
        auto const name = [&](PersonId person) { return names.contains(person.value) ? names.at(person.value) : std::string(); };
        SignatureRow row;
        row.county = call_.county;
        row.form = form.id;
        row.student = entry.student;
        row.id = new_id_of<SignatureId>();
        row.version = 1;
        row.school_year = form.school_year;
        row.text_hash = hash;
        row.signed_by = row.recorded_by = entry.person;
        row.signer_name = name(entry.person);
        row.student_name = name(entry.student);
        row.class_name = class_named(entry.unit);
        row.unit = entry.unit;
        row.read_at = row.signed_at = row.recorded_at = entry.happened_at;
        row.entry = entry.id;
        return row;
    }

    std::string class_named(OrganisationId unit) const
    {
        for (auto const& row : county_.organisations)
            if (row.id == unit)
                return row.name;
        return "";
    }

    Call& call_;
    County const& county_;
    ShownChild const shown_ = shown_child(county_);
    std::size_t const class_, school_;
};

} // namespace

void add_forms(Call& call, County const& county) { Asking(call, county).run(); }

} // namespace concentric::demo
