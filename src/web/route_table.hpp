#pragma once

#include "core/route.hpp"

#include <unordered_map>

// Finds the route that a verb and a path name. A {name} stands for one step of a path; {path} at the end for all that follow.
namespace concentric::web {

// Where in a path the value of a name stands.
struct PathValue {
    std::string_view name;
    std::size_t from, length;
};

class RouteTable {
public:
    // Throws std::logic_error when a name, or a verb with the same path, is there already.
    void add(Route route);

    struct Match {
        Route const* route = nullptr; // none: no such page, or not with this verb
        std::vector<PathValue> values; // of the {names} in the path
        std::string allowed; // where only the verb is wrong: "GET, PATCH"
    };
    // `method` as HTTP writes it; HEAD finds what GET finds.
    Match find(std::string_view method, std::string_view path) const;

    // In the order in which they were added; addresses stay.
    std::vector<Route const*> const& all() const { return all_; }

private:
    using Verbs = std::array<Route const*, 5>;
    struct Pattern {
        std::vector<std::string> segments;
        Verbs verbs{};
        bool takes_rest = false; // ends with {path}
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    Verbs& verbs_at(std::string const& path);

    std::vector<std::unique_ptr<Route>> owned_;
    std::vector<Route const*> all_;
    std::unordered_map<std::string, Verbs, Hash, std::equal_to<>> literal_;
    std::unordered_map<std::string, std::vector<Pattern>, Hash, std::equal_to<>> patterns_; // by the beginning of their path
    std::vector<Pattern> open_ended_;
};

// "GET" for Verb::get, and so on.
std::string_view method_of(Verb verb);

} // namespace concentric::web
