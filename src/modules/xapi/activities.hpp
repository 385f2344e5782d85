#pragma once

#include "modules/xapi/properties.hpp"

// What somebody learnt with, such as a lesson or a question, and how another program describes it.
namespace concentric::xapi {

struct Activity {
    std::string id, words; // the words are its name, or its id where it has none
};

// xAPI 1.0.3, Data 2.4.4.1, with what questions are made of (interaction activities).
Activity read_activity(Properties const&);

} // namespace concentric::xapi
