#pragma once

#include "core/db.hpp"

#include <libpq-fe.h>

#include <deque>

// Arguments as libpq wants them. Only for the database layer itself.
namespace concentric::db {

// Types as the server numbers them (pg_type.h).
constexpr Oid bool_type = 16, int8_type = 20, int2_type = 21, int4_type = 23, text_type = 25, float8_type = 701;

// Those of a statement: numbers in binary, texts as they are.
class Arguments {
public:
    // Of one execution.
    Arguments(std::span<Value const> values, std::vector<Oid> const& types);
    // Of many executions in one: each parameter is the array of all its values. Only where fit_arrays() says so.
    static Arguments arrays(std::span<Value const> values, std::vector<Oid> const& types);

    int count() const { return static_cast<int>(pointers_.size()); }
    char const* const* pointers() const { return pointers_.data(); }
    int const* lengths() const { return lengths_.data(); }
    int const* formats() const { return formats_.data(); }

private:
    Arguments() = default;
    void push(char const* data, std::size_t length, int format);
    void put(Value const& value, Oid type, std::size_t at);

    std::vector<std::array<char, 8>> numbers_;
    std::deque<std::string> texts_;
    std::vector<char const*> pointers_;
    std::vector<int> lengths_, formats_;
};

// Whether all values can stand in arrays of these types: whole numbers, real ones and texts where each belongs.
bool fit_arrays(std::span<Value const> values, std::vector<Oid> const& types);

std::string array_text(IntegerList list);

} // namespace concentric::db
