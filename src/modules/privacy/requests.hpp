#pragma once

#include "modules/accounts/access.hpp"
#include "modules/directory/people.hpp"
#include "modules/privacy/privacy.hpp"

// Asking for one pupil's file: a reason, somebody responsible who approves, an end, and a look afterwards at what was done with it.
// Source: 儿童个人信息网络保护规定 art. 15 (approval by the responsible person, record of access).
namespace concentric::privacy {

using directory::OrganisationBrief;
using directory::PersonBrief;
using RequestId = Id<struct AccessRequestTag>;

inline constexpr std::int64_t longest_hours = 14 * 24;

enum class RequestState { waiting, approved, refused, withdrawn, ended };
BOOST_DESCRIBE_ENUM(RequestState, waiting, approved, refused, withdrawn, ended)

enum class ReviewFinding { proper, improper };
BOOST_DESCRIBE_ENUM(ReviewFinding, proper, improper)

struct Review {
    ReviewFinding finding = ReviewFinding::proper;
    std::string words;
    PersonBrief by;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(Review, (), (finding, words, by, at))

struct Request {
    RequestId id;
    PersonBrief person, student;
    std::string title; // of the post in which it was asked
    std::optional<OrganisationBrief> class_;
    std::string reason;
    std::int64_t hours = 0; // wanted or granted
    RequestState state = RequestState::waiting; // an approval whose time is up reads "ended"
    Instant asked_at;
    std::optional<PersonBrief> decided_by;
    std::optional<Instant> decided_at, until;
    std::string decision;
    std::int64_t opened = 0; // how often the file was opened under it
    std::optional<Review> review;
    bool is_own = false, may_decide = false, may_review = false; // what the viewer may do with it now
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Request, (),
    (id, person, student, title, class_, reason, hours, state, asked_at, decided_by, decided_at, until, decision, opened, review,
        is_own, may_decide, may_review, version))

struct AskForFile {
    PersonId student;
    Text<4, 400> reason;
    Within<1, longest_hours> hours;
};
BOOST_DESCRIBE_STRUCT(AskForFile, (), (student, reason, hours))

enum class RequestView { mine, to_decide, to_review, of_others };
BOOST_DESCRIBE_ENUM(RequestView, mine, to_decide, to_review, of_others)

struct FindRequests {
    std::optional<RequestView> view; // mine where nothing is said
    std::optional<PersonId> student;
    std::optional<RequestId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindRequests, (), (view, student, after, limit))

struct Decide {
    RequestId id;
    bool approve = false;
    std::optional<Within<1, longest_hours>> hours; // fewer or more than asked
    std::optional<Text<1, 400>> words; // needed for a refusal
};
BOOST_DESCRIBE_STRUCT(Decide, (), (id, approve, hours, words))

struct ReviewRequest {
    RequestId id;
    ReviewFinding finding = ReviewFinding::proper;
    std::optional<Text<1, 400>> words; // needed for what was not proper
};
BOOST_DESCRIBE_STRUCT(ReviewRequest, (), (id, finding, words))

struct OneRequest {
    RequestId id;
};
BOOST_DESCRIBE_STRUCT(OneRequest, (), (id))

// 403 that tells the front end to offer a request.
ApiError purpose_needed();

// Counts an opening of the file under this request, and says so in the audit line.
void note_opened(Call& call, RequestId request);

// The viewer's approved request for this pupil whose time is not up, asked in the post that the viewer acts in now.
std::optional<RequestId> request_in_force(Call& call, PersonId student);

// Listener: says under which purpose each post opens the pupil's file, and adds who has an approval.
void add_access(Call& call, accounts::AccessAsked const& asked);

} // namespace concentric::privacy
