#pragma once

#include "core/blobs.hpp"
#include "core/jobs.hpp"
#include "core/keyring.hpp"

#include <filesystem>

// What a yardstick needs that runs a module's own functions beside the database: without network, sessions, queues or waiting.
struct BesideDatabase {
    BesideDatabase(std::string const& database, std::filesystem::path const& keys, std::int64_t of_county)
        : address(concentric::db::parse_address(database)), county(of_county)
    {
        using namespace concentric;
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

    concentric::db::Address address;
    std::int64_t const county;
    concentric::Clock clock;
    concentric::Events events;
    std::unique_ptr<concentric::Blobs> blobs;
    std::unique_ptr<concentric::Jobs> jobs;
    std::unique_ptr<concentric::db::Connection> connection;
};
