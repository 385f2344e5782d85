#include "modules/forms/answering.hpp"
#include "modules/forms/own_turns.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::forms {
namespace {

// Where an answer lies, or may lie.
struct Place {
    FormId form;
    std::int64_t subject = 0, household = 0;
    auto operator<=>(Place const&) const = default;
};

struct AnsweredAt : Place {
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(Place, (), (form, subject, household))
BOOST_DESCRIBE_STRUCT(AnsweredAt, (Place), (changed_at))

struct Drafted : Place {
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(Drafted, (Place), (person))

struct AskedPlace {
    FormId form;
    std::int64_t organisation = 0;
};
BOOST_DESCRIBE_STRUCT(AskedPlace, (), (form, organisation))

// A form with what its answers are held against.
struct Open {
    OwnForm own; // without turns, which are each viewer's
    std::vector<std::int64_t> places;
    std::optional<Published> version; // the published one, read when somebody answers it
};

// One family's answer.
struct Request {
    PersonId person;
    Language language;
    FillForm const* input;
    std::optional<ApiError> error;
    std::vector<OwnTurn> turns; // all that the person has
    OwnTurn const* turn = nullptr; // the one that is answered
    FormAnswers answers; // that count
};

Place place_of(FormId form, Turn const& turn) { return {form, turn.subject, turn.household}; }

// All answers that wait at one moment, decided in their order.
class Taking {
public:
    Taking(Call& call, std::vector<Request>& requests) : call_(call), requests_(requests) { }

    void run()
    {
        find_forms();
        find_turns();
        find_answers();
        for (auto& request : requests_)
            attempt(request, [&] { decide(request); });
        store_answers(call_, rows_);
        drop_drafts();
        settle_letters();
    }

    OwnFormView view(Request const& request) const
    {
        auto const& [own, places, version] = forms_.at(request.input->id);
        auto view = answered_view(call_, own.form, *version);
        for (auto const& turn : request.turns)
            view.turns.push_back(turn_view(request, turn));
        if (request.turn->student)
            view.student = request.turn->student;
        view.answers = request.answers;
        return view;
    }

private:
    static void attempt(Request& request, auto const& act)
    {
        if (request.error)
            return;
        try {
            act();
        } catch (ApiError const& error) {
            request.error = error;
        }
    }

    void find_forms()
    {
        std::set<std::int64_t> asked;
        for (auto const& request : requests_)
            asked.insert(request.input->id.value);
        std::vector<std::int64_t> const ids(asked.begin(), asked.end());
        for (auto& form : forms_with(call_, ids))
            forms_[form.id].own.form = std::move(form);
        for (auto const& [form, organisation] : call_.db.rows<AskedPlace>(
                 "SELECT form, organisation FROM form_places WHERE county = $1 AND form ANY_OF($2) ORDER BY form, organisation",
                 call_.county, db::IntegerList{ids}))
            if (auto const found = forms_.find(form); found != forms_.end())
                found->second.places.push_back(organisation);
    }

    void find_turns()
    {
        std::vector<std::int64_t> people;
        for (auto const& request : requests_)
            people.push_back(request.person.value);
        answerers_.emplace(call_, people);
        for (auto& request : requests_)
            attempt(request, [&] { choose_turn(request); });
    }

    void choose_turn(Request& request)
    {
        auto const found = forms_.find(request.input->id);
        if (found == forms_.end())
            throw not_found(the_form);
        auto const& [own, places, version] = found->second;
        require_begun(call_, own.form);
        request.turns = answerers_->turns(own.form, places, request.person, request.language);
        if (request.turns.empty())
            throw not_found(the_form);
        require_named(own.form);
        request.turn = &turn_for(request.turns, request.input->student);
    }

