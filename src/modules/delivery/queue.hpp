#pragma once

#include "modules/delivery/channels.hpp"
#include "modules/inbox/letter_delivered.hpp"

// What is under way to whom: urgent letters one by one, everything else as one digest a day.
namespace concentric::delivery {

using milliseconds::minute;

// Between 7:00 and 21:00, China Standard Time; at night only what is urgent goes out.
bool is_daytime(Instant now);

// An urgent letter is due after the minutes in which it may be read on a connected phone.
void letter_delivered(Call&, inbox::LetterDelivered const&);

// Once a day from the set time on, before the night: a digest for everybody with something unread since the last one. Urgent
// letters of a month ago are forgotten then.
void queue_digests(Call&);

struct Due {
    inbox::LetterId letter; // none: a digest
    PersonId person;
    std::int64_t step = 0, attempts = 0, sent = 0;
    Instant since;
};
BOOST_DESCRIBE_STRUCT(Due, (), (letter, person, step, attempts, sent, since))
// Urgent ones first, then the oldest.
std::vector<Due> due_now(Call&, std::int64_t most);
// Takes out, here and in the table, what was read or taken back meanwhile.
void drop_settled(Call&, std::vector<Due>&);

// How it goes on after a try by a channel; nothing when there is no more to do.
struct Next {
    std::int64_t step = 0, attempts = 0, sent = 0;
    Instant due_at;
};
std::optional<Next> next_after(Due const&, Channel, Verdict, Instant now);

// What became of some; Verdict and Channel are none where no way was left.
struct Result {
    Due due;
    std::optional<Channel> channel;
    Outcome outcome;
};
// In one transaction with the figures.
void record(Call&, std::span<Result const>);

} // namespace concentric::delivery
