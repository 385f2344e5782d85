#pragma once

#include "modules/privacy/consents.hpp"
#include "modules/privacy/erasure.hpp"
#include "modules/privacy/requests.hpp"

// The rows of the tables in which it is kept what guardians agreed to, who asked for which file, whose data are held, and what was
// erased.
namespace concentric::privacy {

struct WordingRow {
    std::int64_t county = 0;
    std::int64_t id = 0;
    std::string key;
    std::int64_t version = 1;
    OrganisationId organisation;
    std::string title, words, data_items, recipients;
    std::int64_t kept_months = 0;
    bool asks_again = true;
    Instant published_at;
    PersonId published_by;
    std::optional<Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(WordingRow, (),
    (county, id, key, version, organisation, title, words, data_items, recipients, kept_months, asks_again, published_at,
        published_by, withdrawn_at))

struct ActRow {
    std::int64_t county = 0;
    std::int64_t id = 0;
    std::string key;
    std::int64_t version = 1;
    PersonId student, person;
    ConsentAct act = ConsentAct::refused;
    std::string relation, content_hash;
    Instant at;
    std::string address;
};
BOOST_DESCRIBE_STRUCT(ActRow, (), (county, id, key, version, student, person, act, relation, content_hash, at, address))

struct RequestRow {
    std::int64_t county = 0;
    RequestId id;
    PersonId person;
    PostId post;
    PersonId student;
    std::string reason;
    std::int64_t hours = 0;
    RequestState state = RequestState::waiting;
    Instant asked_at;
    PersonId decided_by;
    std::optional<Instant> decided_at;
    std::string decision;
    std::optional<Instant> until;
    std::int64_t opened = 0;
    PersonId reviewed_by;
    std::optional<Instant> reviewed_at;
    std::string review, review_words;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(RequestRow, (),
    (county, id, person, post, student, reason, hours, state, asked_at, decided_by, decided_at, decision, until, opened,
        reviewed_by, reviewed_at, review, review_words, version))

struct DeletionRow {
    std::int64_t county = 0;
    DeletionId id;
    std::string data_class;
    PersonId person;
    std::string reason, counts, content_hash;
    PersonId erased_by;
    Instant erased_at;
};
BOOST_DESCRIBE_STRUCT(DeletionRow, (), (county, id, data_class, person, reason, counts, content_hash, erased_by, erased_at))

struct HoldRow {
    std::int64_t county = 0;
    HoldId id;
    PersonId person;
    std::string reason;
    PersonId placed_by;
    Instant placed_at;
    PersonId lifted_by;
    std::optional<Instant> lifted_at;
};
BOOST_DESCRIBE_STRUCT(HoldRow, (), (county, id, person, reason, placed_by, placed_at, lifted_by, lifted_at))

} // namespace concentric::privacy
