#include "lib/pinyin.hpp"

#include "lib/text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace concentric::lib {
namespace {

// ICU needs 10 µs and a lock for a character, so every answer is kept: up to seven ASCII letters in one atomic word,
// lowest byte first, and a mark in the highest byte that the character has been asked for.
constexpr std::uint64_t known = 0x8000'0000'0000'0000;

std::uint64_t pack(std::string_view letters)
{
    std::uint64_t packed = known;
    for (std::size_t i = 0; i < letters.size() && i < 7; ++i)
        packed |= static_cast<std::uint64_t>(letters[i]) << (8 * i);
    return packed;
}

std::string unpack(std::uint64_t packed)
{
    std::string letters;
    for (packed &= ~known; packed != 0; packed >>= 8)
        letters += static_cast<char>(packed & 0xFF);
    return letters;
}

// "lǚ" → "lv", as it is typed on a keyboard.
std::string to_keyboard_letters(icu::UnicodeString const& latin)
{
    auto status = U_ZERO_ERROR;
    auto const decomposed = icu::Normalizer2::getNFDInstance(status)->normalize(latin, status);
    std::string letters;
    for (int i = 0; i < decomposed.length(); ++i) {
        auto const unit = decomposed.charAt(i);
        if (unit >= 'a' && unit <= 'z')
            letters += static_cast<char>(unit);
        else if (unit == 0x308 && letters.ends_with('u'))
            letters.back() = 'v';
    }
    return letters;
}

// One of ICU's sets of readings; it is loaded (0.2 s, some megabytes) when the first character is asked for.
class Readings {
public:
    explicit Readings(char const* transliteration) : transliteration_(transliteration) { }

    std::string of(char32_t character)
    {
        if (character >= kept_.size())
            return {};
        auto packed = kept_[character].load(std::memory_order_relaxed);
        if (packed == 0)
            packed = look_up(character);
        return unpack(packed);
    }

private:
    std::uint64_t look_up(char32_t character)
    {
        std::lock_guard const lock(mutex_);
        if (!transliterator_)
            transliterator_ = load();
        icu::UnicodeString latin(static_cast<UChar32>(character));
        transliterator_->transliterate(latin);
        auto const packed = pack(to_keyboard_letters(latin));
        kept_[character].store(packed, std::memory_order_relaxed);
        return packed;
    }

    std::unique_ptr<icu::Transliterator> load() const
    {
        auto status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> loaded(icu::Transliterator::createInstance(transliteration_, UTRANS_FORWARD, status));
        if (U_FAILURE(status) || !loaded)
            throw std::runtime_error("ICU has no transliteration from Han to Latin");
        return loaded;
    }

    char const* transliteration_;
    std::mutex mutex_;
    std::unique_ptr<icu::Transliterator> transliterator_;
    std::array<std::atomic<std::uint64_t>, 0x10000> kept_{};
};

Readings& of_words()
{
    static Readings readings("Han-Latin");
    return readings;
}

Readings& of_surnames()
{
    static Readings readings("Han-Latin/Names");
    return readings;
}

bool is_han(char32_t character)
{
    return character >= 0x3400 && u_hasBinaryProperty(static_cast<UChar32>(character), UCHAR_UNIFIED_IDEOGRAPH);
}

struct Spelling {
    std::string full;
    std::string initials;

    void add(std::string_view reading)
    {
        full += reading;
        initials += reading.substr(0, 1);
    }
};

std::string v_as_u(std::string reading)
{
    if (auto const v = reading.find('v'); v != std::string::npos)
        reading[v] = 'u';
    return reading;
}

// The first spelling reads the name as a name typed on a keyboard, the second as words and with u for ü.
void add_han(Spelling& as_name, Spelling& as_words, char32_t character)
{
    auto const word = of_words().of(character);
    as_name.add(as_name.full.empty() ? of_surnames().of(character) : word);
    as_words.add(v_as_u(word));
}

bool is_dropped(char32_t character)
{
    return is_blank(character) || character == 0xB7 || character == 0x2022 || character == 0x2027 || character == 0x30FB
        || character == 0xFF65;
}

char32_t fold(char32_t character) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(fold_width(character)))); }

void append_new(std::string& key, std::string const& word, std::string const& unlike)
{
    if (!word.empty() && word != unlike)
        key.append(key.empty() ? "" : " ").append(word);
}

} // namespace

std::string search_fold(std::string_view text)
{
    std::string folded;
    for (std::size_t at = 0; at < text.size();) {
        auto const character = next_character(text, at);
        if (!is_dropped(character))
            append_character(folded, fold(character));
    }
    return folded;
}

std::string search_key(std::string_view name)
{
    std::string folded;
    Spelling as_name, as_words;
    bool inside_word = false;
    for (std::size_t at = 0; at < name.size();) {
        auto const written = next_character(name, at);
        auto const character = fold(written);
        auto const is_letter = character < 0x80 && u_isalnum(static_cast<UChar32>(character));
        if (!is_dropped(written))
            append_character(folded, character);
        if (is_han(character))
            add_han(as_name, as_words, character);
        if (is_letter) {
            for (auto* spelling : {&as_name, &as_words}) {
                spelling->full += static_cast<char>(character);
                if (!inside_word)
                    spelling->initials += static_cast<char>(character);
            }
        }
        inside_word = is_letter;
    }
    auto key = folded;
    append_new(key, as_name.full, folded);
    append_new(key, as_name.initials, folded);
    append_new(key, as_words.full, as_name.full);
    append_new(key, as_words.initials, as_name.initials);
    return key;
}

} // namespace concentric::lib
