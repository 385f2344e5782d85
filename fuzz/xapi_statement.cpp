// Learning records: every fault has words in both languages, and what has none is the same when it is written and read again.
#include "fuzz/must.hpp"
#include "modules/xapi/statement.hpp"

#include <boost/json.hpp>

using namespace concentric;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    boost::system::error_code failed;
    auto const text = fuzz::text_of(data, size);
    auto const value = boost::json::parse({text.data(), text.size()}, failed);
    if (failed)
        return 0;
    Problems problems, again;
    auto const statement = xapi::read_statement(value, "", problems);
    for (auto const& problem : problems)
        fuzz::must(!problem.words.zh.empty() && !problem.words.en.empty());
    if (problems.empty()) {
        auto const reread = xapi::read_statement(boost::json::parse(boost::json::serialize(statement.content)), "", again);
        fuzz::must(again.empty() && reread.canonical() == statement.canonical());
    }
    return 0;
}
