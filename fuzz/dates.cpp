// Dates as people write them: what is understood is a day that exists, and says the same when it is written out.
#include "lib/dates.hpp"
#include "fuzz/must.hpp"

using namespace concentric;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (auto const date = lib::parse_date(fuzz::text_of(data, size))) {
        fuzz::must(date->day == 0 || lib::is_real_day(date->year, date->month, date->day));
        fuzz::must(lib::parse_date(lib::to_text(*date)) == date);
    }
    return 0;
}
