#pragma once

#include "modules/directory/people.hpp"
#include "modules/privacy/privacy.hpp"

#include <span>
#include <unordered_set>

// What guardians are asked to agree to for their child, each purpose and version by itself, and what they answered.
// Source: 个人信息保护法 arts. 14, 15, 29 and 31 (separate consent, withdrawal, new consent when the purpose changes, guardians for
// under 14).
namespace concentric::privacy {

using directory::OrganisationBrief;
using directory::PersonBrief;

inline constexpr int own_consent_years = 14; // from this age a pupil may answer as well

enum class ConsentState { open, given, refused, withdrawn };
BOOST_DESCRIBE_ENUM(ConsentState, open, given, refused, withdrawn)

enum class ConsentAct { given, refused, withdrawn };
BOOST_DESCRIBE_ENUM(ConsentAct, given, refused, withdrawn)

// A purpose in its present wording. `data_items` says which data, `recipients` who gets them, `kept_months` how long they stay.
struct ConsentPurpose {
    std::string key;
    std::int64_t version = 1;
    OrganisationBrief organisation; // whose pupils are asked
    std::string title, words, data_items, recipients;
    std::int64_t kept_months = 0;
    bool asks_again = true; // answers to earlier versions do not count any more
    Instant published_at;
    std::optional<Instant> withdrawn_at;
    std::int64_t given = 0, refused = 0, withdrawn = 0, open = 0; // pupils within the viewer's reach
};
BOOST_DESCRIBE_STRUCT(ConsentPurpose, (),
    (key, version, organisation, title, words, data_items, recipients, kept_months, asks_again, published_at, withdrawn_at, given,
        refused, withdrawn, open))

struct ConsentPurposes {
    std::vector<ConsentPurpose> items;
};
BOOST_DESCRIBE_STRUCT(ConsentPurposes, (), (items))

struct ConsentWording {
    Text<2, 80> title;
    Text<10, 8000> words;
    Text<2, 400> data_items, recipients;
    Within<1, 600> kept_months;
};
BOOST_DESCRIBE_STRUCT(ConsentWording, (), (title, words, data_items, recipients, kept_months))

struct PublishConsent : ConsentWording {
    Text<2, 40> key; // letters, digits and '-': what modules ask for, such as "portrait"
    std::optional<OrganisationId> organisation; // the viewer's own where nothing is said
};
BOOST_DESCRIBE_STRUCT(PublishConsent, (ConsentWording), (key, organisation))

struct RewordConsent : ConsentWording {
    Text<2, 40> key;
    bool asks_again = true;
};
BOOST_DESCRIBE_STRUCT(RewordConsent, (ConsentWording), (key, asks_again))

struct OneConsent {
    Text<2, 40> key;
};
BOOST_DESCRIBE_STRUCT(OneConsent, (), (key))

struct FindAnswers {
    Text<2, 40> key;
    std::optional<OrganisationId> organisation;
    std::optional<ConsentState> state;
    std::optional<PersonId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindAnswers, (), (key, organisation, state, after, limit))

struct ConsentAnswer {
    PersonBrief student;
    OrganisationBrief class_;
    bool is_under_14 = true;
    ConsentState state = ConsentState::open;
    std::optional<PersonBrief> by;
    std::optional<Instant> at;
    std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(ConsentAnswer, (), (student, class_, is_under_14, state, by, at, version))

// What one of the viewer's children, or the viewer, is asked.
struct OwnConsent {
    ConsentPurpose purpose;
    PersonBrief student;
    ConsentState state = ConsentState::open;
    bool was_reworded = false; // there is an answer, to words that have changed since
    bool has_lapsed = false; // whoever had agreed is no guardian any more
    bool may_answer = false; // legal guardian, or a pupil of 14
    std::optional<PersonBrief> by;
    std::optional<Instant> at;
};
BOOST_DESCRIBE_STRUCT(OwnConsent, (), (purpose, student, state, was_reworded, has_lapsed, may_answer, by, at))
struct OwnConsents {
    std::vector<OwnConsent> items;
};
BOOST_DESCRIBE_STRUCT(OwnConsents, (), (items))

struct AnswerConsent {
    Text<2, 40> key;
    std::int64_t version = 0; // the words that were read
    PersonId student;
    ConsentAct act = ConsentAct::refused;
};
BOOST_DESCRIBE_STRUCT(AnswerConsent, (), (key, version, student, act))

// Whether somebody who is a guardian today agreed to the present wording for this pupil and has not withdrawn. A county that asks
// for no such consent has not got it either.
bool has_consent(Call& call, std::string_view key, PersonId student);
// Those of these pupils for whom it does, in one statement.
std::unordered_set<std::int64_t> with_consent(Call& call, std::string_view key, std::span<std::int64_t const> students);
// Whether pupils of the organisation with this path are asked for it at all.
bool asks_consent(Call& call, std::string_view key, std::string_view path);

// Whether the person is younger than fourteen on that day; a person without a birthday is taken for younger.
bool is_under_14(std::optional<Day> birth_day, Day on);

} // namespace concentric::privacy
