#pragma once

#include "modules/notices/tables.hpp"

#include <mutex>
#include <optional>
#include <unordered_set>
#include <vector>

namespace concentric::notices {

// Who gives a notice to people: its only sender, or one of several who come after, who may meet.
enum class Sender { first, later };

// Whom one notice has reached: the first sender knows all of them, a later one looks for those few whom it is about. Several
// threads may ask; whom one of them was given, no other gets, so all of them must succeed or begin anew.
class Reached {
public:
    using Ids = std::vector<std::int64_t>;

    Reached(NoticeId notice, Sender sender) : notice_(notice), sender_(sender) { }

    Sender sender() const { return sender_; }
    // Those of them that it had not reached; from now on it has.
    Ids add_households(Call& call, Ids const& ids) { return add(call, households_, "household", "notice_households", ids); }
    Ids add_people(Call& call, Ids const& ids) { return add(call, people_, "person", "notice_people", ids); }

private:
    using Known = std::optional<std::unordered_set<std::int64_t>>;

    Ids add(Call& call, Known& known, std::string_view column, std::string_view table, Ids const& ids);
    Ids known_among(Call& call, std::string_view column, std::string_view table, Ids const& ids) const;

    NoticeId notice_;
    Sender sender_;
    std::mutex mutex_;
    Known households_, people_;
};

} // namespace concentric::notices
