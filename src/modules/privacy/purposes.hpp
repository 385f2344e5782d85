#pragma once

#include "modules/directory/file_access.hpp"
#include "modules/directory/posts.hpp"
#include "modules/privacy/privacy.hpp"

// Why a role may open pupils' files without asking each time: "class teacher, own class, this term".
// Source: 儿童个人信息网络保护规定 art. 15 and 未成年人网络保护条例 art. 36 (least privilege, a stated purpose, a record of each
// access).
namespace concentric::privacy {

using PurposeId = Id<struct PurposeTag>;

// A purpose lets the holders of a role open the files within their post's reach from the first day to the last.
struct Purpose {
    std::optional<PurposeId> id; // none for those that hold while a county has stated none of its own
    std::string role, role_name, name, basis;
    Day from;
    std::optional<Day> to;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Purpose, (), (id, role, role_name, name, basis, from, to, version))

struct Purposes {
    std::vector<Purpose> items;
    bool are_proposed = false; // the county has stated none: these are the program's
};
BOOST_DESCRIBE_STRUCT(Purposes, (), (items, are_proposed))

struct StatePurpose {
    Text<1, 40> role;
    Text<2, 80> name;
    Text<2, 200> basis;
    std::optional<Day> from, to; // from today, without an end, where nothing is said
};
BOOST_DESCRIBE_STRUCT(StatePurpose, (), (role, name, basis, from, to))

struct ChangePurpose {
    PurposeId id;
    std::optional<Text<2, 80>> name;
    std::optional<Text<2, 200>> basis;
    std::optional<Day> from, to;
};
BOOST_DESCRIBE_STRUCT(ChangePurpose, (), (id, name, basis, from, to))

// What the role may open files for on a day; nothing when it must ask case by case.
std::optional<std::string> standing_purpose(Call& call, std::string_view role, Day on);

// Listener: lets a file be opened under a standing purpose or an approved request and notes which in the audit line; else 403
// "purpose_needed".
void guard_file(Call& call, directory::FileOpened const& file);
// Listener: many files at once need a standing purpose.
void guard_files(Call& call, directory::FilesListed const& files);

} // namespace concentric::privacy
