#pragma once

#include "core/blobs.hpp"
#include "core/jobs.hpp"
#include "core/keyring.hpp"

// What a test stands on: a database of its own, a clock that only the test moves, and a call that is ready to use.
namespace concentric {

class FixedClock : public Clock {
public:
    Instant now() const override { return {milliseconds_}; }
    void set(Instant moment) { milliseconds_ = moment.milliseconds; }
    void set(Day day, int hour = 8) { set(Instant{start_of(day).milliseconds + hour * 3'600'000LL}); }
    void advance(std::chrono::milliseconds by) { milliseconds_ += by.count(); }

private:
    std::atomic<std::int64_t> milliseconds_ = start_of({20260305}).milliseconds + 8 * 3'600'000LL;
};

// An empty folder that goes away with the object.
class FreshFolder {
public:
    FreshFolder();
    ~FreshFolder();
    FreshFolder(FreshFolder const&) = delete;
    FreshFolder& operator=(FreshFolder const&) = delete;
    std::filesystem::path const path;
};

// An empty database with the present schema that goes away with the object: a SQLite file, or, where the environment variable
// CONCENTRIC_TEST_POSTGRES holds a postgresql:// URL of a server, a database there. Its keys are of the suite that
// CONCENTRIC_TEST_SUITE names, else the international one.
class FreshDatabase {
public:
    explicit FreshDatabase(FreshFolder const& folder);
    ~FreshDatabase();
    FreshDatabase(FreshDatabase const&) = delete;
    FreshDatabase& operator=(FreshDatabase const&) = delete;
    db::Address const address;
};

// Stand a fixture on it: `struct Visits : testing::Test, Fresh { … };`. It is Thursday, 5 March 2026, 8:00 in the county 360100.
struct Fresh {
    static constexpr std::int64_t county = 360100;

    Fresh();
    // A call by somebody else, or with the clock's present.
    Call call_by(Viewer viewer);

    FreshFolder folder;
    FreshDatabase database{folder};
    FixedClock clock;
    Events events;
    Blobs blobs{folder.path / "blobs", database.address.keys};
    Jobs jobs{database.address, blobs, events, clock};
    std::unique_ptr<db::Connection> connection = db::open(database.address);
    db::Connection& db = *connection;
    Call call = call_by(the_system());
};

// The error that `act` ends with; the test fails when it ends well.
template <class Act> ApiError error_of(Act&& act)
{
    try {
        act();
    } catch (ApiError const& error) {
        return error;
    }
    throw std::logic_error("nothing was thrown");
}

} // namespace concentric
