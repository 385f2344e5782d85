#pragma once

#include "core/db.hpp"

#include <fmt/format.h>

#include <deque>

// For a statement that is put together from fixed texts by what somebody asked: what they gave only ever goes in as a value.
namespace concentric::db {

class Parameters {
public:
    // Gives the value's place in the statement, such as "$3".
    std::string add(std::int64_t value) { return place_of(value); }
    std::string add(std::string value) { return place_of(std::string_view(texts_.emplace_back(std::move(value)))); }

    // The rows of the statement, with the values that were added up to now.
    template <class Row> std::vector<Row> rows(Connection& db, std::string const& statement) const
    {
        std::vector<Row> found;
        Sink const sink = Connection::sink_of(found);
        db.run(statement, values_, &sink);
        return found;
    }

private:
    std::string place_of(Value value)
    {
        values_.push_back(value);
        return fmt::format("${}", values_.size());
    }

    std::vector<Value> values_;
    std::deque<std::string> texts_; // stay where they are
};

} // namespace concentric::db
