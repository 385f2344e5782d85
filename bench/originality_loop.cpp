// How long one look for copied passages takes: a draft against so many stored ones of 5,000 characters, each with as many
// fingerprints as such a text leaves.
//
//   originality_loop DATABASE KEYS COUNTY SUBMISSIONS CHECKS        prints milliseconds a check
#include "beside_database.hpp"
#include "lib/originality.hpp"
#include "lib/text.hpp"
#include "modules/coursework/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>

using namespace concentric;

namespace {

constexpr std::size_t draft_length = 5'000, compared_whole = 40;

std::string any_text(std::mt19937_64& source, std::size_t characters)
{
    std::string text;
    std::uniform_int_distribution<char32_t> any(0x4E00, 0x9FA5);
    for (std::size_t i = 0; i < characters; ++i)
        lib::append_character(text, any(source));
    return text;
}

// In the order of the table, so that millions of rows are loaded in a minute.
void store(Call& call, std::mt19937_64& source, std::int64_t submissions, std::size_t each)
{
    std::vector<std::pair<std::int64_t, std::int64_t>> rows;
    rows.reserve(static_cast<std::size_t>(submissions) * each);
    for (std::int64_t submission = 1; submission <= submissions; ++submission)
        for (std::size_t i = 0; i < each; ++i)
            rows.emplace_back(static_cast<std::int64_t>(source() >> 1), submission);
    std::ranges::sort(rows);
    db::Transaction transaction(call.db);
    constexpr std::array<std::string_view, 4> columns{"county", "fingerprint", "submission", "number"};
    auto const loader = call.db.loader("text_fingerprints", columns);
    for (auto const& [fingerprint, submission] : rows)
        loader->add(std::array<db::Value, 4>{call.county, fingerprint, submission, std::int64_t{1}});
    loader->finish();
    transaction.commit();
    call.db.refresh_statistics();
}

double milliseconds_a_check(Call& call, std::mt19937_64& source, int checks)
{
    std::vector<std::string> others;
    for (std::size_t i = 0; i < compared_whole; ++i)
        others.push_back(any_text(source, draft_length));
    std::vector<std::string> drafts;
    for (int i = 0; i < checks; ++i)
        drafts.push_back(any_text(source, draft_length));
    auto const from = std::chrono::steady_clock::now();
    for (auto const& draft : drafts) {
        lib::ComparableText const text(draft);
        coursework::drafts_with(call, text.fingerprints(), compared_whole);
        for (auto const& other : others)
            text.shared_with(lib::ComparableText(other));
    }
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count() / checks;
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc != 6) {
        fmt::print(stderr, "usage: originality_loop DATABASE KEYS COUNTY SUBMISSIONS CHECKS\n");
        return 2;
    }
    BesideDatabase bench(argv[1], argv[2], std::stoll(argv[3]));
    auto call = bench.call();
    std::mt19937_64 source(20251123);
    store(call, source, std::stoll(argv[4]), lib::ComparableText(any_text(source, draft_length)).fingerprints().size());
    fmt::print("{:.1f}\n", milliseconds_a_check(call, source, std::stoi(argv[5])));
} catch (std::exception const& error) {
    fmt::print(stderr, "originality_loop: {}\n", error.what());
    return 1;
}
