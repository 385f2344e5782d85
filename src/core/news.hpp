#pragma once

#include <cstdint>
#include <string>
#include <vector>

// Published within a transaction when something became new for people; once it is committed, whoever of them is connected hears of
// it, on whichever server. It says where to look, never what is there: a client asks for that itself, with its own rights.
namespace concentric {

struct News {
    std::string topic; // what a client should read anew: "inbox", "conversations"
    std::vector<std::int64_t> people;
};

} // namespace concentric
