#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "modules/feed/access.hpp"

// All pictures of one child as one archive, for the child's own carers.
namespace concentric::feed {

inline constexpr std::int64_t archive_days = 7; // that it can be downloaded

struct PictureExport {
    PictureExportId id;
    PersonId child;
    std::string child_name;
    Instant made_at, until;
    JobState state = JobState::waiting;
    std::int64_t done = 0, total = 0, pictures = 0, bytes = 0; // 0 bytes: not there yet, or not any more
    std::optional<std::string> error;
};
BOOST_DESCRIBE_STRUCT(PictureExport, (), (id, child, child_name, made_at, until, state, done, total, pictures, bytes, error))
struct PictureExports {
    std::vector<PictureExport> items;
};
BOOST_DESCRIBE_STRUCT(PictureExports, (), (items))

struct StartExport {
    PersonId child;
};
BOOST_DESCRIBE_STRUCT(StartExport, (), (child))
struct OneExport {
    PictureExportId id;
};
BOOST_DESCRIBE_STRUCT(OneExport, (), (id))

// A carer on the roster whom no order keeps away; whom a child is merely entrusted to sees its pictures and cannot take them all
// along. 404 else.
PictureExport start_export(Call&, StartExport const&);
PictureExports list_exports(Call&, Nothing const&);
// 404 for whoever is no such carer any more.
Download download_export(Call&, OneExport const&);

Routes export_routes();
void handle_export_jobs(Jobs&);

} // namespace concentric::feed
