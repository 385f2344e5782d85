#pragma once

#include "modules/directory/words.hpp"
#include "modules/ledger/entries.hpp"

// Entries as people read them: with names, newest first, within the viewer's reach.
namespace concentric::ledger {

struct NamedPerson {
    PersonId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedPerson, (), (id, name))

struct NamedOrganisation {
    OrganisationId id;
    directory::OrganisationKind kind;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedOrganisation, (), (id, kind, name))

// Minutes that an entry does not bring, since another one of the same person has them: one minute counts once.
struct SharedMinutes {
    std::int64_t minutes = 0;
    std::optional<std::string> kind_name; // of the other one, for whoever may see it
    std::optional<Instant> happened_at;
};
BOOST_DESCRIBE_STRUCT(SharedMinutes, (), (minutes, kind_name, happened_at))

struct EntryView {
    EntryId id;
    std::string kind, kind_name;
    Instant happened_at, recorded_at;
    NamedPerson recorded_by;
    std::optional<NamedPerson> person, student;
    NamedOrganisation unit;
    std::optional<NamedOrganisation> resource;
    std::int64_t minutes = 0, count = 0;
    std::string source;
    std::optional<EntryId> reverses, reversed_by;
    std::optional<std::string> reason;
    std::optional<Json> data;
    std::vector<SharedMinutes> shared;
};
BOOST_DESCRIBE_STRUCT(EntryView, (),
    (id, kind, kind_name, happened_at, recorded_at, recorded_by, person, student, unit, resource, minutes, count, source, reverses,
        reversed_by, reason, data, shared))

// Which entries to list. Everything that is set must hold.
struct EntryFilter {
    std::optional<PersonId> about; // took part or was done for
    std::optional<OrganisationId> unit; // it or below it
    std::optional<OrganisationId> resource;
    std::vector<std::string> kinds; // patterns of a plan
    std::optional<Day> from, to; // both included
    std::optional<std::string> after; // a page's `next`
    std::int64_t limit = 50;
    bool own_family = false; // instead of the viewer's reach: entries about the viewer and their children
    bool is_opened = false; // the file of whom it is about was opened by right: names are told
};
Page<EntryView> list(Call& call, EntryFilter const& filter);

// The entry with its names; 404 when it is not within reach.
EntryView view_of(Call& call, EntryId id);
// The same for many, in the order asked, without asking for reach: for whoever has just written them.
std::vector<EntryView> views_of(Call& call, std::span<EntryId const> ids);

// The entries of the filter as a sheet, at most 50,000.
Download sheet(Call& call, EntryFilter filter);

Routes view_routes();

} // namespace concentric::ledger
