#pragma once

#include "modules/imports/recognition.hpp"

// The imports of a county as they are stored, and the steps that they go through.
namespace concentric::imports {

enum class State { reading, mapping, matching, previewed, applying, applied, undoing, undone, failed };
BOOST_DESCRIBE_ENUM(State, reading, mapping, matching, previewed, applying, applied, undoing, undone, failed)

struct ImportRow {
    std::int64_t county = 0;
    ImportId id;
    std::string kind;
    OrganisationId organisation;
    std::string file_name, file_hash;
    std::int64_t file_size = 0;
    State state = State::reading;
    SealedText sheets = "[]", mapping, counts = "{}"; // JSON with samples of cells; `mapping` is empty until somebody chooses
    std::string preview_hash, report_hash; // of an undone import: what had to stay
    JobId job;
    PersonId created_by;
    Instant created_at;
    std::optional<Instant> applied_at, undone_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ImportRow, (),
    (county, id, kind, organisation, file_name, file_hash, file_size, state, sheets, mapping, counts, preview_hash, report_hash,
        job, created_by, created_at, applied_at, undone_at, version))

// The import, or 404 when there is none or the viewer does not reach its organisation.
ImportRow reached(Call&, ImportId);
void save(Call&, ImportRow const&);

PlacesFound places(Call&, std::vector<std::int64_t> organisations, std::vector<std::int64_t> people);

// An import whose job failed or was cancelled is where it was before the job.
State settled(ImportRow const&, std::optional<Job> const&);

// What the jobs are told.
struct Task {
    ImportId import;
    bool may_make_organisations = false, may_give_posts = false;
};
BOOST_DESCRIBE_STRUCT(Task, (), (import, may_make_organisations, may_give_posts))
inline constexpr std::string_view preview_job = "imports.preview", apply_job = "imports.apply", undo_job = "imports.undo";

} // namespace concentric::imports
