#include "lib/compare_names.hpp"

#include "lib/text.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <vector>

namespace concentric::lib {
namespace {

bool opens_bracket(char32_t character)
{
    return std::u32string_view(U"([{<【〔〖《「『").find(character) != std::u32string_view::npos;
}

bool closes_bracket(char32_t character)
{
    return std::u32string_view(U")]}>】〕〗》」』").find(character) != std::u32string_view::npos;
}

bool is_word(char32_t character) { return u_isalnum(static_cast<UChar32>(character)); }

enum class Brackets { dropped, kept };

std::string words_of(std::string_view heading, Brackets brackets)
{
    std::string words;
    int depth = 0;
    for (std::size_t at = 0; at < heading.size();) {
        auto const character = fold_width(next_character(heading, at));
        if (opens_bracket(character))
            ++depth;
        else if (closes_bracket(character))
            depth = std::max(depth - 1, 0);
        else if (is_word(character) && (depth == 0 || brackets == Brackets::kept))
            append_character(words, static_cast<char32_t>(u_tolower(static_cast<UChar32>(character))));
    }
    return words;
}

std::u32string characters_of(std::string_view text)
{
    std::u32string characters;
    for (std::size_t at = 0; at < text.size();)
        characters += next_character(text, at);
    return characters;
}

// Levenshtein's distance, one row at a time.
std::size_t edits_between(std::u32string_view one, std::u32string_view other)
{
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i)
        row[i] = i;
    for (auto const character : one) {
        auto diagonal = row[0]++;
        for (std::size_t i = 1; i < row.size(); ++i) {
            auto const replaced = diagonal + (character == other[i - 1] ? 0 : 1);
            diagonal = row[i];
            row[i] = std::min({replaced, row[i] + 1, row[i - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

std::string canonical_heading(std::string_view heading)
{
    auto words = words_of(heading, Brackets::dropped);
    return words.empty() ? words_of(heading, Brackets::kept) : words;
}

double heading_similarity(std::string_view one, std::string_view other)
{
    // A heading is a few words; a pasted paragraph is not worth a quadratic comparison.
    constexpr std::size_t longest_heading = 100;
    auto const left = characters_of(canonical_heading(one)), right = characters_of(canonical_heading(other));
    auto const length = std::max(left.size(), right.size());
    if (length == 0 || length > longest_heading)
        return 0;
    return 1 - static_cast<double>(edits_between(left, right)) / static_cast<double>(length);
}

} // namespace concentric::lib
