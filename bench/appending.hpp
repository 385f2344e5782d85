#pragma once

#include "core/blobs.hpp"
#include "core/jobs.hpp"
#include "core/keyring.hpp"
#include "modules/all.hpp"
#include "modules/ledger/recording.hpp"

#include <algorithm>
#include <filesystem>

// Appending to the ledger beside the server: what the route does for a batch of requests, audit lines included, without network,
// queues and the look at the session.
namespace concentric::bench {

// The database with its keys, which lie in a folder of the server's data.
inline db::Address address_with_keys(std::string const& database, std::filesystem::path const& keys, std::int64_t county)
{
    auto address = db::parse_address(database);
    address.keys = std::make_shared<Keyring>(address, keys, crypto::Suite::international);
    address.keys->prepare(*db::open(address), county);
    return address;
}

class Appending {
public:
    Appending(db::Address const& address, std::unique_ptr<db::Connection> db, std::int64_t county)
        : connection(std::move(db))
        , county_(county)
        , blobs_(std::filesystem::temp_directory_path() / "concentric-bench-blobs", address.keys)
        , jobs_(address, blobs_, events_, clock_)
    {
        subscribe_all(events_);
        pupils = connection->values<std::int64_t>("SELECT person AS value FROM students WHERE county = $1 AND status = 'active' LIMIT 2000", county);
        if (pupils.empty())
            throw std::runtime_error("the county has no pupils");
    }

    // One phone call home for each pupil, within the transaction that the caller has begun.
    void append(std::span<std::int64_t const> of)
    {
        Call call{*connection, county_, the_system(), clock_.now(), jobs_, blobs_, events_, "bench", "127.0.0.1", "bench"};
        std::vector<ledger::AppendEntry> inputs(of.size());
        std::vector<BatchItem> items;
        for (std::size_t i = 0; i < of.size(); ++i) {
            inputs[i].kind = "visit.phone";
            inputs[i].happened_at = call.now;
            inputs[i].student = PersonId{of[i]};
            items.push_back({the_system(), &inputs[i], "bench", "127.0.0.1", {}, {}, {}});
        }
        route_.run_batch(call, items);
        for (auto const& item : items) {
            if (item.error)
                throw *item.error;
            call.audit_subject = item.audit_subject;
            record_audit(call, route_.name);
        }
    }

    std::unique_ptr<db::Connection> const connection;
    std::vector<std::int64_t> pupils;

private:
    static Route append_route()
    {
        auto routes = ledger::recording_routes();
        return *std::find_if(routes.begin(), routes.end(), [](Route const& route) { return route.name == "entry_append"; });
    }

    std::int64_t const county_;
    Clock clock_;
    Events events_;
    Blobs blobs_;
    Jobs jobs_;
    Route const route_ = append_route();
};

} // namespace concentric::bench
