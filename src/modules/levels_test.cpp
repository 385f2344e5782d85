#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

// The list of parts in src/CMakeLists.txt is the architecture: a part may include only what it lists there.
namespace concentric {
namespace {

struct Part {
    std::string folder;
    std::set<std::string> uses;
};

std::string text_of(std::filesystem::path const& file)
{
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::map<std::string, Part> parts()
{
    std::map<std::string, Part> found;
    static std::regex const row(R"(\npart\((\w+) FOLDER (\S+?)(?: ALONE [\w ]+?)?(?: USES ([\w ]+?))?(?: LINKS [^)]*)?\))");
    auto const text = text_of(std::filesystem::path(CONCENTRIC_ROOT) / "src/CMakeLists.txt");
    for (std::sregex_iterator match(text.begin(), text.end(), row), end; match != end; ++match) {
        std::istringstream names((*match)[3].str());
        Part part{(*match)[2].str() + "/", {}};
        for (std::string name; names >> name;)
            if (name != "LINKS")
                part.uses.insert(name);
        found[(*match)[1]] = part;
    }
    return found;
}

// The part in whose folder a header lies: the longest folder that fits.
std::string owner_of(std::map<std::string, Part> const& all, std::string const& header)
{
    std::string owner;
    std::size_t longest = 0;
    for (auto const& [name, part] : all)
        if (header.starts_with(part.folder) && part.folder.size() > longest) {
            owner = name;
            longest = part.folder.size();
        }
    return owner;
}

// What a part may use: what it lists, and what these list.
void add_reachable(std::map<std::string, Part> const& all, std::string const& name, std::set<std::string>& reachable)
{
    if (!reachable.insert(name).second)
        return;
    for (auto const& used : all.at(name).uses)
        add_reachable(all, used, reachable);
}

TEST(Levels, every_include_is_allowed_by_the_list_of_parts)
{
    auto const all = parts();
    ASSERT_TRUE(all.contains("core") && all.contains("directory") && all.contains("web")) << "the list of parts was not understood";
    auto const root = std::filesystem::path(CONCENTRIC_ROOT) / "src";
    static std::regex const include(R"re(#include "([^"]+)")re");
    int seen = 0;

    for (auto const& entry : std::filesystem::recursive_directory_iterator(root)) {
        auto const name = std::filesystem::relative(entry.path(), root).generic_string();
        auto const owner = owner_of(all, name);
        bool const is_test = name.ends_with("_test.cpp") || name.ends_with("_for_test.hpp");
        if (owner.empty() || owner == "modules" || is_test || (!name.ends_with(".cpp") && !name.ends_with(".hpp")))
            continue;
        std::set<std::string> allowed;
        add_reachable(all, owner, allowed);
        auto const text = text_of(entry.path());
        for (std::sregex_iterator match(text.begin(), text.end(), include), end; match != end; ++match, ++seen) {
            auto const used = owner_of(all, (*match)[1]);
            EXPECT_TRUE(used.empty() || allowed.contains(used))
                << name << " includes " << (*match)[1] << ", but " << owner << " may not use " << used;
        }
    }

    EXPECT_GT(seen, 500);
}

TEST(Levels, only_the_edge_includes_asio_or_beast)
{
    auto const root = std::filesystem::path(CONCENTRIC_ROOT) / "src";
    for (auto const& entry : std::filesystem::recursive_directory_iterator(root)) {
        auto const name = std::filesystem::relative(entry.path(), root).generic_string();
        if (!entry.is_regular_file() || name.starts_with("web/"))
            continue;
        static std::regex const of_the_edge(R"re(\n#include <boost/(asio|beast)[./])re");
        EXPECT_FALSE(std::regex_search(text_of(entry.path()), of_the_edge)) << name;
    }
}

} // namespace
} // namespace concentric
