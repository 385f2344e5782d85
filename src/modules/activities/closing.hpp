#pragma once

#include "modules/activities/views.hpp"

// Closing an event enters it in the ledger: once for the organisations that held it, once for each who came. Nobody types a figure.
namespace concentric::activities {

struct ReopenActivity {
    ActivityId id;
    Text<2, 500> reason;
};
BOOST_DESCRIBE_STRUCT(ReopenActivity, (), (id, reason))

// Minutes are those that the person was there, cut to the event and to now. All entries and the new state come in one transaction.
// 409 before the event begins, when nobody was there, or when it was closed before.
ActivityView close_activity(Call&, OneActivity const&);
// Takes all its entries back; attendance can be corrected, and closing writes new ones.
ActivityView reopen_activity(Call&, ReopenActivity const&);

// The closed events at which these people were.
std::vector<ActivityId> attended_by(Call&, std::vector<std::int64_t> const& people);

} // namespace concentric::activities