    // All locks in one go; what others answered before is seen from then on.
    void find_answers()
    {
        std::vector<std::int64_t> subjects;
        db::Batch answers, drafts;
        for (auto const& request : requests_) {
            if (request.error)
                continue;
            subjects.push_back(request.turn->turn.subject);
            for (auto const& [turn, student, name, unit, unit_name, path, may_sign] : request.turns)
                answers.add(call_.county, request.input->id, turn.subject, turn.household);
            drafts.add(call_.county, request.person, request.input->id);
        }
        call_.db.hold(subjects);
        for (auto const& row : answers.rows<AnsweredAt>(call_.db,
                 "SELECT form, subject, household, changed_at FROM form_answers WHERE county = $1 AND form = $2 AND subject = $3 "
                 "AND "
                 "household = $4"))
            answered_[row] = row.changed_at;
        for (auto const& row : drafts.rows<Drafted>(call_.db,
                 "SELECT person, form, subject, household FROM form_drafts WHERE county = $1 AND person = $2 AND form = $3"))
            drafts_.insert({row.person, row});
    }

    void decide(Request& request)
    {
        auto& [own, places, version] = forms_.at(request.input->id);
        auto const& form = own.form;
        auto const place = place_of(form.id, request.turn->turn);
        require_open(call_, form);
        if (answered_.contains(place) && !form.may_change)
            throw conflict({"已经填过了，这份表单不能修改。", "This was answered, and the form allows no change."});
        require_version(form, request.input->version);
        if (!version)
            version = version_of(call_, form.id, form.version);
        request.answers = checked_answers(version->content, request.input->answers);
        answered_[place] = call_.now;
        rows_.push_back({call_.county, form.id, place.subject, place.household, form.version, request.person, request.turn->unit,
            call_.now, SealedJson(to_json(request.answers)), new_id(), {}, {}});
    }

    void drop_drafts()
    {
        db::Batch gone;
        for (auto const& row : rows_)
            if (drafts_.erase({row.answered_by, {row.form, row.subject, row.household}}))
                gone.add(row.county, row.answered_by, row.form, row.subject, row.household);
        gone.run(call_.db,
            "DELETE FROM form_drafts WHERE county = $1 AND person = $2 AND form = $3 AND subject = $4 AND household = $5");
    }

    void settle_letters()
    {
        std::map<inbox::LetterId, std::vector<std::int64_t>> readers;
        for (auto const& request : requests_) {
            if (request.error)
                continue;
            auto const& form = forms_.at(request.input->id).own.form;
            std::ranges::copy(answerers_->people_of(form, *request.turn, request.person), std::back_inserter(readers[form.letter]));
        }
        for (auto const& [letter, people] : readers)
            inbox::mark_read(call_, letter, people);
    }

    OwnTurnView turn_view(Request const& request, OwnTurn const& own) const
    {
        auto const place = place_of(request.input->id, own.turn);
        auto view = shown(own);
        if (auto const found = answered_.find(place); found != answered_.end()) {
            view.state = FormTurnState::done;
            view.done_at = found->second;
        } else if (drafts_.contains({request.person, place})) {
            view.state = FormTurnState::drafted;
        }
        return view;
    }

    Call& call_;
    std::vector<Request>& requests_;
    std::map<FormId, Open> forms_;
    std::optional<Answerers> answerers_;
    std::map<Place, Instant> answered_;
    std::set<std::pair<PersonId, Place>> drafts_;
    std::vector<AnswerRow> rows_;
};

} // namespace

OwnFormView answer_form(Call& call, FillForm const& input)
{
    std::vector<Request> requests{{call.viewer.person, call.language, &input}};
    Taking taking(call, requests);
    taking.run();
    if (requests.front().error)
        throw *requests.front().error;
    mark(call, input.id);
    return taking.view(requests.front());
}

void answer_forms(Call& call, std::span<BatchItem> items)
{
    std::vector<Request> requests;
    for (auto const& item : items)
        requests.push_back({item.viewer.person, item.language, static_cast<FillForm const*>(item.input)});
    Taking taking(call, requests);
    taking.run();
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i].audit_subject = audit_subject_of(requests[i].input->id);
        items[i].error = requests[i].error;
        if (requests[i].error)
            continue;
        auto const view = taking.view(requests[i]);
        reflect::write(items[i].answer, reflect::type_of<OwnFormView>, &view);
    }
}

} // namespace concentric::forms
