#pragma once

#include "modules/plan/plan.hpp"

// A plan file as it is written: values with their places, and the faults found in them.
namespace concentric::plan {

// Line and column of a character, both from 1; a Chinese character is one column.
struct Place {
    int line = 1;
    int column = 1;
    auto operator<=>(Place const&) const = default;
};

struct Member;

// A value of the file. `broken` has been reported already and must raise no further fault.
struct Value {
    enum class Kind { text, whole, real, boolean, day, list, table, moment, broken };
    Kind kind = Kind::broken;
    Place place;
    std::string text;
    double number = 0; // of a whole or real number
    bool truth = false;
    Day day;
    std::vector<Value> items;
    std::vector<Member> members;

    bool is_number() const { return kind == Kind::whole || kind == Kind::real; }
};

struct Member {
    std::string key;
    Place place; // of the key
    Value value;
};

// The value as a person would find it in the file, cut where it is long.
std::string shown(Value const& value);

// All faults of one file.
class Faults {
public:
    explicit Faults(std::string file) : file_(std::move(file)) { }

    void add(Place place, std::string at, std::string found, Words expected, Words words);
    // "此处应为……，却是……。" / "This must be …, not …."
    void wrong(Value const& value, std::string at, Words expected);

    std::size_t count() const { return faults_.size(); }
    std::vector<Fault> in_order();

private:
    std::string file_;
    std::vector<Fault> faults_;
};

// The whole file as one table; nothing when it is not TOML, which is then the only fault besides days that do not exist.
std::optional<Value> read_document(std::string text, Faults& faults);

} // namespace concentric::plan
