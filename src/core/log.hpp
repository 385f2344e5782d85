#pragma once

#include "core/fields.hpp"

// What the operators read afterwards: one line an event, as text for people or as JSON for machines, on the standard error output.
namespace concentric {

enum class LogLevel { debug, info, warning, error };
BOOST_DESCRIBE_ENUM(LogLevel, debug, info, warning, error)
enum class LogFormat { text, json };
BOOST_DESCRIBE_ENUM(LogFormat, text, json)

// Lines up to `info` may reach the output a second late, so that a busy server does not wait for it; warnings go out at once.
void set_up_log(LogLevel level, LogFormat format);

// Before the program ends.
void flush_log();

// One request, without anything that it carried: no query, no body, no name.
struct RequestLine {
    std::string method;
    std::string route; // its name, such as "organisation_show"; "" when there is none
    int status = 0;
    double ms = 0; // from the last byte of its head to the answer
    std::string request;
    PersonId person;
    std::string address;
};
BOOST_DESCRIBE_STRUCT(RequestLine, (), (method, route, status, ms, request, person, address))

void log_request(RequestLine const& line);

} // namespace concentric
