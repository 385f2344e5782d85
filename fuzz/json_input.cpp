// A request's body: what is read into a struct is written out, and read again as the same.
#include "core/error.hpp"
#include "core/fields.hpp"
#include "fuzz/must.hpp"

using namespace concentric;

namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Part {
    Text<1, 10> name;
    std::optional<std::int64_t> number;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, number))

struct Input {
    std::int64_t whole = 0;
    Within<-5, 5> small;
    bool truth = false;
    double real = 0;
    std::string text;
    PersonId person;
    std::optional<Phone> phone;
    std::optional<IdentityNumber> identity_number;
    std::optional<Day> day;
    std::optional<Instant> at;
    Colour colour = Colour::red;
    std::vector<Part> parts;
    Json rest;
};
BOOST_DESCRIBE_STRUCT(Input, (), (whole, small, truth, real, text, person, phone, identity_number, day, at, colour, parts, rest))

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    try {
        auto const written = to_json(reflect::from_json<Input>(fuzz::text_of(data, size)));
        fuzz::must(to_json(reflect::from_json<Input>(written)) == written);
    } catch (ApiError const& error) {
        fuzz::must(error.kind == ErrorKind::malformed || error.kind == ErrorKind::invalid);
    }
    return 0;
}
