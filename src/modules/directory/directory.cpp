#include "modules/directory/directory.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/handover.hpp"
#include "modules/directory/numbers.hpp"
#include "modules/directory/oneroster.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/directory/partners.hpp"
#include "modules/directory/people.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/directory/post_changes.hpp"
#include "modules/directory/post_list.hpp"

#include <fmt/format.h>

#include <charconv>

namespace concentric::directory {

std::string path_end(std::string_view path)
{
    return path.empty() ? std::string() : std::string(path.substr(0, path.size() - 1)) + "0";
}

std::vector<std::int64_t> ids_in(std::string_view path)
{
    std::vector<std::int64_t> ids;
    for (auto const *at = path.data(), *const end = path.data() + path.size(); at < end;) {
        std::int64_t id = 0;
        auto const read = std::from_chars(at + 1, end, id);
        if (read.ec == std::errc())
            ids.push_back(id);
        at = read.ptr;
    }
    return ids;
}

std::string contains_pattern(std::string_view text)
{
    std::string pattern = "%";
    for (char const c : text) {
        if (c == '%' || c == '_' || c == '\\')
            pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

std::int64_t after_id(std::optional<Text<1, 40>> const& after)
{
    std::int64_t id = 0;
    if (!after)
        return id;
    auto const* const end = after->data() + after->size();
    if (auto const read = std::from_chars(after->data(), end, id); read.ec != std::errc() || read.ptr != end)
        throw invalid("after", "unknown", {"页码标记不正确。", "This is no page mark."});
    return id;
}

OrganisationId create_county(Call& call, std::int64_t county, std::string const& name)
{
    if (call.db.value<std::int64_t>("SELECT county AS value FROM counties WHERE county = $1", county))
        throw conflict({"这个县（区）已经建好了。", "This county is there already."});
    call.db.execute("INSERT INTO counties (county, name, created_at) VALUES ($1, $2, $3)", county, name, call.now);
    OrganisationRow root;
    root.county = county;
    root.id = new_id_of<OrganisationId>();
    root.path = fmt::format("/{}/", root.id.value);
    root.kind = "county";
    root.name = name;
    root.search = lib::search_key(name);
    root.code = std::to_string(county);
    root.opened_on = earliest_day;
    call.db.insert("organisations", root);
    return root.id;
}

std::vector<SealedColumn> sealed_columns()
{
    using enum reflect::Sealing;
    return {{"organisations", "id", "phone"}, {"people", "id", "identity_number", indexed}, {"people", "id", "phone", indexed},
        {"students", "person", "student_number", indexed}, {"students", "person", "school_number", indexed},
        {"person_details", "person", "address"}, {"person_details", "person", "staff_number"},
        {"person_details", "person", "class_number"}};
}

Routes routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/organisations", read_directory, "organisation_list",
            "Organisations: direct children of one, or a search", list),
        route(Verb::get, "/api/organisations/tree", read_directory, "organisation_tree",
            "The visible part of the tree in one answer", tree),
        route(Verb::get, "/api/partner-organisations", append_entries, "partner_organisation_list",
            "Communities, guidance stations and bases by name, wherever they are, to work together with", find_partners),
        route(Verb::get, "/api/organisations/{id}", read_directory, "organisation_show", "An organisation with its figures", show),
        route(Verb::post, "/api/organisations", manage_organisations, "organisation_create", "Adds an organisation", create),
        route(Verb::patch, "/api/organisations/{id}", manage_organisations, "organisation_change",
            "Changes or moves an organisation", change),
        route(Verb::put, "/api/organisations/{id}/closing", manage_organisations, "organisation_close",
            "Closes an organisation and all below it", close),
        route(Verb::del, "/api/organisations/{id}/closing", manage_organisations, "organisation_reopen",
            "Opens a closed organisation again", reopen),

        route(Verb::get, "/api/people", read_people, "person_list", "Pupils, staff and carers: a list or a search", list_people),
        route(Verb::get, "/api/people.xlsx", read_people, "person_export", "The same list as a file", export_people)
            .with_step_up()
            .as_personal_file(),
        route(Verb::get, "/api/oneroster.zip", read_directory, "oneroster_export",
            "An organisation and all below it as OneRoster 1.2; people only for who may read their files", export_oneroster)
            .with_step_up()
            .slowly()
            .as_personal_file(),
        route(Verb::get, "/api/people/{id}", read_people, "person_show", "A person's file", show_person).as_personal_file(),
        route(Verb::get, "/api/people/{id}/numbers", read_numbers, "person_numbers",
            "A person's numbers in clear, for a stated reason", show_numbers)
            .as_personal_file()
            .with_step_up(),
        route(Verb::get, "/api/own-numbers", signed_in, "own_numbers", "One's own numbers in clear", show_own_numbers),
        route(Verb::patch, "/api/people/{id}", manage_people, "person_change", "Changes a person's own fields", change_person),
        route(Verb::post, "/api/students", manage_people, "student_create", "Adds a pupil with carers", create_student),
        route(Verb::put, "/api/students/{id}/class", manage_people, "student_move", "Moves a pupil to another class", move_student),
        route(Verb::put, "/api/students/{id}/status", manage_people, "student_status", "A pupil leaves, graduates or comes back",
            set_status),
        route(Verb::post, "/api/students/{id}/carers", manage_people, "carer_add", "Adds a carer to a pupil", add_carer),
        route(Verb::put, "/api/students/{id}/carers/{carer}", manage_people, "carer_change",
            "Changes how a carer stands to a pupil", change_carer),
        route(Verb::del, "/api/students/{id}/carers/{carer}", manage_people, "carer_remove", "Takes a carer off a pupil",
            remove_carer),
        route(Verb::post, "/api/staff", manage_posts, "staff_create", "Adds a member of staff with a first post", create_staff),
        route(Verb::get, "/api/posts", read_directory, "post_list", "Who holds which post, and whose term ends soon", list_posts),
        route(Verb::post, "/api/posts", manage_posts, "post_create", "Gives a person a post", create_post),
        route(Verb::patch, "/api/posts/{id}", manage_posts, "post_change", "Changes a post's title or term", change_post),
        route(Verb::put, "/api/posts/{id}/ending", manage_posts, "post_end", "Ends a post", end_post),
        route(Verb::post, "/api/classes/{id}/handover", manage_posts, "class_hand_over",
            "Gives a class to another teacher in one step", hand_over),
    };
}

} // namespace concentric::directory
