#pragma once

#include "core/blobs.hpp"
#include "core/jobs.hpp"
#include "core/keyring.hpp"
#include "core/route.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <filesystem>

// What a yardstick needs that runs a module's own functions beside the database: without network, sessions, queues or waiting.
struct BesideDatabase {
    BesideDatabase(std::string const& database, std::filesystem::path const& keys, std::int64_t of_county)
        : address(concentric::db::parse_address(database)), county(of_county)
    {
        using namespace concentric;
        spdlog::set_level(spdlog::level::off); // what the programs print is read as their figure
        address.keys = std::make_shared<Keyring>(address, keys, crypto::Suite::international);
        address.keys->prepare(*db::open(address), county);
        connection = db::open(address);
        blobs = std::make_unique<Blobs>(std::filesystem::temp_directory_path() / "concentric-bench-blobs", address.keys);
        jobs = std::make_unique<Jobs>(address, *blobs, events, clock);
    }

    concentric::Call call()
    {
        return {*connection, county, concentric::the_system(), clock.now(), *jobs, *blobs, events, "bench", "127.0.0.1", "bench"};
    }

    static concentric::Viewer viewer(concentric::PersonId person)
    {
        concentric::Viewer made;
        made.person = person;
        return made;
    }

    // How many inputs a second `handle` takes, in transactions of `size`; `next` gives one after the other, with who sends it.
    template <class Input>
    double per_second(std::size_t size, std::chrono::seconds seconds,
        std::function<std::pair<concentric::Viewer, Input>()> const& next,
        void (*handle)(concentric::Call&, std::span<concentric::BatchItem>))
    {
        using Clock = std::chrono::steady_clock;
        std::size_t sent = 0;
        auto const from = Clock::now();
        for (; Clock::now() < from + seconds; sent += size) {
            auto now = call();
            std::vector<Input> inputs(size);
            std::vector<concentric::BatchItem> items;
            for (auto& input : inputs) {
                concentric::Viewer viewer;
                std::tie(viewer, input) = next();
                items.push_back({viewer, &input, "bench", "127.0.0.1", {}, {}, {}});
            }
            concentric::db::Transaction transaction(now.db);
            handle(now, items);
            transaction.commit();
        }
        return static_cast<double>(sent) / std::chrono::duration<double>(Clock::now() - from).count();
    }

    concentric::db::Address address;
    std::int64_t const county;
    concentric::Clock clock;
    concentric::Events events;
    std::unique_ptr<concentric::Blobs> blobs;
    std::unique_ptr<concentric::Jobs> jobs;
    std::unique_ptr<concentric::db::Connection> connection;
};
