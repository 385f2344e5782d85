#pragma once

#include "core/db.hpp"

#include <cstdint>
#include <string>
#include <vector>

// How people who are connected hear at once that something is new for them.
namespace concentric {

class Events;
struct Call;

// Published as an event within a transaction. It says where to look, never what is there: a client asks for that itself, with its
// own rights.
struct News {
    std::string topic; // what a client should read anew: "inbox"; letters and underscores
    std::vector<std::int64_t> people;
};

namespace db {
class Hearing;
}

// Carries News, once their transaction is committed, to every server of the database.
class NewsWire {
public:
    using Tell = std::function<void(std::int64_t county, News const& news)>;
    // `tell` is called from any thread with what is new; `missed` when News may have been lost and everybody should look. Keep it
    // as long as something may be published to `events`.
    NewsWire(db::Address const& address, Events& events, Tell tell, std::function<void()> missed);
    ~NewsWire();

private:
    void send(Call& call, News const& news) const;

    Tell const tell_;
    std::unique_ptr<db::Hearing> hearing_; // PostgreSQL: other servers tell too
};

} // namespace concentric
