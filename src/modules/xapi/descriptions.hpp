#pragma once

#include "modules/xapi/queries.hpp"

// What activities are called and who agents are, put together from the records that a log-in may read (xAPI 1.0.3, Communication
// 2.4 and 2.5).
namespace concentric::xapi {

// A newer definition goes over what is known: its words language by language, its extensions key by key, all else as a whole.
void add_definition(boost::json::object& known, boost::json::object const& newer);

// An Activity object; of one that nobody described, its id alone.
boost::json::object known_activity(Call&, Sender const&, std::string const& activity);

// A Person object: the agent itself, and the names that the log-in gave it.
boost::json::object known_person(Call&, Sender const&, boost::json::object const& agent);

} // namespace concentric::xapi
