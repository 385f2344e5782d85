#include "modules/enrolment/dealing.hpp"

#include <algorithm>
#include <array>

namespace concentric::enrolment {

namespace {

class Hand {
public:
    explicit Hand(std::size_t classes) : sizes_(classes) { }

    void put(Dealt& pupil, std::size_t place)
    {
        pupil.class_ = place;
        ++sizes_[place][index(pupil.sex)];
        ++sizes_[place][3];
    }

    void put_where_fewest(Dealt& pupil)
    {
        auto const sex = index(pupil.sex);
        auto const fewest = std::min_element(sizes_.begin(), sizes_.end(),
            [sex](auto const& a, auto const& b) { return a[sex] != b[sex] ? a[sex] < b[sex] : a[3] < b[3]; });
        put(pupil, static_cast<std::size_t>(fewest - sizes_.begin()));
    }

private:
    static std::size_t index(directory::Sex sex) { return static_cast<std::size_t>(sex); }
    std::vector<std::array<std::int64_t, 4>> sizes_; // by sex, and together
};

} // namespace

void deal(std::span<Dealt> pupils, std::vector<std::int64_t> const& numbers)
{
    if (numbers.empty())
        return;
    Hand hand(numbers.size());
    for (auto& pupil : pupils)
        if (auto const found = std::find(numbers.begin(), numbers.end(), pupil.number); pupil.number && found != numbers.end())
            hand.put(pupil, static_cast<std::size_t>(found - numbers.begin()));
    for (auto const sex : {directory::Sex::female, directory::Sex::male, directory::Sex::unknown})
        for (auto& pupil : pupils)
            if (pupil.number == 0 && pupil.sex == sex)
                hand.put_where_fewest(pupil);
}

} // namespace concentric::enrolment
