#include "lib/originality.hpp"

#include "lib/each_once.hpp"
#include "lib/text.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace concentric::lib {
namespace {

// Odd, so that no character is lost in the highest bits.
constexpr std::uint64_t base = 0x9E3779B97F4A7C15;

// Of polynomial hashes neighbours are alike; which one is kept has to be chance. Source: Steele and others, SplitMix64 (2014).
std::uint64_t mixed(std::uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
    return value ^ (value >> 31);
}

char32_t closing(char32_t opening)
{
    switch (opening) {
    case U'“': return U'”';
    case U'「': return U'」';
    case U'『': return U'』';
    case U'"': return U'"';
    default: return 0;
    }
}

// Where the quotation that begins before `at` ends; 0 where it does not, or is too long to be one.
std::size_t end_of_quotation(std::string_view text, std::size_t at, char32_t mark)
{
    for (std::size_t count = 0; at < text.size() && count <= longest_quotation; ++count)
        if (next_character(text, at) == mark)
            return at;
    return 0;
}

} // namespace

ComparableText::ComparableText(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();)
        add(text, at);
}

void ComparableText::add(std::string_view text, std::size_t& at)
{
    auto const begin = at;
    auto const character = next_character(text, at);
    if (auto const mark = closing(character))
        if (auto const end = end_of_quotation(text, at, mark)) {
            at = end;
            places_.push_back({0, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
            return;
        }
    auto const folded = static_cast<UChar32>(fold_width(character));
    if (u_isalnum(folded))
        places_.push_back({static_cast<char32_t>(u_foldCase(folded, U_FOLD_CASE_DEFAULT)), static_cast<std::uint32_t>(begin),
            static_cast<std::uint32_t>(at)});
}

std::size_t ComparableText::size() const
{
    return static_cast<std::size_t>(std::ranges::count_if(places_, [](Place const& place) { return place.character != 0; }));
}

// Of every place with `shortest_shared` characters that follow each other; 0 for others.
std::vector<std::uint64_t> ComparableText::hashes() const
{
    std::vector<std::uint64_t> found(places_.size(), 0);
    std::uint64_t leaving = 1; // the weight of the character that leaves
    for (std::size_t i = 0; i + 1 < shortest_shared; ++i)
        leaving *= base;
    std::uint64_t hash = 0;
    std::size_t length = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        if (places_[i].character == 0) {
            hash = length = 0;
            continue;
        }
        if (length == shortest_shared)
            hash -= leaving * places_[i - shortest_shared].character;
        else
            ++length;
        hash = hash * base + places_[i].character;
        if (length == shortest_shared)
            found[i + 1 - shortest_shared] = std::max<std::uint64_t>(mixed(hash), 1);
    }
    return found;
}

std::vector<std::int64_t> ComparableText::fingerprints() const
{
    auto const all = hashes();
    std::vector<std::int64_t> kept;
    std::deque<std::size_t> least; // places of a window whose hashes ascend: the first one is the least
    std::size_t run_length = 0; // places with a hash that follow each other
    auto const keep = [&] { kept.push_back(static_cast<std::int64_t>(all[least.front()] >> 1)); };
    for (std::size_t i = 0; i <= all.size(); ++i) {
        if (i == all.size() || all[i] == 0) {
            if (run_length > 0 && run_length < fingerprint_window)
                keep(); // a piece that fills no window leaves one all the same
            least.clear();
            run_length = 0;
            continue;
        }
        while (!least.empty() && all[least.back()] >= all[i])
            least.pop_back();
        least.push_back(i);
        if (least.front() + fingerprint_window <= i)
            least.pop_front();
        if (++run_length >= fingerprint_window)
            keep();
    }
    return each_once(std::move(kept));
}

std::size_t ComparableText::run(std::size_t at, ComparableText const& other, std::size_t other_at) const
{
    std::size_t length = 0;
    while (at + length < places_.size() && other_at + length < other.places_.size() && places_[at + length].character != 0
        && places_[at + length].character == other.places_[other_at + length].character)
        ++length;
    return length;
}

std::vector<SharedPassage> ComparableText::shared_with(ComparableText const& other) const
{
    constexpr std::size_t most_places = 8; // of one hash; more are a text that repeats itself
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> places;
    auto const theirs = other.hashes(), own = hashes();
    for (std::size_t i = 0; i < theirs.size(); ++i)
        if (theirs[i] != 0)
            if (auto& list = places[theirs[i]]; list.size() < most_places)
                list.push_back(i);
    std::vector<SharedPassage> passages;
    for (std::size_t at = 0; at < own.size();) {
        std::size_t longest = 0, best = 0;
        if (auto const found = places.find(own[at]); own[at] != 0 && found != places.end())
            for (auto const other_at : found->second)
                if (auto const length = run(at, other, other_at); length > longest) {
                    longest = length;
                    best = other_at;
                }
        if (longest >= shortest_shared)
            passages.push_back({places_[at].begin, places_[at + longest - 1].end, other.places_[best].begin,
                other.places_[best + longest - 1].end, longest});
        at += longest >= shortest_shared ? longest : 1;
    }
    return passages;
}

void ComparableText::leave_out(ComparableText const& other)
{
    auto place = places_.begin();
    for (auto const& passage : shared_with(other))
        for (; place != places_.end() && place->begin < passage.end; ++place)
            if (place->begin >= passage.begin)
                place->character = 0;
}

} // namespace concentric::lib
