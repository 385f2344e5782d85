#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Finds passages that two texts share (查重), whatever their punctuation, width and case, in Chinese as in English.
namespace concentric::lib {

// Shorter passages are nobody's property.
inline constexpr std::size_t shortest_shared = 16; // characters
// Of so many consecutive places one fingerprint is kept: a passage of `surely_found` characters or more that two texts share
// leaves a common fingerprint in both. Source: Schleimer, Wilkerson and Aiken, Winnowing (SIGMOD 2003).
inline constexpr std::size_t fingerprint_window = 40;
inline constexpr std::size_t surely_found = shortest_shared + fingerprint_window - 1;
// Longer quotations are not left out: a text that quotes everything is nobody's own.
inline constexpr std::size_t longest_quotation = 300;

struct SharedPassage {
    std::size_t begin = 0, end = 0; // bytes of the first text
    std::size_t other_begin = 0, other_end = 0; // bytes of the second
    std::size_t characters = 0; // that are compared
};

// A text as it is compared: letters, digits and Chinese characters only, without quotations. Keeps sixteen bytes a character.
class ComparableText {
public:
    explicit ComparableText(std::string_view text);

    // Takes away what this text shares with another one, such as the template that it was written into.
    void leave_out(ComparableText const& other);
    // How many characters are compared.
    std::size_t size() const;
    // A few of the text's many fingerprints, always the same ones, each once and ascending; none is negative.
    std::vector<std::int64_t> fingerprints() const;
    // Every passage of `shortest_shared` characters or more that stands in the other text too, in the order of this one and
    // without overlap.
    std::vector<SharedPassage> shared_with(ComparableText const& other) const;

private:
    struct Place {
        char32_t character = 0; // 0: something was left out here
        std::uint32_t begin = 0, end = 0; // bytes
    };
    void add(std::string_view text, std::size_t& at);
    std::vector<std::uint64_t> hashes() const;
    std::size_t run(std::size_t at, ComparableText const& other, std::size_t other_at) const;

    std::vector<Place> places_;
};

} // namespace concentric::lib
