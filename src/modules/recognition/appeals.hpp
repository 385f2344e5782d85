#pragma once

#include "core/route.hpp"
#include "modules/recognition/tables.hpp"

// Appeals (申诉) against points: by whoever they belong to, within a term; answered with reasons, within another.
namespace concentric::recognition {

// What brings an appeal; demo data too.
AppealRow appeal(Call&, PersonId, std::int64_t rule, EntryId entry, std::string const& text);

Routes appeal_routes();

} // namespace concentric::recognition
