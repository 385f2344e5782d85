#pragma once

#include "modules/activities/views.hpp"
#include "modules/imports/imports.hpp"

// Files in which meeting software wrote down who joined and left when (入会记录): read, previewed and undone like every import.
namespace concentric::activities {

struct BringJoinLog {
    ActivityId id;
    Text<1, 200> file_name;
};
BOOST_DESCRIBE_STRUCT(BringJoinLog, (), (id, file_name))
struct JoinLogBrought {
    ImportId import;
};
BOOST_DESCRIBE_STRUCT(JoinLogBrought, (), (import))

// The body is the file. 409 once the event is closed or cancelled.
JoinLogBrought bring_join_log(Call&, BringJoinLog const&);

// "join_logs": a row is a stretch of one person, found by name, by name and telephone, by telephone, or by what parents call
// themselves in meetings ("王小明妈妈"). Rows of nobody who is invited are faults; several of one person are all taken.
imports::Importer join_log_importer();

} // namespace concentric::activities
