#include "lib/csv_reader.hpp"

#include "lib/encoding.hpp"
#include "lib/row_buffer.hpp"
#include "lib/sheet_errors.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

namespace concentric::lib {
namespace {

constexpr auto all_rows = std::numeric_limits<std::size_t>::max();

// Cuts a text into rows and fields. `Sink` has field(column, text) and end_row(number); empty rows count.
template <typename Sink> class Splitter {
public:
    Splitter(std::string_view text, char delimiter, Sink& sink) : text_(text), sink_(sink)
    {
        ends_.fill(false);
        for (auto const end : {delimiter, '\r', '\n'})
            ends_[static_cast<unsigned char>(end)] = true;
        delimiter_ = delimiter;
    }

    void split(std::size_t rows = all_rows)
    {
        for (std::size_t row = 1; row <= rows && at_ < text_.size(); ++row) {
            split_row();
            sink_.end_row(row);
        }
    }

private:
    void split_row()
    {
        for (std::size_t column = 0;; ++column) {
            sink_.field(column, next_field());
            if (at_ >= text_.size() || text_[at_] != delimiter_)
                break;
            ++at_;
        }
        skip_line_end();
    }

    std::string_view next_field() { return at_ < text_.size() && text_[at_] == '"' ? quoted() : plain(); }

    std::string_view plain()
    {
        auto const start = at_;
        while (at_ < text_.size() && !ends_[static_cast<unsigned char>(text_[at_])])
            ++at_;
        return text_.substr(start, at_ - start);
    }

    // A view into the text where it can be, else into `unquoted_`: doubled quotes, or letters behind the closing one.
    std::string_view quoted()
    {
        auto const opening = at_;
        auto const closing = find_quote(opening + 1, opening);
        auto const inside = text_.substr(opening + 1, closing - opening - 1);
        at_ = closing + 1;
        if (at_ >= text_.size() || ends_[static_cast<unsigned char>(text_[at_])])
            return inside;
        unquoted_ = inside;
        while (at_ < text_.size() && text_[at_] == '"') {
            auto const next = find_quote(at_ + 1, opening);
            unquoted_ += text_.substr(at_, next - at_);
            at_ = next + 1;
        }
        unquoted_ += plain();
        return unquoted_;
    }

    std::size_t find_quote(std::size_t from, std::size_t opening) const
    {
        auto const found = text_.find('"', from);
        if (found == std::string_view::npos)
            throw unclosed_quote(text_, opening);
        return found;
    }

    void skip_line_end()
    {
        if (at_ < text_.size() && text_[at_] == '\r')
            ++at_;
        if (at_ < text_.size() && text_[at_] == '\n')
            ++at_;
    }

    std::string_view text_;
    Sink& sink_;
    char delimiter_;
    std::array<bool, 256> ends_;
    std::size_t at_ = 0;
    std::string unquoted_;
};

// How evenly a delimiter parts the first rows.
struct Evenness {
    std::map<std::size_t, std::size_t> rows_by_fields;
    std::size_t fields = 0;

    void field(std::size_t column, std::string_view) { fields = column + 1; }

    void end_row(std::size_t)
    {
        if (fields > 1)
            ++rows_by_fields[fields];
    }

    // Rows that agree first, then fields.
    std::pair<std::size_t, std::size_t> score() const
    {
        std::pair<std::size_t, std::size_t> best;
        for (auto const& [count, rows] : rows_by_fields)
            best = std::max(best, {rows, count});
        return best;
    }
};

Evenness look_at(std::string_view text, char delimiter)
{
    constexpr std::size_t rows_to_look_at = 20;
    Evenness evenness;
    try {
        Splitter(text, delimiter, evenness).split(rows_to_look_at);
    } catch (SheetError const&) {
        // What is a quote hangs on the delimiter; the right one may do without this complaint.
        return {};
    }
    return evenness;
}

char find_delimiter(std::string_view text)
{
    char best = ',';
    std::pair<std::size_t, std::size_t> best_score;
    for (auto const delimiter : {',', '\t', ';'}) {
        if (auto const score = look_at(text, delimiter).score(); score > best_score) {
            best = delimiter;
            best_score = score;
        }
    }
    return best;
}

// Excel saves an identity number in a column of numbers as 5.10164E+17.
bool is_shortened_number(std::string_view text)
{
    auto const exponent = text.find("E+");
    return exponent != std::string_view::npos && exponent > 0 && text.find_first_not_of("0123456789.") == exponent
        && text.find_first_not_of("0123456789", exponent + 2) == std::string_view::npos;
}

std::string_view without_guards(std::string_view text)
{
    if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"'))
        return text.substr(2, text.size() - 3);
    if (text.size() >= 2 && text[0] == '\'' && std::string_view("=+-@\t\r").find(text[1]) != std::string_view::npos)
        return text.substr(1);
    return text;
}

struct ToRows {
    RowBuffer& rows;

    void field(std::size_t column, std::string_view text)
    {
        auto const value = without_guards(text);
        rows.put(column, value, Cell::Kind::text, value.size() <= 30 && is_shortened_number(value));
    }

    void end_row(std::size_t number) { rows.end_row(number); }
};

} // namespace

void read_csv(std::string_view bytes, Limits const& limits, std::function<void(Row const&)> const& on_row)
{
    if (bytes.size() > limits.bytes)
        throw too_many_bytes(limits.bytes);
    std::string storage;
    auto const text = decode(bytes, storage);
    RowBuffer rows(limits, on_row);
    rows.begin_sheet(0, "");
    ToRows to_rows{rows};
    Splitter(text, find_delimiter(text), to_rows).split();
}

} // namespace concentric::lib
