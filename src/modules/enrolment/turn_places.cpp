#include "modules/enrolment/turn_places.hpp"

#include "lib/pinyin.hpp"
#include "lib/sheets.hpp"
#include "modules/directory/class_label.hpp"
#include "modules/directory/posts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace concentric::enrolment {
namespace {

struct LoadPlaces {
    TurnId id;
    std::optional<Text<1, 200>> file_name; // for the audit log
};
BOOST_DESCRIBE_STRUCT(LoadPlaces, (), (id, file_name))

struct RowFault {
    std::int64_t row = 0;
    std::string found, message;
};
BOOST_DESCRIBE_STRUCT(RowFault, (), (row, found, message))

// With faults nothing is taken in.
struct PlacesLoaded {
    std::int64_t placed = 0;
    std::vector<RowFault> faults;
};
BOOST_DESCRIBE_STRUCT(PlacesLoaded, (), (placed, faults))

enum class Column { student_number, name, old_class, new_class, none };

Column column_named(std::string_view heading)
{
    struct Heading {
        Column column;
        std::string_view word;
    };
    static constexpr Heading headings[]{{Column::student_number, "学籍号"}, {Column::student_number, "pupilnumber"},
        {Column::name, "姓名"}, {Column::name, "name"}, {Column::old_class, "原班级"}, {Column::old_class, "classbefore"},
        {Column::new_class, "新班级"}, {Column::new_class, "新班号"}, {Column::new_class, "班号"},
        {Column::new_class, "classafter"}, {Column::new_class, "newclass"}};
    auto const folded = lib::search_fold(heading);
    for (auto const& known : headings)
        if (folded == lib::search_fold(known.word))
            return known.column;
    return Column::none;
}

struct Line {
    std::int64_t row = 0;
    std::string student_number, name, old_class, new_class;
};

struct List {
    std::vector<Line> lines;
    bool has_headings = false;
};

class ListReader {
public:
    List read(std::string_view bytes)
    {
        try {
            lib::read_sheets(bytes, {8U << 20, 100'000, 60, 20}, [this](lib::Row const& row) { take(row); });
        } catch (lib::SheetError const& error) {
            throw ApiError(ErrorKind::invalid, {error.zh, error.en});
        }
        return std::move(list_);
    }

private:
    void take(lib::Row const& row)
    {
        if (row.sheet != sheet_) {
            sheet_ = row.sheet;
            columns_.clear();
        }
        if (columns_.empty())
            return find_headings(row);
        Line line;
        line.row = static_cast<std::int64_t>(row.number);
        for (std::size_t i = 0; i < row.cells.size() && i < columns_.size(); ++i)
            if (auto* const field = field_of(line, columns_[i]))
                *field = row.cells[i].text;
        if (!line.new_class.empty())
            list_.lines.push_back(std::move(line));
    }

    void find_headings(lib::Row const& row)
    {
        std::vector<Column> columns;
        for (auto const& cell : row.cells)
            columns.push_back(column_named(cell.text));
        auto const has = [&](Column column) { return std::find(columns.begin(), columns.end(), column) != columns.end(); };
        if (!has(Column::new_class) || (!has(Column::name) && !has(Column::student_number)))
            return;
        columns_ = std::move(columns);
        list_.has_headings = true;
    }

    static std::string* field_of(Line& line, Column column)
    {
        switch (column) {
        case Column::student_number: return &line.student_number;
        case Column::name: return &line.name;
        case Column::old_class: return &line.old_class;
        case Column::new_class: return &line.new_class;
        case Column::none: break;
        }
        return nullptr;
    }

    std::size_t sheet_ = 0;
    std::vector<Column> columns_;
    List list_;
};

// Finds pupils by number, else by name among those of a class, else by a name that only one has.
class Pupils {
public:
    Pupils(Call& call, TurnRow const& turn)
    {
        auto const whole = path_of_turn(call, turn);
        auto const path = whole.starts_with(call.viewer.path) ? whole : call.viewer.path;
        for (auto& pupil : directory::pupils_below(call, path)) {
            if (!pupil.student_number.empty())
                by_number_[pupil.student_number] = pupil.id;
            enter(pupil.name, pupil.id);
            enter(pupil.name + "/" + lib::search_fold(pupil.class_name), pupil.id);
        }
    }

    std::optional<PersonId> find(Line const& line) const
    {
        if (!line.student_number.empty()) {
            auto const found = by_number_.find(line.student_number);
            return found == by_number_.end() ? std::nullopt : std::optional(found->second);
        }
        auto const key = line.old_class.empty() ? line.name : line.name + "/" + lib::search_fold(line.old_class);
        auto const found = by_name_.find(key);
        return found == by_name_.end() || !found->second ? std::nullopt : std::optional(found->second);
    }

private:
    // Namesakes are nobody: what a name means must not be guessed.
    void enter(std::string const& key, PersonId id)
    {
        if (auto const [place, is_new] = by_name_.try_emplace(key, id); !is_new && place->second != id)
            place->second = {};
    }

    std::unordered_map<std::string, PersonId> by_number_, by_name_;
};

PlacesLoaded load(Call& call, LoadPlaces const& input)
{
    auto row = reached_turn(call, input.id);
    begin_choice(call, row);
    auto const list = ListReader().read(call.body);
    if (!list.has_headings)
        throw invalid("file", "headings",
            {"表中要有“姓名”或“学籍号”一列，以及“新班级”一列。",
                "The sheet needs a column Name or Pupil number and a column New class."});
    Pupils const pupils(call, row);
    PlacesLoaded loaded;
    std::vector<ListPlace> places;
    for (auto const& line : list.lines) {
        auto const pupil = pupils.find(line);
        auto const label = directory::read_class_label("", line.new_class, static_cast<int>(row.school_year), "");
        if (!pupil)
            loaded.faults.push_back({line.row, line.name + line.student_number,
                call.say({"找不到这名学生，或者有重名；请填写学籍号。",
                    "No such pupil, or several of this name; give the pupil number."})});
        else if (label.number == 0)
            loaded.faults.push_back({line.row, line.new_class, call.say({"看不出是几班。", "This names no class number."})});
        else
            places.push_back({*pupil, label.number});
    }
    if (!loaded.faults.empty())
        return loaded;
    db::Batch batch;
    for (auto const& place : places)
        batch.add(call.county, row.id, place.student, place.number);
    batch.run(call.db,
        "INSERT INTO turn_places (county, turn, student, number) VALUES ($1, $2, $3, $4) ON CONFLICT (county, turn, student) "
        "DO UPDATE SET number = excluded.number");
    loaded.placed = static_cast<std::int64_t>(places.size());
    call.audit_detail = fmt::format(R"({{"placed":{}}})", loaded.placed);
    return loaded;
}

Nothing clear(Call& call, OneTurn const& input)
{
    auto row = owned_turn(call, input.id);
    begin_choice(call, row);
    call.db.execute("DELETE FROM turn_places WHERE county = $1 AND turn = $2", call.county, row.id);
    return {};
}

} // namespace

Routes turn_place_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/turns/{id}/places", manage_enrolment, "turn_places_load",
            "Takes in a list of pupils and their new classes", load)
            .with_file(),
        route(Verb::del, "/api/turns/{id}/places", manage_enrolment, "turn_places_clear", "Forgets the lists that were brought",
            clear),
    };
}

} // namespace concentric::enrolment
