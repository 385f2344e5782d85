// Numbers of people and organisations: one that holds still holds when it is read as it was stored.
#include "lib/identity.hpp"
#include "fuzz/must.hpp"

using namespace concentric;

template <class Check> static void stays(Check const& check, std::string_view written)
{
    if (auto const first = check(written)) {
        auto const again = check(first.number);
        fuzz::must(again && again.number == first.number);
    }
}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const written = fuzz::text_of(data, size);
    stays(lib::check_citizen_number, written);
    stays(lib::check_credit_code, written);
    stays(lib::check_mobile_phone, written);
    stays(lib::check_pupil_number, written);
    return 0;
}
