#include "lib/field_merge.hpp"

#include <algorithm>

namespace concentric::lib {
namespace {

bool is_replaced(FieldEdit const& edit, std::string const& field, std::span<FieldEdit const> edits)
{
    return std::ranges::any_of(edits, [&](FieldEdit const& other) {
        return other.id != edit.id && other.fields.contains(field) && std::ranges::find(other.saw, edit.id) != other.saw.end();
    });
}

// By the clocks of those who wrote, which may be wrong but are the same in every order of arrival.
std::vector<FieldEdit const*> latest_first(std::span<FieldEdit const> edits)
{
    std::vector<FieldEdit const*> order;
    for (auto const& edit : edits)
        order.push_back(&edit);
    std::ranges::sort(order, [](auto const* one, auto const* other) {
        return std::pair(one->written_at, one->id) > std::pair(other->written_at, other->id);
    });
    return order;
}

} // namespace

MergedFields merged(std::span<FieldEdit const> edits)
{
    MergedFields result;
    for (auto const* edit : latest_first(edits))
        for (auto const& [field, value] : edit->fields) {
            if (!value || is_replaced(*edit, field, edits))
                continue;
            auto& choices = result[field];
            if (std::ranges::find(choices, *value, &FieldChoice::value) == choices.end())
                choices.push_back({edit->id, *value});
        }
    return result;
}

void drop_replaced(std::span<FieldEdit> edits)
{
    for (auto& edit : edits)
        for (auto& [field, value] : edit.fields)
            if (value && is_replaced(edit, field, edits))
                value.reset();
}

} // namespace concentric::lib
