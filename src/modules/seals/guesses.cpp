#include "modules/seals/guesses.hpp"

#include "modules/plan/catalogue.hpp"

#include <fmt/format.h>

namespace concentric::seals {
namespace {

constexpr std::int64_t greatest_number = 10'000;
constexpr std::int64_t earliest_moment = 1'000'000'000'000; // what is greater is a moment in milliseconds, or an identifier

// The row with one column changed to something else.
class Altered final : public db::RowView {
public:
    explicit Altered(db::RowView const& row) : row_(row) { }
    std::int64_t integer(int column) const override { return column == column_ ? number_ : row_.integer(column); }
    std::string_view text(int column) const override { return column == column_ ? std::string_view(text_) : row_.text(column); }
    void say(int column, std::int64_t number)
    {
        column_ = column;
        number_ = number;
    }
    void say(int column, std::string_view text)
    {
        column_ = column;
        text_ = text;
    }

private:
    db::RowView const& row_;
    int column_ = -1;
    std::int64_t number_ = 0;
    std::string text_;
};

class Guessing {
public:
    Guessing(crypto::Merkle& merkle, RowFormat const& format, db::RowView const& row, crypto::Digest const& sealed)
        : merkle_(merkle), format_(format), row_(row), sealed_(sealed), altered_(row)
    {
    }

    std::optional<Words> run()
    {
        for (int column = 2; column < static_cast<int>(format_.columns.size()); ++column)
            if (auto const before = format_.columns[static_cast<std::size_t>(column)].is_text ? text(column) : number(column))
                return words(column, *before);
        return std::nullopt;
    }

private:
    template <class Said> bool fits(int column, Said said)
    {
        altered_.say(column, said);
        bytes_.clear();
        format_.write(bytes_, altered_);
        return merkle_.leaf(bytes_) == sealed_;
    }

    std::optional<std::string> number(int column)
    {
        auto const now = row_.integer(column);
        for (std::int64_t guess = 0; guess <= greatest_number; ++guess)
            if (fits(column, guess))
                return std::to_string(guess);
        if (now < earliest_moment)
            return std::nullopt;
        for (auto const& [step, most] : {std::pair(std::int64_t{60'000}, 24 * 60), {std::int64_t{3'600'000}, 31 * 24}})
            for (std::int64_t times = -most; times <= most; ++times)
                if (fits(column, now + times * step))
                    return std::to_string(now + times * step);
        return std::nullopt;
    }

    std::optional<std::string> text(int column)
    {
        if (fits(column, std::string_view()))
            return "";
        if (format_.columns[static_cast<std::size_t>(column)].name == "kind")
            for (auto const& kind : plan::catalogue())
                if (fits(column, kind.name))
                    return std::string(kind.name);
        return std::nullopt;
    }

    Words words(int column, std::string const& before) const
    {
        auto const& [name, is_text] = format_.columns[static_cast<std::size_t>(column)];
        auto const now = is_text ? std::string(row_.text(column)) : std::to_string(row_.integer(column));
        return {fmt::format("{} 原为“{}”，现为“{}”。", name, before, now),
            fmt::format("{} was \"{}\" and is \"{}\".", name, before, now)};
    }

    crypto::Merkle& merkle_;
    RowFormat const& format_;
    db::RowView const& row_;
    crypto::Digest const& sealed_;
    Altered altered_;
    std::string bytes_;
};

} // namespace

Words what_differs(crypto::Merkle& merkle, RowFormat const& format, db::RowView const& row, crypto::Digest const& sealed)
{
    return Guessing(merkle, format, row, sealed)
        .run()
        .value_or(Words{"内容与封存时不同；改动较多，无法推算原值。",
            "It is not what was sealed; too much of it was changed to find out what it said."});
}

} // namespace concentric::seals
