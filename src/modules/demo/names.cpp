#include "modules/demo/names.hpp"

#include "lib/text.hpp"

#include <algorithm>
#include <vector>

namespace concentric::demo {

static std::vector<unsigned> summed_weights()
{
    std::vector<unsigned> sums;
    for (auto const& surname : surnames())
        sums.push_back((sums.empty() ? 0 : sums.back()) + surname.weight);
    return sums;
}

std::string_view a_surname(Random& random)
{
    static std::vector<unsigned> const sums = summed_weights();
    auto const drawn = random.below(sums.back());
    auto const found = std::upper_bound(sums.begin(), sums.end(), drawn);
    return surnames()[static_cast<std::size_t>(found - sums.begin())].text;
}

std::string a_name(Random& random, std::string_view surname, Generation generation, Sex sex)
{
    constexpr double share_of_rare = 0.003;
    auto const& given = given_names(generation, sex);
    std::string name(surname);
    if (!given.whole.empty() && random.chance(0.25))
        return name.append(random.pick(given.whole));
    lib::append_character(name, random.pick(given.characters));
    if (!random.chance(given.single))
        lib::append_character(name, random.chance(share_of_rare) ? random.pick(rare_characters()) : random.pick(given.characters));
    return name;
}

} // namespace concentric::demo
