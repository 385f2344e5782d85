#pragma once

#include "core/error.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What an event can be: every kind of the ledger that an organisation holds and people attend, live sessions, consultations, and
// what people do for others: pupils' service, volunteering, a parent who teaches.
namespace concentric::activities {

// Whom a kind can be for: of pupils' service the hours are a pupil's, of volunteering a carer's or a teacher's.
enum class Comers { anybody, pupils, adults };
BOOST_DESCRIBE_ENUM(Comers, anybody, pupils, adults)

struct ActivityKind {
    std::string name; // "guidance", of held.guidance and attended.guidance
    Words words;
    std::string held; // the entry of the organisation; empty where there is none
    std::string attended; // the entry of each who came; empty where only those with a role have one
    std::string taught{}; // the entry of each who taught there
    Comers comers = Comers::anybody;
    bool travels = false; // pupils leave the school
    bool has_slots() const { return attended == "consultation.held"; }
    // The entry of whoever helped at it.
    std::string_view helped() const { return comers == Comers::adults ? std::string_view() : "volunteer.other"; }
    // What pupils do for others: it counts for them alone, and nobody holds it.
    bool is_service() const { return attended.starts_with("service."); }
};

// What is told to everybody on a public page.
inline constexpr std::string_view open_day_kind = "open_day";

// From the catalogue of entry kinds, so that a kind added there is an event here.
std::span<ActivityKind const> kinds();
// The kind of that name, or nullptr.
ActivityKind const* find_kind(std::string_view name);
Words words_of(std::string_view kind);

} // namespace concentric::activities
