#include "modules/delivery/rounds.hpp"

#include "core/recurring.hpp"
#include "modules/delivery/addresses.hpp"
#include "modules/delivery/queue.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/posts.hpp"

#include <algorithm>
#include <map>

namespace concentric::delivery {
namespace {

constexpr std::string_view delivery_job = "delivery";
constexpr std::int64_t looks_every = 30'000;
constexpr std::int64_t most_at_once = 500;
constexpr std::size_t recorded_together = 40; // so many at most may go twice if the server is cut off
constexpr std::chrono::seconds a_slice{5};

// ---- What is said. ----

struct LetterFacts {
    inbox::LetterId id;
    std::string title_zh, title_en;
    OrganisationId office;
};
BOOST_DESCRIBE_STRUCT(LetterFacts, (), (id, title_zh, title_en, office))

struct UnreadFacts {
    PersonId person;
    std::int64_t number = 0;
    OrganisationId first_office, last_office;
};
BOOST_DESCRIBE_STRUCT(UnreadFacts, (), (person, number, first_office, last_office))

// Words for messages of one round; offices are looked up together.
class Wording {
public:
    Wording(Call& call, std::span<Due const> due) : county_(directory::county_name(call))
    {
        read_letters(call, due);
        read_digests(call, due);
        std::vector<std::int64_t> offices;
        for (auto const& [id, letter] : letters_)
            offices.push_back(letter.office.value);
        for (auto const& [person, unread] : digests_)
            offices.push_back(unread.first_office.value);
        offices_ = directory::organisations(call.db, call.county, offices);
    }

    Message message_for(Due const& due, std::string address) const
    {
        Message message{due.person, std::move(address), county_, {}, 1, due.since};
        if (auto const letter = letters_.find(due.letter); letter != letters_.end()) {
            message.office = office_name(letter->second.office);
            message.title = letter->second.title_zh.empty() ? letter->second.title_en : letter->second.title_zh;
        } else if (auto const unread = digests_.find(due.person); unread != digests_.end()) {
            message.unread = unread->second.number;
            if (unread->second.first_office == unread->second.last_office)
                message.office = office_name(unread->second.first_office);
        }
        return message;
    }

private:
    void read_letters(Call& call, std::span<Due const> due)
    {
        std::vector<std::int64_t> ids;
        for (auto const& each : due)
            if (each.letter)
                ids.push_back(each.letter.value);
        for (auto& letter : call.db.rows<LetterFacts>(
                 "SELECT id, title_zh, title_en, office FROM inbox_letters WHERE county = $1 AND id ANY_OF($2)", call.county,
                 db::IntegerList{ids}))
            letters_[letter.id] = std::move(letter);
    }

    // All of one round were counted from the same moment on, or nearly.
    void read_digests(Call& call, std::span<Due const> due)
    {
        std::map<Instant, std::vector<std::int64_t>> by_since;
        for (auto const& each : due)
            if (!each.letter)
                by_since[each.since].push_back(each.person.value);
        for (auto const& [since, people] : by_since)
            for (auto& unread : call.db.rows<UnreadFacts>(
                     "SELECT i.person, COUNT(*) AS number, MIN(l.office) AS first_office, MAX(l.office) AS last_office "
                     "FROM " CONCENTRIC_INBOX_ITEMS " WHERE i.county = $1 AND i.person ANY_OF($2) AND " CONCENTRIC_INBOX_UNREAD
                     " AND i.at > $3 AND NOT l.is_urgent GROUP BY i.person",
                     call.county, db::IntegerList{people}, since))
                digests_[unread.person] = unread;
    }

    std::string office_name(OrganisationId id) const
    {
        auto const found = offices_.find(id);
        return found == offices_.end() ? county_ : found->second.name;
    }

    std::string county_;
    std::unordered_map<inbox::LetterId, LetterFacts> letters_;
    std::unordered_map<PersonId, UnreadFacts> digests_;
    std::unordered_map<OrganisationId, directory::OrganisationRef> offices_;
};

// ---- Sending. ----

struct Batch {
    std::vector<Due> due;
    std::vector<Message> messages;
};

void send_batch(Call& call, Channel channel, Batch const& batch)
{
    auto const carrier = carrier_of(channel);
    for (std::size_t from = 0; from < batch.due.size(); from += recorded_together) {
        auto const count = std::min(recorded_together, batch.due.size() - from);
        auto const outcomes = carrier->send(call, std::span(batch.messages).subspan(from, count));
        std::vector<Result> results;
        for (std::size_t i = 0; i < count; ++i)
            results.push_back({batch.due[from + i], channel, outcomes[i]});
        record(call, results);
    }
}

// As the installation's own: jobs of one county run one after the other.
void come_again(Call& call, std::int64_t after)
{
    auto const county = std::exchange(call.county, 0);
    run_again(call, delivery_job, "{}", {call.now.milliseconds + after});
    call.county = county;
}

void come_again_for_sure(Call& call, std::int64_t after)
{
    db::Transaction transaction(call.db);
    come_again(call, after);
    transaction.commit();
}

bool county_is_done(Call& call, Progress& progress, std::chrono::steady_clock::time_point end)
{
    queue_digests(call);
    while (deliver_some(call) > 0) {
        progress.check();
        if (std::chrono::steady_clock::now() >= end)
            return false;
    }
    return true;
}

std::string run_delivery_job(Call& call, std::string const&, Progress& progress)
{
    come_again_for_sure(call, looks_every); // first, so that a fault now does not end it for good
    bool is_done = true;
    auto const own = call.county;
    if (any_is_set_up())
        for (auto const county :
            call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
            call.county = county;
            is_done &= county_is_done(call, progress, std::chrono::steady_clock::now() + a_slice);
        }
    call.county = own;
    if (!is_done)
        come_again_for_sure(call, 0);
    return "null";
}

} // namespace

std::int64_t deliver_some(Call& call)
{
    auto due = due_now(call, most_at_once);
    auto const number = static_cast<std::int64_t>(due.size());
    if (due.empty())
        return 0;
    drop_settled(call, due);
    std::vector<std::int64_t> people;
    for (auto const& each : due)
        people.push_back(each.person.value);
    auto const ways = ways_of(call, people, Asking::allowed);
    Wording const wording(call, due);
    std::map<Channel, Batch> batches;
    std::vector<Result> without;
    for (auto const& each : due) {
        auto const& own = ways.at(each.person);
        auto const channel = next_channel(own, each.step, each.letter ? Kind::urgent : Kind::digest);
        if (!channel) {
            without.push_back({each, {}, {Verdict::refused, each.sent > 0 ? "unread" : "no_way"}});
            continue;
        }
        batches[*channel].due.push_back(each);
        batches[*channel].messages.push_back(wording.message_for(each, own.at(*channel)));
    }
    if (!without.empty())
        record(call, without);
    for (auto const& [channel, batch] : batches)
        send_batch(call, channel, batch);
    return number;
}

void keep_delivering(Call& call) { come_again(call, looks_every); }

void handle_delivery_job(Jobs& jobs) { jobs.handle(std::string(delivery_job), run_delivery_job, JobLane::quick); }

} // namespace concentric::delivery
