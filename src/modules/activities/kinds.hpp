#pragma once

#include "core/error.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What an event can be: every kind of the ledger that an organisation holds and people attend, live sessions, and consultations.
namespace concentric::activities {

struct ActivityKind {
    std::string name; // "guidance", of held.guidance and attended.guidance
    Words words;
    std::string held; // the entry of the organisation; empty where there is none
    std::string attended; // the entry of each who came
    bool has_slots() const { return attended == "consultation.held"; }
    // What pupils do for others: it counts for them alone, and nobody holds it.
    bool is_service() const { return attended.starts_with("service."); }
};

// From the catalogue of entry kinds, so that a kind added there is an event here.
std::span<ActivityKind const> kinds();
// The kind of that name, or nullptr.
ActivityKind const* find_kind(std::string_view name);
Words words_of(std::string_view kind);

} // namespace concentric::activities
